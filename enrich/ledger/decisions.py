"""
What a person decided about changes, in a file that is committed.

One line a decision. Lines are added at the end and taken out whole: what
somebody wrote by hand stays as it is, and git merges by keeping both sides.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from enrich.errors import StateError
from enrich.files import replace_file
from enrich.ledger.lines import line_of, object_of, read_lines, text_of
from enrich.naming import accepted_key, decided_key, from_json, shortened, to_json
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from enrich.ledger.folder import StateFolder
    from enrich.models import Change, Value

_CURE = "mend the line, or delete it, which revives its change"


class Verdict(Enum):
    ACCEPTED = "accepted"
    """`enrich apply` writes it, and takes the line out."""
    REJECTED = "rejected"
    """Never proposed again."""
    MERGED = "merged"
    """It was in a pull request that was merged: proposed again, a person has taken it back."""


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    verdict: Verdict
    path: str = ""
    """Empty, as all below, where only the change's name is known: from a pull request."""
    field: str = ""
    rule: str = ""
    before: Value = None
    after: Value = None
    """Both as `naming.shortened` gives them."""
    why: str = ""

    @property
    def is_whole(self) -> bool:
        """It says about what it is."""
        return bool(self.path)

    @property
    def rejection(self) -> str:
        """The name under which the planner refuses its change."""
        return decided_key(self.path, self.field, to_json(self.after)) if self.is_whole else self.id

    @property
    def acceptance(self) -> str:
        """The key under which its change is accepted, see `naming.acceptance_key`."""
        return accepted_key(self.path, self.field, to_json(self.before), to_json(self.after))


def decision_about(change: Change, verdict: Verdict, why: str = "") -> Decision:
    fix = change.fix
    before, after = from_json(shortened(fix.before)), from_json(shortened(fix.after))
    return Decision(change.id, verdict, change.path, fix.field, change.rule, before, after, why)


def read_decisions(state: StateFolder) -> tuple[Decision, ...]:
    """In the order of the file; raises StateError where it can't be read."""
    return tuple(item for item in read_lines(state.decisions, _decision_or_else, _CURE) if item)


def read_rejected(state: StateFolder) -> frozenset[str]:
    """
    What a person doesn't want: keys of changes, see `naming.rejection_key`, and names of such.

    Of two lines about one change the rejection counts, for git merges by
    keeping the lines of both sides in any order. Raises StateError where the
    file can't be read.
    """
    return frozenset(item.rejection for item in read_decisions(state) if item.verdict is not Verdict.ACCEPTED)


def read_accepted(state: StateFolder) -> frozenset[str]:
    """The keys of changes that a person wants, see `naming.acceptance_key`; raises StateError."""
    return frozenset(
        item.acceptance
        for item in read_decisions(state)
        if item.verdict is Verdict.ACCEPTED and item.is_whole
    )


def add_decisions(state: StateFolder, decisions: Iterable[Decision]) -> None:
    """Those that aren't there yet are added; raises StateError where they can't be."""
    known = {_name(decision) for decision in read_decisions(state)}
    new = {name: decision for decision in decisions if (name := _name(decision)) not in known}
    add_lines(state, map(decision_to_json, new.values()))


def _name(decision: Decision) -> Decision:
    """Whoever decided it, and why."""
    return replace(decision, rule="", why="")


def add_lines(state: StateFolder, lines: Iterable[Mapping[str, object]]) -> None:
    """Lines for the end of the file of decisions; raises StateError where they can't be added."""
    new = [line_of(line) for line in lines]
    if new:
        state.prepare()
        _write(state, [*_lines(state), *new])


def drop_decisions(state: StateFolder, unwanted: Callable[[Decision], bool]) -> None:
    """Take out the lines of decisions that are *unwanted*; raises StateError where that can't be."""
    lines = _lines(state)
    kept = [line for line in lines if not (line.strip() and _drops(line, unwanted))]
    if kept != lines:
        _write(state, kept)


def _drops(line: bytes, unwanted: Callable[[Decision], bool]) -> bool:
    decision = _decision_or_else(object_of(line))
    return decision is not None and unwanted(decision)


def _lines(state: StateFolder) -> list[bytes]:
    """Each with its end, also where a person's editor left the last one without."""
    # Read through once first, so that what can't be read is told and nothing is written.
    read_decisions(state)
    try:
        content = state.decisions.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StateError(f"{state.decisions}: {error.strerror}") from error
    return [line + b"\n" for line in content.removesuffix(b"\n").split(b"\n")] if content else []


def _write(state: StateFolder, lines: Iterable[bytes]) -> None:
    try:
        replace_file(state.decisions, b"".join(lines))
    except OSError as error:
        raise StateError(f"{state.decisions}: {error.strerror}") from error


def decision_to_json(decision: Decision) -> dict[str, object]:
    named: dict[str, object] = {"id": decision.id, "verdict": decision.verdict.value}
    about: dict[str, object] = {
        "path": decision.path,
        "field": decision.field,
        "rule": decision.rule,
        "before": to_json(decision.before),
        "after": to_json(decision.after),
    }
    return named | (about if decision.is_whole else {}) | {"why": decision.why}


def decision_from_json(data: Mapping[str, object]) -> Decision:
    """Raises KeyError, TypeError or ValueError where *data* isn't one."""
    verdict = _verdict(text_of(data, "verdict"))
    why = text_of(data, "why") if "why" in data else ""
    if "path" not in data and "id" in data:
        return Decision(text_of(data, "id"), verdict, why=why)
    return Decision(
        text_of(data, "id") if "id" in data else "",
        verdict,
        text_of(data, "path"),
        text_of(data, "field"),
        text_of(data, "rule") if "rule" in data else "",
        from_json(data.get("before")),
        from_json(data["after"]),
        why,
    )


def _verdict(word: str) -> Verdict:
    for verdict in Verdict:
        if verdict.value == word:
            return verdict
    raise ValueError(f"`verdict` is {word}")


def _decision_or_else(data: Mapping[str, object]) -> Decision | None:
    """None for the line that says which pull request was learned from."""
    return None if "pull_request" in data else decision_from_json(data)
