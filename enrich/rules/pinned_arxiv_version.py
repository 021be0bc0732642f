"""
What: a link or field names one version of an arXiv paper.

Why: readers get an old text where a newer one may correct it. Whether that is
meant, only the curator knows: 79 of 6,258 links of one catalogue were pinned.

Example:

    - {name: Paper, url: 'https://arxiv.org/abs/2410.21276v1'}
    + {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}

Applicability: to review, and off by default. `identifiers.arxiv-versions =
"report"` turns it on, `"strip"` makes it safe too where the record is verified.

Source: https://info.arxiv.org/help/arxiv_identifier.html#version-numbers
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import claims, judged_reading
from enrich.matching import Verdict
from enrich.models import Applicability, Finding, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    strips = context.config.identifiers.arxiv_versions == "strip"
    for claim in claims(entry, evidence, context.today):
        judged = judged_reading(entry, claim, evidence)
        version = claim.reading.arxiv.version if claim.reading else None
        if version is None or judged is None or judged.match is None:
            continue
        if judged.match.verdict is Verdict.DIFFERENT:
            continue
        newest = judged.record.version if judged.record else None
        yield Finding(
            "IDN205",
            f"version {version} of {newest} is named" if newest else f"version {version} is named",
            claim.span,
            part=claim.part,
            field=claim.field,
            url=claim.text if claim.is_link else None,
            because=(judged.answer,),
            evidence=judged.evidence,
            fix=judged.fix(
                "name the newest version",
                claim.path,
                claim.text,
                claim.naming(judged.arxiv, context.today),
                most=Applicability.SAFE if strips else Applicability.UNSAFE,
            ),
        )


RULE = Rule("IDN205", "pinned-arxiv-version", Severity.INFO, check, __doc__, on_by_default=False)
