"""
The queue: changes that are proposed, neither written nor decided.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from enrich.ledger.changes import change_from_json, change_to_json
from enrich.ledger.lines import (
    VERSION,
    check_version,
    objects_of,
    read_lines,
    text_of,
    texts_of,
    write_lines,
)
from enrich.naming import (
    ID_DIGITS,
    canonical_json,
    long_change_id,
    to_json,
)
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

    from enrich.ledger.folder import StateFolder
    from enrich.models import Change


BY_HAND = "person"
"""The source of a value that a person typed; no run replaces it."""

_CURE = "delete the file, `enrich run` fills it again"

SHORTEST = 4
"""Digits with which a change can be named, where they are enough to tell it from the others."""


@dataclass(frozen=True, slots=True)
class Because:
    """An answer that a change rests on, without what it said."""

    source: str
    query: str
    """`arxiv:2410.21276`, or an address."""
    retrieved_at: dt.datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class Pending:
    change: Change
    message: str = ""
    """The finding's."""
    evidence: tuple[str, ...] = ()
    url: str | None = None
    """The address that the finding is about."""
    because: tuple[Because, ...] = ()

    @property
    def why(self) -> str:
        """One clause: what the change rests on."""
        return ", ".join(self.evidence) or self.message or self.change.fix.title


def read_pending(state: StateFolder) -> tuple[Pending, ...]:
    """Raises StateError where the queue can't be read."""
    made = read_lines(state.pending, _from_line, _CURE)
    return tuple(item for item in made if item)


def write_pending(
    state: StateFolder, items: Iterable[Pending], unpatched: Mapping[tuple[str, str], int] | None = None
) -> None:
    """
    *unpatched*: see `read_unpatched`; None leaves it as it is.

    Raises StateError where the queue can't be written, or be read before.
    """
    state.prepare()
    queue = in_order(items)
    header: dict[str, object] = {"v": VERSION, "plan": plan_id(queue)}
    left = read_unpatched(state) if unpatched is None else unpatched
    notes = ({"path": path, "rule": rule, "unpatched": left[path, rule]} for path, rule in sorted(left))
    write_lines(state.pending, [header, *(pending_to_json(item) for item in queue), *notes])


def read_unpatched(state: StateFolder) -> dict[tuple[str, str], int]:
    """
    How many findings have no change, by path and rule, as the runs say that filled the queue.

    Raises StateError where the queue can't be read.
    """
    return dict(note for note in read_lines(state.pending, _note, _CURE) if note)


def _note(data: Mapping[str, object]) -> tuple[tuple[str, str], int] | None:
    number = data.get("unpatched")
    if number is None:
        return None
    if not isinstance(number, int):
        raise TypeError("`unpatched` is no number")
    return (text_of(data, "path"), text_of(data, "rule")), number


def in_order(items: Iterable[Pending]) -> tuple[Pending, ...]:
    """
    Sorted by path, field, rule and new value; of the same change only the last.

    Where two begin with the same digits, both are named by as many as tell them apart.
    """
    by_name = {_name(item.change): item for item in items}
    return tuple(_told_apart([by_name[name] for name in sorted(by_name)]))


def _told_apart(items: Sequence[Pending]) -> Iterator[Pending]:
    begins: defaultdict[str, set[str]] = defaultdict(set)
    several = {name for name, number in Counter(map(_short, items)).items() if number > 1}
    for item in items:
        if _short(item) in several:
            begins[_short(item)].add(long_change_id(item.change))
    for item in items:
        names = begins[_short(item)]
        yield item if len(names) < 2 else _named(item, _digits_that_differ(names))


def _short(item: Pending) -> str:
    return item.change.id[:ID_DIGITS]


def _named(item: Pending, digits: int) -> Pending:
    return replace(item, change=replace(item.change, id=long_change_id(item.change)[:digits]))


def _digits_that_differ(names: Collection[str]) -> int:
    return next(digits for digits in count(ID_DIGITS) if len({name[:digits] for name in names}) == len(names))


def named(items: Iterable[Pending], name: str) -> tuple[Pending, ...]:
    """The changes that *name*, all or the beginning of an id, may mean; hexadecimal digits of any case."""
    wanted = name.lower()
    if len(wanted) < SHORTEST:
        return ()
    return tuple(
        item
        for item in items
        if item.change.id.startswith(wanted)
        or (len(wanted) > len(item.change.id) and long_change_id(item.change).startswith(wanted))
    )


def after_run(
    queue: Iterable[Pending],
    proposed: Iterable[Pending],
    *,
    finished: Container[str],
    ran: Container[str],
    waiting: Container[Change] = (),
) -> tuple[Pending, ...]:
    """
    The queue after a run that proposes *proposed*.

    Only changes of entries that it *finished*, by path, and of rules that *ran*,
    by code, are replaced: what the run didn't get to is still to be decided, and
    what a person typed waits to be applied. Nor is what is still *waiting* because
    the run could not find out whether it is right.
    """
    kept = (
        item
        for item in queue
        if item.change.path not in finished
        or item.change.rule not in ran
        or item.change.fix.source == BY_HAND
        or item.change in waiting
    )
    return in_order((*kept, *proposed))


def plan_id(queue: Iterable[Pending]) -> str:
    """Twelve hexadecimal digits, the same for the same changes: under it a review page keeps its answers."""
    names = [list(_name(item.change)) for item in in_order(queue)]
    return hashlib.sha256(canonical_json(names).encode("ascii")).hexdigest()[:12]


def _name(change: Change) -> tuple[str, str, str, str, str]:
    # Not the id: of eight digits, two changes of a large catalogue may share one.
    before, after = (canonical_json(to_json(value)) for value in (change.fix.before, change.fix.after))
    return change.path, change.fix.field, change.rule, before, after


def pending_to_json(item: Pending) -> dict[str, object]:
    """What goes without saying is left out."""
    told: dict[str, object] = {"message": item.message, "evidence": list(item.evidence)}
    if item.url is not None:
        told["url"] = item.url
    if item.because:
        told["because"] = [_because_to_json(each) for each in item.because]
    return change_to_json(item.change) | told


def _because_to_json(answer: Because) -> dict[str, object]:
    return {"source": answer.source, "query": answer.query, "retrieved_at": answer.retrieved_at.isoformat()}


def pending_from_json(data: Mapping[str, object]) -> Pending:
    """Raises KeyError, TypeError or ValueError where *data* isn't one."""
    return Pending(
        change_from_json(data),
        text_of(data, "message"),
        texts_of(data, "evidence"),
        text_of(data, "url") if "url" in data else None,
        tuple(map(_because_from_json, objects_of(data, "because"))),
    )


def _because_from_json(data: Mapping[str, object]) -> Because:
    moment = dt.datetime.fromisoformat(text_of(data, "retrieved_at"))
    return Because(text_of(data, "source"), text_of(data, "query"), moment)


def _from_line(data: Mapping[str, object]) -> Pending | None:
    if "v" in data:
        check_version(data)
        return None
    return None if "unpatched" in data else pending_from_json(data)
