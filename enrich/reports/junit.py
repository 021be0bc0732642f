"""
`junit`: one test case per entry, valid against the schema of Jenkins' xUnit plugin.

An error makes its entry fail; warnings and notes are what the case printed; an entry
whose only trouble is that something could not be verified is skipped, not failed.

Source: https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from dataclasses import field
from typing import TYPE_CHECKING

from enrich.models import LinkStatus, Severity
from enrich.reports.parts import closing
from enrich.reports.parts.advice import advice
from enrich.reports.parts.order import order
from enrich.reports.parts.page import put
from enrich.reports.parts.ranking import standing
from enrich.reports.parts.tally import Tally
from enrich.reports.parts.words import counted
from enrich.text import printable
from enrich.words import dataclass

if TYPE_CHECKING:
    from typing import TextIO

    from enrich.models import Outcome, PlacedLink, Result, Run, Totals
    from enrich.reports.parts.order import Key
    from enrich.reports.parts.page import Page


class Junit:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._tally = Tally()
        self._cases: dict[str, _Case] = {}

    def begin(self, run: Run, found: int) -> None:
        self._run, self._found = run, found

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        if outcome.path and outcome.is_entry:
            case = self._case(outcome.path)
            case.bug = outcome.bug
            case.unverified = len({placed.use.url for placed in outcome.links if _is_unverified(placed)})
        for result in standing(outcome.results, Severity.INFO):
            told = (order(result), _headline(result, self._page), _details(result))
            failed = result.finding.severity is Severity.ERROR
            (self._case(result.path).failures if failed else self._case(result.path).notes).append(told)

    def _case(self, path: str) -> _Case:
        return self._cases.setdefault(path, _Case())

    def end(self, totals: Totals) -> None:
        cases = [_element(path, case, self._page) for path, case in sorted(self._cases.items())]
        counts = {
            "tests": str(len(cases)),
            "failures": str(sum(case.find("failure") is not None for case in cases)),
            "errors": str(sum(case.find("error") is not None for case in cases)),
        }
        suites = ET.Element("testsuites", {"name": "enrich", "time": f"{totals.seconds:.3f}", **counts})
        skipped = str(sum(case.find("skipped") is not None for case in cases))
        suite = ET.SubElement(
            suites, "testsuite", {"name": f"enrich {self._run.command}", "skipped": skipped, **counts}
        )
        suite.extend(cases)
        ET.indent(suites)
        put(self._out, '<?xml version="1.0" encoding="UTF-8"?>', ET.tostring(suites, "us-ascii").decode())
        self._out.flush()
        put(self._err, *closing.bugs(self._tally), *closing.stopped(self._run, totals, self._found))


@dataclass(slots=True)
class _Case:
    """What is told of one entry; findings as key, headline and details."""

    failures: list[tuple[Key, str, str]] = field(default_factory=list)
    notes: list[tuple[Key, str, str]] = field(default_factory=list)
    unverified: int = 0
    """Distinct links."""
    bug: str | None = None


def _is_unverified(placed: PlacedLink) -> bool:
    return placed.use.check.status is LinkStatus.UNVERIFIED


def _element(path: str, case: _Case, page: Page) -> ET.Element:
    where = page.in_repository(path)
    element = ET.Element(
        "testcase",
        {
            "name": printable(posixpath.basename(where)),
            "classname": printable(posixpath.dirname(where) or "."),
        },
    )
    if case.bug:
        ET.SubElement(element, "error", {"type": "bug", "message": printable(case.bug)})
    for _, headline, details in sorted(case.failures):
        ET.SubElement(element, "failure", {"type": headline.split()[0], "message": headline}).text = details
    if case.unverified and len(element) == 0:
        told = f"{counted(case.unverified, 'link')} could not be verified: neither good nor broken"
        ET.SubElement(element, "skipped", {"message": told})
    if case.notes:
        notes = (f"{headline} ({details})" for _, headline, details in sorted(case.notes))
        ET.SubElement(element, "system-out").text = "\n".join(notes)
    return element


def _headline(result: Result, page: Page) -> str:
    finding = result.finding
    place = f" at {result.place.line}:{result.place.column}" if result.place else ""
    return printable(f"{finding.rule} {page.name(finding.rule)}{place}: {finding.message}")


def _details(result: Result) -> str:
    return printable("; ".join((advice(result), *result.finding.evidence)))
