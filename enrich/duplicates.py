"""
Entries of one run that claim one work (IDN230), and which of them has a right to it.

Knows plans, not files; gathers only what entries say of themselves.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.matching import same_people
from enrich.models import Finding, Outcome, Place, RecordQuery, Result, Severity, State, Stated
from enrich.naming import fingerprint
from enrich.outcomes import place_of
from enrich.text import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.models import Change, Path, Plan, Value


def stated(plan: Plan) -> Stated:
    """What the entry of *plan* says to be, free of the document."""
    lines = Lines(plan.document.text)
    work = plan.work
    return Stated(
        plan.document.path,
        tuple((identifier, place_of(span, lines)) for identifier, span in plan.identifiers),
        _name_of(plan) if plan.verified else "",
        work.title if work else "",
        work.authors if work else (),
        place_of(work.span, lines) if work else None,
    )


class Duplicates:
    """What the entries of a run say to be, gathered as they are planned."""

    def __init__(self) -> None:
        self._said: list[bytes] = []
        self._stated, self._verified, self._titled = _Namesakes(), _Namesakes(), _Namesakes()

    def add(self, said: Stated) -> None:
        number = len(self._said)
        self._said.append(_packed(said))
        for identifier, _ in said.identifiers:
            self._stated.add(identifier, number)
        if said.record:
            self._verified.add(said.record, number)
        if said.title_place:
            self._titled.add(said.title, number)

    def _of(self, numbers: Iterable[int]) -> list[Stated]:
        return [_unpacked(self._said[number]) for number in numbers]

    def _owners(self, record: str) -> set[str]:
        """Paths of the entries whose verified record it is."""
        return {said.path for said in self._of(self._verified.of(record)) if said.record == record}

    def settled(self, plan: Plan) -> Plan:
        """
        *plan* without what rests on a record that merely may be its work, and is that of another entry.

        To be called when all entries have been added.
        """
        owners = self._owners(_name_of(plan)) - {plan.document.path}
        return _without_record(plan) if owners and not plan.verified else plan

    def outcomes(self, severity: Severity) -> Iterator[Outcome]:
        """A finding at every place that another entry has as well, in order of path."""
        by_path: defaultdict[str, list[Result]] = defaultdict(list)
        for path, place, message, what in (*self._same_identifiers(), *self._same_titles()):
            finding = Finding("IDN230", message, None, severity=severity)
            by_path[path].append(
                Result(path, finding, place, State.OPEN, fingerprint("IDN230", path, "", what))
            )
        for path in sorted(by_path):
            yield Outcome(path, tuple(by_path[path]), is_entry=False)

    def _same_identifiers(self) -> Iterator[tuple[str, Place, str, str]]:
        for key, numbers in self._stated.several():
            found: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
            for said in self._of(numbers):
                for identifier, place in said.identifiers:
                    if hash(identifier) == key:
                        found[identifier].append((said.path, place))
            for identifier, places in found.items():
                paths = {path for path, _ in places}
                owners = self._owners(identifier) & paths
                for path, place in places if len(paths) > 1 else ():
                    yield path, place, _said_of(identifier, path, paths, owners), identifier

    def _same_titles(self) -> Iterator[tuple[str, Place, str, str]]:
        for _, numbers in self._titled.several():
            entries = self._of(numbers)
            for one in entries:
                others = {other.path for other in entries if _are_one_work(one, other)}
                if others and one.title_place:
                    message = f"title and authors are also those of {_listed(others)}"
                    yield one.path, one.title_place, message, one.title


class _Namesakes:
    """Numbers of the entries that have a name, by its hash, which two names may share."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._several: dict[int, list[int]] = {}

    def add(self, name: str, number: int) -> None:
        key = hash(name)
        first = self._first.setdefault(key, number)
        if first != number:
            self._several.setdefault(key, [first]).append(number)

    def of(self, name: str) -> list[int]:
        key = hash(name)
        return self._several.get(key) or [self._first[key]] if key in self._first else []

    def several(self) -> Iterator[tuple[int, list[int]]]:
        """Those of more than one entry, in the order in which the first was added."""
        return ((key, self._several[key]) for key in self._first if key in self._several)


def _packed(said: Stated) -> bytes:
    """A quarter of the room; what two entries share no name of is never looked at again."""
    identifiers = tuple((identifier, _plain(place)) for identifier, place in said.identifiers)
    place = said.title_place
    return marshal.dumps(
        (said.path, identifiers, said.record, said.title, said.authors, _plain(place) if place else None)
    )


def _unpacked(packed: bytes) -> Stated:
    path, identifiers, record, title, authors, place = marshal.loads(packed)  # noqa: S302 - what was packed here
    return Stated(
        path,
        tuple((identifier, Place(*where)) for identifier, where in identifiers),
        record,
        title,
        authors,
        Place(*place) if place else None,
    )


def _plain(place: Place) -> tuple[int, int, int, str]:
    return place.line, place.column, place.end_column, place.source


def _are_one_work(one: Stated, other: Stated) -> bool:
    """Two entries of one title; those that share an identifier are told of by that."""
    if one.path == other.path or one.title != other.title:
        return False
    if not {name for name, _ in one.identifiers}.isdisjoint(name for name, _ in other.identifiers):
        return False
    # The same people may well give two papers one title: each has an identifier that is verified.
    if one.record and other.record and one.record != other.record:
        return False
    return same_people(one.authors, other.authors)


def _said_of(identifier: str, path: str, paths: set[str], owners: set[str]) -> str:
    scheme, _, name = identifier.partition(":")
    name = f"{scheme} {name}".replace("arxiv", "arXiv", 1).replace("doi", "DOI", 1)
    if owners and path not in owners:
        return f"{name} is that of {_listed(owners)}, which has its title and its authors"
    if owners and owners != paths:
        return f"{name} is also named by {_listed(paths - owners)}, which has another title or other authors"
    return f"{name} is also that of {_listed(paths - {path})}"


def _listed(paths: set[str], most: int = 3) -> str:
    listed = sorted(paths)
    more = f" and {len(listed) - most:,} others" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


# -- plans ---------------------------------------------------------------------------------------


def may_be_anothers(plan: Plan) -> bool:
    """Whether what *plan* proposes may rest on a record that belongs to another entry."""
    return bool(plan.records) and not plan.verified and not plan.written


def _name_of(plan: Plan) -> str:
    return f"{plan.records[0].scheme}:{plan.records[0].id}" if plan.records else ""


def _without_record(plan: Plan) -> Plan:
    query = RecordQuery(plan.records[0].scheme, plan.records[0].id)
    resting = [finding for finding in plan.findings if _rests_on(finding, query)]
    fixes = {(finding.fix.path, finding.fix.after) for finding in resting if finding.fix}
    return replace(
        plan,
        findings=tuple(
            replace(finding, fix=None, help="this paper is another entry's")
            if finding in resting
            else finding
            for finding in plan.findings
            if finding not in resting or finding.severity is Severity.ERROR
        ),
        changes=tuple(change for change in plan.changes if not _makes(change, fixes)),
        records=(),
    )


def _rests_on(finding: Finding, query: RecordQuery) -> bool:
    """Whether *finding* proposes what the record says, or tells that the entry says something else."""
    is_about_it = any(answer.query == query for answer in finding.because)
    return is_about_it and (finding.fix is not None or finding.rule.startswith("MET"))


def _makes(change: Change, fixes: set[tuple[Path, Value]]) -> bool:
    return (change.fix.path, change.fix.after) in fixes
