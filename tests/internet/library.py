"""The papers that arXiv has: found by identifier, searched by an index that is built when first needed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from tests.internet.papers import paper
from tests.internet.search import Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Library:
    """A collection that does not change: many internets may share one, for 18,000 papers cost seconds."""

    def __init__(self, records: Iterable[Mapping[str, Any]] = ()) -> None:
        self.papers = {record["id"]: paper(record) for record in records}

    def enlarged(self, records: Iterable[Mapping[str, Any]]) -> Library:
        """This collection and *records*, which replace what has their identifier."""
        larger = Library(records)
        larger.papers = self.papers | larger.papers
        return larger

    @functools.cached_property
    def index(self) -> Index:
        return Index(tuple(self.papers.values()))
