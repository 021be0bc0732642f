"""A run over the workers of a Dask cluster: the same as here, whoever of them is lost."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from enrich.engines.dask.cluster import open_cluster
from enrich.errors import UsageError
from enrich.version import VERSION
from tests.end_to_end.clusters import DaskCluster, said_by
from tests.internet import OK, Reply
from tests.internet.internet import Internet
from tests.internet.samples import SAMPLES

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue

HOSTS = 12
SETTINGS = ("--set", "network.concurrency=16", "--set", "sources.arxiv.pace=0s", "--set", "links.archive=off")


@pytest.fixture(scope="module")
def world() -> Iterator[Internet]:
    with Internet(SAMPLES) as running:
        for number in range(HOSTS):
            there = running.host(f"host{number}.example", default=OK)
            there.get("/to-next", location=f"https://host{(number + 1) % HOSTS}.example/end", status=301)
            there.get("/gone", status=404)
            there.get("/slow/*", Reply(wait_s=0.3))
        yield running


@pytest.fixture(scope="module")
def dask(world: Internet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with DaskCluster(tmp_path_factory.mktemp("dask"), world.env) as cluster:
        yield cluster


PAPERS = (
    ("2401.90001", "counting sheep with neural networks", "Ada Sleepwell, Bo Arnes, Chen Wei"),
    ("hf2401.90002", "neural networks counting sheep", "Ada Sleepwell"),
)
"""Lost case and accents, and an identifier that was mangled."""


def entry(title: str, *links: str, authors: str = "Ada Sleepwell", name: str = "Code") -> str:
    listed = "".join(f"  - {{name: {name}, url: '{link}'}}\n" for link in links)
    return (
        f"---\nlayout: publication\ntitle: {title}\nauthors: {authors}\nyear: 2024\n"
        f"additional_links:\n{listed}---\nText.\n"
    )


@pytest.fixture
def mended(catalogue: Catalogue, world: Internet) -> Catalogue:
    """Entries with something to write, and links that lead from host to host."""
    for paper, title, authors in PAPERS:
        link = f"https://arxiv.org/abs/{paper}"
        catalogue.write(f"_publications/{paper}.md", entry(title, link, authors=authors, name="Paper"))
    for number in range(HOSTS):
        links = (f"https://host{number}.example/{path}" for path in ("to-next", "fine", "gone"))
        catalogue.write(f"_publications/links{number}.md", entry(f"A work {number}", *links))
    catalogue.commit()
    catalogue.on(world)
    return catalogue


@pytest.fixture
def slow(catalogue: Catalogue, world: Internet) -> Catalogue:
    for number in range(10 * HOSTS):
        link = f"https://host{number % HOSTS}.example/slow/{number}"
        catalogue.write(f"_publications/{number}.md", entry(f"A work {number}", link))
    catalogue.commit()
    catalogue.on(world)
    world.requests.clear()
    return catalogue


def written(catalogue: Catalogue) -> dict[str, object]:
    """All that a run leaves in the catalogue, but when it was."""
    state = catalogue.root / ".enrich"
    lines = {
        path.relative_to(state).as_posix(): sorted(
            _TIMES.sub("", line) for line in path.read_text(encoding="utf-8").splitlines()
        )
        for path in state.rglob("*.jsonl")
    }
    return {**catalogue.content(), **lines}


_TIMES = re.compile(r'"(?:started|retrieved|written)_at":"[^"]*"')


def without_times(value: Any) -> Any:
    times = ("checked_at", "retrieved_at", "started_at", "seconds", "finished_at", "requests")
    if isinstance(value, dict):
        return {key: without_times(one) for key, one in value.items() if key not in times}
    if isinstance(value, list):
        return sorted((without_times(one) for one in value), key=repr)
    return value


def until_asking(world: Internet, run: subprocess.Popen[str]) -> None:
    limit = time.monotonic() + 120
    while len(world.requests) < 2 * HOSTS and time.monotonic() < limit:
        time.sleep(0.01)
    assert run.poll() is None, run.communicate()


def test_a_cluster_writes_says_and_asks_what_one_process_does(
    mended: Catalogue, world: Internet, dask: DaskCluster
) -> None:
    def told(*engine: str) -> tuple[Any, dict[str, object], list[tuple[str, str, str]]]:
        mended.git("clean", "-fdxq")
        mended.git("checkout", "-q", ".")
        world.requests.clear()
        said = mended.report("run", *SETTINGS, *engine)
        # arXiv is asked in batches, of which the clock makes several.
        asked = [one for one in world.requests if one.host != "export.arxiv.org"]
        told = sorted((request.method, request.host, request.path) for request in asked)
        return without_times(said), written(mended), told

    here = told("--engine", "local")
    there = told("--engine", "dask", "--scheduler", dask.address)

    assert there[1] == here[1]
    assert there[2] == here[2]
    assert there[0] == here[0]
    assert "Counting Sheep" in mended.git("diff")
    assert "/abs/2401.90002" in mended.git("diff")
    assert "Run out-of-band function 'collect'" not in said_by(dask)


def test_a_worker_that_is_killed_costs_nothing(slow: Catalogue, world: Internet, dask: DaskCluster) -> None:
    run = slow.start(
        *("check", *SETTINGS, "--engine", "dask", "--scheduler", dask.address),
        *("--output-format", "json", "--progress", "plain"),
    )
    until_asking(world, run)

    dask.workers[0].kill()
    out, err = run.communicate(timeout=300)

    assert run.returncode == 0, err
    assert "asked again" in err
    assert "another takes its place" in err
    assert "Traceback" not in err
    links = json.loads(out)["links"]
    assert len(links) == 10 * HOSTS
    assert {link["status"] for link in links} == {"ok"}


def test_a_run_whose_scheduler_is_killed_says_so_keeps_what_it_has_and_is_taken_up_again(
    slow: Catalogue, world: Internet, dask: DaskCluster, tmp_path: Path
) -> None:
    run = slow.start(
        *("check", *SETTINGS, "--engine", "dask", "--scheduler", dask.address),
        *("--report", f"json={tmp_path / 'report.json'}", "--progress", "plain"),
    )
    until_asking(world, run)

    address = dask.address
    dask.kill_scheduler()
    out, err = run.communicate(timeout=300)
    first = json.loads((tmp_path / "report.json").read_text())
    asked = len(world.requests)
    again = slow.report("check", *SETTINGS)

    assert run.returncode == 3, err
    assert f"the scheduler at {address} is gone" in out
    assert "what was received is kept: run it again to go on" in out
    assert "Traceback" not in err
    assert not first["tool"]["complete"]
    known = {link["url"] for link in first["links"]}
    assert known
    assert known & {f"https://{request.host}{request.path}" for request in world.requests[asked:]} == set()
    assert {link["status"] for link in again["links"]} == {"ok"}


def test_a_cluster_that_cant_be_used_is_refused_before_anything_is_asked(
    slow: Catalogue, world: Internet, dask: DaskCluster
) -> None:
    async def other_version() -> None:
        async with open_cluster(dask.address, 1, "0.0.1"):
            raise AssertionError("it was taken")

    async def nobody_there() -> None:
        async with open_cluster("tcp://127.0.0.1:9", 1, VERSION, connect_s=0.1):
            raise AssertionError("it was taken")

    with pytest.raises(UsageError, match=rf"worker tcp://.* has enrich {VERSION}, this is 0.0.1"):
        asyncio.run(other_version())
    with pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9: "):
        asyncio.run(nobody_there())
    _, err = slow.outcome(
        *("check", "--engine", "dask", "--scheduler", "127.0.0.1:9", "--set", "network.concurrency=1"), code=2
    )
    assert "needs a `network.concurrency` of 2 or more" in err
    assert not world.requests
