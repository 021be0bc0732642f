from __future__ import annotations

import asyncio
import random
import socket
import ssl
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from enrich.config import HostSettings, Links, Network
from enrich.http import Http, Names, Surroundings
from enrich.http.proxies import Proxies
from enrich.http.transport import PoolTransport
from enrich.models import Doubt, Fault, LinkCheck, LinkQuery, LinkStatus, Reason, RecordQuery
from enrich.pages.shown import beside
from enrich.sources.web import Web
from enrich.sources.web.looking import PAGE_BYTES
from tests.http.answers import Act, Answer, Answers, http_over, redirect
from tests.http.timing import now, run_in_virtual_time
from tests.internet.fates import FATES, UNDECIDED
from tests.internet.internet import Internet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.internet.named_fates import NamedFate

URL = "https://acme.org/a.pdf"


def asked(
    answers: dict[str, Act | list[Act]], *urls: str, links: Links | None = None, recheck_s: float = 3.0
) -> tuple[list[LinkCheck], Answers]:
    """What the web says of *urls*, one after the other in one run, and what was asked."""
    transport = Answers(answers)
    links = links or Links()

    async def scenario() -> list[LinkCheck]:
        async with http_over(transport, links) as http:
            web = Web(http, links, recheck_s=recheck_s)
            return [await one(web, url) for url in urls or (URL,)]

    return run_in_virtual_time(scenario()), transport


async def one(web: Web, url: str) -> LinkCheck:
    (outcome,) = await web.ask([LinkQuery(url)])
    assert isinstance(outcome, LinkCheck)
    return outcome


def html(title: str, text: str = "Text.") -> Answer:
    body = f"<title>{title}</title><h1>{title}</h1><p>{text}</p>".encode()
    return Answer(200, {"content-type": "text/html"}, body)


PAGE = "https://acme.org/papers/a"
BESIDE = beside(PAGE)


def test_a_page_is_asked_for_by_get_and_costs_one_request() -> None:
    (check,), transport = asked({PAGE: html("A paper")}, PAGE)

    assert check == LinkCheck(LinkStatus.OK, "200 OK", code=200)
    assert transport.asked == [f"GET {PAGE}"]


def test_a_host_that_is_known_to_be_honest_is_asked_by_head() -> None:
    url = "https://github.com/acme/tool"

    _, transport = asked({url: html("404")}, url)

    assert transport.asked == [f"HEAD {url}"]


def test_a_page_that_says_it_is_gone_is_compared_with_one_beside_it_once_for_a_folder() -> None:
    urls = [f"https://acme.org/papers/{name}" for name in "abc"]
    absent = html("Page not found")

    checks, transport = asked(dict.fromkeys([*urls, BESIDE], absent), *urls)

    assert {(check.status, check.doubt) for check in checks} == {(LinkStatus.OK, Doubt.GONE)}
    assert transport.asked == [f"GET {urls[0]}", f"GET {BESIDE}", f"GET {urls[1]}", f"GET {urls[2]}"]


def test_pages_of_one_folder_that_are_asked_for_at_one_time_are_compared_once() -> None:
    urls = [f"https://acme.org/papers/{number}" for number in ("one", "two", "three")]
    transport = Answers(dict.fromkeys([*urls, BESIDE], html("Page not found")))

    async def scenario() -> Sequence[object]:
        async with http_over(transport) as http:
            return await Web(http, Links()).ask([LinkQuery(url) for url in urls])

    outcomes = run_in_virtual_time(scenario())

    assert [getattr(outcome, "doubt", None) for outcome in outcomes] == [Doubt.GONE] * 3
    assert transport.asked.count(f"GET {BESIDE}") == 1


@pytest.mark.parametrize("beside_it", [404, 410])
def test_a_host_that_is_honest_about_what_it_lacks_is_believed(beside_it: int) -> None:
    (check,), _ = asked({PAGE: html("Page not found"), BESIDE: beside_it}, PAGE)

    assert (check.status, check.doubt) == (LinkStatus.OK, None)


@pytest.mark.parametrize("beside_it", [403, 500, Answer(200, {"content-type": "application/pdf"}, b"%PDF")])
def test_where_nothing_is_found_out_beside_it_a_clear_page_is_gone(beside_it: Act) -> None:
    (check,), _ = asked({PAGE: html("Page not found"), BESIDE: beside_it}, PAGE, links=Links(retry=0))

    assert check.doubt is Doubt.GONE


def test_what_a_login_hides_is_not_looked_for() -> None:
    (check,), transport = asked(
        {PAGE: redirect("https://acme.org/login"), "https://acme.org/login": html("Page not found")}, PAGE
    )

    assert (check.status, check.doubt) == (LinkStatus.REDIRECTED, Doubt.WALL)
    assert len(transport.asked) == 2


def test_a_domain_that_leads_to_a_dealer_is_parked_without_another_question() -> None:
    dealer = "https://www.sedo.com/search/details/?domain=acme.org"

    (check,), transport = asked({PAGE: redirect(dealer), dealer: html("acme.org")}, PAGE)

    assert (check.status, check.doubt) == (LinkStatus.REDIRECTED, Doubt.PARKED)
    assert len(transport.asked) == 2


def test_of_a_page_no_more_is_read_than_tells_what_it_is() -> None:
    endless = Answer(200, {"content-type": "text/html"}, b"<title>404</title>", *[b"word " * 1_000] * 500)

    (check,), _ = asked({PAGE: endless, BESIDE: 403}, PAGE)

    assert check.doubt is None
    assert endless.read <= PAGE_BYTES + 5_000


def test_a_link_that_answers_head_costs_one_request() -> None:
    (check,), transport = asked({URL: 200})

    assert check == LinkCheck(LinkStatus.OK, "200 OK", code=200)
    assert transport.asked == [f"HEAD {URL}"]


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 406, 410, 500, 501, 503])
def test_a_host_that_lies_to_head_is_asked_by_get_and_from_then_on_by_get_at_once(code: int) -> None:
    second = "https://acme.org/b.pdf"

    checks, transport = asked({f"HEAD {URL}": code, URL: 200, second: 200}, URL, second)

    assert [check.status for check in checks] == [LinkStatus.OK, LinkStatus.OK]
    assert transport.asked == [f"HEAD {URL}", f"GET {URL}", f"GET {second}"]


@pytest.mark.parametrize("error", [httpx.ReadTimeout("slow"), httpx.ReadError("reset")])
def test_a_head_without_an_answer_is_followed_by_get(error: Exception) -> None:
    (check,), _ = asked({f"HEAD {URL}": error, URL: 200})

    assert check.status is LinkStatus.OK


def test_a_page_that_is_gone_is_believed_when_get_has_met_it_twice_seconds_apart() -> None:
    (check,), transport = asked({URL: 404})

    assert (check.status, check.fault) == (LinkStatus.BROKEN, Fault.GONE)
    assert transport.asked == [f"HEAD {URL}", f"GET {URL}", f"GET {URL}"]
    assert transport.times[2] - transport.times[1] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("second", "status"),
    [
        (200, LinkStatus.OK),
        (503, LinkStatus.UNVERIFIED),
        (403, LinkStatus.UNVERIFIED),
        (httpx.ReadTimeout("slow"), LinkStatus.UNVERIFIED),
        (httpx.ConnectError("refused"), LinkStatus.UNVERIFIED),
    ],
)
def test_a_404_that_does_not_repeat_is_not_broken(second: Act, status: LinkStatus) -> None:
    (check,), _ = asked({f"HEAD {URL}": 404, URL: [404, second]})

    assert check.status is status


@pytest.mark.parametrize(("beside_s", "between_s"), [(0.0, 2.0), (2.6, 2.75), (9.0, 3.0)])
def test_a_second_look_comes_after_three_seconds_or_two_where_nothing_else_is_left(
    beside_s: float, between_s: float
) -> None:
    slow = "https://acme.net/b.pdf"
    transport = Answers({URL: 404, slow: Answer(200, after_s=beside_s)})

    async def scenario() -> None:
        async with http_over(transport) as http:
            await Web(http, Links()).ask([LinkQuery(URL), LinkQuery(slow)])

    run_in_virtual_time(scenario())

    first, second = (
        moment
        for asked, moment in zip(transport.asked, transport.times, strict=True)
        if asked == f"GET {URL}"
    )
    assert second - first == pytest.approx(between_s)


def test_the_time_of_the_second_look_is_the_caller_s() -> None:
    _, transport = asked({URL: 404}, recheck_s=0.5)

    assert transport.times[2] - transport.times[1] == pytest.approx(0.5)


def _absent(code: int) -> httpx.ConnectError:
    error = httpx.ConnectError("no")
    error.__cause__ = socket.gaierror(code, "no")
    return error


def test_a_host_that_does_not_exist_is_asked_for_twice() -> None:
    (check,), transport = asked({URL: _absent(socket.EAI_NONAME)})

    assert (check.status, check.fault, check.detail) == (LinkStatus.BROKEN, Fault.NO_HOST, "no such host")
    assert transport.times[-1] - transport.times[-2] == pytest.approx(2.0)


def test_a_host_that_exists_the_second_time_is_not_dead() -> None:
    (check,), _ = asked({f"HEAD {URL}": _absent(socket.EAI_NONAME), URL: [_absent(socket.EAI_NONAME), 200]})

    assert check.status is LinkStatus.OK


def test_name_servers_that_fail_make_no_host_dead() -> None:
    (check,), _ = asked({URL: _absent(socket.EAI_AGAIN)})

    assert (check.status, check.reason) == (LinkStatus.UNVERIFIED, Reason.NETWORK)


def test_a_name_that_was_absent_is_resolved_anew_before_that_is_believed() -> None:
    lookups: list[float] = []

    async def look_up(host: str) -> Sequence[str]:
        lookups.append(now())
        raise socket.gaierror(socket.EAI_NONAME, host)

    async def scenario() -> LinkCheck:
        names = Names(look_up)
        transport = PoolTransport(names, ssl.create_default_context())
        async with http_over(transport, names=names) as http:
            return await one(Web(http, Links()), URL)

    check = run_in_virtual_time(scenario())

    assert check.fault is Fault.NO_HOST
    assert lookups == pytest.approx([0.0, 2.0])


def test_what_403_means_at_a_host_is_the_configuration_s() -> None:
    for on_403, status in (
        ("unverified", LinkStatus.UNVERIFIED),
        ("ok", LinkStatus.OK),
        ("broken", LinkStatus.BROKEN),
    ):
        links = Links(hosts=(("acme.org", HostSettings(on_403=on_403)),))

        (check,), transport = asked({URL: 403}, links=links)

        assert check.status is status
        assert transport.asked.count(f"GET {URL}") == (2 if on_403 == "broken" else 1)


def test_after_a_redirect_the_settings_of_the_host_that_answered_hold() -> None:
    links = Links(hosts=(("new.org", HostSettings(on_403="ok")),))

    (check,), _ = asked({URL: redirect("https://new.org/"), "https://new.org/": 403}, links=links)

    assert check.status is LinkStatus.REDIRECTED


def test_a_code_can_be_accepted_at_every_host() -> None:
    (check,), _ = asked({URL: 418}, links=Links(accept=(418,)))

    assert check.status is LinkStatus.OK


def test_a_host_that_is_set_aside_is_asked_once_for_all_its_links() -> None:
    urls = [f"https://acme.org/{number}" for number in range(20)]

    checks, transport = asked(dict.fromkeys(urls, Answer(429, {"retry-after": "86400"})), *urls)

    assert {check.reason for check in checks} == {Reason.RATE_LIMITED}
    assert len(transport.asked) == 1


def test_a_private_address_is_excluded_without_a_request() -> None:
    (check,), transport = asked({}, "http://169.254.169.254/latest/meta-data/")

    assert check.status is LinkStatus.EXCLUDED
    assert transport.asked == []


def test_a_text_that_is_no_address_is_broken_by_grammar() -> None:
    (check,), transport = asked({}, "https://ngc.nvidia.com]")

    assert (check.status, check.fault) == (LinkStatus.BROKEN, Fault.NOT_A_URL)
    assert transport.asked == []


def test_outcomes_come_in_the_order_of_the_queries() -> None:
    urls = [f"https://acme.org/{number}" for number in range(10)]
    answers: dict[str, Act | list[Act]] = {
        url: Answer(200 + number, after_s=10 - number) for number, url in enumerate(urls)
    }
    transport = Answers(answers)

    async def scenario() -> Sequence[object]:
        async with http_over(transport) as http:
            return await Web(http, Links()).ask([LinkQuery(url) for url in urls])

    outcomes = run_in_virtual_time(scenario())

    assert [getattr(outcome, "code", None) for outcome in outcomes] == list(range(200, 210))


def test_it_answers_for_links_only() -> None:
    web = Web(http_over(Answers({})), Links())

    assert web.accepts(LinkQuery(URL))
    assert not web.accepts(RecordQuery("arxiv", "2410.21276"))
    with pytest.raises(TypeError):
        asyncio.run(web.ask([RecordQuery("arxiv", "2410.21276")]))


# -- an internet of fates --------------------------------------------------------------------

FASTER = 50.0
"""How much faster than the clock pauses pass; what a server keeps silent takes its time all the same."""


def http_on(internet: Internet, links: Links) -> Http:
    names = Names()
    proxies = Proxies((("http", internet.proxy_url), ("https", internet.proxy_url)))
    tls = ssl.create_default_context(cafile=internet.ca_file)
    around = Surroundings(
        clock=lambda: time.monotonic() * FASTER,
        sleep=lambda seconds: asyncio.sleep(seconds / FASTER),
        jitter=random.Random(1).random,
    )
    return Http(
        Network(concurrency=8),
        links,
        version="1.0",
        transport=PoolTransport(names, tls, proxies),
        names=names,
        surroundings=around,
    )


@pytest.fixture(scope="module")
def judged() -> Mapping[str, LinkCheck]:
    """What the web says of every fate, by its name."""
    links = Links(timeout_s=1.5, retry=1)
    fates = (*FATES, *UNDECIDED)

    async def scenario(internet: Internet) -> dict[str, LinkCheck]:
        async with http_on(internet, links) as http:
            web = Web(http, links, sleep=lambda seconds: asyncio.sleep(seconds / FASTER))
            outcomes = await web.ask([LinkQuery(fate.url) for fate in fates])
        checks = [outcome for outcome in outcomes if isinstance(outcome, LinkCheck)]
        return {fate.name: check for fate, check in zip(fates, checks, strict=True)}

    with Internet(fates=True) as internet:
        return asyncio.run(scenario(internet))


@pytest.mark.parametrize("fate", FATES, ids=lambda fate: fate.name)
def test_of_every_fate_the_one_right_thing_is_said(fate: NamedFate, judged: Mapping[str, LinkCheck]) -> None:
    check = judged[fate.name]

    assert (check.status.value, check.reason.value if check.reason else None) == (fate.status, fate.reason), (
        check
    )


@pytest.mark.parametrize("fate", UNDECIDED, ids=lambda fate: fate.name)
def test_where_the_table_leaves_it_open_nothing_is_called_broken(
    fate: NamedFate, judged: Mapping[str, LinkCheck]
) -> None:
    assert judged[fate.name].status is not LinkStatus.BROKEN


def test_codes_that_one_host_means_well_are_ok_there_only() -> None:
    links = Links(hosts=(("acme.org", HostSettings(accept=(401,))),))
    other = "https://other.org/"

    (here, there), _ = asked({URL: 401, other: 401}, URL, other, links=links)

    assert (here.status, there.status) == (LinkStatus.OK, LinkStatus.UNVERIFIED)


def test_a_host_that_is_not_to_be_asked_by_head_is_asked_by_get_at_once() -> None:
    links = Links(hosts=(("acme.org:81", HostSettings(method="get")),))
    url = "https://acme.org:81/"

    (check, _), transport = asked({url: 200, URL: 200}, url, URL, links=links)

    assert check.status is LinkStatus.OK
    assert transport.asked == [f"GET {url}", f"HEAD {URL}"]
