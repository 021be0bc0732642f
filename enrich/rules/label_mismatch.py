"""
What: a link's label says something else than what its address is, such as `Code` for a discussion page.

Why: whoever looks for the code of a paper lands in a comment thread. Of the 1,536
`Code` links of one catalogue, 717 lead to discussion pages.

Example:

    - {name: Code, url: 'https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d'}
    + {name: Discussion, url: 'https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d'}

Applicability: to review. Off by default: a theme may give `Code` a meaning.

Source: the address alone; no request is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import links
from enrich.catalogues.shape import path_of
from enrich.models import Applicability, Finding, Fix, Role, Severity
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, Link
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    for link in entry.links:
        if link.role is Role.CODE and links.link_kind(link.url) == "discussion":
            yield Finding(
                "LNK124",
                f"labelled `{link.label}`, but it is a discussion page",
                link.span,
                field=link.field,
                url=link.url,
                fix=_fix(link, context),
            )


def _fix(link: Link, context: Context) -> Fix | None:
    """None where the label is a key of its own, or isn't what says that the link is code (`type: code`)."""
    lists = (listed.label for listed in context.shape.links if path_of(listed.key) == link.path[:-2])
    label_key = next(lists, None)
    said = dict(link.item.pairs) if link.item else {}
    if label_key is None or str(said.get(label_key, "")).strip() != link.label:
        return None
    return Fix(
        title="label it `Discussion`",
        path=(*link.path[:-1], label_key),
        before=link.label,
        after="Discussion",
        applicability=Applicability.UNSAFE,
        source="grammar",
        confidence=1.0,
    )


RULE = Rule("LNK124", "label-mismatch", Severity.INFO, check, __doc__, on_by_default=False)
