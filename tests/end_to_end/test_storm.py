"""
A storm: hosts that refuse, hang, send without end, and one with most of the links, among ordinary ones.

No times are asserted, for a machine may be slow; that the run ends at all is what the
catalogue's limit of time is for.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.end_to_end.catalogues import PROCESSES
from tests.internet import HANG, OK, Internet, Reply, status

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.traffic import Request

REFUSES, HANGS, ENDLESS, BOMB, BIG = (
    f"{name}.storm.example" for name in ("refuses", "hangs", "endless", "bomb", "big")
)
MANY = {REFUSES: 300, HANGS: 300, ENDLESS: 50, BOMB: 50}
BIG_LINKS = dict(zip(PROCESSES, (5_000, 1_000), strict=True))
OTHERS = tuple(f"https://other{number % 100}.storm.example/{number}" for number in range(500))
AN_ENTRY = 5
"""Links of one entry, whatever their hosts: one that waits keeps the others of its entry from no answer."""

SHORT = (
    "--set", "links.timeout=1s", "--set", "links.retry=1", "--set", "network.concurrency=64",
    "--set", "links.archive=off", "--output-format", "json", "--fail-on", "never",
)  # fmt: skip
MOST_MIB = 300
"""Whatever the catalogue; the run itself took 100 when this was written."""

MEASURED = """
import re, sys
from pathlib import Path
from enrich.cli import main
code = main(sys.argv[1:])
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(f"peak {int(peak[1]) // 1024} MiB", file=sys.stderr)
sys.exit(code)
"""
"""Not `ru_maxrss`: a program inherits it from the one that started it."""


@pytest.fixture
def storm() -> Internet:
    internet = Internet()
    internet.host(REFUSES, default=status(429, ("Retry-After", "1")))
    internet.host(HANGS, default=HANG)
    internet.host(ENDLESS, default=Reply(200, (), b"all work and no play " * 1_000, endless=True))
    bomb = gzip.compress(bytes(64 << 20))
    internet.host(BOMB, default=Reply(200, (("Content-Encoding", "gzip"),), bomb))
    internet.host(BIG, default=OK)
    for number in range(100):
        internet.host(f"other{number}.storm.example", default=OK)
    return internet


def write(catalogue: Catalogue, big: int) -> None:
    many = {**MANY, BIG: big}
    links = [*OTHERS, *(f"https://{host}/{number}" for host in many for number in range(many[host]))]
    random.Random(1).shuffle(links)
    for number, start in enumerate(range(0, len(links), AN_ENTRY)):
        listed = "".join(f"  - {{name: Code, url: '{url}'}}\n" for url in links[start : start + AN_ENTRY])
        catalogue.write(f"_publications/{number}.md", f"---\ntitle: A\nadditional_links:\n{listed}---\n")


@pytest.mark.parametrize("processes", BIG_LINKS)
def test_a_storm_costs_its_own_links_and_nobody_else_s(
    catalogue: Catalogue, storm: Internet, processes: str
) -> None:
    write(catalogue, BIG_LINKS[processes])

    with storm as internet:
        catalogue.on(internet)
        done = catalogue.python("-c", MEASURED, "check", *SHORT, "--set", processes)

    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    verdicts: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    for link in report["links"]:
        host = urlsplit(link["url"]).hostname
        verdicts["other" if host.startswith("other") else host][link["status"], link["reason"]] += 1
    assert verdicts == {
        "other": Counter({("ok", None): 500}),
        BIG: Counter({("ok", None): BIG_LINKS[processes]}),
        ENDLESS: Counter({("ok", None): 50}),
        BOMB: Counter({("ok", None): 50}),
        REFUSES: Counter({("unverified", "rate-limited"): 300}),
        HANGS: Counter({("unverified", "timeout"): 300}),
    }
    assert report["tool"]["complete"] is True
    # Nobody goes on asking a host that refuses or hangs.
    assert internet.log.count(REFUSES) < 10
    assert internet.log.count(HANGS) < 20
    # The fourth refusal ends it, whether or not the second was on its way when the first came.
    assert re.search(
        rf"{REFUSES}: (429 to every one of the first requests|still 429 after 3 pauses); "
        "set aside until the next run.",
        done.stderr,
    )
    assert f"{HANGS}: no answer in time to the first 5 requests; set aside until the next run." in done.stderr
    assert int(re.findall(r"peak (\d+) MiB", done.stderr)[0]) < MOST_MIB


@pytest.mark.parametrize("processes", PROCESSES)
def test_a_host_that_begins_to_refuse_holds_up_nobody_and_is_told(
    catalogue: Catalogue, internet: Internet, processes: str
) -> None:
    answers = itertools.count()

    def tires(_: Request) -> Reply:
        return OK if next(answers) < 20 else status(429, ("Retry-After", "3"))

    internet.host("tires.example.net", default=tires)
    internet.host("other.example.net", default=OK)
    links = [f"https://tires.example.net/{number}" for number in range(1_000)]
    links += [f"https://other.example.net/{number}" for number in range(200)]
    for number, url in enumerate(links):
        entry = f"---\ntitle: A\nadditional_links:\n  - {{name: Code, url: '{url}'}}\n---\n"
        catalogue.write(f"_publications/{number:04}.md", entry)
    catalogue.on(internet)

    out, err = catalogue.outcome("check", "--set", "links.retry=1", "--set", processes)

    last = max(request.started_at for request in internet.log.of("tires.example.net"))
    assert max(request.started_at for request in internet.log.of("other.example.net")) < last
    left = 1_000 - sum(request.status == 200 for request in internet.log.of("tires.example.net"))
    assert re.search(
        r"tires\.example\.net: 429 \(Retry-After 3 s\)\. [\d,]+ links of this host wait\.\n"
        r"tires\.example\.net: still 429 after 3 pauses; set aside until the next run\.\n",
        err,
    )
    assert f"Not verified: {left:,} links at tires.example.net (rate-limited)." in out
    assert f'hint: [links.hosts."tires.example.net"] per-run = {left // 5 // 10 * 10} spreads them' in out
