from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import Observation, On403, Reading, Trouble, failure, phrase, verdict
from enrich.models import Fault, Hop, LinkStatus, Reason

URL = "https://acme.org/a"
NEXT = "https://new.acme.org/a"


def seen(code: int, method: str = "GET", *, challenged: bool = False) -> Observation:
    return Observation(method, (Hop(URL, code),), challenged=challenged, asked=URL)


def led(*codes: int, final: str = NEXT, method: str = "GET") -> Observation:
    """Redirects with all *codes* but the last, which the end of the way answers."""
    hops = [Hop(URL if place == 0 else f"{URL}/{place}", code) for place, code in enumerate(codes[:-1])]
    return Observation(method, (*hops, Hop(final, codes[-1])), asked=final)


def met(
    trouble: Trouble, detail: str = "", *, hops: tuple[Hop, ...] = (), method: str = "GET"
) -> Observation:
    return Observation(method, hops, trouble, detail, asked=NEXT if hops else URL)


@pytest.mark.parametrize("code", [200, 202, 204, 206])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_any_2xx_is_ok(code: int, method: str) -> None:
    check = verdict([seen(code, method)])

    assert (check.status, check.code, check.chain, check.final_url) == (LinkStatus.OK, code, (), None)


@pytest.mark.parametrize("codes", [(301, 200), (308, 200), (301, 308, 301, 204)])
def test_a_way_that_is_permanent_throughout_is_moved(codes: tuple[int, ...]) -> None:
    check = verdict([led(*codes)])

    assert check.status is LinkStatus.MOVED
    assert check.final_url == NEXT
    assert tuple(hop.code for hop in check.chain) == codes


@pytest.mark.parametrize("codes", [(302, 200), (303, 200), (307, 200), (301, 302, 200)])
def test_any_other_way_that_ends_well_is_redirected(codes: tuple[int, ...]) -> None:
    check = verdict([led(*codes)])

    assert (check.status, check.final_url) == (LinkStatus.REDIRECTED, NEXT)


def test_a_permanent_redirect_back_to_the_same_address_moved_nothing() -> None:
    assert verdict([led(301, 200, final=URL)]).status is LinkStatus.REDIRECTED


@pytest.mark.parametrize("codes", [(404, 404), (410, 410), (404, 410)])
def test_404_or_410_by_get_twice_is_broken(codes: tuple[int, int]) -> None:
    check = verdict([seen(404, "HEAD"), *map(seen, codes)])

    assert (check.status, check.fault, check.code) == (LinkStatus.BROKEN, Fault.GONE, codes[1])
    assert check.detail == phrase(codes[1])


def test_the_end_of_a_redirect_that_is_gone_twice_is_broken_with_its_chain() -> None:
    check = verdict([led(302, 404), led(302, 404)])

    assert (check.status, check.fault) == (LinkStatus.BROKEN, Fault.GONE)
    assert [hop.code for hop in check.chain] == [302, 404]


@pytest.mark.parametrize(
    "observations",
    [
        [seen(404)],
        [seen(404, "HEAD")],
        [seen(404, "HEAD"), seen(404)],
        [seen(404), seen(404, "HEAD")],
        [seen(404), met(Trouble.TIMEOUT)],
        [seen(404), seen(503)],
        [seen(404), seen(403)],
        [seen(404), met(Trouble.NO_HOST)],
        [met(Trouble.NO_HOST)],
        [met(Trouble.NO_HOST, method="HEAD"), met(Trouble.NO_HOST)],
        [met(Trouble.NO_HOST), met(Trouble.NAMES)],
        [seen(404, challenged=True), seen(404, challenged=True)],
    ],
)
def test_less_than_the_same_absence_twice_by_get_is_never_broken(observations: list[Observation]) -> None:
    assert verdict(observations).status is LinkStatus.UNVERIFIED


def test_a_link_ends_at_the_place_that_its_redirect_names() -> None:
    hops = Hop(URL, 301), Hop("https://acme.org/app", 200)

    check = verdict([Observation("GET", hops, asked="https://acme.org/app", fragment="/papers/12")])

    assert (check.status, check.final_url) == (LinkStatus.MOVED, "https://acme.org/app#/papers/12")
    assert check.chain == hops


def test_404_and_then_200_is_ok() -> None:
    assert verdict([seen(404), seen(200)]).status is LinkStatus.OK


def test_no_such_host_twice_is_broken() -> None:
    check = verdict([met(Trouble.NO_HOST), met(Trouble.NO_HOST)])

    assert (check.status, check.fault, check.code) == (LinkStatus.BROKEN, Fault.NO_HOST, None)
    assert check.detail == "no such host"


def test_a_redirect_to_no_such_host_names_the_host() -> None:
    observation = met(Trouble.NO_HOST, hops=(Hop(URL, 301),))

    check = verdict([observation, observation])

    assert (check.status, check.code, check.chain) == (LinkStatus.BROKEN, 301, (Hop(URL, 301),))
    assert check.detail == "redirected to new.acme.org: no such host"


@pytest.mark.parametrize(
    ("code", "reason", "detail"),
    [
        (401, Reason.BLOCKED, "the host asks for a login (401)"),
        (403, Reason.BLOCKED, "the host refuses automated requests (403)"),
        (999, Reason.BLOCKED, "the host refuses automated requests (999)"),
        (429, Reason.RATE_LIMITED, "the host asks for fewer requests (429)"),
        (408, Reason.TIMEOUT, "408 Request Timeout"),
        (500, Reason.SERVER_ERROR, "500 Internal Server Error"),
        (503, Reason.SERVER_ERROR, "503 Service Unavailable"),
        (522, Reason.SERVER_ERROR, "522"),
        (400, Reason.BLOCKED, "400 Bad Request"),
        (405, Reason.BLOCKED, "405 Method Not Allowed"),
        (451, Reason.BLOCKED, "451 Unavailable For Legal Reasons"),
        (302, Reason.BLOCKED, "302 Found"),
        (304, Reason.BLOCKED, "304 Not Modified"),
    ],
)
def test_every_other_code_is_not_verified(code: int, reason: Reason, detail: str) -> None:
    check = verdict([seen(code), seen(code)])

    assert (check.status, check.reason, check.code) == (LinkStatus.UNVERIFIED, reason, code)
    assert check.detail == detail


@pytest.mark.parametrize("code", [200, 202, 403, 404, 503])
def test_a_challenge_page_is_blocked_whatever_its_code(code: int) -> None:
    observations = [seen(code, challenged=True), seen(code, challenged=True)]

    check = verdict(observations, Reading(On403.BROKEN))

    assert (check.status, check.reason, check.code) == (LinkStatus.UNVERIFIED, Reason.BLOCKED, code)


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Trouble.NAMES, Reason.NETWORK),
        (Trouble.REFUSED, Reason.NETWORK),
        (Trouble.RESET, Reason.NETWORK),
        (Trouble.UNREACHABLE, Reason.NETWORK),
        (Trouble.NOT_HTTP, Reason.NETWORK),
        (Trouble.OVERSIZE, Reason.NETWORK),
        (Trouble.PROXY, Reason.NETWORK),
        (Trouble.TIMEOUT, Reason.TIMEOUT),
        (Trouble.TLS, Reason.TLS),
        (Trouble.LOOP, Reason.BLOCKED),
        (Trouble.TOO_MANY_HOPS, Reason.BLOCKED),
        (Trouble.BAD_REDIRECT, Reason.BLOCKED),
        (Trouble.SET_ASIDE, Reason.RATE_LIMITED),
    ],
)
def test_trouble_is_not_verified_however_often_it_is_met(trouble: Trouble, reason: Reason) -> None:
    check = verdict([met(trouble), met(trouble)])

    assert (check.status, check.reason) == (LinkStatus.UNVERIFIED, reason)
    assert check.detail == trouble.value


def test_the_clause_of_a_trouble_wins_over_its_kind() -> None:
    check = verdict([met(Trouble.TLS, "the certificate has expired")])

    assert check.detail == "the certificate has expired"


def test_a_private_address_is_excluded() -> None:
    assert verdict([met(Trouble.PRIVATE)]).status is LinkStatus.EXCLUDED


def test_a_redirect_to_a_private_address_is_excluded_and_shows_the_way() -> None:
    check = verdict([met(Trouble.PRIVATE, hops=(Hop(URL, 302),))])

    assert check.status is LinkStatus.EXCLUDED
    assert check.chain == (Hop(URL, 302),)


@pytest.mark.parametrize("on_403", On403)
def test_what_403_means_is_the_host_s_setting(on_403: On403) -> None:
    check = verdict([seen(403), seen(403)], Reading(on_403))

    assert check.status.value == on_403.value


def test_a_403_that_means_broken_is_asked_twice_as_well() -> None:
    assert verdict([seen(403)], Reading(On403.BROKEN)).status is LinkStatus.UNVERIFIED


def test_an_accepted_code_is_ok() -> None:
    assert verdict([seen(418)], Reading(accept=frozenset({418}))).status is LinkStatus.OK


def test_nothing_observed_is_no_verdict() -> None:
    with pytest.raises(ValueError, match="nothing was observed"):
        verdict([])


def test_trouble_on_the_way_to_a_source_is_a_failure_with_its_reason() -> None:
    assert failure(Trouble.TIMEOUT).reason is Reason.TIMEOUT
    assert failure(Trouble.TLS, "expired").detail == "expired"


OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        st.sampled_from(["GET", "HEAD"]),
        st.lists(
            st.builds(Hop, st.just(URL), st.sampled_from([200, 301, 302, 403, 404, 410, 429, 500])),
            max_size=3,
        ).map(tuple),
        st.none() | st.sampled_from(Trouble),
        challenged=st.booleans(),
        asked=st.just(URL),
    ).filter(lambda one: one.hops or one.trouble),
    min_size=1,
    max_size=4,
)


@given(OBSERVATIONS)
def test_reason_fault_and_final_url_are_set_exactly_where_they_belong(
    observations: list[Observation],
) -> None:
    check = verdict(observations)

    assert (check.reason is not None) == (check.status is LinkStatus.UNVERIFIED)
    assert (check.fault is not None) == (check.status is LinkStatus.BROKEN)
    assert (check.final_url is not None) == (check.status in (LinkStatus.MOVED, LinkStatus.REDIRECTED))


@given(OBSERVATIONS)
def test_no_failure_becomes_broken(observations: list[Observation]) -> None:
    last = observations[-1]

    if not last.is_gone and last.trouble is not Trouble.NO_HOST:
        assert verdict(observations).status is not LinkStatus.BROKEN
