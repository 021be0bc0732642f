"""
What: front matter is not valid YAML.

Why: neither a site generator nor enrich can read the entry. It is skipped and left untouched.

Example:

    title: "A title with no closing quote

Applicability: no fix. The place where a quote or bracket was
opened is shown, not the end where parsers give up.

Source: https://yaml.org/spec/1.1/
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("FMT401", "invalid-yaml", Severity.ERROR, None, __doc__)
