"""What is wrong, what repairs it, and whose word a field is."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from enrich.models.fields import format_path
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models.answers import Answer
    from enrich.models.fields import Path, Value
    from enrich.text import Span


class Severity(IntEnum):
    NOTICE = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Applicability(IntEnum):
    DISPLAY = 0
    """Shown with the finding, never queued."""
    UNSAFE = 1
    """Queued for a person."""
    SAFE = 2
    """Written by `enrich run`."""

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Fix:
    """
    A new value for one field.

    It says what shall stand there, not how: the planner finds the edit, so a fix
    can be found again by field and old value after the file has changed.
    """

    title: str
    """Imperative: `remove the `hf` prefix`."""
    path: Path
    before: Value
    """None where the field is absent."""
    after: Value
    """None where the field shall go."""
    applicability: Applicability
    source: str
    """`arxiv`, `crossref`, …, `grammar` or `derived`."""
    confidence: float
    """From 0 to 1, shown to people; no decision is taken by it."""
    anchor: tuple[str, ...] = ()
    """For an absent field: the keys after the first present one of which it goes; else at the end."""
    together: int = 0
    """How many fixes of its rule in the entry are made all or not at all; 0: it stands by itself."""

    @property
    def field(self) -> str:
        return format_path(self.path)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule at a place."""

    rule: str
    """`IDN201`."""
    message: str
    span: Span | None
    """In the document's text; None for findings about an address or a source (RUN)."""
    part: Span | None = None
    """The code points of the field's decoded value to point at; the planner narrows `span` to them."""
    field: str = ""
    """`additional_links[1].url`, `body`, or '' for the whole entry."""
    url: str | None = None
    because: tuple[Answer, ...] = ()
    evidence: tuple[str, ...] = ()
    """For people: what the verdict rests on, one clause each."""
    help: str = ""
    fix: Fix | None = None
    at_least: Severity = Severity.NOTICE
    """A severity that this one finding has, where its rule's own is lower."""
    suppressed: bool = False
    """A curator doesn't want to see it; stamped by the planner."""
    severity: Severity = Severity.ERROR
    """Stamped by the planner, from the registry and the configuration."""


class Owner(Enum):
    OURS = "ours"
    """What enrich wrote stands there."""
    HUMAN = "human"
    """A person wrote something else, or deleted it."""
    REJECTED = "rejected"
    """A person took back what enrich wrote."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a field that enrich once wrote. Values are hashes by `value_hash`."""

    original: str
    """What stood there before enrich wrote for the first time."""
    before: str
    """What stood there before enrich wrote for the last time; `original` where that was the first."""
    written: str
    """What enrich wrote last."""
    stood: bool = False
    """
    A later run found it standing. Until then, finding `before` again means that
    somebody discarded the run, which decides nothing about the change.
    """
    owner: Owner = Owner.OURS
    canonical: str = ""
    """Where a person decided: what the source said when that was last told."""
