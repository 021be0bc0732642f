"""
What a pull request's end says about the changes that were in it.

Closed: a person doesn't want them. Merged: they stand; whatever of them would be
proposed again, somebody has taken back. Each pull request is learned from once,
so that a line which a person takes out of the decisions stays out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.ledger.decisions import Decision, Verdict, add_decisions, add_lines, decision_about
from enrich.ledger.following import groups
from enrich.ledger.lines import read_lines
from enrich.ledger.pending import named
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from enrich.ledger.folder import StateFolder
    from enrich.ledger.imported import PullRequest
    from enrich.ledger.pending import Pending


@dataclass(frozen=True, slots=True)
class Learned:
    closed: int = 0
    """Pull requests that were not known to be closed."""
    merged: int = 0
    rejected: int = 0
    """Changes that are rejected by that."""


def learn(state: StateFolder, pull_requests: Iterable[PullRequest], queue: Sequence[Pending]) -> Learned:
    """Write down what is new; raises StateError where the decisions can't be read or written."""
    known = _known(state)
    new = [each for each in pull_requests if (each.number, each.merged) not in known]
    decisions = [decision for each in new for decision in _decisions(each, queue)]
    with state.alone():
        add_decisions(state, decisions)
        add_lines(
            state,
            ({"pull_request": each.number, "verdict": "merged" if each.merged else "closed"} for each in new),
        )
    merged = sum(each.merged for each in new)
    rejected = {decision.rejection for decision in decisions if decision.verdict is Verdict.REJECTED}
    return Learned(len(new) - merged, merged, len(rejected))


def _decisions(pull_request: PullRequest, queue: Sequence[Pending]) -> Iterator[Decision]:
    """About the change itself where it still waits here, else about its name."""
    verdict = Verdict.MERGED if pull_request.merged else Verdict.REJECTED
    what = "merged" if pull_request.merged else "closed"
    why = f"pull request {pull_request.number} was {what}"
    for name in pull_request.names:
        found = named(queue, name) if verdict is Verdict.REJECTED else ()
        if len({item.change.id for item in found}) == 1:
            yield from (decision_about(item.change, verdict, why) for item in _with_it(found[0], queue))
        else:
            yield Decision(name, verdict, why=why)


def _with_it(item: Pending, queue: Sequence[Pending]) -> tuple[Pending, ...]:
    return next(group.items for group in groups(queue) if item in group.items)


def _known(state: StateFolder) -> set[tuple[int, bool]]:
    lines = read_lines(state.decisions, _number_and_end, "mend the line, or delete it")
    return {known for known in lines if known}


def _number_and_end(data: Mapping[str, object]) -> tuple[int, bool] | None:
    number = data.get("pull_request")
    return (number, data.get("verdict") == "merged") if isinstance(number, int) else None
