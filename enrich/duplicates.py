"""
Entries of one run that claim one work (IDN230), and which of them has a right to it.

Knows plans, not files; gathers only what entries say of themselves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.matching import same_people
from enrich.models import Finding, Outcome, RecordQuery, Result, Severity, State, Stated
from enrich.naming import fingerprint
from enrich.outcomes import place_of
from enrich.text import Lines
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import Change, Path, Place, Plan, Value


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


@dataclass(frozen=True, slots=True)
class _Titled:
    path: str
    authors: tuple[str, ...]
    place: Place
    identifiers: frozenset[str]
    record: str
    """The verified one; empty where there is none."""


class Duplicates:
    """What the entries of a run say to be, gathered as they are planned."""

    def __init__(self) -> None:
        self._stated: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
        self._verified: defaultdict[str, set[str]] = defaultdict(set)
        self._titled: defaultdict[str, list[_Titled]] = defaultdict(list)

    def add(self, said: Stated) -> None:
        for identifier, place in said.identifiers:
            self._stated[identifier].append((said.path, place))
        if said.record:
            self._verified[said.record].add(said.path)
        if said.title_place:
            names = frozenset(identifier for identifier, _ in said.identifiers)
            titled = _Titled(said.path, said.authors, said.title_place, names, said.record)
            self._titled[said.title].append(titled)

    def settled(self, plan: Plan) -> Plan:
        """
        *plan* without what rests on a record that merely may be its work, and is that of another entry.

        To be called when all entries have been added.
        """
        owners = self._verified.get(_name_of(plan), set()) - {plan.document.path}
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
        for identifier, places in self._stated.items():
            paths = {path for path, _ in places}
            owners = self._verified[identifier] & paths if identifier in self._verified else set()
            for path, place in places if len(paths) > 1 else ():
                yield path, place, _said_of(identifier, path, paths, owners), identifier

    def _same_titles(self) -> Iterator[tuple[str, Place, str, str]]:
        for title, entries in self._titled.items():
            for one in entries if len(entries) > 1 else ():
                others = {other.path for other in entries if _are_one_work(one, other)}
                if others:
                    message = f"title and authors are also those of {_listed(others)}"
                    yield one.path, one.place, message, title


def _are_one_work(one: _Titled, other: _Titled) -> bool:
    """Two entries of one title; those that share an identifier are told of by that."""
    if one.path == other.path or one.identifiers & other.identifiers:
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
