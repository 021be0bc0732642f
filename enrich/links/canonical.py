"""
The canonical form of an http(s) address: one key for equal questions.

Pure, and total: whatever the text, nothing is raised. Browsers repair much of what
RFC 3986 forbids; what they repair silently and servers see alike (`|`, paired
quotes and brackets, letters outside ASCII) is encoded here too, for a link that
works must not be called broken. Debris (a backslash, a space, a bracket without its
partner) is a flaw.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NewType

from enrich.links.flaw import Flaw
from enrich.links.hosts import LONGEST_NAME, read_host
from enrich.patterns import pattern

CanonicalUrl = NewType("CanonicalUrl", str)

LONGEST = 65_536
"""Characters of an address that is asked. Servers promise 8,000 at least.
Source: https://www.rfc-editor.org/rfc/rfc9110#section-4.1"""

_TOO_LONG = "it is too long for an address"

_PARTS = pattern(r"//([^/?#]*)([^?#]*)(\?[^#]*)?")
_SCHEME = pattern(r"(https?):", re.IGNORECASE | re.ASCII)
_PORT = pattern(r"0{0,9}[0-9]{1,5}")
_DEFAULT_PORT = {"http": 80, "https": 443}

_FORBIDDEN = pattern(r"[\x00-\x20\x7f-\xa0\\\xad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f"
                        r"\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff9-\uffff]")  # fmt: skip
_TAG = pattern(
    r"</?(?:a|b|br|code|div|em|font|i|img|li|p|span|strong|sub|sup|td|tr|u|ul)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
"""Named one by one, for a DOI may hold `<E17::AID-SIM968>`."""
_PAIRED = pattern(r"[\[\]{}<>\"`]")
_PAIRS = {"]": "[", "}": "{", ">": "<"}
_PLAIN = pattern(
    r"https?://(?:[a-z0-9_-]{1,63}\.)+[a-z]{1,63}(?::([1-9][0-9]{0,4}))?"
    r"/[A-Za-z0-9\-._~!$&'()*+,;=:@/]*(?:\?[A-Za-z0-9\-._~!$&'()*+,;=:@/?]*)?"
)
"""A public name, and nothing to encode or to decode: how most addresses are written."""
_ODD_PORTS = frozenset((80, 443, *range(65_536, 100_000)))
_TO_ENCODE = pattern(r"%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?\[\]]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def canonical_url(text: str) -> CanonicalUrl | None:
    """
    The key under which equal questions are one; None where *text* is no http(s) address.

    Scheme and host in lower case and ASCII, IPv4 as a dotted quad, no default port, no
    user and password, `/` for an empty path, no dot segments, no fragment. Percent
    signs are normalised as RFC 3986, section 6.2.2, allows: upper-case hexadecimals,
    unreserved characters decoded. An address that starts with `//` is read as https.

    >>> canonical_url("HTTPS://Example.org:443/a/../%7euser?q=%c3%a4#top")
    'https://example.org/~user?q=%C3%A4'
    """
    read = read_url(text)
    return None if isinstance(read, Flaw) else read


def read_url(text: str) -> CanonicalUrl | Flaw:
    """As `canonical_url`, but tells what is wrong."""
    # Remembered, for every rule that looks at a link asks this, each time the entry is looked at.
    return _remembered(text) if len(text) <= _MOST_REMEMBERED else _read_url(text)


def _read_url(text: str) -> CanonicalUrl | Flaw:
    return CanonicalUrl(text) if is_plainly_canonical(text) else work_out(text)


def is_plainly_canonical(text: str) -> bool:
    """Whether `work_out` need not look at *text*, which it would leave as it is."""
    plain = _PLAIN.fullmatch(text)
    return (
        plain is not None
        and "/." not in text
        and len(text) < LONGEST_NAME
        and int(plain[1] or 0) not in _ODD_PORTS
    )


def work_out(text: str) -> CanonicalUrl | Flaw:
    """As `read_url`, whatever the text."""
    start = len(text) - len(text.lstrip())
    text = text.strip()
    if len(text) > 4 * LONGEST:
        return Flaw(_TOO_LONG, start)
    scheme = _SCHEME.match(text)
    if not scheme and not text.startswith("//"):
        return Flaw("an address begins with https://", start)
    rest = text[scheme.end() :] if scheme else text
    offset = start + len(text) - len(rest)
    if flaw := _debris(rest):
        return Flaw(flaw.what, offset + flaw.start)
    parts = _PARTS.match(rest)
    if not parts:
        return Flaw("`//` is missing after the scheme", offset)
    name = scheme[1].lower() if scheme else "https"
    authority = _read_authority(parts[1], name)
    if isinstance(authority, Flaw):
        return Flaw(authority.what, offset + 2)
    url = f"{name}://{authority}{_path(parts[2])}{_encode(parts[3] or '')}"
    return CanonicalUrl(url) if len(url) <= LONGEST else Flaw(_TOO_LONG, offset)


_remembered = lru_cache(maxsize=4096)(_read_url)
_MOST_REMEMBERED = 1_000
"""Characters of a text that is remembered: the memory stays within a few megabytes."""


def _debris(text: str) -> Flaw | None:
    found = _FORBIDDEN.search(text)
    pair = unpaired(text if not found else text[: found.start()])
    tag = _TAG.search(text, 0, found.start() if found else len(text))
    flaws = [flaw for flaw in (_forbidden(found) if found else None, pair) if flaw]
    if tag:
        flaws.append(Flaw("a piece of HTML stands in the address", tag.start()))
    return min(flaws, key=lambda flaw: flaw.start, default=None)


def _forbidden(found: re.Match[str]) -> Flaw:
    char = found[0]
    if char == "\\":
        return Flaw("a backslash does not belong in an address", found.start())
    if char.isspace():
        return Flaw("a space does not belong in an address", found.start())
    return Flaw("an invisible character does not belong in an address", found.start())


def unpaired(text: str) -> Flaw | None:
    """The first of `[]{}<>`, or of the quotation marks, without its partner. Parentheses may stand alone."""
    opened: list[tuple[str, int]] = []
    quotes: dict[str, int] = {}
    for found in _PAIRED.finditer(text):
        char, place = found[0], found.start()
        if char in "[{<":
            opened.append((char, place))
        elif char in "]}>":
            if not opened or opened[-1][0] != _PAIRS[char]:
                return Flaw(f"`{char}` has no opening bracket", place)
            opened.pop()
        elif char in quotes:
            del quotes[char]
        else:
            quotes[char] = place
    lonely = [*opened, *quotes.items()]
    if not lonely:
        return None
    char, place = min(lonely, key=lambda one: one[1])
    return Flaw(f"`{char}` has no partner" if char != "`" else "a backtick has no partner", place)


def _read_authority(text: str, scheme: str) -> str | Flaw:
    # Credentials in a link are dropped: they are never sent, so they make no other question.
    address = text.rpartition("@")[2]
    host_end = address.rfind(":") if not address.endswith("]") else -1
    host, port = (address, "") if host_end < 0 else (address[:host_end], address[host_end + 1 :])
    read = read_host(host)
    if isinstance(read, Flaw):
        return read
    if read in _DEFAULT_PORT:
        return Flaw("the scheme is written twice")
    if not port:
        return read
    number = int(port) if _PORT.fullmatch(port) else 0
    if not 0 < number < 65_536:
        return Flaw("the port is no number from 1 to 65535")
    return read if number == _DEFAULT_PORT[scheme] else f"{read}:{number}"


def _path(text: str) -> str:
    path = _encode(text) or "/"
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _encode(text: str) -> str:
    return _TO_ENCODE.sub(_encoded, text)


def _encoded(found: re.Match[str]) -> str:
    if found[1]:
        char = chr(int(found[1], 16))
        return char if char in _UNRESERVED else found[0].upper()
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def authority_of(url: str) -> str:
    """The host of a canonical *url* with its port, where it is not the scheme's own."""
    return url.partition("://")[2].partition("/")[0]


def host_key(url: str) -> str:
    """The host of a canonical *url*, without its port: the name of its lane. IPv6 in brackets."""
    authority = authority_of(url)
    return authority[: authority.find("]") + 1] or authority.partition(":")[0]


def port_of(url: str) -> int:
    """The port that a canonical *url* is asked at."""
    scheme, _, rest = url.partition("://")
    port = rest.partition("/")[0].rpartition("]")[2].partition(":")[2]
    return int(port) if port else _DEFAULT_PORT[scheme]
