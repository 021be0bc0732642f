"""The internet of the tests' own: that its hosts do what they were told, and that its log tells the truth."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import ssl
import subprocess
import sys
import time
from typing import TYPE_CHECKING, get_args

import httpx
import pytest

from tests.internet import (
    DROP,
    FATES,
    HANG,
    NO_SUCH_NAME,
    OK,
    UNDECIDED,
    Internet,
    NamedFate,
    Reply,
    in_turn,
    redirect,
    status,
)
from tests.internet.__main__ import describe
from tests.internet.named_fates import Reason, Status
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_IMPATIENT_S = 0.25
_PATIENT_S = 10.0
_DEADLINE = 2.5
"""Reads that a client waits for before it gives up over all."""


def client(internet: Internet, read_s: float = 10.0) -> httpx.Client:
    trust = ssl.create_default_context(cafile=internet.ca_file)
    return httpx.Client(proxy=internet.proxy_url, verify=trust, timeout=read_s, trust_env=False)


def connection(internet: Internet) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(internet.proxy_url.rpartition(":")[2])))


async def _look(internet: Internet, method: str, url: str, patience_s: float) -> str:
    trust = ssl.create_default_context(cafile=internet.ca_file)
    async with httpx.AsyncClient(
        proxy=internet.proxy_url, verify=trust, timeout=patience_s, trust_env=False
    ) as asker:
        try:
            async with asyncio.timeout(_DEADLINE * patience_s), asker.stream(method, url) as response:
                return str(response.status_code)
        except (httpx.HTTPError, httpx.InvalidURL) as error:  # the latter even where nothing is followed
            return type(error).__name__
        except TimeoutError:
            return "deadline"


def seen(internet: Internet, url: str, method: str = "GET", *, expected: tuple[str, ...] = ()) -> str:
    """
    What a client sees that asks once and follows nothing: a code, an exception's name, or `deadline`.

    It is patient unless it is *expected* to wait in vain.
    """
    in_vain = any("Timeout" in word or word == "deadline" for word in expected)
    return asyncio.run(_look(internet, method, url, _IMPATIENT_S if in_vain else _PATIENT_S))


# -- hosts -----------------------------------------------------------------------------------


def test_a_host_answers_as_it_was_told_over_both_schemes(internet: Internet) -> None:
    internet.host("example.org").get("/a", status=404).get("/b", body="hello", headers={"X-Kind": "b"})

    with client(internet) as asker:
        answers = [asker.get(f"{scheme}://example.org/b") for scheme in ("http", "https")]
        missing = asker.get("https://example.org/a")

    assert [(answer.text, answer.headers["x-kind"]) for answer in answers] == [("hello", "b")] * 2
    assert missing.status_code == 404


def test_an_unknown_page_of_a_known_host_is_404(internet: Internet) -> None:
    internet.host("example.org").get("/a")

    assert seen(internet, "https://example.org/other") == "404"


def test_a_default_answers_for_every_other_page(internet: Internet) -> None:
    internet.host("example.org", default=OK).get("/gone", status=410)

    assert [seen(internet, f"http://example.org/{page}") for page in ("x", "gone")] == ["200", "410"]


def test_a_page_is_found_by_its_query_then_its_path_then_its_pattern(internet: Internet) -> None:
    host = internet.host("example.org").page("/p?x=1", status(410)).page("/p", status(403))
    host.page("/d/*", status(401)).page("/d/e/*", status(500))

    paths = ("/p?x=1", "/p?x=2", "/d/f", "/d/e/f", "/q")
    assert [seen(internet, f"http://example.org{path}") for path in paths] == [
        "410",
        "403",
        "401",
        "500",
        "404",
    ]


def test_head_answers_as_get_does_until_it_is_told_otherwise(internet: Internet) -> None:
    internet.host("example.org").get("/a", body="four").get("/b").head("/b", status=405)

    with client(internet) as asker:
        same, other = asker.head("https://example.org/a"), asker.head("https://example.org/b")

    assert (same.status_code, same.headers["content-length"], same.content) == (200, "4", b"")
    assert other.status_code == 405


def test_fates_come_in_turn_and_the_last_one_stays(internet: Internet) -> None:
    internet.host("example.org").page("/a", in_turn(status(429), status(503), OK))

    assert [seen(internet, "https://example.org/a") for _ in range(4)] == ["429", "503", "200", "200"]


def test_a_page_can_be_a_function_of_its_request(internet: Internet) -> None:
    internet.host("example.org").page("/a", lambda request: status(401) if request.header("X-Key") else OK)

    with client(internet) as asker:
        answers = [asker.get("https://example.org/a", headers=headers) for headers in ({}, {"x-key": "1"})]

    assert [answer.status_code for answer in answers] == [200, 401]


def test_a_form_arrives_whole(internet: Internet) -> None:
    internet.host("example.org").page("/form", OK)

    with client(internet) as asker:
        asker.post("https://example.org/form", data={"ids": "a" * 100_000})
        asker.post("https://example.org/form", content=iter([b"in ", b"chunks"]))

    assert [len(internet.requests[0].body), internet.requests[1].body] == [100_004, b"in chunks"]


def test_a_host_can_be_reached_by_the_address_that_it_was_given(internet: Internet) -> None:
    internet.host("example.org", address="93.184.215.14").get("/a")

    # By hand: httpcore's tunnel names the address to TLS, whatever `sni_hostname` says.
    trust = ssl.create_default_context(cafile=internet.ca_file)
    with connection(internet) as raw:
        raw.sendall(b"CONNECT 93.184.215.14:443 HTTP/1.1\r\n\r\n")
        assert raw.recv(1000).startswith(b"HTTP/1.1 200 ")
        with trust.wrap_socket(raw, server_hostname="example.org") as secure:
            secure.sendall(b"GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n")
            assert secure.recv(1000).startswith(b"HTTP/1.1 200 ")

    assert internet.log.count("example.org", "/a") == 1


# -- names that nobody described ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "over_tls", "over_http"),
    [
        ("apache", "ProxyError", "502"),
        ("squid", "ProxyError", "503"),
        ("gateway-timeout", "ProxyError", "504"),
        ("drop", "RemoteProtocolError", "RemoteProtocolError"),
        ("reset", "ReadError", "ReadError"),
        ("hang", "ReadTimeout", "ReadTimeout"),
    ],
)
def test_an_absent_name_is_told_as_its_kind_of_proxy_tells_it(
    form: str, over_tls: str, over_http: str
) -> None:
    with Internet(absent=NO_SUCH_NAME[form]) as internet:
        told = tuple(
            seen(internet, f"{scheme}://nowhere.org/", expected=(over_tls,)) for scheme in ("https", "http")
        )

    assert told == (over_tls, over_http)
    assert [(tunnel.host, tunnel.opened) for tunnel in internet.log.tunnels] == [("nowhere.org", False)]
    assert [request.by_proxy for request in internet.requests] == [True]


def test_one_host_can_be_absent_in_a_form_of_its_own(internet: Internet) -> None:
    internet.host("a.org").gate = NO_SUCH_NAME["squid"]
    internet.host("b.org").gate = DROP

    assert seen(internet, "https://a.org/") == "ProxyError"
    assert seen(internet, "https://b.org/") == "RemoteProtocolError"


def test_everything_else_can_be_fine() -> None:
    with Internet(everything_else="ok") as internet:
        internet.host("example.org").get("/a", status=404)
        paths = ("example.org/a", "example.org/b", "never-heard-of.org/x")
        told = [seen(internet, f"https://{path}") for path in paths]

    assert told == ["404", "404", "200"]


@pytest.mark.parametrize("host", ["localhost", "intranet", "127.0.0.1", "10.0.0.1", "[::1]", "x.invalid"])
def test_what_no_internet_has_stays_absent_even_if_everything_else_is_fine(host: str) -> None:
    with Internet(everything_else="ok") as internet:
        assert seen(internet, f"https://{host}/") == "ProxyError"

    assert internet.log.hosts_asked() == {host.strip("[]")}


# -- the log -----------------------------------------------------------------------------------


def test_the_log_tells_what_was_asked(internet: Internet) -> None:
    internet.host("example.org").page("/a", OK)

    before = time.monotonic()
    with client(internet) as asker:
        asker.get("https://example.org/a?x=1", headers={"X-Word": "yes"})
        asker.post("http://example.org/a", content=b"body")
    after = time.monotonic()

    first, second = internet.requests
    assert (first.method, first.scheme, first.host, first.path) == ("GET", "https", "example.org", "/a?x=1")
    assert (first.url, first.header("x-word")) == ("https://example.org/a?x=1", "yes")
    assert (second.method, second.url, second.body) == ("POST", "http://example.org/a", b"body")
    assert [first.status, second.status] == [200, 200]
    assert first.ended_at is not None
    assert before < first.started_at <= first.ended_at < second.started_at < after
    assert internet.log.count("example.org") == internet.log.count("example.org", "/a") == 2
    assert internet.log.count("example.org", "/a", "POST") == 1


def test_connections_and_requests_at_once_are_counted_per_host(internet: Internet) -> None:
    internet.host("wide.org").page("/", Reply(200, (), b"", wait_s=0.2))
    internet.host("narrow.org").page("/", OK)

    async def ask() -> None:
        trust = ssl.create_default_context(cafile=internet.ca_file)
        async with httpx.AsyncClient(proxy=internet.proxy_url, verify=trust, trust_env=False) as asker:
            await asyncio.gather(*(asker.get("https://wide.org/") for _ in range(5)))
            for _ in range(5):
                await asker.get("https://narrow.org/")

    asyncio.run(ask())

    peaks = [
        (internet.log.peak_connections(h), internet.log.peak_in_flight(h)) for h in ("wide.org", "narrow.org")
    ]
    assert peaks == [(5, 5), (1, 1)]
    assert len({request.connection for request in internet.log.of("narrow.org")}) == 1


def test_a_connection_that_was_closed_does_not_count_with_the_next(internet: Internet) -> None:
    internet.host("example.org").page("/", OK)

    for _ in range(3):
        with client(internet) as asker:
            asker.get("https://example.org/")

    assert internet.log.count("example.org") == 3
    assert internet.log.peak_connections("example.org") == 1


def test_gaps_run_from_start_to_start_and_pauses_from_end_to_start(internet: Internet) -> None:
    internet.host("example.org").page("/", Reply(200, (), b"", wait_s=0.1))

    with client(internet) as asker:
        asker.get("https://example.org/")
        time.sleep(0.1)
        asker.get("https://example.org/")

    (gap,), (pause,) = internet.log.gaps("example.org"), internet.log.pauses("example.org")
    assert 0.2 <= gap < 0.4
    assert 0.1 <= pause < gap - 0.05


def test_requests_that_overlap_have_a_negative_pause(internet: Internet) -> None:
    internet.host("example.org").page("/", in_turn(HANG, OK))

    with client(internet, 0.2) as asker, pytest.raises(httpx.ReadTimeout):
        asker.get("http://example.org/")
    with connection(internet) as hanging:
        internet.host("example.org").page("/", in_turn(HANG, OK))
        hanging.sendall(b"GET http://example.org/ HTTP/1.1\r\n\r\n")
        time.sleep(0.1)
        with client(internet) as asker:
            asker.get("http://example.org/")
        assert internet.log.pauses("example.org")[1] < 0

    assert internet.log.pauses("example.org")[0] > 0
    assert internet.log.peak_in_flight("example.org") == 2


# -- fates -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def museum() -> Iterator[Internet]:
    with Internet(fates=True) as running:
        yield running


@pytest.mark.parametrize("fate", [*FATES, *UNDECIDED], ids=lambda fate: fate.name)
def test_a_fate_is_seen_as_it_is_documented(museum: Internet, fate: NamedFate) -> None:
    assert seen(museum, fate.url, expected=fate.seen) in fate.seen


@pytest.mark.parametrize(
    "fate", [fate for fate in (*FATES, *UNDECIDED) if fate.head is not None], ids=lambda fate: fate.name
)
def test_a_head_meets_the_fate_that_is_documented_for_it(museum: Internet, fate: NamedFate) -> None:
    assert fate.head is not None
    expected = tuple(fate.head.split("|"))
    assert seen(museum, fate.url, "HEAD", expected=expected) in expected


def test_the_catalogue_uses_the_words_of_the_surface_and_no_name_twice() -> None:
    catalogue = (*FATES, *UNDECIDED)

    assert len(FATES) >= 40
    assert len({fate.name for fate in catalogue}) == len({fate.url for fate in catalogue}) == len(catalogue)
    assert {fate.status for fate in catalogue} <= set(get_args(Status))
    assert {fate.reason for fate in catalogue} - {None} == set(get_args(Reason))
    assert all((fate.status == "unverified") == (fate.reason is not None) for fate in catalogue)
    assert all(fate.why.endswith(".") for fate in catalogue)


_WAYS = [fate for fate in FATES if fate.seen[0].startswith("3") and fate.status in ("moved", "redirected")]


@pytest.mark.parametrize("fate", _WAYS, ids=lambda fate: fate.name)
def test_a_redirect_that_ends_well_has_the_hops_its_verdict_says(fate: NamedFate) -> None:
    with Internet(fates=True) as internet, client(internet) as asker:
        asker.follow_redirects, asker.max_redirects = True, 8
        answer = asker.get(fate.url)

    codes = {hop.status_code for hop in answer.history}
    assert answer.status_code == 200
    assert (fate.status == "moved") == (codes <= {301, 308})


@pytest.mark.parametrize("name", ["loop", "loop-on-itself", "cookie-never-enough", "nine-hops"])
def test_a_redirect_without_an_end_has_more_than_eight_hops(museum: Internet, name: str) -> None:
    url = next(fate.url for fate in FATES if fate.name == name)

    with client(museum) as asker:
        asker.follow_redirects, asker.max_redirects = True, 8
        with pytest.raises(httpx.TooManyRedirects):
            asker.get(url)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("reset-in-body", httpx.RemoteProtocolError),
        ("short-body", httpx.RemoteProtocolError),
        ("hang-in-body", httpx.ReadTimeout),
        ("unended-chunks", httpx.RemoteProtocolError),
        ("bad-chunks", httpx.RemoteProtocolError),
        ("not-gzip", httpx.DecodingError),
    ],
)
def test_a_body_that_goes_wrong_goes_wrong_after_the_status(
    museum: Internet, name: str, error: type[Exception]
) -> None:
    url = next(fate.url for fate in FATES if fate.name == name)

    with (
        client(museum, _IMPATIENT_S if error is httpx.ReadTimeout else _PATIENT_S) as asker,
        asker.stream("GET", url) as response,
    ):
        assert response.status_code == 200
        with pytest.raises(error):
            response.read()


def test_an_endless_body_has_no_end(museum: Internet) -> None:
    with client(museum) as asker, asker.stream("GET", "https://endless-body.fates.example/paper") as response:
        read = 0
        for piece in response.iter_raw():
            read += len(piece)
            if read > 5 << 20:
                break

    assert read > 5 << 20


def test_a_gzip_bomb_is_small_on_the_wire_and_large_behind_it(museum: Internet) -> None:
    with client(museum) as asker, asker.stream("GET", "https://gzip-bomb.fates.example/paper") as response:
        packed = int(response.headers["content-length"])
        unpacked = sum(map(len, response.iter_bytes()))

    assert packed < 1 << 20
    assert unpacked == 64 << 20


def test_a_body_for_a_head_spoils_the_connection_and_not_the_page(museum: Internet) -> None:
    url = next(fate.url for fate in FATES if fate.name == "head-with-body")

    with client(museum) as asker:
        assert asker.head(url).status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="illegal status line"):
            asker.get(url)
        assert asker.get(url).status_code == 200


# -- as a program meets it ---------------------------------------------------------------------


def test_a_program_needs_nothing_but_the_environment(internet: Internet) -> None:
    internet.host("example.org").get("/a", body="from the tests")
    code = (
        "import httpx; print(httpx.get('https://example.org/a').text, httpx.get('http://example.org/a').text)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], env=internet.environ(), capture_output=True, text=True, check=True
    )

    assert done.stdout == "from the tests from the tests\n"


def test_it_runs_by_itself_until_it_is_interrupted(tmp_path: Path) -> None:
    records, hosts = tmp_path / "records.jsonl", tmp_path / "hosts.json"
    records.write_text(json.dumps({"id": "2401.00001", "title": "By hand", "authors": ["A. Person"]}) + "\n")
    hosts.write_text(json.dumps({"example.org": {"/gone": {"status": 410}}}))
    command = [
        sys.executable,
        "-m",
        "tests.internet",
        "--records",
        str(records),
        "--hosts",
        str(hosts),
        "--pace-log",
    ]

    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        lines = [running.stdout.readline() for _ in range(8)]
        env = dict(line.removeprefix("export ").strip().split("=", 1) for line in lines[:7])
        trust = ssl.create_default_context(cafile=env["SSL_CERT_FILE"])
        with httpx.Client(proxy=env["HTTPS_PROXY"], verify=trust, trust_env=False) as asker:
            gone = asker.get("https://example.org/gone")
            feed = asker.get("https://export.arxiv.org/api/query?id_list=2401.00001")
        told = running.stdout.readline()
        running.send_signal(signal.SIGINT)

    assert lines[7] == "unset NO_PROXY no_proxy ALL_PROXY all_proxy\n"
    assert (gone.status_code, "<title>By hand</title>" in feed.text) == (410, True)
    assert told.endswith("410  GET https://example.org/gone\n")
    assert running.returncode == 0


def test_hosts_can_be_described_as_plain_data(internet: Internet) -> None:
    describe(internet, {"a.org": {"/old": {"status": 301, "location": "/new"}, "*": {"body": "any"}}})

    with client(internet) as asker:
        assert asker.get("https://a.org/old").headers["location"] == "/new"
        assert asker.get("https://a.org/else").text == "any"


# -- the internet itself -----------------------------------------------------------------------


def test_a_fault_in_the_tests_own_page_is_not_hidden() -> None:
    def visit() -> None:
        with Internet() as internet:
            internet.host("example.org").page("/", lambda request: redirect(request.path, 1 // 0))
            seen(internet, "http://example.org/")

    with pytest.raises(ExceptionGroup, match="the internet itself failed"):
        visit()


def test_a_port_that_is_taken_is_told_at_once(internet: Internet) -> None:
    taken = int(internet.proxy_url.rpartition(":")[2])

    with pytest.raises(ExceptionGroup) as caught, Internet(port=taken):
        pytest.fail("it never starts")
    assert isinstance(caught.value.exceptions[0], OSError)


def test_what_is_no_request_to_a_proxy_is_refused(internet: Internet) -> None:
    internet.host("example.org")
    for line in (
        b"GET / HTTP/1.1",
        b"HELLO",
        b"GET ftp://example.org/ HTTP/1.1",
        b"CONNECT example.org HTTP/1.1",
    ):
        with connection(internet) as raw:
            raw.sendall(line + b"\r\n\r\n")
            assert raw.recv(100).startswith(b"HTTP/1.1 400 ")

    assert internet.requests == []


def test_it_serves_a_thousand_plain_requests_a_second(internet: Internet) -> None:
    internet.host("example.org").page("/", OK)
    question = b"GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\n\r\n"

    with connection(internet) as raw:
        began = time.monotonic()
        for _ in range(1000):
            raw.sendall(question)
            raw.recv(4096)
        took = time.monotonic() - began

    assert internet.log.count("example.org") == 1000
    assert took < 1.0
