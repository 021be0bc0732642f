"""What a run tells, free of the texts of entries."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt

    from enrich.models.answers import LinkStatus, Record
    from enrich.models.findings import Finding
    from enrich.models.plans import Change, LinkUse


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file, both counted from 1, columns in code points; `end_column` is exclusive."""

    line: int
    column: int
    end_column: int
    source: str
    """The whole line, without its line break."""


class State(Enum):
    """What became of a finding; machine formats call it `status`."""

    OPEN = "open"
    FIXED = "fixed"
    """Its change was written by this run."""
    BASELINED = "baselined"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Result:
    """A finding as it is reported, free of its document."""

    path: str
    finding: Finding
    place: Place | None
    state: State
    fingerprint: str
    """Sixteen hexadecimal digits of rule, path, field without index, and address."""
    change: Change | None = None

    @property
    def is_left(self) -> bool:
        """Whether it stands and no change would mend it; what concerns the run is no matter of an entry."""
        return self.state is State.OPEN and self.change is None and not self.finding.rule.startswith("RUN")


@dataclass(frozen=True, slots=True)
class PlacedLink:
    use: LinkUse
    place: Place


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one entry: all that a report needs, and nothing of the text."""

    path: str
    results: tuple[Result, ...]
    links: tuple[PlacedLink, ...] = ()
    written: tuple[Change, ...] = ()
    """Changes that stand in the file now; under `--dry-run` those that would."""
    pending: tuple[Change, ...] = ()
    lines_changed: int = 0
    lines_added: int = 0
    records: tuple[Record, ...] = ()
    taken_back: int = 0
    """Changes of earlier runs that a person took back or went over."""
    new_links: int = 0
    """Addresses that the entry did not have at the base of a comparison."""
    is_entry: bool = True
    """False for a file without front matter in a catalogue where that is no fault."""
    bug: str | None = None
    """`ValueError: Invalid IPv6 URL`; the entry was skipped."""
    counted: tuple[tuple[str, LinkStatus], ...] = ()
    """Canonical addresses and statuses of links that are not among `links`, in a run of which no report
    lists them; none of them is unverified."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What an entry says to be, at its places: what other entries are held against."""

    path: str
    identifiers: tuple[tuple[str, Place], ...] = ()
    """`arxiv:2410.21276`, `doi:10.1145/…`."""
    record: str = ""
    """The verified one; empty where there is none."""
    title: str = ""
    """Squashed; empty where title or authors are missing."""
    authors: tuple[str, ...] = ()
    title_place: Place | None = None
    """Set where `title` is."""


@dataclass(frozen=True, slots=True)
class Run:
    """What all entries of a run share."""

    command: str
    profile: str
    config: str | None
    """Path of the configuration file, relative to the root."""
    started_at: dt.datetime
    offline: bool = False
    dry_run: bool = False
    detected: bool = True
    """The profile was found out, not set."""
    since: str | None = None
    """Where only entries that changed since an earlier state are looked at: what that is called."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What is known when the run is over."""

    complete: bool
    exit_code: int
    entries: int
    seconds: float
    requests: tuple[tuple[str, int], ...]
    """Requests made, by source."""
    from_cache: int = 0
    """Answers that needed no request."""
    unneeded: int = 0
    """Findings of the baseline that were looked for and not met."""
