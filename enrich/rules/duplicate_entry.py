"""
What: two entries of the run state the same identifier, or have the same title and authors.

Why: one of them is a duplicate, or carries the identifier of another paper; the
second is how two of 112 hand-made entries were found to be wrong.

Example:

    b.md:7:45: W IDN230 arXiv 1810.13337 is that of a.md, which has its title and its authors

Applicability: no fix. Which entry is to stay, or to change, is for a person. Where
one of the two is verified, the other is named as the wrong one, and nothing of
that record is proposed for it. Entries of one title by other authors are two works.

Source: the identifiers, titles and authors of the entries, compared offline.
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("IDN230", "duplicate-entry", Severity.WARNING, None, __doc__)
