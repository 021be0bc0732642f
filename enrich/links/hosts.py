"""
Hosts: how they are written, which of them are local, which addresses are public.

Pure: no name is resolved here.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote

from enrich.links.flaw import Flaw
from enrich.patterns import pattern

_Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"

LONGEST_NAME = 253
"""Characters of a host name. Source: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4"""

_LABEL = pattern(r"[a-z0-9_-]{1,63}")
_NUMBER = pattern(r"0[xX][0-9a-fA-F]*|[0-9]+")

_LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".localdomain", ".home.arpa", ".intranet", ".lan")
"""Never delegated in the public DNS. Sources: RFC 6761, RFC 6762, RFC 8375, ICANN on `.internal`; the
last two are what routers and offices use."""

_REFUSED_V4 = tuple(
    ipaddress.ip_network(written)
    for written in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
"""Source: https://www.iana.org/assignments/iana-ipv4-special-registry. Written out, since what `ipaddress`
calls global differs between versions of Python."""

_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.ip_network(written) for written in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
"""Teredo and other protocol assignments, documentation, 6to4, documentation.
Source: https://www.iana.org/assignments/iana-ipv6-special-registry"""

_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Source: https://www.rfc-editor.org/rfc/rfc6052#section-2.1. The local-use prefix 64:ff9b:1::/48 is not
unwrapped but refused, for where it holds the IPv4 address is up to each network."""


def read_host(text: str) -> str | Flaw:
    """
    The canonical form of the host *text*, IPv6 in brackets, or what is wrong with it.

    IPv4 addresses in decimal, octal, hexadecimal and shortened form become dotted
    quads, as browsers and resolvers read them.

    Source: https://url.spec.whatwg.org/#host-parsing

    >>> read_host("0x7f.1"), read_host("Straße.de")
    ('127.0.0.1', 'xn--strae-oqa.de')
    """
    if text.startswith("["):
        return _read_ipv6(text)
    if not text:
        return Flaw("there is no host")
    host = _ascii_name(text)
    if isinstance(host, Flaw):
        return host
    host = host.removesuffix(".")
    if len(host) > LONGEST_NAME:
        return Flaw("the host's name is too long")
    labels = host.split(".")
    if "" in labels:
        return Flaw("a part of the host's name is empty")
    if wrong := next((label for label in labels if not _LABEL.fullmatch(label)), None):
        return Flaw(f"`{wrong[:40]}` can't be part of a host's name")
    if _NUMBER.fullmatch(labels[-1]):
        return _read_ipv4(labels)
    return host


def _ascii_name(text: str) -> str | Flaw:
    name = unquote(text, errors="replace") if "%" in text else text
    if name.isascii():
        return name.lower()
    if len(name) > LONGEST_NAME:
        return Flaw("the host's name is too long")
    import idna  # noqa: PLC0415 - its tables take time to load, and few hosts need them

    try:
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except UnicodeError:
        pass  # IDNA 2008 has no symbols; browsers open 'i❤.ws' all the same
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return Flaw("the host's name holds characters that no host has")


def _read_ipv6(text: str) -> str | Flaw:
    if not text.endswith("]"):
        return Flaw("`[` has no closing bracket")
    if "%" in text:
        return Flaw("the address is bound to one machine by its zone")
    try:
        return f"[{ipaddress.IPv6Address(text[1:-1]).compressed}]"
    except ValueError:
        return Flaw("what stands in the brackets is no IPv6 address")


def _read_ipv4(labels: list[str]) -> str | Flaw:
    """Source: https://url.spec.whatwg.org/#concept-ipv4-parser"""
    flaw = Flaw("the host is no valid IPv4 address")
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        return flaw
    numbers = [_number(label) for label in labels]
    *leading, last = numbers
    if any(number is None or number > 255 for number in leading) or last is None:
        return flaw
    if last >= 256 ** (5 - len(numbers)):
        return flaw
    value = last + sum((number or 0) << (8 * (3 - place)) for place, number in enumerate(leading))
    return str(ipaddress.IPv4Address(value))


def _number(label: str) -> int | None:
    if label[:2] in ("0x", "0X"):
        return int(label[2:] or "0", 16)
    if label.startswith("0") and len(label) > 1:
        return int(label, 8) if not set(label) & {"8", "9"} else None
    return int(label)


def as_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that a canonical *host* is; None for a name."""
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def is_local(host: str) -> bool:
    """
    Whether a canonical *host* can't be on the public internet, by its spelling alone.

    A name without a dot is one: it means something only inside a network.
    """
    if address := as_address(host):
        return not is_public(str(address))
    return "." not in host or host.endswith(_LOCAL_ENDINGS)


def is_public(address: str) -> bool:
    """
    Whether *address* is one globally routable unicast IP address, without a zone.

    IPv4 inside IPv6 (mapped, NAT64) is judged by the IPv4 address.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return _is_public_v4(parsed)
    if parsed.scope_id is not None:
        return False
    if parsed in _MAPPED or parsed in _NAT64:
        return _is_public_v4(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
    return parsed in _GLOBAL_V6 and parsed.is_global and not _in_any(parsed, _REFUSED_V6)


def _is_public_v4(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not _in_any(address, _REFUSED_V4)


def _in_any(address: ipaddress.IPv4Address | ipaddress.IPv6Address, networks: tuple[_Network, ...]) -> bool:
    return any(address in network for network in networks)
