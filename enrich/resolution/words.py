"""What one item of `enrich resolve` stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import Answer, Record


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the record must have, as `--title` and `--author` say; empty where nothing is said."""

    title: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that may be meant; None where that is not known."""

    id: str | None = None
    doi: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    year: int | None = None
    venue: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Schema: `resolve.schema.json`."""

    input: str
    kind: str
    """How it is written: `canonical`, `bare-id`, `pdf`, `hf-prefix`, `doi`, `title`, …"""
    tier: str
    """`exact`, `repair`, `search` or `none`."""
    confidence: float
    reason: str
    """One sentence."""
    id: str | None = None
    """arXiv's, without version."""
    version: int | None = None
    """That was asked for."""
    doi: str | None = None
    """The publisher's."""
    record: Record | None = None
    candidates: tuple[Candidate, ...] = ()
    answer: Answer | None = None
    """What `record` comes from; for people, not in JSON."""

    @property
    def is_one_work(self) -> bool:
        return bool((self.id or self.doi) and self.confidence)
