"""From what came of the entries to the exit code, which no format and no option of output changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Finding, LinkStatus, Outcome, Result, Severity, State
from enrich.naming import fingerprint
from enrich.reports.parts.words import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from enrich.cli.catalogue import Catalogue
    from enrich.config import Config
    from enrich.network import Network
    from enrich.setting import Setting

FINDINGS, NOTHING_CHECKED, REFUSED, BUG = 1, 3, 4, 70


class Verdict:
    """What counts for the exit code, gathered outcome by outcome."""

    def __init__(self, config: Config, args: argparse.Namespace) -> None:
        self._fail_on = _fail_on(config, args)
        self._failing = False
        self._bug = False
        self._unchecked = False
        self._unavailable = False
        self._is_strict = args.strict_network
        self._links: set[str] = set()
        self.entries = 0
        self.has_findings = False
        """Errors or warnings that stand."""
        self.broken = 0
        self.not_verified = 0
        self.refused = False
        """A file was not written, for it had changed or could not be."""
        self.limited = False
        """`--limit-entries` or `--max-minutes` ended the run."""

    @property
    def links(self) -> int:
        """Distinct addresses."""
        return len(self._links)

    def add(self, outcome: Outcome) -> None:
        self.entries += bool(outcome.path and outcome.is_entry)
        self._bug = self._bug or outcome.bug is not None
        for placed in outcome.links:
            self._add_link(placed.use.url, placed.use.check.status)
        for url, status in outcome.counted:
            self._add_link(url, status)
        for result in outcome.results:
            self._unchecked = self._unchecked or result.finding.rule == "RUN605"
            self._unavailable = self._unavailable or result.finding.rule == "RUN604"
            self._failing = self._failing or self._fails(result)
            self.has_findings = self.has_findings or _stands(result)

    def _add_link(self, url: str, status: LinkStatus) -> None:
        if url not in self._links:
            self._links.add(url)
            self.broken += status is LinkStatus.BROKEN
            self.not_verified += status is LinkStatus.UNVERIFIED

    def _fails(self, result: Result) -> bool:
        counts = result.state is State.OPEN and not result.finding.rule.startswith("RUN")
        return counts and self._fail_on is not None and result.finding.severity >= self._fail_on

    def exit_code(self, interrupted: int | None) -> int:
        """Where several apply: 130 or 143, 70, 4, 1, 3."""
        if interrupted is not None:
            return interrupted
        cases = ((self._bug, BUG), (self.refused, REFUSED), (self._failing, FINDINGS))
        code = next((code for applies, code in cases if applies), None)
        if code is not None:
            return code
        is_unverified = self._is_strict and (self.not_verified > 0 or self._unavailable)
        return NOTHING_CHECKED if self._unchecked or is_unverified else 0


def _stands(result: Result) -> bool:
    return result.state is State.OPEN and result.finding.severity >= Severity.WARNING


def _fail_on(config: Config, args: argparse.Namespace) -> Severity | None:
    """`run` heeds it only where it is given on the command line: it is there to write, not to judge."""
    if args.fail_on:
        return None if args.fail_on == "never" else Severity[args.fail_on.upper()]
    return config.rules.fail_on if args.command == "check" else None


def sources_unavailable(network: Network) -> Iterator[Outcome]:
    """RUN604 for each source of works that left questions open; RUN605 says it where there is no network."""
    if network.unreachable():
        return
    for message in network.unavailable():
        finding = Finding("RUN604", message, None, severity=Severity.NOTICE, help="the next run asks again")
        name = fingerprint("RUN604", "", message.partition(" ")[0], None)
        yield Outcome("", (Result("", finding, None, State.OPEN, name),))


def nothing_checked(
    verdict: Verdict, network: Network, catalogue: Catalogue, setting: Setting
) -> Iterator[Outcome]:
    """RUN605, where it holds: nothing is green when nothing was checked."""
    if unreachable := network.unreachable():
        known = network.remembered
        yield _run605(
            f"no network ({unreachable})" + ("; only what was known already was used" if known else ""),
            evidence=_without_network(verdict, known),
            cure="Use --offline if that is what you want.",
        )
    elif not catalogue.paths:
        yield _run605(f"no entry matched below {setting.root}", cure="name files or folders")
    elif not verdict.entries and verdict.limited:
        yield _run605("no entry was finished in time", cure="give `--max-minutes` more of them")
    elif not verdict.entries:
        yield _run605(
            f"none of {len(catalogue.paths):,} files has front matter", cure="an entry begins with `---`"
        )


def cut_off(why: str, finished: int, catalogue: Catalogue) -> Outcome:
    """RUN605 for a run that lost its workers."""
    return _run605(
        f"{why}; {finished:,} of {counted(len(catalogue.paths), 'file')} were looked at to the end",
        cure="what was received is kept: run it again to go on",
    )


def _without_network(verdict: Verdict, known: int) -> str:
    """What was looked at all the same."""
    entries = counted(verdict.entries, "entry")
    if known:
        return f"{entries} looked at with {counted(known, 'answer')} from the cache and snapshots."
    how = "looked at by" if verdict.has_findings else "passed"
    return f"{entries} {how} the rules that need no network; no link was checked."


def _run605(message: str, *, cure: str, evidence: str = "") -> Outcome:
    finding = Finding(
        "RUN605",
        message,
        None,
        severity=Severity.ERROR,
        evidence=(evidence,) if evidence else (),
        help=cure,
    )
    return Outcome("", (Result("", finding, None, State.OPEN, fingerprint("RUN605", "", "", None)),))
