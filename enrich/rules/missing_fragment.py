"""
What: the page answers, and has no place that the fragment of the link leads to.

Why: readers land at the top of a long page and look for what was meant.

Example:

    _publications/a.md:7:24: W LNK106 the page has no place `results`

Applicability: no fix. Said only of pages of HTML that were read to their end and have no
programs, since programs make places too; never of fragments that are something
else: `#:~:text=…`, `#!…`, `#/…`, `#page=4` of a PDF. Hosts that make places of
their own (GitHub, GitLab, Hugging Face) are not asked. Off by default, for each such
link costs a request of its own.

Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import checking, links, pages
from enrich.models import AnchorQuery, Answer, Finding, NotFound, Severity
from enrich.patterns import pattern
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, LinkUse
    from enrich.rule import Context

_PLACE = pattern(r"(?!top$)[^\s!/=:~&?,]{1,200}", re.IGNORECASE)
"""The name of a place. `#top` is the top of every page; the rest is read by programs."""
_OWN_PLACES = pattern(r"(?:^|\.)(?:bitbucket\.org|github\.com|gitlab\.com|huggingface\.co)$")


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    for use in checking.link_uses(entry, evidence, context):
        fragment = use.link.url.strip().partition("#")[2]
        if not _PLACE.fullmatch(fragment) or not _is_page(use):
            continue
        match evidence.get(AnchorQuery(use.url, fragment)):
            case Answer(outcome=NotFound(detail)) as answer:
                finding = checking.link_finding("LNK106", use, detail)
                yield replace(finding, because=(*finding.because, answer))


def _is_page(use: LinkUse) -> bool:
    if use.answer is None or use.answer.source != "web" or not checking.is_good(use):
        return False
    own = _OWN_PLACES.search(links.host_key(use.url)) is not None
    return not own and not pages.looks_like_a_file(use.url)


RULE = Rule("LNK106", "missing-fragment", Severity.WARNING, check, __doc__, on_by_default=False)
