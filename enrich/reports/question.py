"""`enrich review` on a terminal: how a change is shown, what can be answered, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.reports.parts import hints
from enrich.reports.parts.cells import cut, width, wrap
from enrich.reports.parts.differences import apart, shown
from enrich.reports.parts.style import Style
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.ledger import Group, Learned, Pending
    from enrich.reports.parts.page import Page

PROMPT = "Accept? [y,n,s,a,d,o,e,u,q,?] "
PROMPT_MANY = "All of them? [a,n,l,s,u,q,?] "

_HELP = (
    ("y", "accept"),
    ("n", "reject (asked never again)"),
    ("s", "skip, decide later"),
    ("a", "accept all left from this rule"),
    ("d", "reject all left from this rule"),
    ("o", "open the link in a browser"),
    ("e", "edit the new value"),
    ("u", "undo the last answer"),
    ("q", "stop; answers so far are kept"),
    ("?", "this help"),
)
_HELP_ROWS = (("y", "n", "s"), ("a", "d"), ("o", "e", "?"), ("u", "q"))
_COLUMNS = (19, 35, 0), (45, 0), (34, 27, 0), (34, 0)
_HELP_MANY = (
    ("a", "accept all left from this rule"),
    ("n", "reject all left from this rule"),
    ("l", "look at them one by one"),
    ("s", "skip this rule, decide later"),
    ("u", "undo the last answer"),
    ("q", "stop; answers so far are kept"),
)
_WIDE = 80
"""Columns that the help needs to stand side by side."""


def question_lines(
    question: Group, *, number: int, total: int, line: int | None, page: Page
) -> Iterator[str]:
    """*number* counts from 1; *line* is where the field stands now, if it does."""
    style = Style(page.colour)
    change = question.lead.change
    place = printable(change.path) + (f":{line}" if line else "")
    kind = f"({change.fix.applicability.word}, confidence {change.fix.confidence:.2f})"
    header = f"{number:,}/{total:,}  {place}  {change.rule} {page.name(change.rule)}  {kind}"
    yield from (style("strong", row) for row in _wrapped(header, page.width, "", "  "))
    yield from _change_lines(question.lead, page, style)
    for item in question.derived:
        yield "  and with it"
        yield from _change_lines(item, page, style)
    why = printable(", ".join(question.lead.evidence) or change.fix.title)
    yield from _wrapped(f"{why}   ({printable(change.fix.source)})", page.width, "  why  ", "       ")


def _change_lines(item: Pending, page: Page, style: Style) -> Iterator[str]:
    fix = item.change.fix
    before, after = apart(shown(fix.before), shown(fix.after))
    yield from _wrapped(printable(fix.field), page.width, "  ", "  ")
    if fix.before is not None:
        yield from (style("removed", row) for row in _wrapped(before, page.width, "  - ", "    "))
    if fix.after is not None:
        yield from (style("added", row) for row in _wrapped(after, page.width, "  + ", "    "))
    else:
        yield "  (the field goes)"


def many_lines(rule: str, number: int, samples: Iterable[Group], page: Page) -> Iterator[str]:
    """The line that asks about all changes of a rule, and what some of them are."""
    style = Style(page.colour)
    chosen = list(samples)
    told = f"{rule} {page.name(rule)} — {number:,} changes, {len(chosen)} samples: [a]ll [n]one [l]ook"
    yield from (style("strong", row) for row in _wrapped(told, page.width, "", "  "))
    for question in chosen:
        fix = question.lead.change.fix
        before, after = apart(shown(fix.before), shown(fix.after))
        yield cut(f"  {printable(question.lead.change.path)}  {printable(fix.field)}", page.width)
        if fix.before is not None:
            yield style("removed", cut(f"  - {before}", page.width))
        if fix.after is not None:
            yield style("added", cut(f"  + {after}", page.width))


def help_lines(page: Page) -> Iterator[str]:
    if page.width < _WIDE:
        yield from (line for key, text in _HELP for line in _wrapped(text, page.width, f"{key}  ", "   "))
        return
    texts = dict(_HELP)
    for keys, sizes in zip(_HELP_ROWS, _COLUMNS, strict=True):
        pairs = zip(keys, sizes, strict=True)
        yield "".join(f"{f'{key}  {texts[key]}':<{size}}" for key, size in pairs)


def help_lines_many(page: Page) -> Iterator[str]:
    yield from (line for key, text in _HELP_MANY for line in _wrapped(text, page.width, f"{key}  ", "   "))


def summary_lines(*, accepted: int, rejected: int, skipped: int, left: int, root: str) -> Iterator[str]:
    """What came of a session; *left* are questions that it didn't get to."""
    told = f"{accepted:,} accepted, {rejected:,} rejected, {skipped:,} skipped, {left:,} left."
    if accepted:
        told += f" {hints.at(hints.APPLY, root)} writes the accepted ones."
    if left or skipped:
        told += f" {hints.at(hints.REVIEW, root)} goes on where you stopped."
    yield told


def gone_line(path: str, field: str, name: str) -> str:
    return f"gone: {printable(path)}: {printable(field)} ({printable(name)}) is not proposed any more"


def imported_line(accepted: int, rejected: int, root: str) -> str:
    decisions = counted(accepted + rejected, "decision")
    told = f"Took over {decisions}: {accepted:,} accepted, {rejected:,} rejected."
    return told + (f" {hints.at(hints.APPLY, root)} writes the accepted ones." if accepted else "")


def learned_line(learned: Learned) -> str:
    if not learned.closed + learned.merged:
        return "No pull request of enrich was closed or merged since."
    told = f"Learned from {counted(learned.closed, 'closed pull request')}: "
    told += f"{counted(learned.rejected, 'change')} will not be proposed again."
    if learned.merged:
        told += f" {learned.merged:,} merged: what is taken back of them will not be made again."
    return told


def _wrapped(text: str, columns: int, first: str, later: str) -> Iterator[str]:
    """Lines of at most *columns* columns, but not of less than ten beside the indentation."""
    rows = wrap(text, max(10, columns - max(width(first), width(later))))
    yield from (f"{later if number else first}{row.rstrip()}" for number, row in enumerate(rows))
