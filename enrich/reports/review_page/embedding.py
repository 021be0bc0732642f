"""
A review as data for the page's script: strings once, numbers for the rest.

Python counts code points, JavaScript units of UTF-16: places are converted here.
Of a text only the front matter and three lines of the body are kept, which is
all that a change touches and a patch shows.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from typing import TYPE_CHECKING

from enrich import frontmatter
from enrich.composing import compose
from enrich.ledger import groups
from enrich.links import canonical_url, host_key
from enrich.models import Applicability
from enrich.naming import shortened
from enrich.reports.parts.advice import advice
from enrich.reports.patch import Reasoned, about, quoted_name
from enrich.reviewing import host_of
from enrich.text import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.composing import Composition, Part
    from enrich.ledger import Pending
    from enrich.models import Document, Result
    from enrich.reports.review_page.words import Review, Reviewed

LINES_OF_BODY = 3

_KINDS = {Applicability.SAFE: 0, Applicability.UNSAFE: 1}
_NO_CHANGE = 2
_NO_RANK = -1
"""Among the changes of its entry, of a finding that has none."""


class Strings:
    """Each string once; elsewhere its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)


class Units:
    """Offsets in code points of a text as offsets in units of UTF-16."""

    def __init__(self, text: str) -> None:
        self._doubled = [] if text.isascii() else [at for at, char in enumerate(text) if char > "\uffff"]

    def of(self, offset: int) -> int:
        return offset + bisect_left(self._doubled, offset)


def data_of(review: Review) -> dict[str, object]:
    """What the page's script reads, as `json.dumps` takes it."""
    return _Embedding(review).data()


class _Embedding:
    def __init__(self, review: Review) -> None:
        self._review = review
        self._strings = Strings()
        self._entries: list[object] = []
        self._changes: list[object] = []
        self._stale: list[object] = []

    def data(self) -> dict[str, object]:
        for entry in self._review.entries:
            self._add(entry)
        review = self._review
        return {
            "version": 1,
            "catalogue": review.catalogue,
            "plan": review.plan,
            "enrich": review.version,
            "rules": dict(sorted(review.names.items())),
            "entries": self._entries,
            "changes": self._changes,
            "stale": self._stale,
            "links": review.picture.links,
            "years": review.picture.entries,
            "strings": self._strings.all(),
        }

    def _add(self, entry: Reviewed) -> None:
        document = entry.document
        composition = compose(
            document, [proposal.change for proposal in entry.proposals], self._review.habits
        )
        units, lines = Units(document.text), Lines(document.text)
        ranks = {change: rank for rank, change in enumerate(composition.changes)}
        number = len(self._entries)
        for proposal in entry.proposals:
            rank = ranks.get(proposal.change)
            if rank is None:
                self._stale.append([document.path, proposal.change.id])
            else:
                edits = composition.alone[rank]
                line = lines.place(min((edit.span.start for edit in edits), default=0))[0]
                places = [
                    item
                    for edit in edits
                    for item in _splice(units, edit.span.start, edit.span.end, edit.replacement)
                ]
                self._changes.append([number, rank, *self._about(proposal), line, places])
        for result in entry.findings:
            line = result.place.line if result.place else 1
            self._changes.append([number, _NO_RANK, *self._about_finding(result), line, []])
        together = [
            [ranks[item.change] for item in group.items if item.change in ranks]
            for group in groups(entry.proposals)
        ]
        named = self._entry(entry, composition, units)
        self._entries.append([*named, [members for members in together if len(members) > 1]])

    def _entry(self, entry: Reviewed, composition: Composition, units: Units) -> list[object]:
        path = posixpath.join(self._review.prefix, entry.document.path)
        source = entry.source
        return [
            entry.document.path,
            [quoted_name(f"a/{path}"), quoted_name(f"b/{path}")],
            entry.title,
            [source.name, source.title, source.url] if source else None,
            kept_text(entry.document),
            composition.rivals,
            [
                [meeting.members, [[chosen, list(_parts(parts, units))] for chosen, parts in meeting.choices]]
                for meeting in composition.meetings
            ],
        ]

    def _about_finding(self, result: Result) -> Iterator[object]:
        """In the order of `_about`."""
        finding, number = result.finding, self._strings.number
        sources = dict.fromkeys(answer.source for answer in finding.because)
        yield ""
        yield number(finding.rule)
        yield number(finding.field)
        yield _NO_CHANGE
        yield finding.url
        yield None
        yield number(", ".join(sources))
        yield 0
        yield number(advice(result))
        yield number(finding.message)
        yield [number(clause) for clause in (*finding.evidence, *[finding.help] * bool(finding.help))]
        yield number("")
        yield number("")
        yield number(host_key(finding.url) if finding.url and canonical_url(finding.url) else "")
        yield max((each.retrieved_at.date().isoformat() for each in finding.because), default="")

    def _about(self, proposal: Pending) -> Iterator[object]:
        change, fix, number = proposal.change, proposal.change.fix, self._strings.number
        yield change.id
        yield number(change.rule)
        yield number(fix.field)
        yield _KINDS[fix.applicability]
        yield shortened(fix.before)
        yield shortened(fix.after)
        yield number(fix.source)
        yield round(fix.confidence, 2)
        yield number(fix.title)
        yield number(proposal.message)
        yield [number(clause) for clause in proposal.evidence]
        yield number(proposal.why)
        yield number(
            about(Reasoned(change, proposal.why), self._review.names).removeprefix(f"# {change.id} ")
        )
        yield number(host_of(proposal))
        yield max((each.retrieved_at.date().isoformat() for each in proposal.because), default="")


def _splice(units: Units, start: int, end: int, text: str) -> tuple[int, int, str]:
    return units.of(start), units.of(end), text


def _parts(parts: Iterable[Part], units: Units) -> Iterator[object]:
    for part in parts:
        span = part.edit.span
        yield from (part.change, *_splice(units, span.start, span.end, part.edit.replacement))


def kept_text(document: Document) -> str:
    """Up to the end of the front matter, and three lines: lines as a patch counts them, by LF alone."""
    parsed = frontmatter.parse(document)
    end = parsed.body_start if isinstance(parsed, frontmatter.FrontMatter) else 0
    for _ in range(LINES_OF_BODY):
        end = document.text.find("\n", end) + 1 or len(document.text)
    return document.text[:end]
