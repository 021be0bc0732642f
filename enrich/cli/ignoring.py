"""`enrich check --add-ignores`: what is found now is set aside, by `[[ignore]]` in the configuration."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from enrich.cli.crawling import crawl
from enrich.cli.setting import setting_of
from enrich.config import Ignore
from enrich.config.ignores import with_ignores
from enrich.errors import UsageError
from enrich.files import Written, read, replace_file, write_atomically
from enrich.globs import literal
from enrich.models import Document, Severity, State
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted

if TYPE_CHECKING:
    import argparse
    from typing import TextIO

    from enrich.models import Outcome, Result, Run, Totals
    from enrich.setting import Setting

_NOT_OF_ENTRIES = ("RUN", "SUP")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class _Listed:
    """A report that says nothing and keeps what `check` would list."""

    def __init__(self, show: Severity) -> None:
        self._show = show
        self.ignores: set[Ignore] = set()
        self.entries: set[str] = set()
        self.totals: Totals | None = None

    def begin(self, run: Run, found: int) -> None:
        """Nothing to say before there is something."""

    def entry(self, outcome: Outcome) -> None:
        for result in outcome.results:
            finding = result.finding
            stands = result.state is State.OPEN and finding.severity >= self._show
            if stands and result.path and not finding.rule.startswith(_NOT_OF_ENTRIES):
                self.ignores.add(_for(result))
                self.entries.add(result.path)

    def end(self, totals: Totals) -> None:
        self.totals = totals


def _for(result: Result) -> Ignore:
    """What hides this finding: by its address, which may move within the entry, else by its field."""
    finding = result.finding
    url = _UNWRITABLE.sub("*", finding.url or "")
    return Ignore(finding.rule, url, literal(result.path), "" if url else finding.field)


def add_ignores(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Raises the errors of `crawl`, and UsageError where the configuration can't be written."""
    listed = _Listed(Severity[args.show.upper()])
    code = crawl(args, out, err, reports=lambda *_: contextlib.nullcontext(listed))
    if listed.totals is None or not listed.totals.complete or code not in (0, 1):
        put(err, "Nothing is set aside: not every entry could be looked at.")
        return code
    if not listed.ignores:
        put(out, "There is nothing to set aside.")
        return 0
    setting = setting_of(args, args.paths)
    name = _write(setting, sorted(listed.ignores, key=lambda one: (one.entry, one.rule, one.url, one.field)))
    entries = counted(len(listed.entries), "entry")
    put(out, f"Wrote {len(listed.ignores):,} [[ignore]] to {name}, for {entries}. Say in each why.")
    return 0


def _write(setting: Setting, ignores: list[Ignore]) -> str:
    """The name of the configuration, in the catalogue's root."""
    name = setting.config_name or "enrich.toml"
    place = setting.root / name
    if setting.config_name is None:
        replace_file(place, with_ignores("", name, ignores).encode())
        return name
    document = read(setting.root, name)
    if not isinstance(document, Document):
        raise UsageError(f"{name}: {document.reason}")
    written = write_atomically(setting.root, document, with_ignores(document.text, name, ignores))
    if not isinstance(written, Written):
        raise UsageError(f"{name}: can't be written")
    return name
