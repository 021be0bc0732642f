"""
What: two entries of the run state the same identifier.

Why: one of them is a duplicate, or carries the identifier of another paper; the
second is how two of 112 hand-made entries were found to be wrong.

Example:

    _publications/b.md:7:45: W IDN230 arXiv 1810.13337 is also that of _publications/a.md

Applicability: no fix. Which entry is to stay, or to change, is for a person.

Source: the identifiers of the entries, compared offline.
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("IDN230", "duplicate-entry", Severity.WARNING, None, __doc__)
