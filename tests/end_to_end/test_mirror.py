"""`enrich mirror`: filled, updated over the wire, killed, and used by runs that then ask nobody."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from enrich.mirror.census import census
from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.internet import Internet
from tests.internet.moods import rate_limited, unavailable
from tests.internet.samples import SAMPLES
from tests.mirror.snapshots import line, mirror_of, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.replies import Fate, Reply
    from tests.internet.traffic import Request

AT = ("--set", "mirror.path=arxiv.sqlite")
UPDATE = ("mirror", "update", *AT, "--set", "sources.arxiv-oai.pace=0s")
ARXIV = "export.arxiv.org"
OAI = "oaipmh.arxiv.org"
ENTRY = """---
title: {title}
authors: {authors}
additional_links:
  - {{name: Paper, url: "{url}"}}
---
"""


@pytest.fixture
def internet(catalogue: Catalogue) -> Iterator[Internet]:
    with Internet(SAMPLES, everything_else="ok") as running:
        catalogue.on(running)
        yield running


def add(catalogue: Catalogue, name: str, title: str, authors: str, url: str) -> None:
    text = ENTRY.format(title=title, authors=authors, url=url)
    catalogue.write(f"_publications/{name}.markdown", text)


def with_entries(catalogue: Catalogue) -> None:
    add(catalogue, "a", "counting sheep with neural networks", "Ada Sleepwell, Bo Arnes, Chen Wei",
        "https://arxiv.org/abs/hf2401.90001")  # fmt: skip
    add(catalogue, "b", "neural networks counting sheep", "Ada Sleepwell", "https://arxiv.org/abs/2401.90002")
    add(catalogue, "c", "The Sheep Nebula", "G. Herder", "https://example.org/nebula")
    catalogue.commit()


def filled(catalogue: Catalogue) -> Path:
    return mirror_of(catalogue.root, SAMPLES)


def entries(catalogue: Catalogue) -> dict[str, bytes]:
    return {name: text for name, text in catalogue.content().items() if name.endswith(".markdown")}


def test_with_a_mirror_the_same_is_written_and_arxiv_is_not_asked(
    catalogue: Catalogue, internet: Internet
) -> None:
    with_entries(catalogue)
    filled(catalogue)

    report = catalogue.report("run", *AT, "--select", "IDN,IDN220,MET", "--allow-dirty")
    by_mirror = entries(catalogue)
    asked = internet.log.count(ARXIV)
    catalogue.git("checkout", "--quiet", "--", "_publications")
    catalogue.enrich("run", *NO_PAUSE, "--select", "IDN,IDN220,MET", "--allow-dirty", "--refresh")

    assert by_mirror == entries(catalogue)
    assert (asked, internet.log.count(ARXIV) > 0) == (0, True)
    assert b"https://arxiv.org/abs/2401.90001" in by_mirror["_publications/a.markdown"]
    evidence = [one for finding in report["findings"] for one in finding["because"]]
    assert {
        (one["source"], one["retrieved_at"][:10]) for one in evidence if one["query"].startswith("arxiv:")
    } == {("arXiv mirror", "2026-11-01")}


def test_offline_the_mirror_answers_too(catalogue: Catalogue, internet: Internet) -> None:
    with_entries(catalogue)
    filled(catalogue)

    out = catalogue.enrich(
        "check", *AT, "--offline", "--select", "IDN203,MET310", "--output-format", "concise", "--show", "info"
    )

    assert "MET310" in out
    assert internet.requests == []


def test_the_review_page_knows_what_the_mirror_knows(catalogue: Catalogue, internet: Internet) -> None:
    with_entries(catalogue)
    filled(catalogue)

    catalogue.enrich("review", *AT, "--html", "with.html")
    catalogue.enrich("review", "--html", "without.html")

    assert (catalogue.root / "with.html").read_bytes() != (catalogue.root / "without.html").read_bytes()
    assert internet.requests == []


def test_what_the_mirror_lacks_is_asked_for(catalogue: Catalogue, internet: Internet) -> None:
    filled(catalogue)
    internet.arxiv.load([{"id": "2611.00001", "title": "A Newer Sheep", "authors": ["Ada Sleepwell"]}])

    known = catalogue.enrich("resolve", "2401.90001", *AT, *NO_PAUSE)
    newer = catalogue.enrich("resolve", "2611.00001", *AT, *NO_PAUSE)
    unknown = catalogue.enrich("resolve", "2611.00002", *AT, *NO_PAUSE, code=1)

    assert "source   arXiv mirror, as of 1 Nov 2026" in known
    assert "A Newer Sheep" in newer
    assert "2611.00002" in unknown
    assert internet.log.count(ARXIV) == 3  # one that is absent is asked for twice


@pytest.mark.usefixtures("internet")
def test_what_is_known_of_an_entry_is_looked_at_anew_once_the_mirror_has_changed(
    catalogue: Catalogue,
) -> None:
    with_entries(catalogue)
    filled(catalogue)
    check = ("check", *AT, "--select", "MET310,IDN203", "--output-format", "concise", "--show", "info")
    before = catalogue.enrich(*check)

    write(
        catalogue.root / "newer.jsonl",
        [line(SAMPLES[1], "2026-11-09", title="neural networks counting sheep")],
    )
    catalogue.enrich("mirror", "import", "newer.jsonl", *AT)
    after = catalogue.enrich(*check)

    assert "_publications/b.markdown" in before
    assert "_publications/b.markdown" not in after


def test_an_update_waits_where_it_is_told_to_and_survives_midnight(
    catalogue: Catalogue, internet: Internet
) -> None:
    filled(catalogue)
    internet.oai.changed("2026-11-10", [dict(SAMPLES[0], title="Counting Goats")])
    internet.oai.changed(
        "2026-11-12",
        [{"id": f"2611.{n:05}", "title": f"Sheep {n}", "authors": ["A. Lee"]} for n in range(1, 6)],
    )
    internet.oai.deleted("2026-11-13", "2401.90002")

    def midnight(_: Request, answer: Reply) -> Fate:
        internet.oai.midnight()
        return answer

    internet.oai.next(unavailable("1"), midnight, rate_limited("1"))

    out = catalogue.enrich(*UPDATE)

    assert "5 new, 1 changed, 1 deleted" in out
    assert "The mirror is whole up to 2026-11-25." in out
    assert [request.status for request in internet.log.of(OAI)][:3] == [503, 200, 429]
    assert internet.log.pauses(OAI)[0] >= 1
    assert internet.log.peak_connections(OAI) == 1
    assert "Counting Goats" in catalogue.enrich("resolve", "2401.90001", *AT, "--format", "json")
    assert internet.log.count(ARXIV) == 0
    told = catalogue.enrich("mirror", "info", *AT)
    assert "records      10, and 1 without one" in told
    assert "newest       2026-11-13" in told
    assert "whole up to  2026-11-25" in told


def test_an_update_keeps_arxivs_pace(catalogue: Catalogue, internet: Internet) -> None:
    filled(catalogue)
    internet.oai.changed("2026-11-12", SAMPLES[:5])

    catalogue.enrich("mirror", "update", *AT, "--set", "sources.arxiv-oai.pace=0.5s")

    assert internet.log.count(OAI) == 3
    assert min(internet.log.pauses(OAI)) >= 0.5


def test_an_update_that_stops_says_how_to_go_on(catalogue: Catalogue, internet: Internet) -> None:
    filled(catalogue)
    internet.oai.changed("2026-11-12", SAMPLES[:5])
    internet.oai.always(lambda _request, answer: answer if internet.log.count(OAI) <= 1 else _page())

    stopped = catalogue.enrich(*UPDATE, code=3)
    internet.oai.always(lambda _request, answer: answer)
    done = catalogue.enrich(*UPDATE)

    assert "Stopped: the answer is a page, no OAI-PMH. What came is kept;" in stopped
    assert "`enrich mirror update` goes on from 2026-11-12." in stopped
    assert "2 pages since 2026-11-12" in done


def _page() -> Reply:
    from tests.internet.replies import page

    return page("Please try again later")


def test_there_is_nothing_to_update_before_an_import(catalogue: Catalogue, internet: Internet) -> None:
    _, missing = catalogue.outcome(*UPDATE, code=2)
    told = catalogue.enrich("mirror", "info", *AT, code=1)

    assert "arxiv.sqlite: no such file; `enrich mirror import FILE` makes it" in missing
    assert told.startswith("No mirror at ")
    assert internet.log.count(OAI) == 0


def test_a_killed_import_goes_on_when_it_is_called_again(catalogue: Catalogue) -> None:
    many = 6_000
    lines = (line(dict(SAMPLES[0], id=f"2401.{number:05}")) for number in range(1, many + 1))
    write(catalogue.root / "snapshot.jsonl", lines)
    mirror = catalogue.root / "arxiv.sqlite"

    process = catalogue.start("mirror", "import", "snapshot.jsonl", *AT)
    while process.poll() is None and not _papers(mirror):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    between = _papers(mirror)
    told = catalogue.enrich("mirror", "info", *AT)
    _, refused = catalogue.outcome(*UPDATE, code=2)
    out = catalogue.enrich("mirror", "import", "snapshot.jsonl", *AT)

    assert 0 < between < many
    assert f"interrupted at snapshot.jsonl, line {between:,}" in told
    assert "`enrich mirror import snapshot.jsonl` comes first" in refused
    assert out.startswith(f"Went on behind line {between:,}, where the import was interrupted.\n")
    assert _papers(mirror) == many


def _papers(mirror: Path) -> int:
    from enrich.errors import StateError

    try:
        found = census(mirror)
    except StateError:
        return 0  # it is being made
    return found.papers if found else 0


def test_an_import_shows_how_far_it_is(catalogue: Catalogue) -> None:
    lines = (line(dict(SAMPLES[0], id=f"2401.{number:05}")) for number in range(1, 4_500))
    write(catalogue.root / "snapshot.jsonl", lines)

    with catalogue.in_terminal("mirror", "import", "snapshot.jsonl", *AT) as terminal:
        shown = terminal.until("about")
        rest = terminal.end()

    assert "000 lines" in shown
    assert "snapshot.jsonl: 4,499 new." in rest


def test_broken_lines_are_told_one_by_one_up_to_a_point(catalogue: Catalogue) -> None:
    write(catalogue.root / "snapshot.jsonl", [*map(line, SAMPLES), *["{"] * 30])

    out, err = catalogue.outcome("mirror", "import", "snapshot.jsonl", *AT)

    assert "30 lines could not be read." in out
    assert err.count("not read: it is no JSON") == 20
    assert "… and 10 more like these" in err


def test_a_damaged_mirror_is_told_and_the_run_goes_on_without_it(
    catalogue: Catalogue, internet: Internet
) -> None:
    with_entries(catalogue)
    catalogue.write("arxiv.sqlite", b"garbage " * 9_000)

    _, err = catalogue.outcome("check", *AT, *NO_PAUSE, "--select", "IDN,IDN220,MET", "--fail-on", "never")
    _, refused = catalogue.outcome("mirror", "info", *AT, code=2)
    resolved, note = catalogue.outcome("resolve", "2401.90001", *AT, *NO_PAUSE)

    assert "the mirror is not used: " in err
    assert "arxiv.sqlite" in refused
    assert "Counting Sheep" in resolved
    assert "the mirror is not used: " in note
    assert internet.log.count(ARXIV) > 0


def test_the_mirror_is_left_alone_where_it_is_not_wanted(catalogue: Catalogue, internet: Internet) -> None:
    filled(catalogue)

    catalogue.enrich("resolve", "2401.90001", *AT, "--set", "mirror.use=false", *NO_PAUSE)

    assert internet.log.count(ARXIV) == 1
