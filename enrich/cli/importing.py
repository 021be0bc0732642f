"""`enrich review --import`: decisions of a review page, and what pull requests came to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enrich.errors import UsageError
from enrich.ledger import (
    Decision,
    Verdict,
    add_decisions,
    decide,
    groups,
    learn,
    named,
    read_imported,
    read_pending,
    read_rejected,
    tidy,
    undecided,
)
from enrich.naming import from_json, shortened
from enrich.reports.parts.page import put
from enrich.reports.question import gone_line, imported_line, learned_line
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from typing import TextIO

    from enrich.ledger import Group, Opinion, Pending
    from enrich.reports import Page
    from enrich.setting import Setting


def import_decisions(name: str, setting: Setting, page: Page, stdin: TextIO, out: TextIO, err: TextIO) -> int:
    """*name* `-` is standard input. Raises UsageError where the file is none of the known kinds."""
    try:
        imported = read_imported(_text(name, stdin))
    except ValueError as error:
        raise UsageError(f"{printable(name)}: {printable(str(error))}") from error
    with setting.state.alone():
        tidy(setting.state)  # the file may have been read before, by a command that was stopped
    rejected = read_rejected(setting.state)
    queue = undecided(read_pending(setting.state), rejected)
    if imported.is_of_pull_requests:
        put(out, learned_line(learn(setting.state, imported.pull_requests, queue)))
        return 0
    found = {answer: _meant(answer, queue) for answer in imported.opinions}
    by_verdict = {verdict: _groups(found, verdict, queue) for verdict in (Verdict.ACCEPTED, Verdict.REJECTED)}
    for verdict, chosen in by_verdict.items():
        decide(setting.state, chosen, verdict)
    gone = [answer for answer, item in found.items() if item is None and not _is_known(answer, rejected)]
    with setting.state.alone():
        add_decisions(setting.state, (_refusal(each) for each in gone if each.verdict is Verdict.REJECTED))
    put(err, *(gone_line(each.path, each.field, each.id) for each in gone))
    counts = {verdict: sum(len(group.items) for group in chosen) for verdict, chosen in by_verdict.items()}
    put(out, imported_line(counts[Verdict.ACCEPTED], counts[Verdict.REJECTED], page.root))
    return 0


def _text(name: str, stdin: TextIO) -> str:
    try:
        return stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{printable(name)}: {error.strerror}") from error


def _meant(answer: Opinion, queue: Sequence[Pending]) -> Pending | None:
    """The change of the queue that the person saw; None where it doesn't wait any more."""
    for item in named(queue, answer.id):
        if (item.change.path, item.change.fix.field) == (answer.path, answer.field):
            return item
    return None


def _groups(found: dict[Opinion, Pending | None], verdict: Verdict, queue: Sequence[Pending]) -> list[Group]:
    """What leads decides about what follows it, whatever the file says of that."""
    verdicts = {item: answer.verdict for answer, item in found.items() if item}
    return [group for group in groups(queue) if _of(group, verdicts) is verdict]


def _of(group: Group, verdicts: dict[Pending, Verdict]) -> Verdict | None:
    said = {item: verdicts[item] for item in group.items if item in verdicts}
    if any(verdict is Verdict.REJECTED and item.change.fix.together for item, verdict in said.items()):
        return Verdict.REJECTED
    return next(iter(said.values()), None)


def _is_known(answer: Opinion, rejected: Container[str]) -> bool:
    return answer.verdict is Verdict.REJECTED and _refusal(answer).rejection in rejected


def _refusal(answer: Opinion) -> Decision:
    """Kept, for it holds for the value, whatever stands there now."""
    after = from_json(shortened(answer.after))
    return Decision(
        answer.id, Verdict.REJECTED, answer.path, answer.field, answer.rule, None, after, answer.why
    )
