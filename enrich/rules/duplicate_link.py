"""
What: an entry links one address twice.

Why: a theme renders two buttons that do the same.

Example:

      - {name: Code, url: 'https://github.com/acme/tool'}
    - - {name: Code, url: 'https://github.com/acme/tool'}

Applicability: safe where the later item of the list has the same label and says nothing else: it is
taken out. Under another label, or in another field, nothing is proposed. Links in
the text do not count. Off by default.

Source: the entry alone; no request is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import relinking
from enrich.models import Applicability, Finding, Role, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, Fix, Link
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    seen: list[Link] = []
    for link in entry.links:
        if link.role is Role.BODY:
            continue
        twin = next((other for other in seen if relinking.same_address(other.url, link.url)), None)
        if twin is None:
            seen.append(link)
            continue
        yield Finding(
            "LNK122",
            f"linked already, as {f'`{twin.label}`' if twin.label else twin.field}",
            link.span,
            field=link.field,
            url=link.url,
            fix=_fix(link, twin),
        )


def _fix(link: Link, twin: Link) -> Fix | None:
    if not relinking.is_redundant(link, twin):
        return None
    return relinking.removed(link, twin, Applicability.SAFE, "grammar")


RULE = Rule("LNK122", "duplicate-link", Severity.INFO, check, __doc__, on_by_default=False)
