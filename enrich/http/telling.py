"""What the headers of an answer tell besides its status. No I/O."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from enrich.links import Trouble, canonical_url
from enrich.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CHALLENGES = (
    ("cf-mitigated", ("challenge",)),
    ("x-amzn-waf-action", ("challenge", "captcha")),
    ("x-vercel-mitigated", ("challenge",)),
)
"""Sources: Cloudflare, "Detect a challenge page response"; AWS WAF, "How AWS WAF uses challenge and CAPTCHA";
Vercel, "Attack challenge mode"."""

_DNS_ERROR = pattern(r"error\s*=\s*dns_error\b", re.IGNORECASE)
_NO_SUCH_NAME = pattern(r"rcode\s*=\s*\"?NXDOMAIN\b", re.IGNORECASE)
_ILL_FORMED = pattern(r"[\x00-\x20\x7f-\xa0\xad\u2000-\u206f\u3000\ufeff\"<>\[\]{}`\\]")
_GATEWAY_CODES = (502, 503, 504)


def retry_after_s(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """
    Seconds that the host asks to wait, from *now*; None where it does not say so readably.

    Both forms: seconds, and a date, which is compared with the host's own clock where it
    tells the time. Source: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", value, re.ASCII):
        return float(value)
    until = _date(value)
    if until is None:
        return None
    return max(0.0, (until - (_date(headers.get("date", "")) or now)).total_seconds())


def _date(value: str) -> dt.datetime | None:
    try:
        read = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=dt.UTC)


def redirect_target(url: str, location: str) -> str | None:
    """
    The canonical address that *location* names, seen from *url*; None where it is no web address.

    What is in it and may not be is percent-encoded, as browsers do.
    Source: https://fetch.spec.whatwg.org/#concept-response-location-url
    """
    location = location.strip()
    encoded = _ILL_FORMED.sub(_percent_encoded, location)
    for written in (location, encoded):
        try:
            target = canonical_url(urljoin(url, written))
        except ValueError:
            continue
        if target:
            return target
    return None


def redirect_fragment(location: str) -> str:
    """
    The fragment that *location* names, as it may be written; it replaces the one of a redirect before it.

    Source: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2

    >>> redirect_fragment("/app#/paper/1")
    '/paper/1'
    """
    return _ILL_FORMED.sub(_percent_encoded, location.strip().partition("#")[2])


def _percent_encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def is_challenge(headers: Mapping[str, str]) -> bool:
    """Whether the answer is a riddle for browsers, whatever its status: AWS gives it a 202."""
    return any(headers.get(name, "").strip().lower() in values for name, values in _CHALLENGES)


def proxy_answer_trouble(status: int, headers: Mapping[str, str]) -> tuple[Trouble, str] | None:
    """
    What a proxy says about the host in an answer of its own; None where the answer is the host's.

    Only for answers that came through a proxy in plain HTTP: there both look alike, and
    a header is the only sign.
    """
    if status == 407:
        return Trouble.PROXY, "the proxy asks for a login (407)"
    if status in _GATEWAY_CODES and (
        "x-squid-error" in headers or "error" in headers.get("proxy-status", "")
    ):
        return proxy_trouble([(name.encode(), text.encode()) for name, text in headers.items()], str(status))
    return None


def proxy_trouble(headers: Iterable[tuple[bytes, bytes]], answer: str) -> tuple[Trouble, str]:
    """
    Why a proxy refused to connect, by what it *answer*ed.

    A name that does not exist is believed only where the proxy says that the name servers
    said so. Squid's ERR_DNS_FAIL is not enough: it also stands for servers that fail.
    Source: https://www.rfc-editor.org/rfc/rfc9209#section-2.3.2
    """
    told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    status = told.get("proxy-status", "")
    if _DNS_ERROR.search(status) and _NO_SUCH_NAME.search(status):
        return Trouble.NO_HOST, "no such host, says the proxy"
    if _DNS_ERROR.search(status) or told.get("x-squid-error", "").startswith("ERR_DNS_FAIL"):
        return Trouble.PROXY, "the proxy can't resolve the host's name"
    return Trouble.PROXY, f"the proxy can't reach the host ({answer[:40]})"
