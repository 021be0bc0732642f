from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import canonical_url, host_key, port_of
from enrich.links.canonical import is_plainly_canonical, read_url, work_out
from enrich.links.flaw import Flaw

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NEAR_ADDRESSES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["http://", "https://", "HTTPS://", "//", "http:", "httpſ://", " https://"]),
        st.text(st.characters(exclude_categories=()), max_size=30)
        | st.sampled_from(
            ["x.org", "X.ORG:443", "[::1]:80", "0x7f.1", "a@b@x.org", "ＷＷＷ.x.org", "x.org."]
        ),
        st.text(st.sampled_from("/%2e2E.?#[]{}<>\"'`|\\ ä%zZ&=~:@\u200b\ud800"), max_size=30),
    ),
)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://example.org:80/", "http://example.org/"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("https://example.org:/a", "https://example.org/a"),
        ("https://example.org:0443/a", "https://example.org/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org?a=1", "https://example.org/?a=1"),
        ("https://example.org/#part", "https://example.org/"),
        ("//example.org/a", "https://example.org/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/../../a", "https://example.org/a"),
        ("https://example.org/a/..", "https://example.org/"),
        ("https://example.org/a/.", "https://example.org/a/"),
        ("https://example.org/a/%2e%2E/b", "https://example.org/b"),
        ("https://example.org//a", "https://example.org//a"),
        ("https://example.org/%7euser/%c3%a4%2f", "https://example.org/~user/%C3%A4%2F"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%%34%31", "https://example.org/%2541"),
        ("https://example.org/a|b^c", "https://example.org/a%7Cb%5Ec"),
        ("https://example.org/Größe?q=ä", "https://example.org/Gr%C3%B6%C3%9Fe?q=%C3%A4"),
        ("https://example.org/?ids[]=1&x={y}", "https://example.org/?ids[]=1&x=%7By%7D"),
        ('https://example.org/?q="deep"', "https://example.org/?q=%22deep%22"),
        ("https://straße.de/", "https://xn--strae-oqa.de/"),
        ("https://i❤.ws/", "https://xn--i-7iq.ws/"),
        ("https://ex%61mple.org/", "https://example.org/"),
        ("http://[2001:DB8:0::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        (
            "https://www.cell.com/patterns/fulltext/S2666-3899(23)00130-7",
            "https://www.cell.com/patterns/fulltext/S2666-3899(23)00130-7",
        ),
        (
            "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16<E61::AID-SIM968>3.0.CO;2-2",
            "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3CE61::AID-SIM968%3E3.0.CO;2-2",
        ),
    ],
)
def test_equal_questions_have_one_canonical_form(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("ftp://example.org/", "an address begins with https://"),
        ("example.org/a", "an address begins with https://"),
        ("https:/example.org/", "`//` is missing after the scheme"),
        ("https:///example.org/", "there is no host"),
        ("https://ngc.nvidia.com]", "`]` has no opening bracket"),
        ("https://example.org/a{b", "`{` has no partner"),
        ('https://example.org/a"', '`"` has no partner'),
        ("https://example.org/a`", "a backtick has no partner"),
        ("https://example.org/[{]}", "`]` has no opening bracket"),
        ("https://example.org/a b", "a space does not belong in an address"),
        ("https://example.org/a\\", "a backslash does not belong in an address"),
        ("https://example.org/\u200ba", "an invisible character does not belong in an address"),
        ("https://example.org/\ud800", "an invisible character does not belong in an address"),
        ("https://example.org/a<br>", "a piece of HTML stands in the address"),
        ("https://example.org/a</a> \\", "a piece of HTML stands in the address"),
        ("https://https://example.org/", "the scheme is written twice"),
        ("https://example.org:x/", "the port is no number from 1 to 65535"),
        ("https://example.org:0/", "the port is no number from 1 to 65535"),
        ("https://example.org:70000/", "the port is no number from 1 to 65535"),
        ("https://a..org/", "a part of the host's name is empty"),
        ("https://fun.github.io,", "`io,` can't be part of a host's name"),
        ("https://" + "a." * 200 + "org/", "the host's name is too long"),
        ("https://" + "ä." * 200 + "org/", "the host's name is too long"),
        ("https://" + "ä" * 70 + ".org/", "the host's name holds characters that no host has"),
        ("http://1.2.3.4.5/", "the host is no valid IPv4 address"),
        ("http://[::1/", "`[` has no partner"),
        ("http://[fe80::1%25eth0]/", "the address is bound to one machine by its zone"),
        ("http://[1.2.3.4]/", "what stands in the brackets is no IPv6 address"),
        ("https://example.org/" + "a" * 70_000, "it is too long for an address"),
    ],
)
def test_what_can_not_be_asked_has_no_canonical_form_and_a_reason(written: str, what: str) -> None:
    read = read_url(written)

    assert canonical_url(written) is None
    assert isinstance(read, Flaw)
    assert read.what == what


def test_a_flaw_tells_where_it_begins() -> None:
    read = read_url("  https://example.org/a}b")

    assert read == Flaw("`}` has no opening bracket", 23)


@given(ANY_TEXT | NEAR_ADDRESSES)
def test_the_canonical_form_is_its_own_and_nothing_raises(text: str) -> None:
    canonical = canonical_url(text)

    assert canonical is None or canonical_url(canonical) == canonical


PLAIN_ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "https://"]),
    st.lists(
        st.sampled_from(["a", "x1", "_b-", "xn--strae-oqa", "0x7f", "1", "c" * 63, "c" * 64]), max_size=5
    )
    .flatmap(
        lambda labels: st.sampled_from(["org", "http", "o-g", "1", ""]).map(lambda last: [*labels, last])
    )
    .map(".".join),
    st.sampled_from(["", ":8080", ":80", ":443", ":65535", ":65536", ":0", ":080"]),
    st.text(st.sampled_from("/aZ09-._~!$&'()*+,;=:@?%"), max_size=12).map("/{}".format),
)


@given(PLAIN_ADDRESSES)
def test_an_address_that_is_taken_as_it_is_written_is_canonical(text: str) -> None:
    if is_plainly_canonical(text):
        assert work_out(text) == text


def test_most_addresses_are_taken_as_they_are_written() -> None:
    assert is_plainly_canonical("https://www.acme.org/papers/a_b.pdf?v=1&w=2")
    assert is_plainly_canonical("http://acme.org:8080/")
    assert not is_plainly_canonical("http://acme.org:80/")
    assert not is_plainly_canonical("http://acme.org/a/../b")


@given(NEAR_ADDRESSES)
def test_a_canonical_form_is_printable_ascii_with_a_host_and_a_path(text: str) -> None:
    canonical = canonical_url(text)

    if canonical is not None:
        assert canonical.isascii()
        assert canonical.isprintable()
        assert host_key(canonical)
        assert 0 < port_of(canonical) < 65_536


@pytest.mark.parametrize("piece", ["a", "%41", "[", "{[<", "../", "\\", '"`', "ä", "a.", "<br"])
def test_a_text_of_a_megabyte_takes_no_time(piece: str) -> None:
    text = "https://example.org/" + piece * (1_000_000 // len(piece))
    begin = time.perf_counter()

    canonical_url(text)
    canonical_url("https://" + text)

    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://example.org/a", "example.org", 443),
        ("http://example.org/a", "example.org", 80),
        ("http://example.org:8080/a:1", "example.org", 8080),
        ("http://[::1]:8080/", "[::1]", 8080),
        ("https://[::1]/", "[::1]", 443),
    ],
)
def test_host_and_port_of_a_canonical_form(url: str, host: str, port: int) -> None:
    assert host_key(url) == host
    assert port_of(url) == port
