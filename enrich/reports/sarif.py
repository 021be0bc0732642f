"""
`sarif`: findings as SARIF 2.1.0, for code scanning and for editors.

GitHub keeps about 5,000 results and takes 10 MB, compressed: the worst 4,500 are
told, and a notification says how many are not. What concerns the run and no entry
is a notification too.

Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from enrich.models import Severity, State
from enrich.reports.parts import closing, wire
from enrich.reports.parts.advice import advice
from enrich.reports.parts.page import put
from enrich.reports.parts.ranking import rank
from enrich.reports.parts.replacing import replacement
from enrich.reports.parts.tally import Tally, is_about_the_run
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from enrich.models import Finding, Outcome, Result, Run, Totals
    from enrich.reports.parts.page import Page
    from enrich.reports.parts.ranking import Rank

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 4_500
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.NOTICE: "note",
}
_ROOT = "%SRCROOT%"
_SUPPRESSED = frozenset({State.SUPPRESSED, State.BASELINED})


class Sarif:
    def __init__(self, page: Page, out: TextIO, err: TextIO) -> None:
        self._page, self._out, self._err = page, out, err
        self._tally = Tally()
        self._results: list[tuple[Rank, wire.Object]] = []
        self._notes: list[tuple[str, wire.Object]] = []

    def begin(self, run: Run, found: int) -> None:
        self._run, self._found = run, found

    def entry(self, outcome: Outcome) -> None:
        self._tally.add(outcome)
        for result in outcome.results:
            if is_about_the_run(result.finding.rule):
                self._notes.append((result.finding.url or "", _notification(result.finding)))
            elif result.state is not State.FIXED:
                self._results.append((rank(result), _result(result, self._page)))

    def end(self, totals: Totals) -> None:
        told = [told for _, told in sorted(self._results, key=lambda pair: pair[0])]
        notes = [note for _, note in sorted(self._notes, key=lambda pair: pair[0])]
        notes += [_bug(path, error) for path, error in sorted(self._tally.bugs)]
        if hidden := len(told) - MOST:
            notes += [_said(f"{counted(hidden, 'result')} of lesser rank left out")] if hidden > 0 else []
        run = self._as_run(told[:MOST], notes, totals)
        put(self._out, wire.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}))
        self._out.flush()
        put(self._err, *closing.bugs(self._tally), *closing.stopped(self._run, totals, self._found))

    def _as_run(
        self, results: list[wire.Object], notes: Iterable[wire.Object], totals: Totals
    ) -> wire.Object:
        codes = sorted({result["ruleId"] for result in results})
        places = {code: place for place, code in enumerate(codes)}
        for result in results:
            result["ruleIndex"] = places[result["ruleId"]]
        return {
            "tool": {"driver": _driver(codes, self._page)},
            "automationDetails": {"id": f"enrich/{self._run.command}/"},
            "columnKind": "unicodeCodePoints",
            "invocations": [
                {
                    "executionSuccessful": totals.complete and totals.exit_code in (0, 1),
                    "exitCode": totals.exit_code,
                    "startTimeUtc": wire.instant(self._run.started_at),
                    "toolExecutionNotifications": list(notes),
                }
            ],
            "results": results,
        }


def _driver(codes: list[str], page: Page) -> wire.Object:
    rules = [
        {
            "id": code,
            "name": page.name(code),
            "shortDescription": {"text": page.name(code).replace("-", " ")},
            "help": {"text": f"`enrich explain {code}`"},
        }
        for code in codes
    ]
    return {"name": "enrich", "semanticVersion": page.version, "rules": rules}


def _result(result: Result, page: Page) -> wire.Object:
    finding = result.finding
    told: wire.Object = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": printable(". ".join((finding.message, *finding.evidence, advice(result))))},
        "locations": [{"physicalLocation": _location(result, page)}],
        "partialFingerprints": {"enrich/v1": result.fingerprint},
    }
    if result.state in _SUPPRESSED:
        told["suppressions"] = [{"kind": "external", "justification": result.state.value}]
    if fix := _fix(result, page):
        told["fixes"] = [fix]
    return told


def _location(result: Result, page: Page) -> wire.Object:
    location: wire.Object = {"artifactLocation": _artifact(result, page)}
    if place := result.place:
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.end_column,
        }
    return location


def _artifact(result: Result, page: Page) -> wire.Object:
    return {"uri": _uri(page.in_repository(result.path)), "uriBaseId": _ROOT}


def _uri(path: str) -> str:
    """The bytes of the file's name; surrogates that stand for no byte are Windows' own."""
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, errors="surrogatepass")


def _fix(result: Result, page: Page) -> wire.Object | None:
    """The change as a replacement, where it lies within the line that the finding points at."""
    new = replacement(result)
    if new is None or result.change is None or result.place is None:
        return None
    region = {"startLine": result.place.line, "startColumn": new.column, "endColumn": new.end_column}
    change = {
        "artifactLocation": _artifact(result, page),
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": new.text}}],
    }
    return {"description": {"text": printable(result.change.fix.title)}, "artifactChanges": [change]}


def _notification(finding: Finding) -> wire.Object:
    where = f"{finding.url}: " if finding.url else ""
    return {
        "level": _LEVELS[finding.severity],
        "message": {"text": printable(f"{where}{finding.message}")},
        "descriptor": {"id": finding.rule},
    }


def _said(text: str) -> wire.Object:
    return {"level": "note", "message": {"text": text}}


def _bug(path: str, error: str) -> wire.Object:
    return {"level": "error", "message": {"text": printable(f"bug: {path}: {error}")}}
