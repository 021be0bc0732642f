"""
A person's way through the queue: what is asked, in which order, and what the answers come to.

Pure. Knows neither keys nor screens nor files: every answer is a step, which
says what is to be written down, and which can be taken back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.ledger import BY_HAND, Group, Verdict, decisions_about, groups
from enrich.links import canonical_url, host_key
from enrich.models import Applicability
from enrich.naming import change_id
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enrich.ledger import Decision, Pending
    from enrich.models import Value

MANY = 20
"""Changes of a rule beyond which nobody answers them one by one without being asked."""
SAMPLES = 5


def questions(items: Iterable[Pending]) -> tuple[Group, ...]:
    """What is asked, one change with what follows it each, by rule, host and file."""
    return tuple(sorted(groups(items), key=_place))


def _place(question: Group) -> tuple[str, str, str, str]:
    change = question.lead.change
    return change.rule, host_of(question.lead), change.path, change.fix.field


def host_of(item: Pending) -> str:
    """Of the address that the change is about; '' where it is about none."""
    for value in (item.url, item.change.fix.before, item.change.fix.after):
        if isinstance(value, str) and (address := canonical_url(value)) is not None:
            return host_key(address)
    return ""


def address_of(question: Group) -> str | None:
    """What to look at: the new address, else the old one, else the record that the change rests on."""
    fix = question.lead.change.fix
    for value in (fix.after, fix.before, question.lead.url):
        if isinstance(value, str) and canonical_url(value) is not None:
            return value
    pages = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}
    for answer in question.lead.because:
        scheme, _, name = answer.query.partition(":")
        if scheme in pages:
            return pages[scheme] + name
    return None


def edited(question: Group, value: Value) -> Group:
    """
    *question* with the value that a person typed in the place of the one that was proposed.

    What followed the proposal doesn't follow that.
    """
    change = question.lead.change
    fix = replace(
        change.fix,
        title="as a person typed it",
        after=value,
        applicability=Applicability.UNSAFE,
        source=BY_HAND,
        confidence=1.0,
        together=0,
    )
    name = change_id(change.path, fix.field, fix.before, value)
    return Group(replace(question.lead, change=replace(change, id=name, fix=fix), evidence=(), because=()))


@dataclass(frozen=True, slots=True)
class Step:
    """One answer."""

    first: int
    """The number, from 0, of the first question that it answers."""
    count: int
    verdict: Verdict | None
    """None: decided later."""
    decisions: tuple[Decision, ...] = ()
    """To be written down, or taken out again."""
    before: Group | None = None
    """The question that an edited one stands for."""
    after: Group | None = None


class Session:
    """Where a person stands in the queue."""

    def __init__(self, asked: Sequence[Group]) -> None:
        self._asked = list(asked)
        self._steps: list[Step] = []
        self._looked_at: set[str] = set()
        """Rules with many changes that a person wants to look at one by one."""

    @property
    def position(self) -> int:
        """How many questions are answered or skipped; the number, from 0, of the current one."""
        return self._steps[-1].first + self._steps[-1].count if self._steps else 0

    @property
    def total(self) -> int:
        return len(self._asked)

    @property
    def current(self) -> Group | None:
        """None where nothing is left to ask."""
        return self._asked[self.position] if self.position < self.total else None

    @property
    def left_of_rule(self) -> tuple[Group, ...]:
        """The current question and all after it from the same rule."""
        rule = _rule(self.current) if self.current else None
        rest = self._asked[self.position :]
        return tuple(question for question in rest if _rule(question) == rule)

    def is_many(self) -> bool:
        """Whether to ask about the current rule as a whole first."""
        current = self.current
        return bool(current and _rule(current) not in self._looked_at and len(self.left_of_rule) > MANY)

    def samples(self) -> tuple[Group, ...]:
        """A few of what is left from the current rule, from all over it."""
        left = self.left_of_rule
        return tuple(left[number * len(left) // SAMPLES] for number in range(SAMPLES))

    def look(self) -> None:
        """Ask about the current rule one by one."""
        if self.current:
            self._looked_at.add(_rule(self.current))

    def answer(self, verdict: Verdict | None, *, whole_rule: bool = False) -> Step:
        """Answer the current question, or all that are left from its rule; None decides nothing."""
        answered = self.left_of_rule if whole_rule else self.left_of_rule[:1]
        decided = tuple(
            decision for question in answered if verdict for decision in decisions_about(question, verdict)
        )
        return self._take(Step(self.position, len(answered), verdict, decided))

    def edit(self, value: Value) -> Step:
        """Accept *value* instead of the one that the current question proposes, which is rejected."""
        before = self._asked[self.position]
        after = edited(before, value)
        decided = (
            *decisions_about(before, Verdict.REJECTED),
            *decisions_about(after, Verdict.ACCEPTED),
        )
        step = Step(self.position, 1, Verdict.ACCEPTED, decided, before, after)
        self._asked[self.position] = after
        return self._take(step)

    def undo(self) -> Step | None:
        """The last answer, which no longer counts; None where there is none."""
        if not self._steps:
            return None
        step = self._steps.pop()
        if step.before:
            self._asked[step.first] = step.before
        if step.count > 1:
            self._looked_at.discard(_rule(self._asked[step.first]))
        return step

    def drop(self) -> None:
        """The current question can't be asked any more."""
        del self._asked[self.position]

    def counts(self) -> Counter[Verdict | None]:
        """How many questions have which answer; None: skipped."""
        counts: Counter[Verdict | None] = Counter()
        for step in self._steps:
            counts[step.verdict] += step.count
        return counts

    def _take(self, step: Step) -> Step:
        self._steps.append(step)
        return step


def _rule(question: Group) -> str:
    return question.lead.change.rule
