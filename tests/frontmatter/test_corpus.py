"""Entries of real catalogues: every edit touches its own lines, and none reads differently than meant."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import TYPE_CHECKING

import pytest

from enrich.frontmatter import (
    Append,
    Edited,
    FrontMatter,
    Insert,
    Kind,
    Operation,
    Refused,
    Remove,
    Set,
    edit,
    parse,
    source_span,
)
from enrich.models import Map
from tests.documents import document
from tests.frontmatter.trees import in_any_order, made, tree
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = 9
"""One file in so many is tried, so that the run takes seconds."""


def _sample() -> list[FrontMatter]:
    root = shared("corpus", "entries")
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    parsed = (parse(document(path.read_bytes(), str(path.relative_to(root)))) for path in paths[::EVERY])
    return [found for found in parsed if isinstance(found, FrontMatter) and found.format == "yaml"]


def _operations(found: FrontMatter) -> Iterator[tuple[list[Operation], int]]:
    """Operations, and how many lines they may touch, removed and added ones counted."""
    title = found.get(("title",))
    assert title
    words = title.text.split(" ")
    yield [Set(("title",), " ".join([words[0].upper() + "X", *words[1:]]))], 3
    yield [Set(("title",), f"{title.text}: “é”")], 4
    yield [Insert(("arxiv_idx",), "2410.21276", ("additional_links", "year"))], 1
    yield [Insert((name,), dt.date(2024, 10, 25), ("year",)) for name in ("k1", "k2")], 2
    for key, value in found.root.pairs:
        path = (key.text,)
        if value.kind is Kind.SEQUENCE and value.items:
            last = value.items[-1]
            pairs = tuple((name.text, f"https://x.org/{name.text}") for name, _ in last.pairs)
            added = Map(pairs) if last.kind is Kind.MAPPING else "Jane O'Doe"
            yield [Append(path, added)], 3 + len(pairs)
            yield [Remove((*path, 0))], 200
        elif "\n" in value.span.of(found.document.text) and value.style.value in ("", "'", '"'):
            parts = value.text.split(" ")
            half = len(parts) // 2
            yield [Set(path, " ".join([*parts[:half], "Mądry", *parts[half + 1 :]]))], 4


def test_every_edit_of_real_entries_does_what_it_should_and_no_more() -> None:
    for found in _sample():
        text = found.document.text
        for operations, most in _operations(found):
            edited = edit(found, operations)

            assert isinstance(edited, Edited), (found.document.path, edited)
            assert edited.text[: found.header.start] == text[: found.header.start]
            assert edited.text.endswith(text[found.header.end :])
            after = edited.text[found.header.start : len(edited.text) - len(text) + found.header.end]
            intended = made(tree(found.header.of(text)), operations)
            assert in_any_order(tree(after)) == in_any_order(intended), (found.document.path, operations)
            assert _touched(found.header.of(text), after) <= most, (found.document.path, operations)


def _touched(before: str, after: str) -> int:
    rows = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    return sum(row[0] in "+-" for row in rows[2:])


def test_setting_what_stands_there_changes_no_byte() -> None:
    for found in _sample():
        texts = [(key, value) for key, value in found.root.pairs if value.tag.endswith(":str")]
        same = [Set((key.text,), value.text) for key, value in texts]

        for operation in same:
            edited = edit(found, [operation])

            if isinstance(edited, Refused):
                assert edited.reason == f"the key `{operation.path[0]}` stands twice"
            elif edited.edits[0][1]:
                assert found.get(operation.path).plain  # type: ignore[union-attr]
            else:
                assert edited.text == found.document.text


@pytest.fixture(scope="module")
def gpt() -> FrontMatter:
    path = shared("corpus", "entries", "allm", "_publications", "2024gpt.markdown")
    found = parse(document(path.read_bytes()))
    assert isinstance(found, FrontMatter)
    return found


def test_the_whole_repair_of_one_entry(gpt: FrontMatter) -> None:
    authors = gpt.get(("authors",))
    assert authors
    names = authors.text.replace("Openai,", "OpenAI,").replace("Shuaiqi, Xia", "Shuaiqi Xia")
    for name in ("Baker-Whitcomb", "McGrew", "O'Connell"):
        names = names.replace(name.capitalize(), name)
    after = ("additional_links",)

    edited = edit(
        gpt,
        [
            Set(("title",), "GPT-4o System Card"),
            Set(("authors",), names),
            Set(("additional_links", 1, "url"), "https://arxiv.org/abs/2410.21276"),
            Insert(("arxiv_id",), "2410.21276", after),
            Insert(("arxiv_published",), dt.date(2024, 10, 25), after),
            Insert(("arxiv_categories",), ("cs.CL", "cs.AI"), after),
            Set(("short_authors",), "OpenAI et al."),
        ],
    )

    assert isinstance(edited, Edited)
    rows = difflib.unified_diff(gpt.document.text.split("\n"), edited.text.split("\n"), n=0, lineterm="")
    assert [row for row in list(rows)[2:] if row[0] != "@"] == [
        "-title: Gpt-4o System Card",
        '-authors: "Openai, Aaron Hurst, Adam Lerer, Adam P. Goucher, Adam Perelman, Aditya\\',
        "+title: GPT-4o System Card",
        '+authors: "OpenAI, Aaron Hurst, Adam Lerer, Adam P. Goucher, Adam Perelman, Aditya\\',
        "-  \\ M\\u0105dry, Alex Baker-whitcomb, Alex Beutel, Alex Borzunov, Alex Carney, Alex\\",
        "+  \\ M\\u0105dry, Alex Baker-Whitcomb, Alex Beutel, Alex Borzunov, Alex Carney, Alex\\",
        "-  \\ Blake Samic, Bob Mcgrew, Bobby Spero, Bogo Giertler, Bowen Cheng, Brad Lightcap,\\",
        "+  \\ Blake Samic, Bob McGrew, Bobby Spero, Bogo Giertler, Bowen Cheng, Brad Lightcap,\\",
        "-  \\ Ian O'connell, Ian O'connell, Ian Osband, Ian Silber, Ian Sohl, Ibrahim Okuyucu,\\",
        "+  \\ Ian O'Connell, Ian O'Connell, Ian Osband, Ian Silber, Ian Sohl, Ibrahim Okuyucu,\\",
        "-  \\ Shirong Wu, Shuaiqi, Xia, Sonia Phene, Spencer Papay, Srinivas Narayanan, Steve\\",
        "+  \\ Shirong Wu, Shuaiqi Xia, Sonia Phene, Spencer Papay, Srinivas Narayanan, Steve\\",
        "-  {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}]",
        "+  {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}]",
        "+arxiv_id: '2410.21276'",
        "+arxiv_published: 2024-10-25",
        '+arxiv_categories: ["cs.CL", "cs.AI"]',
        "-short_authors: Openai et al.",
        "+short_authors: OpenAI et al.",
    ]


def test_the_damaged_part_of_an_address_is_pointed_to(gpt: FrontMatter) -> None:
    url = gpt.get(("additional_links", 1, "url"))
    assert url

    span = source_span(gpt, url, url.text.index("hf"), len(url.text))

    assert span
    assert span.of(gpt.document.text) == "hf2410.21276"
