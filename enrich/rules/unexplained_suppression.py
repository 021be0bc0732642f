"""
What: a suppression gives no `reason`.

Why: who meets it next year can't know whether it still holds.

Example:

    _publications/a.md:7:60: I SUP503 the comment gives no reason

Applicability: no fix. `require-reason = true` under `[rules]` turns the rule on, as an error.

Source: https://github.com/lycheeverse/lychee/issues/1444
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("SUP503", "unexplained-suppression", Severity.INFO, None, __doc__, on_by_default=False)
