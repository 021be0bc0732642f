"""
`markdown`: what a job's summary says: the verdict, what is to fix, what could not be verified.

Cut by whole rows, since a platform that gets too many bytes shows nothing at all.
Everything from outside stands as code.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enrich.links import host_key
from enrich.models import LinkStatus, Severity
from enrich.reports.parts import closing
from enrich.reports.parts.advice import advice, value
from enrich.reports.parts.fitting import Table, fitting
from enrich.reports.parts.markup import cell, code
from enrich.reports.parts.page import put
from enrich.reports.parts.ranking import rank, standing
from enrich.reports.parts.tally import Tally
from enrich.reports.parts.words import counted

if TYPE_CHECKING:
    from typing import TextIO

    from enrich.models import Outcome, Result, Run, Totals
    from enrich.reports.parts.page import Page
    from enrich.reports.parts.ranking import Rank

_ICONS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️"}
_VERDICTS = {0: "✅ Passed", 1: "❌ Failed", 3: "⚠️ Not checked", 4: "❌ Refused to write"}


class Markdown:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._tally = Tally()
        self._rows: list[tuple[Rank, str]] = []
        self._unverified: dict[str, tuple[str, str]] = {}

    def begin(self, run: Run, found: int) -> None:
        self._run, self._found = run, found

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        for result in standing(outcome.results, self._page.show):
            self._rows.append((rank(result), _row(result, self._page)))
        for placed in outcome.links:
            use = placed.use
            if use.check.status is LinkStatus.UNVERIFIED and use.check.reason:
                why = f"{use.check.reason.value}: {use.check.detail}"
                self._unverified[use.url] = (host_key(use.url), why)

    def end(self, totals: Totals) -> None:
        rows = tuple(row for _, row in sorted(self._rows))
        tables = [
            Table(self._counts(totals)),
            _table("To fix", ("", "rule", "where", "what", "fix"), rows),
            _table("Not verified (neither good nor broken)", ("host", "links", "why"), self._by_host()),
            Table(self._last(totals)),
        ]
        put(self._out, *fitting(tables, self._page.summary_bytes))
        self._out.flush()
        put(self._err, *closing.bugs(self._tally), *closing.stopped(self._run, totals, self._found))

    def _counts(self, totals: Totals) -> tuple[str, ...]:
        tally = self._tally
        numbers = (
            tally.open[Severity.ERROR],
            tally.open[Severity.WARNING],
            tally.open[Severity.INFO],
            len(self._unverified),
            tally.baselined,
            len(tally.links),
        )
        return (
            f"## enrich: {_VERDICTS.get(totals.exit_code, '⚠️ Not finished')}",
            self._looked_at(totals),
            "",
            "| errors | warnings | notes | not verified | baselined | links |",
            "|--:|--:|--:|--:|--:|--:|",
            f"| {' | '.join(f'{number:,}' for number in numbers)} |",
        )

    def _looked_at(self, totals: Totals) -> str:
        entries, links = counted(totals.entries, "entry"), counted(len(self._tally.links), "link")
        if not self._run.since:
            return f"{entries}, {links}."
        are = "is" if self._tally.new_links == 1 else "are"
        new = f"{counted(self._tally.new_links, 'link')} {are} new"
        return f"{entries} changed since {code(self._run.since)}; {new}."

    def _by_host(self) -> tuple[str, ...]:
        hosts: dict[str, Counter[str]] = {}
        for host, why in self._unverified.values():
            hosts.setdefault(host, Counter())[why] += 1
        ordered = sorted(hosts.items(), key=lambda item: (-item[1].total(), item[0]))
        return tuple(
            f"| {cell(host)} | {whys.total():,} | {cell(min(whys.most_common(), key=_most)[0])} |"
            for host, whys in ordered
        )

    def _last(self, totals: Totals) -> tuple[str, ...]:
        """Sentences of ours alone; what comes from outside stands in the tables."""
        whole = closing.Closing(self._run, totals, self._tally, self._page, lists=True)
        told = [*whole.fixable(), *closing.stopped(self._run, totals, self._found)]
        return tuple(line for sentence in told for line in ("", sentence))


def _most(counted_why: tuple[str, int]) -> tuple[int, str]:
    why, number = counted_why
    return -number, why


def _table(title: str, columns: tuple[str, ...], rows: tuple[str, ...]) -> Table:
    """Nothing at all where there is no row."""
    if not rows:
        return Table(())
    rule = "".join("--:|" if column == "links" else "-|" for column in columns)
    return Table(("", f"### {title}", "", f"| {' | '.join(columns)} |", f"|{rule}"), rows)


def _row(result: Result, page: Page) -> str:
    finding = result.finding
    place = f":{result.place.line}" if result.place else ""
    cells = (
        _ICONS.get(finding.severity, "ℹ️"),
        finding.rule,
        cell(f"{page.in_repository(result.path)}{place}"),
        cell(finding.message),
        cell(_fix(result)),
    )
    return f"| {' | '.join(cells)} |"


def _fix(result: Result) -> str:
    """The new value, where there is one that a cell can show."""
    told = advice(result)
    return f"{told} → {value(result.change.fix.after)}" if result.change else told
