"""
What: no entry matched, no question could be asked, or the workers were lost before the end.

Why: nothing is green when nothing was checked.

Example:

    error[RUN605] nothing-checked: no network (name resolution fails for export.arxiv.org)

Applicability: no fix. `--offline` says that this is wanted; the exit code is 3 otherwise.

Source: the run itself
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("RUN605", "nothing-checked", Severity.ERROR, None, __doc__)
