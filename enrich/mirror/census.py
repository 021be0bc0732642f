"""
What the mirror holds and how far it reaches, for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.mirror import opening
from enrich.mirror.facts import Facts
from enrich.mirror.importing import IMPORT
from enrich.mirror.titles import forms
from enrich.mirror.updating import UPDATE

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_COUNTS = """
SELECT (SELECT count(*) FROM papers WHERE digest IS NOT NULL), (SELECT count(*) FROM papers)
"""
"""By the indexes alone: to count the papers themselves would read all of the file."""


@dataclass(frozen=True, slots=True)
class Census:
    size: int
    """Bytes, with what is not yet in the file itself."""
    papers: int
    deleted: int
    newest: dt.date | None
    """The newest change of any paper."""
    whole_on: dt.date | None
    """The day up to which nothing is missing; None while the first import isn't finished."""
    importing: str | None
    """The file whose import isn't finished, and the line that it has come to."""
    is_updating: bool
    """An update has begun and isn't finished."""
    is_indexed: bool
    """Titles are indexed as this program reads them."""


def census(path: Path) -> Census | None:
    """None where there is no mirror. Raises StateError where it can't be used, with the cure."""
    database = opening.open_to_read(path)
    if database is None:
        return None
    with opening.in_words(path):
        try:
            facts = Facts(database)
            papers, rows = database.execute(_COUNTS).fetchone()
            place = facts.under_way(IMPORT)
            return Census(
                size=sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*")),
                papers=papers,
                deleted=rows - papers,
                newest=facts.newest,
                whole_on=facts.whole_on,
                importing=f"{place['name']}, line {place['line']:,}" if place else None,
                is_updating=bool(facts.under_way(UPDATE)),
                is_indexed=facts.forms == forms(),
            )
        finally:
            database.close()
