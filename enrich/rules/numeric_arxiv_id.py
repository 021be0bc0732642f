"""
What: an arXiv identifier stands without quotes and is read as another number.

Why: `2410.21270` is the float 2410.2127 to every reader of YAML or TOML, so the
site links a paper that isn't there.

Example:

    - arxiv_id: 2410.21270
    + arxiv_id: '2410.21270'

Applicability: safe. The digits are read from the file's text, not from the number.

Source: https://yaml.org/type/float.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identifiers import read_arxiv_id
from enrich.models import Applicability, Finding, Fix, Severity, format_path
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    for text in entry.arxiv:
        number = _read_as(text.value) if text.plain else None
        if number is None or str(number) == text.value or not read_arxiv_id(text.value, today=context.today):
            continue
        yield Finding(
            "IDN204",
            f"`{text.value}` without quotes reads as the number {number}",
            text.span,
            field=format_path(text.path),
            fix=Fix(
                title="put the identifier in quotes",
                path=text.path,
                before=number,
                after=text.value,
                applicability=Applicability.SAFE,
                source="grammar",
                confidence=1.0,
            ),
        )


def _read_as(written: str) -> float | None:
    digits = written.replace(".", "", 1)
    return float(written) if digits.isascii() and digits.isdigit() and "." in written else None


RULE = Rule("IDN204", "numeric-arxiv-id", Severity.ERROR, check, __doc__)
