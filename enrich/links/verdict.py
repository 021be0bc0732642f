"""
What the answers of a link's host mean: the table *observation → status*.

Pure. A refusal, a fault of the network and a fault of the server are never evidence
that a link is broken; only the same absence seen twice is.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from enrich.links.canonical import host_key
from enrich.models import Failure, Fault, LinkCheck, LinkStatus, Reason
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.models import Hop


class Trouble(Enum):
    """Why a request has no answer of its target."""

    NO_HOST = "no such host"
    """The name servers say that the name does not exist."""
    NAMES = "the host's name can't be resolved at the moment"
    PRIVATE = "a private or local address, which is never requested"
    REFUSED = "connection refused"
    RESET = "the connection was closed without an answer"
    UNREACHABLE = "the host can't be reached"
    TIMEOUT = "no answer in time"
    TLS = "no secure connection"
    NOT_HTTP = "the host answers something that is not HTTP"
    OVERSIZE = "the answer is larger than allowed"
    PROXY = "the proxy can't reach the host"
    LOOP = "the redirects lead round in a circle"
    TOO_MANY_HOPS = "too many redirects"
    BAD_REDIRECT = "redirected to something that is no web address"
    SET_ASIDE = "the host asks for fewer requests; set aside until the next run"


_REASONS = {
    Trouble.NO_HOST: Reason.NETWORK,
    Trouble.NAMES: Reason.NETWORK,
    Trouble.PRIVATE: Reason.BLOCKED,
    Trouble.REFUSED: Reason.NETWORK,
    Trouble.RESET: Reason.NETWORK,
    Trouble.UNREACHABLE: Reason.NETWORK,
    Trouble.TIMEOUT: Reason.TIMEOUT,
    Trouble.TLS: Reason.TLS,
    Trouble.NOT_HTTP: Reason.NETWORK,
    Trouble.OVERSIZE: Reason.NETWORK,
    Trouble.PROXY: Reason.NETWORK,
    Trouble.LOOP: Reason.BLOCKED,
    Trouble.TOO_MANY_HOPS: Reason.BLOCKED,
    Trouble.BAD_REDIRECT: Reason.BLOCKED,
    Trouble.SET_ASIDE: Reason.RATE_LIMITED,
}


@dataclass(frozen=True, slots=True)
class Observation:
    """What one request for a link gave, its redirects followed."""

    method: str
    """`HEAD` or `GET`."""
    hops: tuple[Hop, ...] = ()
    """Every hop that answered, in order."""
    trouble: Trouble | None = None
    """Why the last hop, or the one after it, gave no answer; None where `hops` ends with the answer."""
    detail: str = ""
    """A clause that says more than the trouble's own: `the certificate has expired`."""
    challenged: bool = False
    """The answer is a riddle for browsers, not the page, whatever its code."""
    asked: str = ""
    """The address that was asked last; with trouble, the one that gave none."""
    fragment: str = ""
    """The place that the last redirect with one leads to; a program may read its page from it."""

    @property
    def code(self) -> int | None:
        """The answer's HTTP status; None where there was trouble."""
        return self.hops[-1].code if self.hops and self.trouble is None else None

    @property
    def is_good(self) -> bool:
        return self.code is not None and 200 <= self.code < 300 and not self.challenged

    @property
    def is_gone(self) -> bool:
        return self.code in (404, 410) and not self.challenged


class On403(Enum):
    """What a 403 of one host means; some answer it for pages that don't exist."""

    UNVERIFIED = "unverified"
    BROKEN = "broken"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Reading:
    """How one host's answers are read."""

    on_403: On403 = On403.UNVERIFIED
    accept: frozenset[int] = frozenset()
    """HTTP statuses that count as ok."""


def verdict(observations: Sequence[Observation], reading: Reading | None = None) -> LinkCheck:
    """
    What *observations* of one link, in the order in which they were made, say about it.

    The last one decides, but broken is only what the last two agree on, both by GET:
    404 or 410, or that there is no such host. So whoever asks asks again, seconds
    later, before believing an absence. Raises ValueError where nothing was observed.
    """
    if not observations:
        raise ValueError("nothing was observed")
    last = observations[-1]
    if last.trouble is not None:
        return _troubled(last, last.trouble, confirmed=_agree(observations))
    return _answered(last, reading or Reading(), confirmed=_agree(observations))


def _agree(observations: Sequence[Observation]) -> bool:
    """Whether the last two observations, both by GET, show the same absence."""
    last_two = observations[-2:]
    if len(last_two) < 2 or any(one.method != "GET" for one in last_two):
        return False
    gone = all(one.is_gone for one in last_two)
    forbidden = all(one.code == 403 for one in last_two)
    return gone or forbidden or all(one.trouble is Trouble.NO_HOST for one in last_two)


def _troubled(last: Observation, trouble: Trouble, *, confirmed: bool) -> LinkCheck:
    detail = last.detail or trouble.value
    if last.hops:
        detail = f"redirected to {host_key(last.asked)}: {detail}"
    if trouble is Trouble.NO_HOST and confirmed:
        return _broken(last, Fault.NO_HOST, detail)
    if trouble is Trouble.PRIVATE:
        return LinkCheck(LinkStatus.EXCLUDED, detail, code=_last_code(last), chain=_chain(last))
    return _unverified(last, _REASONS[trouble], detail)


def _answered(last: Observation, reading: Reading, *, confirmed: bool) -> LinkCheck:
    code = last.code or 0
    if last.challenged:
        return _unverified(last, Reason.BLOCKED, f"the host wants a browser to solve a riddle ({code})")
    if last.is_good or code in reading.accept or (code == 403 and reading.on_403 is On403.OK):
        return _good(last)
    if last.is_gone or (code == 403 and reading.on_403 is On403.BROKEN):
        if confirmed:
            return _broken(last, Fault.GONE, phrase(code))
        return _unverified(last, Reason.TIMEOUT, f"{phrase(code)}, not asked again in time")
    return _unverified(last, _reason(code), _refusal(code))


def _good(last: Observation) -> LinkCheck:
    *redirects, final = last.hops
    if not redirects:
        return LinkCheck(LinkStatus.OK, phrase(final.code), code=final.code)
    final_url = f"{final.url}#{last.fragment}" if last.fragment else final.url
    # Some set a cookie and lead back to where they were asked, with 301 too: nothing moved.
    elsewhere = final.url != redirects[0].url
    moved = elsewhere and all(hop.code in (301, 308) for hop in redirects)
    return LinkCheck(
        LinkStatus.MOVED if moved else LinkStatus.REDIRECTED,
        "moved permanently" if moved else "redirected",
        code=final.code,
        final_url=final_url,
        chain=_chain(last),
    )


def _broken(last: Observation, fault: Fault, detail: str) -> LinkCheck:
    return LinkCheck(LinkStatus.BROKEN, detail, fault=fault, code=_last_code(last), chain=_chain(last))


def _unverified(last: Observation, reason: Reason, detail: str) -> LinkCheck:
    return LinkCheck(LinkStatus.UNVERIFIED, detail, reason=reason, code=_last_code(last), chain=_chain(last))


def _last_code(last: Observation) -> int | None:
    return last.hops[-1].code if last.hops else None


def _chain(last: Observation) -> tuple[Hop, ...]:
    return last.hops if len(last.hops) > 1 or last.trouble is not None else ()


def _reason(code: int) -> Reason:
    if code == 429:
        return Reason.RATE_LIMITED
    if code == 408:
        return Reason.TIMEOUT
    return Reason.SERVER_ERROR if 500 <= code < 600 else Reason.BLOCKED


def _refusal(code: int) -> str:
    match code:
        case 401:
            return "the host asks for a login (401)"
        case 403 | 999:
            return f"the host refuses automated requests ({code})"
        case 429:
            return "the host asks for fewer requests (429)"
        case _:
            return phrase(code)


def phrase(code: int) -> str:
    """
    >>> phrase(404), phrase(799)
    ('404 Not Found', '799')
    """
    from http import HTTPStatus  # noqa: PLC0415 - not needed where nobody answered

    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def failure(trouble: Trouble, detail: str = "") -> Failure:
    """The same trouble, met on the way to a source: nothing was found out."""
    return Failure(_REASONS[trouble], detail or trouble.value)
