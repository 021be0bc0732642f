"""
What is decided together: a field that follows another one (`short_authors` the authors) goes with it,
and so do changes that are made all or not at all (venue, year and DOI of a published version).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from enrich.ledger.decisions import (
    Verdict,
    add_decisions,
    decision_about,
    drop_decisions,
    read_rejected,
)
from enrich.ledger.pending import read_pending, write_pending
from enrich.naming import rejection_key
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from enrich.ledger.decisions import Decision
    from enrich.ledger.folder import StateFolder
    from enrich.ledger.pending import Pending
    from enrich.models import Change


def undecided(queue: Iterable[Pending], rejected: Container[str]) -> tuple[Pending, ...]:
    """
    *queue* without what a person doesn't want, who may have said so on another machine.

    With a change goes what follows it, and what is made together with it.
    """
    items = tuple(queue)
    refused = {item for item in items if _is_in(item, rejected)}
    leading = {_entry_and_rule(item) for item in items if item not in refused and not is_derived(item.change)}
    without = {_entry_and_rule(item) for item in refused if not is_derived(item.change)} - leading
    broken = {_entry_and_rule(item) for item in refused if item.change.fix.together}
    return tuple(
        item
        for item in items
        if item not in refused
        and not (is_derived(item.change) and _entry_and_rule(item) in without)
        and not (item.change.fix.together and _entry_and_rule(item) in broken)
    )


def _is_in(item: Pending, rejected: Container[str]) -> bool:
    return item.change.id in rejected or rejection_key(item.change) in rejected


def is_derived(change: Change) -> bool:
    """Its field follows another one (`short_authors` the authors), and is decided with it."""
    return change.fix.source == "derived"


@dataclass(frozen=True, slots=True)
class Group:
    """What is decided together."""

    lead: Pending
    derived: tuple[Pending, ...] = ()
    """Changes of fields that follow, or of those that are changed with the first or not at all."""

    @property
    def items(self) -> tuple[Pending, ...]:
        return (self.lead, *self.derived)


def groups(items: Iterable[Pending]) -> tuple[Group, ...]:
    """*items*, each with what follows it; what follows nothing is decided by itself."""
    leads: defaultdict[tuple[str, str], list[Pending]] = defaultdict(list)
    derived: defaultdict[tuple[str, str], list[Pending]] = defaultdict(list)
    for item in items:
        (derived if is_derived(item.change) else leads)[_entry_and_rule(item)].append(item)
    made = [Group(item) for name, followers in derived.items() if name not in leads for item in followers]
    for name, (first, *others) in leads.items():
        joined = [item for item in (first, *others) if item.change.fix.together]
        if joined:
            made.append(Group(joined[0], (*joined[1:], *derived.get(name, ()))))
            made += [Group(item) for item in (first, *others) if item not in joined]
        else:
            made += [Group(first, tuple(derived.get(name, ()))), *map(Group, others)]
    return tuple(made)


def _entry_and_rule(item: Pending) -> tuple[str, str]:
    return item.change.path, item.change.rule


def decisions_about(group: Group, verdict: Verdict) -> tuple[Decision, ...]:
    return tuple(
        decision_about(item.change, verdict, ", ".join(item.evidence) or item.change.fix.title)
        for item in group.items
    )


def decide(state: StateFolder, chosen: Iterable[Group], verdict: Verdict) -> None:
    """
    Write down what a person thinks of what they have *chosen*.

    What is rejected waits no longer, and is not accepted any more. Raises
    StateError where the ledger can't be read or written.
    """
    decisions = [decision for group in chosen for decision in decisions_about(group, verdict)]
    if not decisions:
        return
    refused = {decision.acceptance for decision in decisions}
    with state.alone():
        add_decisions(state, decisions)
        if verdict is Verdict.REJECTED:
            drop_decisions(
                state,
                lambda decision: decision.verdict is Verdict.ACCEPTED and decision.acceptance in refused,
            )
            tidy(state)


def tidy(state: StateFolder) -> None:
    """What was rejected, here or elsewhere, waits no longer. To be called `alone`."""
    queue = read_pending(state)
    left = undecided(queue, read_rejected(state))
    if left != queue:
        write_pending(state, left)
