"""Links asked from processes of their own: they end with the run, however it ends."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.internet import OK, Reply

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

TWO = ("--set", "network.processes=2", "--set", "network.concurrency=8", "--set", "links.archive=off")
HOSTS = 20
A_HOST = 10


@pytest.fixture
def slowly(catalogue: Catalogue, internet: Internet) -> Catalogue:
    """Two hundred links at hosts that take their time."""
    for host in range(HOSTS):
        internet.host(f"host{host}.example", default=Reply(wait_s=0.2))
        for number in range(A_HOST):
            url = f"https://host{host}.example/{number}.pdf"
            entry = f"---\ntitle: A\nadditional_links:\n  - {{name: Code, url: '{url}'}}\n---\n"
            catalogue.write(f"_publications/{host}-{number}.md", entry)
    catalogue.on(internet)
    return catalogue


def children(process: subprocess.Popen[str]) -> list[int]:
    of = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(name) for name in of.read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until_asking(internet: Internet, process: subprocess.Popen[str]) -> list[int]:
    """The processes that ask, once something was asked."""
    limit = time.monotonic() + 60
    while len(internet.requests) < 10 and time.monotonic() < limit:
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()
    found = children(process)
    assert len(found) == 2
    return found


def until_gone(pids: list[int]) -> bool:
    limit = time.monotonic() + 30
    while any(map(is_alive, pids)) and time.monotonic() < limit:
        time.sleep(0.01)
    return not any(map(is_alive, pids))


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")


@needs_proc
def test_a_killed_run_leaves_no_process_behind(slowly: Catalogue, internet: Internet) -> None:
    process = slowly.start("check", *TWO)
    asking = until_asking(internet, process)

    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=300)

    assert until_gone(asking)


@needs_proc
def test_an_interrupted_run_finishes_what_is_under_way_and_asks_no_more(
    slowly: Catalogue, internet: Internet
) -> None:
    process = slowly.start("check", *TWO)
    asking = until_asking(internet, process)

    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=300)

    assert process.returncode == 130
    assert "Interrupted after" in err
    assert len(internet.requests) < HOSTS * A_HOST
    assert until_gone(asking)
    assert "Traceback" not in err


@needs_proc
def test_what_a_killed_process_was_asked_is_asked_again_and_the_run_goes_on(
    slowly: Catalogue, internet: Internet
) -> None:
    process = slowly.start("check", *TWO, "--output-format", "summary", "--fail-on", "never")
    first, _ = until_asking(internet, process)

    subprocess.run(["kill", "-KILL", str(first)], check=True)
    out, err = process.communicate(timeout=300)

    assert process.returncode == 0, err
    assert "a process that asks links ended (signal 9)" in err
    assert "asked again; another takes its place" in err
    assert "Not verified:" not in out
    assert "Traceback" not in err


def test_both_ways_say_the_same_and_ask_the_same(catalogue: Catalogue, internet: Internet) -> None:
    for host in range(HOSTS):
        there = internet.host(f"host{host}.example", default=OK)
        there.get("/to-next", location=f"https://host{(host + 1) % HOSTS}.example/end", status=301)
        for path in ("to-next", "fine", "gone"):
            entry = f"---\ntitle: A\nlinks: [https://host{host}.example/{path}]\n---\n"
            catalogue.write(f"_publications/{host}-{path}.md", entry)
        there.get("/gone", status=404)
    catalogue.on(internet)

    def told(processes: int) -> tuple[list[dict[str, Any]], list[tuple[str, str, str]]]:
        internet.requests.clear()
        settings = (*TWO, "--set", f"network.processes={processes}", "--refresh", "--fail-on", "never")
        said = catalogue.report("check", *settings)
        asked = sorted((request.method, request.host, request.path) for request in internet.requests)
        return [{**link, "checked_at": None} for link in said["links"]], asked

    assert told(0) == told(3)
