"""
`gitlab`: findings as a Code Quality report, which GitLab shows in merge requests.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enrich.models import Severity
from enrich.reports.parts import closing, wire
from enrich.reports.parts.advice import advice
from enrich.reports.parts.order import order
from enrich.reports.parts.page import put
from enrich.reports.parts.ranking import standing
from enrich.reports.parts.tally import Tally
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from enrich.models import Outcome, Result, Run, Totals
    from enrich.reports.parts.order import Key
    from enrich.reports.parts.page import Page

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


class Gitlab:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._tally = Tally()
        self._findings: list[tuple[Key, wire.Object]] = []

    def begin(self, run: Run, found: int) -> None:
        self._run, self._found = run, found

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        for result in standing(outcome.results, Severity.INFO):
            self._findings.append((order(result), _finding(result, self._page)))

    def end(self, totals: Totals) -> None:
        findings = [finding for _, finding in sorted(self._findings, key=lambda pair: pair[0])]
        put(self._out, "[" + ",\n".join(map(wire.dumps, _told_apart(findings))) + "]")
        self._out.flush()
        put(self._err, *closing.bugs(self._tally), *closing.stopped(self._run, totals, self._found))


def _told_apart(findings: list[wire.Object]) -> Iterator[wire.Object]:
    """GitLab drops a second finding of the same fingerprint, so each of several gets its number."""
    seen: Counter[str] = Counter()
    for finding in findings:
        name = finding["fingerprint"]
        seen[name] += 1
        yield finding if seen[name] == 1 else {**finding, "fingerprint": f"{name}-{seen[name]}"}


def _finding(result: Result, page: Page) -> wire.Object:
    finding = result.finding
    told = f"{finding.rule}: {finding.message} ({advice(result)})"
    return {
        "description": printable(told),
        "check_name": f"enrich/{page.name(finding.rule)}",
        "fingerprint": result.fingerprint,
        "severity": _SEVERITIES.get(finding.severity, "info"),
        "location": {
            "path": page.in_repository(result.path),
            "lines": {"begin": result.place.line if result.place else 1},
        },
    }
