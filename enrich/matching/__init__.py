"""
Is this record the same work? And which of its spellings did the entry lose?

Evidence for and against, never just a float. Pure: knows titles, names and
records; knows nothing of catalogues, rules or where a record came from.

    markup ─► forms ─► titles, people ─► verdict     judge(title, authors, record) -> Match
       │        └────► casing ─► spelling            restored(entry_value, record_value)
       └─────────────► names                         clean_authors(raw)
"""

from __future__ import annotations

from enrich.matching.forms import fold, squash
from enrich.matching.markup import plain_text
from enrich.matching.names import clean_authors, derive_short_authors
from enrich.matching.people import leading_surname, same_people
from enrich.matching.spelling import NameChange, RestoredAuthors, capitalised, restored, restored_authors
from enrich.matching.verdict import Anchor, Match, Verdict, judge

__all__ = [
    "Anchor",
    "Match",
    "NameChange",
    "RestoredAuthors",
    "Verdict",
    "capitalised",
    "clean_authors",
    "derive_short_authors",
    "fold",
    "judge",
    "leading_surname",
    "plain_text",
    "restored",
    "restored_authors",
    "same_people",
    "squash",
]
