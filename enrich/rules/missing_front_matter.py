"""
What: a file of the catalogue has no front matter.

Why: site generators show such a file as a plain page, without title and links.

Example:

    _publications/a.md:1:1: W FMT402 no front matter: the first line is not `---`

Applicability: no fix. The entry is skipped and left untouched.

Source: https://jekyllrb.com/docs/front-matter/
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("FMT402", "missing-front-matter", Severity.WARNING, None, __doc__)
