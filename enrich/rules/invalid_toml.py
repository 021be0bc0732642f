"""
What: front matter between `+++` is not valid TOML.

Why: neither a site generator nor enrich can read the entry. It is skipped and left untouched.
A key that stands twice is no TOML either.

Example:

    title = "A title with no closing quote

Applicability: no fix. The place where a quote or bracket was
opened is shown, not the end where parsers give up.

Source: https://toml.io/en/v1.0.0
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("FMT406", "invalid-toml", Severity.ERROR, None, __doc__)
