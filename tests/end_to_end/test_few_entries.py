"""A check of a few entries reads these, and no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

COUNT = 30
ENTRY = (
    "---\ntitle: Title {0}\nauthors: Alex Baker\nconference: ICSE\nyear: 2024\nadditional_links:\n"
    "  - {{name: Paper, url: 'https://arxiv.org/abs/2410.{0:05}'}}\n---\nText.\n"
)
LISTENING = """
import atexit, json, sys
opened = []
sys.addaudithook(lambda event, about: opened.append(str(about[0])) if event == "open" else None)
from enrich.cli import main
code = main(sys.argv[1:])
print(json.dumps(sorted({path.rpartition("/")[2] for path in opened if "_publications/" in path})))
sys.exit(code)
"""


@pytest.fixture
def changed(catalogue: Catalogue) -> Catalogue:
    """Three of many entries have changed since they were committed."""
    for number in range(COUNT):
        catalogue.write(f"_publications/{number:02}.md", ENTRY.format(number + 1))
    catalogue.commit()
    for number in range(3):
        catalogue.write(f"_publications/{number:02}.md", ENTRY.format(number + 1) + "More.\n")
    return catalogue


def opened(catalogue: Catalogue, *args: str) -> list[str]:
    """The entries that `enrich` opens."""
    done = catalogue.python("-c", LISTENING, *args, "--quiet", "--output-format", "concise")
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout.splitlines()[-1]))


THREE = ["00.md", "01.md", "02.md"]
SINCE = ("check", "--offline", "--changed-from", "HEAD")


def test_three_entries_of_many_are_read_where_the_kind_of_catalogue_is_known(changed: Catalogue) -> None:
    at_first = opened(changed, *SINCE)
    again = opened(changed, *SINCE)
    one = opened(changed, "check", "--offline", "_publications/05.md")
    all_of_them = opened(changed, "check", "--offline")

    assert len(at_first) == COUNT
    assert again == THREE
    assert one == ["05.md"]
    assert len(all_of_them) == COUNT


def test_an_entry_that_is_added_is_read_with_them(changed: Catalogue) -> None:
    opened(changed, *SINCE)
    changed.write("_publications/new.md", ENTRY.format(99))

    assert opened(changed, *SINCE) == [*THREE, "new.md"]


@pytest.mark.parametrize(
    "what",
    [
        ("enrich.toml", "[catalogue]\nexclude = ['x/']\n"),
        (".obsidian/app.json", "{}"),
        ("elsewhere/a.md", ENTRY.format(5)),
        (".enrich_cache/shape.json", "[]"),
        (".enrich_cache/shape.json", '{"key": "x", "shape": "generic", "on": "2020-01-01"}'),
    ],
)
def test_what_may_tell_another_kind_is_found_out_anew(changed: Catalogue, what: tuple[str, str]) -> None:
    opened(changed, *SINCE)
    changed.write(*what)

    assert len(opened(changed, *SINCE)) >= COUNT


def test_a_kind_that_was_found_out_long_ago_is_found_out_anew(changed: Catalogue) -> None:
    opened(changed, *SINCE)
    place = changed.root / ".enrich_cache" / "shape.json"
    told = json.loads(place.read_text())
    place.write_text(json.dumps({**told, "on": "2020-01-01"}))

    assert len(opened(changed, *SINCE)) == COUNT
    assert json.loads(place.read_text()) == told
