"""
The queue: changes that are proposed, neither written nor decided.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.ledger.changes import change_from_json, change_to_json
from enrich.ledger.lines import VERSION, check_version, read_lines, text_of, texts_of, write_lines
from enrich.naming import canonical_json, to_json

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from enrich.ledger.folder import StateFolder
    from enrich.models import Change


@dataclass(frozen=True, slots=True)
class Pending:
    change: Change
    message: str = ""
    """The finding's."""
    evidence: tuple[str, ...] = ()


def read_pending(state: StateFolder) -> tuple[Pending, ...]:
    """Raises StateError where the queue can't be read."""
    made = read_lines(state.pending, _from_line, "delete the file, `enrich run` fills it again")
    return tuple(item for item in made if item)


def write_pending(state: StateFolder, items: Iterable[Pending]) -> None:
    """Raises StateError where the queue can't be written."""
    queue = in_order(items)
    header: dict[str, object] = {"v": VERSION, "plan": plan_id(queue)}
    state.prepare()
    write_lines(state.pending, [header, *(pending_to_json(item) for item in queue)])


def in_order(items: Iterable[Pending]) -> tuple[Pending, ...]:
    """Sorted by path, field, rule and new value; of the same change only the last."""
    by_name = {_name(item.change): item for item in items}
    return tuple(by_name[name] for name in sorted(by_name))


def after_run(
    queue: Iterable[Pending], proposed: Iterable[Pending], *, finished: Container[str], ran: Container[str]
) -> tuple[Pending, ...]:
    """
    The queue after a run that proposes *proposed*.

    Only changes of entries that it *finished*, by path, and of rules that *ran*,
    by code, are replaced: what the run didn't get to is still to be decided.
    """
    kept = (item for item in queue if item.change.path not in finished or item.change.rule not in ran)
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
    return change_to_json(item.change) | {"message": item.message, "evidence": list(item.evidence)}


def pending_from_json(data: Mapping[str, object]) -> Pending:
    """Raises KeyError, TypeError or ValueError where *data* isn't one."""
    return Pending(change_from_json(data), text_of(data, "message"), texts_of(data, "evidence"))


def _from_line(data: Mapping[str, object]) -> Pending | None:
    if "v" in data:
        check_version(data)
        return None
    return pending_from_json(data)
