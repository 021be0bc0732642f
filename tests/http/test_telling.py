from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.http.telling import (
    is_challenge,
    proxy_answer_trouble,
    proxy_trouble,
    redirect_target,
    retry_after_s,
)
from enrich.links import Trouble, canonical_url

NOON = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "Fri, 15 Jan 2027 12:01:00 GMT"}, 60.0),
        ({"retry-after": "Fri, 15 Jan 2027 12:01:00"}, 60.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "Fri, 15 Jan 2027 10:01:00 GMT", "date": "Fri, 15 Jan 2027 10:00:00 GMT"}, 60.0),
        ({}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "9" * 5_000}, None),
        ({"retry-after": "Fri, 99 Jan 99999 99:99:99 GMT"}, None),
    ],
)
def test_a_wait_is_read_in_both_its_forms_or_not_at_all(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after_s(headers, NOON) == seconds


@given(st.text())
def test_no_value_of_a_header_raises(value: str) -> None:
    read = retry_after_s({"retry-after": value, "date": value}, NOON)

    assert read is None or read >= 0


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_location_raises_and_what_it_names_is_canonical(location: str) -> None:
    target = redirect_target("https://acme.org/a", location)

    assert target is None or canonical_url(target) == target


@pytest.mark.parametrize(
    "headers",
    [{"cf-mitigated": "challenge"}, {"x-amzn-waf-action": "captcha"}, {"x-vercel-mitigated": "Challenge"}],
)
def test_a_challenge_tells_itself(headers: dict[str, str]) -> None:
    assert is_challenge(headers)


@pytest.mark.parametrize("headers", [{}, {"server": "cloudflare"}, {"x-amzn-waf-action": "count"}])
def test_a_host_behind_a_firewall_is_no_challenge(headers: dict[str, str]) -> None:
    assert not is_challenge(headers)


@pytest.mark.parametrize(
    ("headers", "trouble"),
    [
        ([(b"Proxy-Status", b'p; error=dns_error; rcode="NXDOMAIN"')], Trouble.NO_HOST),
        ([(b"Proxy-Status", b"p; error=dns_error; rcode=NXDOMAIN")], Trouble.NO_HOST),
        ([(b"Proxy-Status", b'p; error=dns_error; rcode="SERVFAIL"')], Trouble.PROXY),
        ([(b"Proxy-Status", b"p; error=connection_refused")], Trouble.PROXY),
        ([(b"X-Squid-Error", b"ERR_DNS_FAIL 0")], Trouble.PROXY),
        ([], Trouble.PROXY),
    ],
)
def test_a_proxy_is_believed_that_a_name_is_absent_only_where_it_cites_the_name_servers(
    headers: list[tuple[bytes, bytes]], trouble: Trouble
) -> None:
    assert proxy_trouble(headers, "502 Bad Gateway")[0] is trouble


@pytest.mark.parametrize(
    ("status", "headers", "trouble"),
    [
        (407, {}, Trouble.PROXY),
        (503, {"x-squid-error": "ERR_DNS_FAIL 0"}, Trouble.PROXY),
        (502, {"proxy-status": "p; error=dns_error; rcode=NXDOMAIN"}, Trouble.NO_HOST),
    ],
)
def test_an_answer_of_the_proxy_s_own_is_known_by_its_header(
    status: int, headers: dict[str, str], trouble: Trouble
) -> None:
    read = proxy_answer_trouble(status, headers)

    assert read is not None
    assert read[0] is trouble


@pytest.mark.parametrize(("status", "headers"), [(502, {}), (200, {"x-squid-error": "x"}), (404, {})])
def test_any_other_answer_is_the_host_s(status: int, headers: dict[str, str]) -> None:
    assert proxy_answer_trouble(status, headers) is None
