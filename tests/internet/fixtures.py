"""
Fixtures for `tests/conftest.py` to import: `internet`, `sample_internet`, `arxiv_records`,
`arxiv_library`, `arxiv_internet`.

Each test has an internet of its own; a start costs about 10 ms. The records of the shared data are read once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.internet.internet import Internet
from tests.internet.library import Library
from tests.internet.samples import SAMPLES
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@pytest.fixture
def internet() -> Iterator[Internet]:
    """Nothing but an arXiv without papers; every other name is absent until the test describes it."""
    with Internet() as running:
        yield running


@pytest.fixture
def sample_internet() -> Iterator[Internet]:
    """arXiv has the invented papers of `samples`."""
    with Internet(SAMPLES) as running:
        yield running


@pytest.fixture(scope="session")
def arxiv_records() -> tuple[Mapping[str, Any], ...]:
    """About 18,000 real records; skips where there are none."""
    with shared("arxiv", "records.jsonl").open(encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


@pytest.fixture(scope="session")
def arxiv_library(arxiv_records: tuple[Mapping[str, Any], ...]) -> Library:
    """The real records as arXiv has them; share it, for its index costs seconds."""
    return Library(arxiv_records)


@pytest.fixture
def arxiv_internet(arxiv_library: Library) -> Iterator[Internet]:
    """arXiv has the real records, and every other host answers every page."""
    with Internet(arxiv_library, everything_else="ok") as running:
        yield running
