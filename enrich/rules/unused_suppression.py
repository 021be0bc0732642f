"""
What: a comment that sets findings aside, or an `[[ignore]]`, hides nothing, or can't be read.

Why: it would hide the next fault at this place, which nobody has looked at.

Example:

    _publications/a.md:7:60: W SUP501 the comment hides nothing any more

Applicability: no fix; take it out. Said only where every rule that it names ran and
everything that could be asked was answered; of an `[[ignore]]` only by a check of the
whole catalogue. A comment that can't be read is an error.

Source: https://docs.astral.sh/ruff/rules/unused-noqa/
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("SUP501", "unused-suppression", Severity.WARNING, None, __doc__)
