"""Fates by status code: dead pages, refusals, limits, failing servers, and lies told to HEAD."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from typing import TYPE_CHECKING

from tests.internet.named_fates import PAGE, NamedFate, fate
from tests.internet.replies import (
    DROP,
    HANG,
    OK,
    RESET,
    Fate,
    Framing,
    Raw,
    Reply,
    Then,
    in_turn,
    page,
    status,
)
from tests.internet.tls import Tls

if TYPE_CHECKING:
    from tests.internet.traffic import Request


def _limited(retry_after: str) -> Reply:
    return status(429, ("Retry-After", retry_after))


def _limited_until(_: Request) -> Reply:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
    return _limited(format_datetime(moment, usegmt=True))


ALIVE = (
    fate("fine", "ok", "200", "A page as most are."),
    fate("no-content", "ok", "204", "2xx, though there is nothing to read.", Reply(204)),
    fate(
        "partial",
        "ok",
        "206",
        "A part is an answer; servers send it unasked to clients they take for media players.",
        Reply(206, (("Content-Range", "bytes 0-3/40"),), b"%PDF"),
    ),
    fate(
        "early-hints",
        "ok",
        "200",
        "1xx answers come first and are not the answer.",
        Reply(200, (), OK.body, interim=(103, 103)),
    ),
    fate(
        "continue", "ok", "200", "100 Continue without a question.", Reply(200, (), OK.body, interim=(100,))
    ),
    fate(
        "chunked",
        "ok",
        "200",
        "Chunks instead of a length.",
        Reply(200, (), OK.body, framing=Framing.CHUNKED),
    ),
    fate(
        "http-1.0",
        "ok",
        "200",
        "HTTP/1.0, the body ends with the connection.",
        Reply(200, (), OK.body, version="HTTP/1.0", framing=Framing.CLOSE),
    ),
    fate("no-phrase", "ok", "200", "A status line without a phrase.", Reply(200, (), OK.body, phrase="")),
    fate(
        "foreign-header",
        "ok",
        "200",
        "A header value that is not ASCII.",
        Reply(200, (("X-Place", "Zürich"),), OK.body),
    ),
    fate(
        "plain-http",
        "ok",
        "200",
        "A host that speaks no TLS, linked as it is.",
        scheme="http",
        tls=Tls.ALERT,
    ),
    fate(
        "other-port",
        "ok",
        "200",
        "Not every server stands at 443.",
        url="https://other-port.fates.example:8443/paper",
    ),
    fate("under_score", "ok", "200", "A name that DNS has and the rules for host names do not."),
    fate(
        "xn--bcher-kva",
        "ok",
        "200",
        "A name that is not ASCII; on the wire it is.",
        url="https://bücher.fates.example/paper",
    ),
    fate(
        "unicode-path",
        "ok",
        "200",
        "A path that is not ASCII is sent as percent-encoded UTF-8.",
        more=(("/p%C3%A4per", OK),),
        url="https://unicode-path.fates.example/päper",
    ),
    fate(
        "fragment",
        "ok",
        "200",
        "The fragment is the reader's business and is never sent.",
        page("<h2 id='results'>Results</h2>", "A page with anchors"),
        path=f"{PAGE}#results",
    ),
    fate(
        "soft-404",
        "ok",
        "200",
        "200 was observed; that the text says the page is gone is a finding (LNK103), not a status.",
        page(
            "<h1>Page not found</h1><p>The page you are looking for does not exist.</p>",
            "404 - Page not found",
        ),
        more=(("/*", page("<h1>Page not found</h1>", "404 - Page not found")),),
        finds="LNK103",
    ),
    fate(
        "parked",
        "ok",
        "200",
        "200 was observed; other addresses of the host say something else, so words call nothing parked.",
        page(
            "<p>This domain is for sale! Buy this domain. Related searches: papers, code</p>",
            "parked.example is for sale",
        ),
        more=(("/*", page("<p>This domain is for sale!</p>", "for sale")),),
        finds="",
    ),
)

DEAD = (
    fate(
        "head-lies-ok",
        "broken",
        "404",
        "HEAD is fine and GET is 404, twice: pages are asked for by GET.",
        status(404),
        head=("200", Reply(200)),
    ),
    fate("not-found", "broken", "404", "404 by GET, however often it is asked.", status(404)),
    fate("gone", "broken", "410", "Removed on purpose; as hard as 404.", status(410)),
    fate(
        "moved-to-nowhere",
        "broken",
        "301",
        "The end of the way is what counts, and it is a 404.",
        status(301, ("Location", "/nowhere")),
    ),
    fate(
        "not-found-once",
        "ok",
        "404",
        "A 404 that does not repeat was a deployment; hence twice, seconds apart. The host lies to no HEAD.",
        in_turn(status(404), OK),
    ),
)

REFUSED = (
    fate(
        "unauthorized",
        "unverified: blocked",
        "401",
        "Somebody may see it; we may not.",
        status(401, ("WWW-Authenticate", "Basic")),
    ),
    fate(
        "forbidden",
        "unverified: blocked",
        "403",
        "Publishers say so to programs and show the page to people.",
        status(403),
    ),
    fate(
        "status-999",
        "unverified: blocked",
        "999",
        "LinkedIn's word for `no robots`.",
        Reply(999, (), b"", phrase="Request denied"),
    ),
    fate(
        "challenge-forbidden",
        "unverified: blocked",
        "403",
        "A challenge page wants a browser.",
        page(
            "<script>/* challenge */</script>Enable JavaScript and cookies to continue",
            "Just a moment...",
            403,
            (("cf-mitigated", "challenge"), ("Server", "cloudflare")),
        ),
    ),
    fate(
        "challenge-unavailable",
        "unverified: blocked",
        "503",
        "A challenge page under the code of a failing server: the header tells.",
        page(
            "Checking your browser before accessing",
            "Just a moment...",
            503,
            (("cf-mitigated", "challenge"), ("Server", "cloudflare")),
        ),
    ),
    fate(
        "challenge-accepted",
        "unverified: blocked",
        "202",
        "A challenge page under 2xx: the header tells (https://docs.aws.amazon.com/waf, challenge action).",
        Reply(202, (("x-amzn-waf-action", "challenge"),), b""),
    ),
)

LIMITED = (
    fate("rate-limited", "unverified: rate-limited", "429", "429 and no word of when.", status(429)),
    fate(
        "rate-limited-seconds",
        "unverified: rate-limited",
        "429",
        "It asks to wait a second, and then again.",
        _limited("1"),
    ),
    fate(
        "rate-limited-date",
        "unverified: rate-limited",
        "429",
        "The same, as a date two seconds ahead.",
        _limited_until,
    ),
    fate(
        "rate-limited-absurd",
        "unverified: rate-limited",
        "429",
        "A year: nobody waits, the host is set aside.",
        _limited("31536000"),
    ),
    fate(
        "rate-limited-past",
        "unverified: rate-limited",
        "429",
        "A date long past says nothing.",
        _limited("Wed, 21 Oct 2015 07:28:00 GMT"),
    ),
    fate(
        "rate-limited-nonsense",
        "unverified: rate-limited",
        "429",
        "Neither seconds nor a date.",
        _limited("soon"),
    ),
    fate(
        "rate-limited-negative",
        "unverified: rate-limited",
        "429",
        "A negative number of seconds.",
        _limited("-1"),
    ),
    fate(
        "rate-limited-once",
        "ok",
        "429",
        "Asked again after the second it asked for, it answers.",
        in_turn(_limited("1"), OK),
    ),
)

FAILING = (
    fate(
        "server-error",
        "unverified: server-error",
        "500",
        "The server's trouble says nothing of the page.",
        status(500),
    ),
    fate("bad-gateway", "unverified: server-error", "502", "As 500.", status(502)),
    fate(
        "unavailable",
        "unverified: server-error",
        "503",
        "As 500, with a wait that never ends.",
        status(503, ("Retry-After", "1")),
    ),
    fate("gateway-timeout", "unverified: server-error", "504", "As 500.", status(504)),
    fate(
        "edge-error",
        "unverified: server-error",
        "522",
        "5xx that no registry knows.",
        Reply(522, (), b"Connection timed out"),
    ),
    fate("server-error-once", "ok", "500", "The second try shows the page.", in_turn(status(500), OK)),
)


FILE = "/paper.pdf"
"""A file is asked for by HEAD first, a page is not."""


def _lying(code: int, *headers: tuple[str, str]) -> NamedFate:
    return fate(
        f"head-{code}",
        "ok",
        "200",
        "HEAD is refused and GET is not; GET decides.",
        path=FILE,
        head=(str(code), Reply(code, headers)),
    )


def _silent(name: str, seen: str, meets: Fate, why: str) -> NamedFate:
    return fate(f"head-{name}", "ok", "200", why, path=FILE, head=(seen, meets))


HEAD_LIES = (
    *(_lying(code) for code in (400, 401, 403, 404, 405, 406, 410, 429, 500, 501, 503)),
    _silent("hangs", "ReadTimeout", HANG, "HEAD is never answered; GET is."),
    _silent("drops", "RemoteProtocolError", DROP, "HEAD closes the connection; GET does not."),
    _silent("resets", "ReadError|RemoteProtocolError", RESET, "HEAD resets the connection; GET does not."),
    _silent(
        "with-body",
        "200",
        Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nforbidden", then=Then.KEEP),
        "The answer to HEAD carries a body, which the next answer must not be taken for.",
    ),
)
