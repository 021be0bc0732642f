from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

import httpx
import pytest

from enrich.config import HostSettings, Links, Network
from enrich.http import Budget, Http
from enrich.links import Trouble
from enrich.models import Hop
from tests.http.answers import Act, Answer, Answers, http_over, redirect
from tests.http.timing import now, run_in_virtual_time

if TYPE_CHECKING:
    from enrich.http import Fetched

URL = "https://acme.org/a"
HTML = {"content-type": "text/html"}
MANY = 1 << 20


def fetched(
    answers: dict[str, Act | list[Act]],
    url: str = URL,
    *,
    method: str = "GET",
    page_bytes: int = 0,
    links: Links | None = None,
    network: Network | None = None,
) -> tuple[Fetched, Answers, float]:
    """What one link gives, the transport with what it was asked, and the seconds it took."""
    transport = Answers(answers)

    async def scenario() -> tuple[Fetched, float]:
        async with http_over(transport, links, network) as http:
            got = await http.fetch(url, http.budget(), method=method, page_bytes=page_bytes)
            return got, now()

    got, took = run_in_virtual_time(scenario())
    return got, transport, took


def test_an_answer_is_one_hop() -> None:
    got, transport, _ = fetched({URL: 200})

    assert got.observation.hops == (Hop(URL, 200),)
    assert got.observation.is_good
    assert transport.asked == [f"GET {URL}"]


def test_the_program_gives_its_name_and_an_address_to_write_to() -> None:
    _, transport, _ = fetched({URL: 200}, network=Network(contact="me@acme.org"))

    assert transport.requests[0].headers["user-agent"] == "enrich/1.0 (mailto:me@acme.org)"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_redirects_are_followed_with_the_same_method_and_recorded(code: int, method: str) -> None:
    got, transport, _ = fetched({URL: redirect("/b", code), "https://acme.org/b": 200}, method=method)

    assert got.observation.hops == (Hop(URL, code), Hop("https://acme.org/b", 200))
    assert transport.asked == [f"{method} {URL}", f"{method} https://acme.org/b"]


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("b", "https://acme.org/b"),
        ("?v=2", "https://acme.org/a?v=2"),
        ("//new.org/b", "https://new.org/b"),
        ("../../b#part", "https://acme.org/b"),
        ("/a new page", "https://acme.org/a%20new%20page"),
        ("/neu/päper", "https://acme.org/neu/p%C3%A4per"),
        ("/a\\b", "https://acme.org/a%5Cb"),
        ("/a[1", "https://acme.org/a%5B1"),
    ],
)
def test_a_location_is_read_as_browsers_read_it(location: str, target: str) -> None:
    answer = Answer(302, [(b"Location", location.encode())])

    got, _, _ = fetched({URL: answer, target: 200})

    assert got.observation.hops[-1] == Hop(target, 200)


@pytest.mark.parametrize(
    ("locations", "fragment"),
    [
        (("/b",), ""),
        (("/b#/papers/12",), "/papers/12"),
        (("/b#results", "/c"), "results"),
        (("/b#results", "/c#top"), "top"),
        (("/b# <x>",), "%20%3Cx%3E"),
    ],
)
def test_the_place_that_a_redirect_leads_to_is_remembered(locations: tuple[str, ...], fragment: str) -> None:
    path = [URL, "https://acme.org/b", "https://acme.org/c"]
    answers: dict[str, Act | list[Act]] = {path[at]: redirect(to) for at, to in enumerate(locations)}

    got, transport, _ = fetched({**answers, path[len(locations)]: 200})

    assert got.observation.fragment == fragment
    assert not any("#" in asked for asked in transport.asked)


def test_a_location_that_is_not_utf_8_is_read_as_latin_1() -> None:
    got, _, _ = fetched({URL: Answer(302, [(b"Location", b"/\xe4")]), "https://acme.org/%C3%A4": 200})

    assert got.observation.is_good


@pytest.mark.parametrize("location", ["mailto:a@acme.org", "http://[", "http://]/", "javascript:alert(1)"])
def test_a_location_that_is_no_web_address_ends_the_way(location: str) -> None:
    got, transport, _ = fetched({URL: redirect(location)})

    assert got.observation.trouble is Trouble.BAD_REDIRECT
    assert got.observation.hops == (Hop(URL, 302),)
    assert len(transport.asked) == 1


def test_a_redirect_without_a_location_is_the_answer() -> None:
    got, _, _ = fetched({URL: 302})

    assert got.observation.code == 302


@pytest.mark.parametrize(("count", "trouble"), [(8, None), (9, Trouble.TOO_MANY_HOPS)])
def test_eight_redirects_are_followed_and_no_more(count: int, trouble: Trouble | None) -> None:
    answers: dict[str, Act | list[Act]] = {
        f"https://acme.org/{step}": redirect(f"/{step + 1}") for step in range(count)
    }
    answers[f"https://acme.org/{count}"] = 200

    got, _, _ = fetched(answers, "https://acme.org/0")

    assert got.observation.trouble is trouble
    assert len(got.observation.hops) == 9


def test_a_loop_is_seen_when_it_closes() -> None:
    got, transport, _ = fetched({URL: redirect("/b"), "https://acme.org/b": redirect("/a")})

    assert got.observation.trouble is Trouble.LOOP
    assert len(transport.asked) == 2


def test_a_cookie_of_the_way_is_sent_on_it_and_makes_the_same_address_another_question() -> None:
    cookie = Answer(302, {"location": "/a", "set-cookie": "visited=1; Path=/"})

    got, transport, _ = fetched({URL: [cookie, Answer(200)]})

    assert got.observation.is_good
    assert transport.requests[1].headers["cookie"] == "visited=1"


def test_a_cookie_goes_to_no_other_host_and_to_no_other_link() -> None:
    leaving = Answer(302, {"location": "https://new.org/", "set-cookie": "visited=1; Path=/"})
    transport = Answers({URL: leaving, "https://new.org/": 200})

    async def scenario() -> None:
        async with http_over(transport) as http:
            await http.fetch(URL, http.budget())
            await http.fetch(URL, http.budget())

    run_in_virtual_time(scenario())

    assert len(transport.requests) == 4
    assert not any("cookie" in request.headers for request in transport.requests)


def test_no_credentials_of_an_address_are_sent() -> None:
    _, transport, _ = fetched({URL: redirect("https://user:secret@new.org/"), "https://new.org/": 200})

    assert transport.asked[-1] == "GET https://new.org/"
    assert not any("authorization" in request.headers for request in transport.requests)


def test_each_hop_is_paced_in_the_lane_of_its_own_host() -> None:
    links = Links(hosts=(("new.org", HostSettings(delay_s=10.0)),))
    transport = Answers({URL: redirect("https://new.org/"), "https://new.org/": 200})

    async def scenario() -> list[str]:
        async with http_over(transport, links) as http:
            await http.fetch(URL, http.budget())
            await http.fetch(URL, http.budget())
            return [state.host for state in http.lanes.snapshot()]

    hosts = run_in_virtual_time(scenario())

    assert hosts == ["acme.org", "new.org"]
    assert transport.times == pytest.approx([0.0, 0.0, 0.0, 10.0])


def test_a_private_target_is_never_asked() -> None:
    for target in (
        "http://169.254.169.254/",
        "http://2852039166/",
        "http://[::1]/",
        "http://localhost/",
        "http://nas/",
    ):
        got, transport, _ = fetched({URL: redirect(target)})

        assert got.observation.trouble is Trouble.PRIVATE
        assert transport.asked == [f"GET {URL}"]


def test_a_private_target_is_asked_where_the_configuration_allows_it() -> None:
    network = Network(deny_private=False)

    got, _, _ = fetched({"http://10.0.0.1/": 200}, "http://10.0.0.1/", network=network)

    assert got.observation.is_good


@pytest.mark.parametrize(
    "passing",
    [500, 503, 429, httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("?")],
)
def test_what_may_pass_is_tried_again(passing: Act) -> None:
    got, transport, _ = fetched({URL: [passing, passing, Answer(200)]})

    assert got.observation.is_good
    assert len(transport.asked) == 3


@pytest.mark.parametrize("lasting", [200, 404, 403, 401, 999])
def test_what_will_not_pass_is_not_tried_again(lasting: int) -> None:
    _, transport, _ = fetched({URL: lasting})

    assert len(transport.asked) == 1


def test_as_many_tries_are_made_as_are_configured_over_all_hops() -> None:
    links = Links(retry=2)

    got, transport, _ = fetched({URL: [500, redirect("/b")], "https://acme.org/b": 500}, links=links)

    assert got.observation.code == 500
    assert len(transport.asked) == 2 + 2


def test_pauses_between_tries_grow_and_are_drawn() -> None:
    _, transport, _ = fetched({URL: 500}, links=Links(retry=3))

    gaps = [later - sooner for sooner, later in pairwise(transport.times)]

    assert gaps == pytest.approx([0.375, 0.75, 1.5])


def test_head_is_tried_once_for_get_comes_after_it() -> None:
    _, transport, _ = fetched({URL: 500}, method="HEAD")

    assert transport.asked == [f"HEAD {URL}"]


def test_retry_after_is_honoured_as_seconds_and_as_a_date() -> None:
    for value in ("30", "Fri, 15 Jan 2027 12:00:30 GMT"):
        _, transport, _ = fetched({URL: [Answer(429, {"retry-after": value}), Answer(200)]})

        assert transport.times == pytest.approx([0.0, 30.0])


def test_an_answer_that_takes_too_long_is_a_timeout() -> None:
    got, _, took = fetched({URL: Answer(after_s=60.0)}, links=Links(timeout_s=5.0, retry=0))

    assert got.observation.trouble is Trouble.TIMEOUT
    assert took == pytest.approx(5.0)


@pytest.mark.parametrize(
    "body",
    [
        Answer(200, HTML, *[b"z"] * 100, every_s=1.0),
        Answer(200, HTML | {"content-encoding": "gzip"}, b"no gzip"),
        Answer(200, HTML, b"z", httpx.ReadError("reset")),
    ],
)
def test_what_becomes_of_a_body_changes_no_verdict(body: Answer) -> None:
    got, transport, took = fetched({URL: body}, page_bytes=MANY, links=Links(timeout_s=5.0))

    assert got.observation.code == 200
    assert len(transport.asked) == 1
    assert took <= 5.0


def test_no_time_left_is_a_timeout_without_a_request() -> None:
    transport = Answers({URL: 200})

    async def scenario() -> Trouble | None:
        async with http_over(transport) as http:
            return (await http.fetch(URL, Budget(0.0, 0))).observation.trouble

    assert run_in_virtual_time(scenario()) is Trouble.TIMEOUT
    assert transport.asked == []


def test_a_link_has_a_deadline_over_all_its_hops_and_tries() -> None:
    links = Links(timeout_s=10.0, retry=1)
    answers: dict[str, Act | list[Act]] = {
        f"https://acme.org/{step}": Answer(302, {"location": f"/{step + 1}"}, after_s=8.0)
        for step in range(8)
    }

    got, _, took = fetched(answers, "https://acme.org/0", links=links)

    assert got.observation.trouble is Trouble.TIMEOUT
    assert took <= 21


def test_a_body_is_read_only_where_it_is_needed() -> None:
    answer = Answer(200, HTML, b"hello ", b"world")

    got, _, _ = fetched({URL: answer})
    assert (got.content, answer.read) == (b"", 0)

    got, _, _ = fetched({URL: answer}, page_bytes=MANY)
    assert (got.content, got.content_type, got.complete) == (b"hello world", "text/html", True)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, {"content-type": "application/pdf"}, b"%PDF"),
        Answer(404, HTML, b"gone"),
        Answer(200, {}, b"no type"),
    ],
)
def test_of_what_is_no_good_page_nothing_is_read(answer: Answer) -> None:
    got, _, _ = fetched({URL: answer}, page_bytes=MANY)

    assert (got.content, got.complete, answer.read) == (b"", False, 0)


def test_no_more_of_a_page_is_read_than_is_wanted() -> None:
    answer = Answer(200, HTML, *[b"z" * 1_000] * 1_000)

    got, _, _ = fetched({URL: answer}, page_bytes=5_000)

    assert (len(got.content), got.complete) == (5_000, False)
    assert answer.read <= 6_000


def test_an_endless_body_is_cut_at_its_bound() -> None:
    answer = Answer(200, HTML, *[b"z" * 1_000] * 1_000)

    got, _, _ = fetched({URL: answer}, page_bytes=MANY, network=Network(max_body_bytes=10_000))

    assert len(got.content) == 10_000
    assert answer.read <= 11_000


def test_headers_past_their_bound_are_no_answer() -> None:
    got, _, _ = fetched({URL: Answer(200, {"x": "z" * 70_000})})

    assert got.observation.trouble is Trouble.OVERSIZE


def test_a_challenge_page_is_seen_by_its_header_and_not_tried_again() -> None:
    got, transport, _ = fetched({URL: Answer(503, {"cf-mitigated": "challenge"})})

    assert got.observation.challenged
    assert len(transport.asked) == 1


def test_a_host_that_is_set_aside_is_not_asked() -> None:
    got, transport, _ = fetched({URL: Answer(429, {"retry-after": "31536000"})})

    assert got.observation.trouble is Trouble.SET_ASIDE
    assert got.observation.detail == "429, the host asks to wait 31536000 s"
    assert len(transport.asked) == 1


def test_a_big_host_has_a_pace_of_its_own_that_the_configuration_overrides() -> None:
    url = "https://huggingface.co/a"
    for links, peak in ((Links(), 1), (Links(hosts=(("huggingface.co", HostSettings(concurrency=4)),)), 2)):
        transport = Answers({url: Answer(200, after_s=1.0)})

        async def scenario(links: Links = links, transport: Answers = transport) -> int:
            async with http_over(transport, links) as http:
                both = asyncio.gather(http.fetch(url, http.budget()), http.fetch(url, http.budget()))
                await asyncio.sleep(0.5)
                in_flight = http.lanes.snapshot()[0].in_flight
                await both
                return in_flight

        assert run_in_virtual_time(scenario()) == peak


def test_a_bug_is_not_taken_for_a_fault_of_the_network() -> None:
    with pytest.raises(ZeroDivisionError):
        fetched({URL: ZeroDivisionError()})


def test_without_a_stand_in_there_is_a_network_which_opens_nothing_by_itself() -> None:
    async def scenario() -> int:
        async with Http(Network(), Links(), version="1.0") as http:
            http.forget("acme.org")
            return len(http.lanes.snapshot())

    assert asyncio.run(scenario()) == 0


def test_after_a_stop_links_are_set_aside() -> None:
    transport = Answers({URL: 200, "https://acme.org/b": 200})

    async def scenario() -> Trouble | None:
        async with http_over(transport) as http:
            await http.fetch(URL, http.budget())
            http.stop()
            return (await http.fetch("https://acme.org/b", http.budget())).observation.trouble

    assert run_in_virtual_time(scenario()) is Trouble.SET_ASIDE
    assert len(transport.asked) == 1
