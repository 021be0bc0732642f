"""Of many titles those that may be meant are found, and nothing else is looked at."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.matching import squash
from enrich.mirror import titles
from enrich.mirror.opening import open_to_read
from enrich.mirror.titles import candidates, digest, indexed, keys
from enrich.mirror.writing import writing
from tests.internet.samples import SAMPLES
from tests.mirror.snapshots import imported, line, mirror_of, write

if TYPE_CHECKING:
    from pathlib import Path

TITLES = (
    "Attention Is All You Need",
    "Is Attention All You Need for Translation?",
    "Pre-training of Deep Bidirectional Transformers for Language Understanding",
    "Deep Residual Learning for Image Recognition",
    "PanGu-$\\alpha$: Large-scale Autoregressive Pretrained Chinese Language Models",
    "Deep Learning",
    "Über die Hypothesen, welche der Geometrie zu Grunde liegen",
    "CodeT5+: Open Code Large Language Models",
)


def papers(*known: str) -> list[dict[str, Any]]:
    return [
        {"id": f"2001.{number:05}", "title": title, "authors": ["A. Lee"]}
        for number, title in enumerate(known, 1)
    ]


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mirror_of(tmp_path_factory.mktemp("mirror"), papers(*TITLES))


def found(mirror: Path, title: str) -> list[str]:
    database = open_to_read(mirror)
    assert database
    with closing(database):
        return [theirs for _, theirs in candidates(database, title)]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("attention is all you need", 0),
        ("Attention Is All You Need.", 0),
        ("Atention Is All You Need", 0),
        ("Pre-Training of deep bi-directional Transformer for language Understanding", 2),
        ("Pretraining of Deep Bidirectional Transformers for Language Understanding", 2),
        ("Pre-training of Deep Bidirektional Transformers for Languages Understanding", 2),
        ("A Deep Residual Learning for Images Recognition", 3),
        ("PanGu-α: Large-Scale Autoregressive Pretrained Chinese Language Models", 4),
        ("Uber die Hypothesen welche der Geometrie zu Grunde liegen", 6),
        ("Deep Learning", 5),
    ],
)
def test_the_title_is_found_though_it_is_damaged(mirror: Path, title: str, first: int) -> None:
    assert found(mirror, title)[:1] == [TITLES[first]]


@pytest.mark.parametrize(
    "title", ["", "...", "The of and", "Quantum Gravity in a Teapot", "CodeT5: Open Cod"]
)
def test_nothing_is_found_where_nothing_is_alike(mirror: Path, title: str) -> None:
    assert found(mirror, title) == []


def test_words_that_mean_something_to_the_index_are_words(mirror: Path) -> None:
    assert found(mirror, 'attention" AND is NOT all NEAR(you need) OR *') == []


@given(st.text(max_size=60))
def test_keys_are_digest_and_words_and_fit_into_the_file(title: str) -> None:
    assert keys(title) == (digest(title), indexed(title))
    assert -(2**63) <= digest(title) < 2**63
    assert (digest(title) == digest("")) == (squash(title) == "")


def test_a_title_that_changed_is_found_under_its_new_words_alone(tmp_path: Path) -> None:
    mirror = mirror_of(tmp_path, papers("Counting Many Sheep with Neural Nets"))

    imported(
        mirror, write(tmp_path / "new", [line(papers("Watching Some Goats by Human Eyes")[0], "2026-11-09")])
    )

    assert found(mirror, "Watching Some Goat by Human Eyes") == ["Watching Some Goats by Human Eyes"]
    assert found(mirror, "Counting Many Sheeps with Neural Nets") == []
    with closing(sqlite3.connect(mirror)) as database:
        database.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_more_equal_titles_than_can_be_shown_are_no_candidates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(titles, "MOST", 3)
    few = mirror_of(tmp_path, papers("Preface", "Preface", "preface"))

    assert len(found(few, "Preface")) == 3
    many = mirror_of(tmp_path, papers(*["Preface"] * 4))
    assert found(many, "Preface") == []


def test_rare_words_lead_and_unknown_ones_are_left_out() -> None:
    known = [(1, "a"), (5, "b"), (9, "c"), (10, "d"), (700_000, "e"), (800_000, "f")]

    assert titles._groups(known, 6) == [["a", "d"], ["b", "e"], ["c", "f"]]
    assert titles._groups(known[:5], 6) == [["a", "c", "e"], ["b", "d"]]
    assert titles._groups(known[:4], 6) == [["a", "b", "c", "d"]]
    assert titles._groups(known[:2], 6) == []
    assert titles._groups(known[3:], 3) == [["d", "e", "f"]]
    assert titles._groups(known[4:], 2) == [["e", "f"]]
    assert titles._groups([], 0) == []


def test_titles_are_indexed_anew_where_they_are_divided_otherwise(tmp_path: Path) -> None:
    mirror = mirror_of(tmp_path, SAMPLES)
    with writing(mirror) as writer:
        writer.facts.put({"forms": "of another enrich"})
    with closing(sqlite3.connect(mirror)) as database:
        database.execute("UPDATE papers SET digest = NULL")
        database.execute("INSERT INTO words (words) VALUES ('delete-all')")
        database.commit()
    assert found(mirror, "The Sheep Nebula") == []

    shown: list[tuple[int, int]] = []
    with writing(mirror) as writer:
        was_needed = writer.prepare(lambda done, of: shown.append((done, of)))
        is_needed_again = writer.prepare(lambda _done, _of: None)

    assert (was_needed, is_needed_again, shown) == (True, False, [(6, 6)])
    assert found(mirror, "The Sheep Nebula") == ["The Sheep Nebula"]
    assert found(mirror, "Counting Sheeps with Neural Networks") == ["Counting Sheep with Neural Networks"]
