"""A run that takes what it knows of whole entries says and writes what one that looks at all of them does."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.replies import OK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

QUIET = (*NO_PAUSE, "--set", "links.archive=off", "--progress", "none")
FORMATS = (
    "json", "json-lines", "sarif", "full", "concise", "grouped", "summary", "github", "gitlab", "junit",
    "markdown",
)  # fmt: skip
SHEEP = "title: Counting Sheep with Neural Networks\nauthors: Ada Sleepwell, Bo Årnes, Chen Wei\nyear: 2024\n"


def entry(header: str, *links: str, text: str = "") -> str:
    names = {link: "Paper" if "arxiv.org" in link else "Code" for link in links}
    listed = "".join(f"  - {{name: {name}, url: '{link}'}}\n" for link, name in names.items())
    return f"---\n{header}additional_links:\n{listed}---\n{text}"


@pytest.fixture
def known(catalogue: Catalogue, sample_internet: Internet) -> Catalogue:
    """A catalogue with something of everything, which has been looked at."""
    host = sample_internet.host("acme.org", default=OK)
    host.get("/gone", status=404).get("/moved", location="https://acme.org/there", status=301)
    host.get("/there", status=200).get("/fine", status=200).get("/also", status=200)
    host.get("/later", status=503).get("/refused", status=403)
    catalogue.on(sample_internet)
    fine = "https://acme.org/fine"
    write = catalogue.write
    write(
        "_publications/a.md",
        entry("title: One\nauthors: A. Bee\nyear: 2024\n", fine, "https://acme.org/gone"),
    )
    write("_publications/b.md", entry("title: One\nauthors: A. Bee\nyear: 2024\n", "https://acme.org/moved"))
    write("_publications/c.md", entry(SHEEP, "https://arxiv.org/abs/2401.90001", text=f"[x]({fine})\n"))
    write("_publications/d.md", entry(SHEEP.replace("Sheep", "Ship"), "https://arxiv.org/abs/2401.90001"))
    write("_publications/e.md", entry("title: Two\nyear: 2023\n", "https://acme.org/later"))
    write("_publications/f.md", entry("title: Three\nyear: 2023\n", "https://acme.org/refused"))
    write("_publications/g.md", "---\ntitle: [\n---\n")
    write("_publications/h.md", entry("title: Ünï\u2028\nyear: 2022\n", "https://acme.org/also"))
    write("_publications/i.md", entry(SHEEP, "https://arxiv.org/abs/hf2401.90001"))
    catalogue.commit()
    said(catalogue, "check")
    return catalogue


def database(catalogue: Catalogue) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(catalogue.root / ".enrich_cache/v1.sqlite", isolation_level=None))


def remembered(catalogue: Catalogue) -> set[str]:
    with database(catalogue) as held:
        return {path for (path,) in held.execute("SELECT path FROM outcomes")}


def forget(catalogue: Catalogue) -> None:
    with database(catalogue) as held:
        held.execute("DELETE FROM outcomes")


def falsify(catalogue: Catalogue) -> None:
    """So that it shows where an outcome is taken from."""
    with database(catalogue) as held:
        held.execute("UPDATE outcomes SET value = replace(value, '404 Not Found', 'from memory')")


def at_rest(catalogue: Catalogue) -> None:
    """Until every file that is remembered is known without being read: none was changed a moment ago."""
    while True:
        with database(catalogue) as held:
            if not held.execute("SELECT count(*) FROM outcomes WHERE signature = ''").fetchone()[0]:
                return
        said(catalogue, "check")


def same_size_and_time(place: Path, content: str) -> None:
    times = place.stat()
    place.write_text(content)
    os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert place.stat().st_size == times.st_size
    assert place.stat().st_mtime_ns == times.st_mtime_ns


def put_in_place(place: Path, content: str) -> None:
    other = place.with_name("other")
    other.write_text(content)
    times = place.stat()
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(place)


def said(catalogue: Catalogue, *args: str) -> tuple[str, str, int]:
    process = catalogue.start(*args, *QUIET)
    out, err = process.communicate(timeout=600)
    assert process.returncode in (0, 1), err
    return timeless(out), err, process.returncode


_MOMENTS = re.compile(
    r'"(started_at|startTimeUtc|endTimeUtc|timestamp)": ?"[^"]*"|"seconds": ?[\d.]+|time(stamp)?="[^"]*"'
    r'|"(checked_at|retrieved_at)":"[^"]*",(?="cached":false)'
)
"""When it ran, how long it took, and when what is asked each time was asked."""


def timeless(text: str) -> str:
    return _MOMENTS.sub("", text)


def test_what_could_not_be_found_out_or_may_be_anothers_is_looked_at_again(known: Catalogue) -> None:
    certain = {f"_publications/{name}.md" for name in "abcgh"}
    uncertain = {f"_publications/{name}.md" for name in "def"}

    assert certain <= remembered(known)
    assert not uncertain & remembered(known)


def test_every_report_is_the_same_to_the_byte(known: Catalogue) -> None:
    def reports() -> list[str]:
        wanted = [part for name in FORMATS for part in ("--report", f"{name}=.enrich_cache/{name}.txt")]
        told = said(known, "check", "--show", "info", "--output-format", "full", *wanted)
        folder = known.root / ".enrich_cache"
        files = {name: timeless((folder / f"{name}.txt").read_text()) for name in FORMATS}
        # Its lines stand in the order in which entries are done, the remembered ones first.
        files["json-lines"] = "\n".join(sorted(files["json-lines"].split("\n")))
        return [*map(str, told), *files.values()]

    remembering = reports()
    assert remembered(known)
    forget(known)
    looking = reports()

    assert remembering == looking
    assert reports() == looking


def test_outcomes_are_taken_from_memory(known: Catalogue) -> None:
    falsify(known)

    assert "from memory" in said(known, "check", "--output-format", "concise")[0]


@pytest.mark.parametrize(
    "circumstance",
    [
        ("--refresh",),
        ("--offline",),
        ("--ignore", "MET301"),
        ("--set", "links.confirm-after=5"),
        ("--set", "rules.fail-on=warning"),
        ("--report", "html=page.html"),
    ],
    ids=" ".join,
)
def test_in_other_circumstances_every_entry_is_looked_at(
    known: Catalogue, circumstance: tuple[str, ...]
) -> None:
    falsify(known)

    assert "from memory" not in said(known, "check", "--output-format", "concise", *circumstance)[0]


def test_an_entry_that_changed_is_looked_at(known: Catalogue) -> None:
    falsify(known)
    place = known.root / "_publications/a.md"
    place.write_text(place.read_text() + "\n")

    out = said(known, "check", "--output-format", "concise")[0]

    assert "404 Not Found" in out
    assert "from memory" not in out


def test_a_file_that_is_as_it_was_is_not_read(known: Catalogue) -> None:
    at_rest(known)
    falsify(known)
    with database(known) as held:
        held.execute("UPDATE outcomes SET digest = 'of other bytes'")

    out = said(known, "check", "--output-format", "concise")[0]
    assert "from memory" in out

    for place in (known.root / "_publications").iterdir():
        place.touch()
    assert "404 Not Found" in said(known, "check", "--output-format", "concise")[0]


def test_a_file_that_was_only_touched_is_read_and_its_outcome_stands(known: Catalogue) -> None:
    falsify(known)
    for place in (known.root / "_publications").iterdir():
        place.touch()

    assert "from memory" in said(known, "check", "--output-format", "concise")[0]


@pytest.mark.parametrize("edit", [same_size_and_time, put_in_place])
def test_an_edit_that_keeps_size_and_time_is_seen(
    known: Catalogue, edit: Callable[[Path, str], None]
) -> None:
    at_rest(known)
    place = known.root / "_publications/a.md"

    edit(place, place.read_text().replace("/gone", "/also"))

    assert "404 Not Found" not in said(known, "check", "--output-format", "concise")[0]


def test_an_edit_right_after_a_run_is_seen(known: Catalogue) -> None:
    place = known.root / "_publications/a.md"
    place.write_text(place.read_text())
    assert "404 Not Found" in said(known, "check", "--output-format", "concise")[0]

    same_size_and_time(place, place.read_text().replace("/gone", "/also"))

    assert "404 Not Found" not in said(known, "check", "--output-format", "concise")[0]


def test_answers_that_are_no_longer_fresh_are_asked_again(
    known: Catalogue, sample_internet: Internet
) -> None:
    at_rest(known)
    sample_internet.host("acme.org").get("/gone", status=200)

    out = said(known, "check", "--output-format", "concise", "--set", "cache.broken-ttl=1s")[0]

    assert "404 Not Found" not in out


@pytest.mark.parametrize("command", [("run",), ("run", "--dry-run")], ids=" ".join)
def test_a_run_writes_and_queues_the_same(known: Catalogue, command: tuple[str, ...]) -> None:
    def state() -> dict[str, bytes]:
        folder = known.root / ".enrich"
        return {
            place.name: re.sub(rb'"(at|started_at|run)":"[^"]*"', b"", place.read_bytes())
            for place in sorted(folder.glob("*.jsonl"))
        }

    remembering = said(known, *command), known.content(), state()
    known.git("checkout", "--quiet", "--", ".")
    for place in (known.root / ".enrich").glob("*.jsonl"):
        place.unlink()
    forget(known)
    looking = said(known, *command), known.content(), state()

    assert remembering == looking


def test_after_a_run_its_own_entries_are_known_too(known: Catalogue) -> None:
    said(known, "run")
    said(known, "run")
    written = (known.root / ".enrich/written.jsonl").read_bytes()
    assert b"_publications/i.md" in written

    remembering = said(known, "run", "--output-format", "json")
    assert "_publications/i.md" in remembered(known)
    forget(known)
    looking = said(known, "run", "--output-format", "json")

    assert remembering == looking
    assert (known.root / ".enrich/written.jsonl").read_bytes() == written


def test_what_changed_since_a_commit_is_weighed_the_same(known: Catalogue) -> None:
    known.write(
        "_publications/a.md", entry("title: One\nauthors: A. Bee\nyear: 2024\n", "https://acme.org/gone")
    )
    known.commit()
    command = ("check", "--changed-from", "HEAD~1", "--output-format", "json")
    said(known, *command)

    remembering = said(known, *command)
    forget(known)

    assert remembering == said(known, *command)


def test_damage_is_a_miss(known: Catalogue) -> None:
    looking = said(known, "check", "--output-format", "json")
    with database(known) as held:
        held.execute("UPDATE outcomes SET value = substr(value, 1, length(value) / 2)")

    assert said(known, "check", "--output-format", "json") == looking


def test_files_that_are_gone_are_forgotten(known: Catalogue) -> None:
    (known.root / "_publications/a.md").unlink()
    known.write("_publications/z.md", entry("title: New\nyear: 2022\n", "https://acme.org/also"))

    said(known, "check")

    assert "_publications/a.md" not in remembered(known)
    assert "_publications/z.md" in remembered(known)
