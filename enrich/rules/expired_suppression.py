"""
What: the last day of a suppression, its `until`, has passed.

Why: somebody promised to look again. From that day on its findings are reported.

Example:

    _publications/a.md:7:60: W SUP502 the comment held until 2026-03-01

Applicability: no fix; mend the fault, or give the comment or `[[ignore]]` another day.

Source: https://github.com/rubysec/bundler-audit/issues/446
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("SUP502", "expired-suppression", Severity.WARNING, None, __doc__)
