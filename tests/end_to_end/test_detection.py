"""What it costs to find out the shape of a catalogue: a few files, and of each its head."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

ENTRY = (
    "---\ntitle: Title {0}\nauthors: Ann Lee, Bo Ray\nadditional_links: [{{name: Paper, url: /a.pdf}}]\n---\n"
)
CHECK = ("check", "--offline", "--output-format", "json")
WATCHED = """
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
from enrich.cli import main
main(sys.argv[1:])
print(sum(name.endswith(".md") for name in opened), file=sys.stderr)
if sys.platform == "linux":
    print(open("/proc/self/io").read(), file=sys.stderr)
"""
"""The unmodified program in a process that tells afterwards which files it opened and what it read."""


def looked_at(catalogue: Catalogue, *args: str) -> tuple[str, int, int]:
    """What the program says, how many entries it opened, and how many bytes it read in all."""
    done = catalogue.python("-c", WATCHED, *args)
    opened = re.search(r"^(\d+)$", done.stderr, re.MULTILINE)
    read = re.search(r"rchar: (\d+)", done.stderr)
    assert opened
    return done.stdout, int(opened[1]), int(read[1]) if read else 0


def test_of_ten_thousand_entries_two_hundred_are_opened(catalogue: Catalogue) -> None:
    folder = catalogue.root / "_publications"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"e{number}.md").write_text(ENTRY.format(number), encoding="utf-8")

    said, opened, _ = looked_at(catalogue, *CHECK, "_publications/e7.md")

    assert json.loads(said)["tool"]["profile"] == "jekyll-links"
    assert opened <= 201


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells what a process has read")
def test_of_large_files_only_the_head_is_read(catalogue: Catalogue) -> None:
    for number in range(200):
        place = catalogue.write(f"_publications/e{number}.md", ENTRY.format(number))
        with place.open("r+b") as file:
            file.truncate(9_000_000)  # a hole: it takes no room on the disk, and is read all the same

    _, opened, read = looked_at(catalogue, *CHECK, "_publications/e7.md")

    assert opened == 201
    assert read < 9_000_000 + 200 * 66_000 + 20_000_000  # one entry, the heads, the program itself
