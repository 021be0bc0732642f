"""
Search over titles, authors and the other fields by an inverted index.

Pure. Tokens as the service's analyzer makes them, nearly: punctuation divides, case and accents are dropped,
English stop words leave a gap, endings are cut. A quoted phrase must stand contiguously.
Source: arXiv/arxiv-search, mapping and query builder; the stemmer is a short one of Porter's first step.
"""

from __future__ import annotations

import fnmatch
import functools
import math
import re
import unicodedata
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from tests.internet.query import Node, Pair, Term, Without, date_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.internet.papers import Paper

Hits: TypeAlias = set[int]
"""Positions in the index's list of papers."""
Word: TypeAlias = tuple[str, int]
"""A word and its place in its text."""

_WORD = re.compile(r"\w+(?:[.'’]\w+)*")
_STOP_WORDS = frozenset(
    word
    for line in (
        "a an and are as at be but by for if in into is it no not of on or such that the their then",
        "there these they this to was will with",
    )
    for word in line.split()
)
_TEXT_FIELDS = ("ti", "abs", "co", "jr")


class LeadingWildcardError(ValueError):
    """The service fails (500) on a term that begins with `*` or `?`."""


class Index:
    """
    Everything that can be searched in a collection of papers.

    It holds which papers have a word, not where: a phrase is looked for in the few that have all its words.
    """

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._words: dict[str, dict[str, Hits]] = {field: defaultdict(set) for field in (*_TEXT_FIELDS, "au")}
        self._exact: dict[str, dict[str, Hits]] = {field: defaultdict(set) for field in ("cat", "id", "doi")}
        self._lengths = [1 + paper.title.count(" ") for paper in papers]
        self._submission_minutes = [paper.published.strftime("%Y%m%d%H%M") for paper in papers]
        for number, paper in enumerate(papers):
            self._add(number, paper)

    def search(self, query: Node) -> list[Paper]:
        """The papers that *query* means, the most relevant first; equal ones in no useful order."""
        hits = self._hits(query)
        scores = self._scores(query, hits)
        ordered = sorted(hits, key=lambda hit: (-scores[hit], zlib.crc32(self._papers[hit].id.encode())))
        return [self._papers[hit] for hit in ordered]

    # -- building ----------------------------------------------------------------------------

    def _add(self, number: int, paper: Paper) -> None:
        for field, postings in self._words.items():
            for words in _read(paper, field):
                for word, _ in words:
                    postings[word].add(number)
        for category in paper.categories:
            self._exact["cat"][category.lower()].add(number)
        for doi in paper.dois:
            self._exact["doi"][doi.lower()].add(number)
        for name in (paper.id, f"{paper.id}v{paper.versions}"):
            self._exact["id"][name].add(number)

    # -- finding -----------------------------------------------------------------------------

    def _hits(self, node: Node) -> Hits:
        match node:
            case Term():
                return self._term(node)
            case Without(inner):
                return set(range(len(self._papers))) - self._hits(inner)
            case Pair("AND", left, right):
                return self._hits(left) & self._hits(right)
            case Pair("OR", left, right):
                return self._hits(left) | self._hits(right)
            case Pair(_, left, right):
                return self._hits(left) - self._hits(right)

    def _term(self, term: Term) -> Hits:
        if term.value.startswith(("*", "?")) and not term.quoted:
            raise LeadingWildcardError(term.value)
        match term.field:
            case "submittedDate":
                return self._submitted(term.value)
            case "cat" | "doi" | "id":
                return self._exactly(term)
            case "all":
                fields = (*_TEXT_FIELDS, "au")
                inside: Hits = set().union(*(self._in_field(field, term) for field in fields))
                return inside | set().union(
                    *(self._exactly(Term(field, term.value)) for field in ("cat", "doi", "id"))
                )
            case "rn":
                return set()  # report numbers are not among the records
            case _:
                return self._in_field(term.field, term)

    def _exactly(self, term: Term) -> Hits:
        known = self._exact[term.field]
        value = term.value if term.field == "id" else term.value.lower()
        if not term.quoted and "*" in value:
            return set().union(*(known[name] for name in fnmatch.filter(known, value)))
        return set(known.get(value, ()))

    def _in_field(self, field: str, term: Term) -> Hits:
        postings = self._words[field]
        if not term.quoted and re.search(r"[*?]", term.value):
            pattern = _fold(term.value)
            return set().union(*(postings[word] for word in fnmatch.filter(postings, pattern)))
        words = list(_folded(term.value) if field == "au" else _analyzed(term.value))
        if not words or any(word not in postings for word, _ in words):
            return set()
        together = set.intersection(*(postings[word] for word, _ in words))
        if len(words) == 1 or not (term.quoted or field == "au"):
            return set(together)
        fits = _is_phrase if term.quoted else _is_one_name
        return {hit for hit in together if any(fits(text, words) for text in _read(self._papers[hit], field))}

    def _submitted(self, value: str) -> Hits:
        begin, end = date_range(value)
        return {
            number for number, submitted in enumerate(self._submission_minutes) if begin <= submitted <= end
        }

    # -- ranking -----------------------------------------------------------------------------

    def _scores(self, query: Node, hits: Hits) -> dict[int, float]:
        """Rare words count more, long titles less; coarse on purpose: the wanted paper need not be first."""
        scores = dict.fromkeys(hits, 0.0)
        for term in _asserted(query):
            found = self._term(term) & hits
            weight = math.log(1 + len(self._papers) / (1 + len(found)))
            for hit in found:
                scores[hit] += weight / (1 + self._lengths[hit] // 4)
        return scores


def _asserted(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case Pair(operator, left, right):
            yield from _asserted(left)
            if operator != "ANDNOT":
                yield from _asserted(right)
        case Without():
            return


def _read(paper: Paper, field: str) -> list[list[Word]]:
    """The words of *field*, apart for every author, so that no phrase reaches from one name into the next."""
    if field == "au":
        return [list(_folded(author.name)) for author in paper.authors]
    texts = {"ti": paper.title, "abs": paper.abstract, "co": paper.comment, "jr": paper.journal_ref}
    return [list(_analyzed(texts[field] or ""))]


def _is_phrase(text: list[Word], phrase: list[Word]) -> bool:
    """Whether the words of *phrase* stand in *text* at the distances that they have in the phrase."""
    starts = ({place - offset for found, place in text if found == word} for word, offset in phrase)
    return bool(set.intersection(*starts))


def _is_one_name(text: list[Word], words: list[Word]) -> bool:
    return {word for word, _ in words} <= {word for word, _ in text}


def _analyzed(text: str) -> Iterator[Word]:
    """The words of English text that count, each with its place; stop words leave theirs empty."""
    return ((_stem(word), position) for word, position in _folded(text) if word not in _STOP_WORDS)


def _folded(text: str) -> Iterator[Word]:
    return ((word, position) for position, word in enumerate(_WORD.findall(_fold(text))))


def _fold(text: str) -> str:
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


@functools.cache
def _stem(word: str) -> str:
    """Without plural, past tense and `-ing`: `networks`, `learned` → `network`, `learn`."""
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]
        word = f"{word[:-2]}y" if word.endswith("ie") and len(word) > 4 else word
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and re.search(r"[aeiouy]", stem):
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
    return word.removesuffix("e") if len(word) > 4 else word
