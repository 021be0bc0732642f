"""
The text of a pull request: what enrich proposes, why, and how to say no.

Cut by whole rows at 60,000 bytes, its last lines always kept: GitHub takes 65,536
characters, and the last line is how a later run learns what was in it. Everything
from outside stands as code, where a name pings nobody and a number links to no issue.

Source: https://github.com/orgs/community/discussions/27190
"""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from enrich.models import Applicability, State
from enrich.patterns import pattern
from enrich.reports.parts.differences import apart, shown
from enrich.reports.parts.fitting import Table, fitting
from enrich.reports.parts.hints import reject
from enrich.reports.parts.markup import cell
from enrich.reports.parts.words import counted
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enrich.models import Change, Result
    from enrich.reports.parts.page import Page
    from enrich.reports.saved import Saved

MOST_BYTES = 60_000
_LONGEST = 120
"""Code points of a value in a cell."""
_RUN_URL = pattern(r"https://[A-Za-z0-9.:-]+/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+/actions/runs/\d+")


class TooMany(ValueError):  # noqa: N818 - what is so, as a person is told it
    """There are more changes than one pull request can name."""


@dataclass(frozen=True, slots=True)
class _Proposed:
    change: Change
    result: Result


def pull_request_text(saved: Saved, page: Page, *, run_url: str = "") -> str:
    """
    *run_url*: the run of GitHub Actions that has the review page among its artifacts.

    Raises TooMany.
    """
    proposed = _proposed(saved)
    if not proposed:
        return "enrich proposes no changes.\n"
    tables = (
        Table((_headline(saved, proposed), "")),
        Table(tuple(_by_rule(proposed, page))),
        Table(tuple(_checked(saved, run_url))),
        _all(proposed),
        Table(tuple(_last(proposed))),
    )
    text = "\n".join(fitting(tables, MOST_BYTES)) + "\n"
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise TooMany(f"{counted(len(proposed), 'change')} are too many for one pull request")
    return text


def _proposed(saved: Saved) -> list[_Proposed]:
    """What was written; where nothing was, what would be: the safe ones."""
    results = [result for outcome in saved.outcomes for result in outcome.results if result.change]
    written = [result for result in results if result.state is State.FIXED]
    chosen = written or [result for result in results if _is_safe(result)]
    by_id = {result.change.id: _Proposed(result.change, result) for result in chosen if result.change}
    return sorted(
        by_id.values(), key=lambda each: (each.change.rule, each.change.path, each.change.fix.field)
    )


def _is_safe(result: Result) -> bool:
    fix = result.change.fix if result.change else None
    return result.state is State.OPEN and fix is not None and fix.applicability is Applicability.SAFE


def _headline(saved: Saved, proposed: Sequence[_Proposed]) -> str:
    known = {
        result.change.id
        for outcome in saved.outcomes
        for result in outcome.results
        if result.change and _is_safe(result)
    }
    safe = all(each.change.fix.applicability is Applicability.SAFE for each in proposed)
    entries = counted(len({each.change.path for each in proposed}), "entry")
    changes = f"{counted(len(proposed), 'safe change')}" if safe else counted(len(proposed), "change")
    told = f"enrich proposes {changes} in {entries}"
    waiting = known | {each.change.id for each in proposed}
    if saved.totals.complete:
        return f"{told}."
    more = f": {len(waiting):,} are waiting, this is" if len(waiting) > len(proposed) else "; this is"
    return f"{told}{more} the first part."


def _by_rule(proposed: Sequence[_Proposed], page: Page) -> Iterator[str]:
    titles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in proposed:
        titles[each.change.rule][each.change.fix.title] += 1
    yield from ("| rule | changes | what |", "|-|--:|-|")
    for rule, counts in sorted(titles.items()):
        ((title, _),) = counts.most_common(1)
        more = f" and {counted(len(counts) - 1, 'other')}" if len(counts) > 1 else ""
        yield f"| {rule} {page.name(rule)} | {counts.total():,} | {cell(title)}{more} |"
    yield ""


def _checked(saved: Saved, run_url: str) -> Iterator[str]:
    changed = sum(outcome.lines_changed for outcome in saved.outcomes)
    added = sum(outcome.lines_added for outcome in saved.outcomes)
    if any(outcome.written for outcome in saved.outcomes):
        lines = f"{counted(changed, 'line')} changed, {added:,} added; every" if changed + added else "Every"
        yield f"{lines} file was re-read and nothing else differs."
    if _RUN_URL.fullmatch(run_url):
        yield f"Review page: artifact `enrich-report` of [this run]({run_url})."


def _all(proposed: Sequence[_Proposed]) -> Table:
    names = _entries(proposed)
    head = (
        f"<details><summary>All {counted(len(proposed), 'change')}</summary>",
        "",
        "| entry | field | before → after | why | source |",
        "|-|-|-|-|-|",
    )
    rows = tuple(_row(each, names[each.change.path]) for each in proposed)
    return Table(head, rows, "{} more are in the diff.")


def _entries(proposed: Sequence[_Proposed]) -> dict[str, str]:
    """The names of files without folder and ending, where they tell entries apart; else their paths."""
    paths = {each.change.path for each in proposed}
    short = {path: posixpath.splitext(posixpath.basename(path))[0] for path in paths}
    counts = Counter(short.values())
    return {path: name if counts[name] == 1 and name != "index" else path for path, name in short.items()}


def _row(each: _Proposed, entry: str) -> str:
    fix, finding = each.change.fix, each.result.finding
    before, after = (_cut(text) for text in apart(shown(fix.before), shown(fix.after)))
    why = ", ".join(finding.evidence) or finding.message
    source = fix.source
    if finding.because:
        at = finding.because[0].retrieved_at
        source += f", {at.day} {at:%b %Y}"
    cells = (entry, fix.field, f"{cell(before)} → {cell(after)}", why, source)
    return f"| {' | '.join(text if number == 2 else cell(text) for number, text in enumerate(cells))} |"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _last(proposed: Sequence[_Proposed]) -> Iterator[str]:
    names = [each.change.id for each in proposed]
    plan = hashlib.sha256(",".join(sorted(names)).encode("ascii")).hexdigest()[:12]
    yield from ("", "</details>", "")
    again = f"Revert that file in this branch, or {reject(names[0])}. It will not be proposed again."
    yield f"**Not this one?** {again}"
    yield (
        "**None of them?** Close this pull request; "
        "enrich takes that as a no for these changes (not for the rule)."
    )
    yield f"<!-- enrich: plan={plan} changes={','.join(names)} -->"
