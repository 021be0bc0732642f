"""
What: a link works, but every hop on the way says that it moved for good (301, 308).

Why: the old address lives as long as somebody keeps the redirect.

Example:

    - {name: Code, url: 'https://github.com/old/name'}
    + {name: Code, url: 'https://github.com/new/name'}

Applicability: shown, and not proposed, unless `links.redirects = "fix-same-site"`:
then safe within one registrable domain, and to review across two. Never proposed is an
address at which a login, a consent or an error stands, nor one to which the way led
from https to http.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.2
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from enrich import checking, links, pages
from enrich.models import Applicability, Doubt, Finding, LinkStatus, Severity
from enrich.relinking import rewritten
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, Fix, LinkCheck, LinkUse
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    if context.config.links.redirects == "off":
        return
    for use in checking.link_uses(entry, evidence, context):
        if checking.is_absent(use):
            continue  # what stands there is not what was linked
        if checking.is_upgrade(use) and "LNK110" in context.selected and context.config.links.https_upgrade:
            continue  # said there, and safe
        if use.check.status is LinkStatus.MOVED and use.check.final_url and use.answer:
            finding = checking.link_finding("LNK111", use, f"moved permanently to {use.check.final_url}")
            doubts = tuple(_doubts(use.check, use.check.final_url))
            fix = None if doubts else _fix(entry, use, use.check.final_url, context)
            yield replace(finding, evidence=doubts, fix=fix)


def _doubts(check: LinkCheck, final_url: str) -> Iterator[str]:
    """Why the end of the way is no address to link."""
    if check.doubt is Doubt.WALL or pages.looks_like_a_wall(final_url):
        yield "a login, a consent or a riddle stands there"
    if pages.looks_like_an_error(final_url):
        yield "its address is that of an error page"
    ways = (*(hop.url for hop in check.chain), final_url)
    if any(one.startswith("https:") and other.startswith("http:") for one, other in pairwise(ways)):
        yield "the way leads from https to http"


def _fix(entry: Entry, use: LinkUse, final_url: str, context: Context) -> Fix | None:
    return rewritten(
        entry,
        use.link,
        final_url + _fragment(use.link.url, final_url),
        title="link the new address",
        applicability=_applicability(use.url, final_url, context),
        source=use.answer.source if use.answer else "web",
    )


def _fragment(old: str, new: str) -> str:
    _, mark, fragment = old.partition("#")
    return mark + fragment if "#" not in new else ""


def _applicability(old: str, new: str, context: Context) -> Applicability:
    if context.config.links.redirects != "fix-same-site":
        return Applicability.DISPLAY
    return Applicability.SAFE if links.same_site(old, new) else Applicability.UNSAFE


RULE = Rule("LNK111", "permanent-redirect", Severity.INFO, check, __doc__)
