"""What can go wrong around a run: what it kept is damaged, who asks for a password, who edits meanwhile."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from enrich.cache.opening import FILE
from tests.end_to_end.catalogues import NO_PAUSE
from tests.end_to_end.queues import SNAPSHOT
from tests.internet import Internet, status
from tests.internet.moods import slow
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

PAPER = {
    "id": "2410.21276",
    "title": "GPT-4o System Card",
    "authors": ["OpenAI", "Aaron Hurst"],
    "categories": ["cs.CL"],
    "primary_category": "cs.CL",
    "published": "2024-10-25",
}
ENTRY = (
    "---\ntitle: Gpt-4o System Card\nauthors: Openai, Aaron Hurst\nyear: 2024\nadditional_links:\n"
    "  - {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}\n---\nText.\n"
)


@pytest.fixture
def examples(catalogue: Catalogue) -> Catalogue:
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", SNAPSHOT)
    catalogue.commit()
    return catalogue


@pytest.mark.parametrize(
    "name", ["pending.jsonl", "decisions.jsonl", "written.jsonl", "journal/000001.jsonl", "baseline.jsonl"]
)
def test_a_damaged_memory_is_named_with_its_cure_and_nothing_is_written(
    examples: Catalogue, name: str
) -> None:
    before = {path: text for path, text in examples.content().items() if path.startswith("_publications/")}
    examples.write(f".enrich/{name}", b'{"id": "f2e756fe", \xff\n{}\n')
    command = "check" if name == "baseline.jsonl" else "run"

    _, err = examples.outcome(command, "--offline", code=2)

    assert f"/.enrich/{name}:1: " in err
    assert "delete" in err
    assert len(err.splitlines()) == 1
    assert {path: examples.content()[path] for path in before} == before


def test_a_damaged_cache_is_set_aside_and_the_run_goes_on(examples: Catalogue) -> None:
    examples.enrich("check", "--offline", "--fail-on", "never")
    file = examples.root / ".enrich_cache" / FILE
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)

    _, err = examples.outcome("run", "--offline")

    assert "was damaged" in err
    assert "Wrote" not in examples.enrich("run", "--offline")


def test_a_cache_of_a_newer_enrich_stays_and_the_cure_is_said(examples: Catalogue) -> None:
    examples.enrich("check", "--offline", "--fail-on", "never")
    file = examples.root / ".enrich_cache" / FILE
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    before = file.read_bytes()

    _, err = examples.outcome("run", "--offline", code=2)

    assert "is from a newer enrich" in err
    assert "upgrade enrich, or choose another folder with --cache-dir" in err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "environ",
    [
        {"HOME": "/nonexistent", "ENRICH_CACHE_DIR": ""},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["no home", "locale C", "ascii"],
)
def test_neither_a_home_nor_a_locale_is_needed(examples: Catalogue, environ: dict[str, str]) -> None:
    examples.environ = environ

    out = examples.enrich("run", "--offline", "--output-format", "full")

    assert "Wrote 18 changes in 3 files" in out


def test_a_proxy_that_asks_for_a_password_is_named_and_no_link_is_called_broken(catalogue: Catalogue) -> None:
    links = "".join(f"  - {{name: Code, url: 'https://code{number}.example/'}}\n" for number in range(3))
    catalogue.write("_publications/a.md", f"---\ntitle: A\nadditional_links:\n{links}---\n")
    catalogue.commit()

    with Internet(absent=status(407)) as internet:
        catalogue.on(internet)
        report = catalogue.report("check", "--select", "LNK", "--set", "links.retry=0", code=3)

    assert {(link["status"], link["reason"]) for link in report["links"]} == {("unverified", "network")}
    assert "nothing-checked" in [finding["name"] for finding in report["findings"]]


def test_an_entry_that_a_person_edits_meanwhile_is_theirs(catalogue: Catalogue, internet: Internet) -> None:
    internet.arxiv.load([PAPER])
    internet.arxiv.always(slow(1.5))
    place = catalogue.write("_publications/a.md", ENTRY)
    catalogue.commit()
    catalogue.on(internet)
    running = catalogue.start("run", *NO_PAUSE)
    while not internet.requests:
        time.sleep(0.01)

    place.write_text(ENTRY.replace("Text.", "A person's text."))
    _, err = running.communicate()
    mine = place.read_text()
    internet.arxiv.calm()
    catalogue.enrich("run", "--allow-dirty", *NO_PAUSE)

    assert running.returncode == 4
    assert "a.md: the file changed while enrich ran; run the same command again" in err
    assert mine == ENTRY.replace("Text.", "A person's text.")
    assert "GPT-4o System Card" in place.read_text()
    assert "A person's text." in place.read_text()


def test_a_network_that_goes_and_comes_again_ends_in_the_same_bytes(
    catalogue: Catalogue, internet: Internet
) -> None:
    internet.arxiv.load([PAPER])
    place = catalogue.write("_publications/a.md", ENTRY)
    catalogue.commit()
    catalogue.on(internet)
    catalogue.enrich("run", *NO_PAUSE)
    wanted = place.read_bytes()
    catalogue.enrich("undo")
    catalogue.git("clean", "-xdff", "--quiet")
    gone = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")

    catalogue.environ = internet.env | gone
    catalogue.outcome("run", "--set", "links.retry=0", *NO_PAUSE, code=3)
    without = place.read_bytes()
    catalogue.on(internet)
    catalogue.enrich("run", *NO_PAUSE)

    assert without == ENTRY.encode()
    assert place.read_bytes() == wanted
