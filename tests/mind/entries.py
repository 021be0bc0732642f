"""Small entries, records and answers, as few words as a test of the mind needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from enrich import frontmatter
from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.catalogues.reading import read
from enrich.config import parse
from enrich.models import (
    Answer,
    Applicability,
    Change,
    Fix,
    History,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    NotFound,
    PublishedQuery,
    Record,
    RecordQuery,
    SearchQuery,
    parse_path,
)
from enrich.naming import change_id
from enrich.planning import context_for
from tests.documents import document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.catalogues.shape import Shape
    from enrich.frontmatter import FrontMatter
    from enrich.models import AnswerOutcome, Document, Entry, Query, Value
    from enrich.rule import Context

PATH = "_publications/entry.md"
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = NOW.date()

CARD = Record(
    "arxiv",
    "2410.21276",
    "GPT-4o System Card",
    ("OpenAI", "Aaron Hurst", "Alex Baker-Whitcomb"),
    published=dt.date(2024, 10, 25),
    categories=("cs.CL", "cs.AI"),
    primary_category="cs.CL",
)
CARD_HEADER = "title: GPT-4o System Card\nauthors: OpenAI, Aaron Hurst, Alex Baker-Whitcomb\nyear: 2024\n"
"""The entry of that record, without a link to it."""


def file(header: str, body: str = "Text.\n", path: str = PATH) -> Document:
    return document(f"---\n{header}---\n{body}".encode("utf-8", "surrogateescape"), path)


def front_matter(header: str, body: str = "Text.\n", path: str = PATH) -> FrontMatter:
    parsed = frontmatter.parse(file(header, body, path))
    assert isinstance(parsed, frontmatter.FrontMatter)
    return parsed


def entry(header: str, shape: Shape = JEKYLL_LINKS, body: str = "Text.\n") -> Entry:
    return read(front_matter(header, body), shape, TODAY)


def context(toml: str = "", shape: Shape = JEKYLL_LINKS, **chosen: Any) -> Context:
    return context_for(parse(toml, "enrich.toml"), shape, TODAY, **chosen)


def told(query: Query, outcome: AnswerOutcome, history: History | None = None) -> dict[Query, Answer]:
    source = "arxiv" if isinstance(query, RecordQuery) else "web"
    return {query: Answer(query, outcome, source, NOW, history=history or History())}


def known(*records: Record) -> dict[Query, Answer]:
    """arXiv's answers that hold *records*; who registers their DOIs says the same, and nobody knows more."""
    answers: dict[Query, Answer] = {}
    for record in records:
        answers |= told(RecordQuery("arxiv", record.id), record)
        answers |= told(PublishedQuery("openalex", record.id), NotFound("no published version"))
        if record.doi:
            answers |= told(RecordQuery("doi", record.doi), replace(record, scheme="doi", id=record.doi))
    return answers


ABSENT = NotFound("arXiv has no such paper")


class Arxiv(dict["Query", Answer]):
    """Answers about some papers; everything else is absent, and a search finds *found*."""

    def __init__(
        self, *records: Record, found: AnswerOutcome = ABSENT, answers: Mapping[Query, Answer] | None = None
    ) -> None:
        super().__init__(known(*records) | dict(answers or {}))
        self._found = found

    def __missing__(self, query: Query) -> Answer:
        return Answer(query, self._found if isinstance(query, SearchQuery) else ABSENT, "arxiv", NOW)

    def get(self, query: Query, default: object = None) -> Answer:
        del default
        return self[query]


def works(url: str) -> dict[Query, Answer]:
    return told(LinkQuery(url), LinkCheck(LinkStatus.OK, "200 OK", code=200))


def change(
    field: str,
    before: Value,
    after: Value,
    applicability: Applicability = Applicability.SAFE,
    anchor: tuple[str, ...] = (),
) -> Change:
    fix = Fix("change it", parse_path(field), before, after, applicability, "arxiv", 1.0, anchor)
    return Change(change_id(PATH, field, before, after), PATH, "MET310", fix)
