from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import is_local, is_public
from enrich.links.flaw import Flaw
from enrich.links.hosts import read_host

NOT_PUBLIC = (
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:10.0.0.1",
    "::ffff:0:8.8.8.8",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:a9fe:a9fe::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "2a00:1450:4001::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
    "8.8.8.8:80",
    "",
)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "172.32.0.1", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_not_refused(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    judged_by_its_ipv4 = any(
        address in ipaddress.ip_network(net) for net in ("64:ff9b::/96", "::ffff:0:0/96")
    )

    if not address.is_global and not judged_by_its_ipv4:
        assert not is_public(str(address))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "intranet",
        "printer.local",
        "metadata.google.internal",
        "a.localhost",
        "nas.home.arpa",
        "169.254.169.254",
        "[::1]",
        "[::ffff:10.0.0.1]",
    ],
)
def test_a_local_host_is_known_by_its_spelling(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["arxiv.org", "8.8.8.8", "[2a00:1450:4001:81b::200e]", "local.org"])
def test_a_public_host_is_not_local(host: str) -> None:
    assert not is_local(host)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("2852039166", "169.254.169.254"),
        ("0xA9FEA9FE", "169.254.169.254"),
        ("0xa9.254.0xa9.254", "169.254.169.254"),
        ("0251.0376.0251.0376", "169.254.169.254"),
        ("169.254.43518", "169.254.169.254"),
        ("0x", "0.0.0.0"),
        ("127.1", "127.0.0.1"),
    ],
)
def test_every_spelling_of_an_ipv4_address_is_read_as_browsers_read_it(written: str, address: str) -> None:
    assert read_host(written) == address


@pytest.mark.parametrize(
    "written", ["256.1.1.1", "1.2.3.256", "08.1", "1.09", "1.x.3.4", "4294967296", "1.2.3.4.5", "0x1ffffffff"]
)
def test_what_looks_like_ipv4_and_is_none_is_no_host(written: str) -> None:
    assert isinstance(read_host(written), Flaw)


def test_a_bracket_that_is_not_closed_is_no_host() -> None:
    assert read_host("[::1") == Flaw("`[` has no closing bracket")
