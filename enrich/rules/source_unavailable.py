"""
What: a source of metadata was down, slow, garbled or out of quota, and left questions open.

Why: what could not be asked is neither found nor absent. The entries concerned are looked at
as far as the other sources go, and no change rests on what nobody said; so that silence
means that all were asked, it is told how much was not.

Example:

    Source unavailable: openalex left 37 questions open (429 Too Many Requests).

Applicability: no fix. The next run asks again; the exit code is 3 under `--strict-network`.

Source: the run itself
"""

from __future__ import annotations

from enrich.models import Severity
from enrich.rule import Rule

RULE = Rule("RUN604", "source-unavailable", Severity.NOTICE, None, __doc__)
