"""
The catalogue of fates: what can become of a link, and what an honest checker says of each.

`FATES` is for parametrised tests. `UNDECIDED` holds what the table of statuses does not decide; its verdicts
are proposals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.internet.fates_http import ALIVE, DEAD, FAILING, HEAD_LIES, LIMITED, REFUSED
from tests.internet.fates_pages import LED_ASTRAY, NOT_GONE, PARKED, SOFT, TWO_FORMS, WORKS
from tests.internet.fates_redirects import REDIRECTS
from tests.internet.fates_wire import BODIES, CERTIFICATES, CONNECTIONS
from tests.internet.named_fates import NamedFate, fate
from tests.internet.network import NO_SUCH_NAME
from tests.internet.replies import Reply, page, redirect, status

if TYPE_CHECKING:
    from tests.internet.network import Network

__all__ = ["FATES", "UNDECIDED", "NamedFate", "arrange"]

FATES: tuple[NamedFate, ...] = (
    *ALIVE,
    *DEAD,
    *REFUSED,
    *LIMITED,
    *FAILING,
    *HEAD_LIES,
    *REDIRECTS,
    *CONNECTIONS,
    *CERTIFICATES,
    *BODIES,
    *SOFT,
    *NOT_GONE,
    *LED_ASTRAY,
    *PARKED,
    *WORKS,
    *TWO_FORMS,
)

UNDECIDED: tuple[NamedFate, ...] = (
    fate("not-modified", "ok", "304", "Unasked; it says that the page is there.", Reply(304)),
    fate("multiple-choices", "ok", "300", "There is something, in several forms.", status(300)),
    fate(
        "bad-request",
        "unverified: blocked",
        "400",
        "GET too is refused; some firewalls say it so.",
        status(400),
    ),
    fate("payment", "unverified: blocked", "402", "There is something to pay for.", status(402)),
    fate(
        "get-not-allowed", "unverified: blocked", "405", "An address for forms, not for readers.", status(405)
    ),
    fate("not-acceptable", "unverified: blocked", "406", "Some firewalls say it to programs.", status(406)),
    fate("request-timeout", "unverified: timeout", "408", "The server's clock, not ours.", status(408)),
    fate(
        "legal", "unverified: blocked", "451", "Withheld here by law; elsewhere it may be there.", status(451)
    ),
    fate("no-location", "unverified: blocked", "302", "A redirect that names no target.", status(302)),
    fate(
        "to-mailto",
        "unverified: blocked",
        "InvalidURL",
        "A redirect to what is no page.",
        redirect("mailto:someone@fates.example"),
    ),
    fate(
        "to-private",
        "excluded",
        "302",
        "Its target is never requested; see the log.",
        redirect("http://169.254.169.254/latest/meta-data/"),
    ),
    fate(
        "huge-headers",
        "unverified: network",
        "RemoteProtocolError",
        "Past every bound for headers.",
        Reply(200, (("X-Huge", "z" * 300_000),), b""),
    ),
    fate(
        "challenge-quiet",
        "unverified: blocked",
        "200",
        "A challenge page that only its text gives away.",
        page("<script src='/.within.website/x/cmd/anubis'></script>", "Making sure you're not a bot!"),
    ),
    fate(
        "no-such-name-squid",
        "unverified: network",
        "ProxyError",
        "Squid names the lookup as the cause, a failed one as well as one that found nothing.",
        gate=NO_SUCH_NAME["squid"],
    ),
    fate(
        "proxy-forbids",
        "unverified: network",
        "ProxyError",
        "The proxy's filter, not the host.",
        gate=status(403),
    ),
    fate(
        "proxy-wants-a-password",
        "unverified: network",
        "ProxyError",
        "Nothing goes through; a person must act.",
        gate=status(407),
    ),
)


def arrange(network: Network) -> None:
    """Adds the hosts of all fates, decided or not."""
    for named in (*FATES, *UNDECIDED):
        named.arrange(network)
