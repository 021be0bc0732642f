"""The internet of the tests' own: that its hosts do what they were told, and that its log tells the truth."""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import ssl
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.internet import (
    DROP,
    HANG,
    NO_SUCH_NAME,
    OK,
    Internet,
    Reply,
    in_turn,
    redirect,
    status,
)
from tests.internet.__main__ import describe, main
from tests.internet.clients import client, connection, seen, trust
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

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
    secure_context = trust(internet)
    with connection(internet) as raw:
        raw.sendall(b"CONNECT 93.184.215.14:443 HTTP/1.1\r\n\r\n")
        assert raw.recv(1000).startswith(b"HTTP/1.1 200 ")
        with secure_context.wrap_socket(raw, server_hostname="example.org") as secure:
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


def test_what_the_proxy_does_may_depend_on_the_request() -> None:
    with Internet(
        absent=lambda request: in_turn(DROP if request.host == "a.org" else status(502))
    ) as internet:
        told = [seen(internet, f"http://{host}/") for host in ("a.org", "b.org")]

    assert told == ["RemoteProtocolError", "502"]


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
        secure_context = trust(internet)
        async with httpx.AsyncClient(
            proxy=internet.proxy_url, verify=secure_context, trust_env=False
        ) as asker:
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
        secure_context = ssl.create_default_context(cafile=env["SSL_CERT_FILE"])
        with httpx.Client(proxy=env["HTTPS_PROXY"], verify=secure_context, trust_env=False) as asker:
            gone = asker.get("https://example.org/gone")
            feed = asker.get("https://export.arxiv.org/api/query?id_list=2401.00001")
        told = running.stdout.readline()
        running.send_signal(signal.SIGINT)

    assert lines[7] == "unset NO_PROXY no_proxy ALL_PROXY all_proxy\n"
    assert (gone.status_code, "<title>By hand</title>" in feed.text) == (410, True)
    assert told.endswith("410  GET https://example.org/gone\n")
    assert running.returncode == 0


def test_the_program_tells_its_catalogue_of_fates(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list-fates"]) == 0

    told = capsys.readouterr().out
    assert "unverified: blocked        https://loop.fates.example/paper\n" in told


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


def test_a_client_that_asks_whether_to_send_is_told_to(internet: Internet) -> None:
    internet.host("example.org").page("/", OK)

    with connection(internet) as raw:
        raw.sendall(b"POST http://example.org/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
        assert raw.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        raw.sendall(b"form")
        assert raw.recv(100).startswith(b"HTTP/1.1 200 OK")

    assert internet.requests[0].body == b"form"


def test_a_head_without_an_end_is_not_read_for_ever(internet: Internet) -> None:
    with connection(internet) as raw, pytest.raises(ConnectionError):
        raw.sendall(b"z" * 20_000_000)


def test_a_slow_reader_does_not_fill_the_memory(internet: Internet) -> None:
    internet.host("example.org").page("/", Reply(200, (), b"z" * 100_000, endless=True))

    with connection(internet) as raw:
        raw.sendall(b"GET http://example.org/ HTTP/1.1\r\n\r\n")
        raw.recv(1)
        time.sleep(0.2)
        before = _resident_kib()
        time.sleep(0.3)

        assert _resident_kib() - before < 10_000
        assert seen(internet, "http://example.org/") == "200"


def _resident_kib() -> int:
    # The peak of the process, in KiB on Linux: what grew without a bound shows in it.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


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
