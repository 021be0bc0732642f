"""
What: a key stands twice in one mapping.

Why: YAML readers keep only the last, so the first is never shown.

Example:

    _publications/a.md:9:1: E FMT403 `tags` stands twice; only this one counts

Applicability: no fix. Neither of the two is edited; everything else is.

Source: https://yaml.org/spec/1.1/#id932806
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("FMT403", "duplicate-key", Severity.ERROR, None, __doc__)
