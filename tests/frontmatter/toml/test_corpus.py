"""
Real front matter in TOML: every edit that a rule can make gives the intended data, read by tomllib,
and leaves every other byte.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from enrich.frontmatter import Append, Edited, FrontMatter, Insert, Kind, Operation, Remove, Set, edit, parse
from enrich.models import Map
from tests.documents import document
from tests.frontmatter.edits import outside
from tests.frontmatter.toml.data import made, typed
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.frontmatter import Node
    from enrich.models import Path

AFTER = ("doi", "url_pdf", "publication")


@pytest.fixture(scope="module")
def entries() -> list[FrontMatter]:
    root = shared("corpus", "entries", "hugo-toml")
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    parsed = (parse(document(path.read_bytes(), str(path.relative_to(root)))) for path in paths)
    return [found for found in parsed if isinstance(found, FrontMatter) and found.format == "toml"]


def _data(found: FrontMatter, text: str) -> dict[str, Any]:
    grown = len(text) - len(found.document.text)
    return tomllib.loads(text[found.header.start : found.header.end + grown])


def _texts(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every string, however deep."""
    if node.kind is Kind.SCALAR and not node.plain:
        yield path, node
    for position, item in enumerate(node.items):
        yield from _texts(item, (*path, position))
    for key, value in node.pairs:
        yield from _texts(value, (*path, key.text))


def _edits(found: FrontMatter) -> Iterator[list[Operation]]:
    """What rules restore, repair, add and take out, alone and together."""
    added: list[Operation] = [
        Insert(("arxiv_id",), "2410.21276", AFTER),
        Insert(("arxiv_published",), dt.date(2024, 10, 25), AFTER),
        Insert(("arxiv_categories",), ("cs.CL", "cs.AI"), AFTER),
        Insert(("citations",), 17, ("no such key",)),
    ]
    repaired: list[Operation] = []
    for path, node in _texts(found.root):
        words = node.text.split(" ")
        repaired.append(Set(path, " ".join([words[0].upper() + "é", *words[1:]])))
        yield [Set(path, f'“{node.text}”: it\'s "so"')]
        yield [Set(path, "https://arxiv.org/abs/2410.21276")]
    for key, node in found.root.pairs:
        path = (key.text,)
        if node.kind is Kind.SEQUENCE and node.items and node.style.value != "block":
            yield [Append(path, "Jane O'Doe")]
            yield [Remove((*path, 0))]
            yield [Set(path, (*(item.text for item in node.items[1:]), "Jane Doe"))]
        if node.kind is Kind.SCALAR:
            yield [Remove(path)]
    yield added
    yield [*added, *repaired]
    yield [Insert(("links",), (Map((("name", "Code"), ("url", "https://a.org/"))),), AFTER)]


def test_every_edit_of_a_real_entry_gives_the_intended_data_and_leaves_every_other_byte(
    entries: list[FrontMatter],
) -> None:
    count = 0
    for found in entries:
        before = found.document.text
        for operations in _edits(found):
            edited = edit(found, operations)

            assert isinstance(edited, Edited), (found.document.path, operations, edited)
            assert typed(_data(found, edited.text)) == typed(made(_data(found, before), operations))
            assert outside(edited, before) == outside(edited, edited.text, is_after=True)
            count += 1
    assert count > 1_000


def test_a_repair_of_a_real_entry_changes_its_own_line(entries: list[FrontMatter]) -> None:
    for found in entries:
        lines = found.document.text.splitlines()
        for path, _ in _texts(found.root):
            edited = edit(found, [Set(path, "https://arxiv.org/abs/2410.21276")])

            assert isinstance(edited, Edited)
            after = edited.text.splitlines()
            assert len(after) == len(lines)
            assert sum(old != new for old, new in zip(lines, after, strict=True)) == 1


def test_new_keys_of_a_real_entry_are_written_as_their_neighbours_and_above_every_table(
    entries: list[FrontMatter],
) -> None:
    for found in entries:
        edited = edit(found, [Insert(("arxiv_id",), "2410.21276", AFTER)])

        assert isinstance(edited, Edited)
        new = [line for line in edited.text.splitlines() if line not in found.document.text.splitlines()]
        line = new[0]
        title = next(row for row in edited.text.splitlines() if row.startswith("title"))
        quote = title.partition("=")[2].strip()[0]
        assert new == [line]
        assert line.split("=")[1].strip() == f"{quote}2410.21276{quote}"
        assert "\n[" not in edited.text[: edited.text.index(line)].replace("\n[[", "")
