"""Each `[[ignore]]` that hides nothing any more, whose day has passed, or that gives no reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cli.known import unverified
from enrich.config.ignores import ignore_lines
from enrich.files import read
from enrich.globs import matches_text
from enrich.models import Document, Finding, Outcome, Place, Result, State
from enrich.naming import fingerprint
from enrich.suppressions import sets_aside
from enrich.text import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.config import Ignore
    from enrich.rule import Context
    from enrich.setting import Setting

_UNKNOWN = frozenset({"RUN603", "RUN604"})
"""What may be broken, or be asked again: it says nothing about what an `[[ignore]]` hides."""


class SetAside:
    """Which of them were met, as the entries of a run go by."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._met: set[Ignore] = set()
        self._unverified: set[str] = set()
        self._is_certain = True

    def add(self, outcome: Outcome) -> None:
        if not self._context.ignores:
            return
        self._unverified |= unverified(outcome)
        self._is_certain = self._is_certain and outcome.bug is None
        for result in outcome.results:
            finding = result.finding
            if finding.rule in _UNKNOWN:
                self._is_certain = self._is_certain and finding.url is not None
                self._unverified.add(finding.url or "")
            elif result.state is State.SUPPRESSED:
                self._met |= {
                    ignore
                    for codes, ignore in self._context.ignores
                    if finding.rule in codes and sets_aside(ignore, finding, result.path)
                }

    def outcome(self, setting: Setting, *, whole: bool) -> Iterator[Outcome]:
        """What is to be said of them; *whole*: everything was looked at, and what could be asked was."""
        document = read(setting.root, setting.config_name) if setting.config_name else None
        if not self._context.config.ignore or not isinstance(document, Document):
            return
        lines = Lines(document.text)
        numbers = ignore_lines(document.text, document.path)
        results = tuple(
            self._result(rule, message, help_text, ignore, number, lines, document.path)
            for ignore, number in zip(self._context.config.ignore, numbers, strict=False)
            for rule, message, help_text in self._said(ignore, whole and self._is_certain)
            if rule in self._context.selected
        )
        if results:
            yield Outcome(document.path, results, is_entry=False)

    def _said(self, ignore: Ignore, may_judge: bool) -> Iterator[tuple[str, str, str]]:
        if ignore.until and ignore.until < self._context.today:
            yield "SUP502", f"the [[ignore]] held until {ignore.until}", ""
        elif may_judge and ignore not in self._met and self._ran(ignore) and not self._may_be_hidden(ignore):
            yield "SUP501", "the [[ignore]] hides nothing any more", "take it out"
        if not ignore.reason:
            yield "SUP503", "the [[ignore]] gives no reason", "say why in `reason`"

    def _ran(self, ignore: Ignore) -> bool:
        return any(one == ignore and codes <= self._context.selected for codes, one in self._context.ignores)

    def _may_be_hidden(self, ignore: Ignore) -> bool:
        """Whether it is about addresses of which some could not be found out."""
        return any(not ignore.url or matches_text(ignore.url, url) for url in self._unverified)

    def _result(
        self, rule: str, message: str, help_text: str, ignore: Ignore, number: int, lines: Lines, path: str
    ) -> Result:
        source = lines.line(number)
        place = Place(number, 1, len(source) + 1, source)
        finding = Finding(rule, message, None, severity=self._context.severity(rule), help=help_text)
        about = "\n".join((ignore.rule, ignore.url, ignore.entry, ignore.field))
        return Result(path, finding, place, State.OPEN, fingerprint(rule, path, "", about))
