"""
What: a link is no address that a browser could open: stray LaTeX, a lost
bracket, two addresses glued into one, an address cut at a space.

Why: readers get an error, and often the right address is plain to see.

Example:

    - url: 'https://github.com/acme/tool}{https://github.com/acme/tool}'
    + url: 'https://github.com/acme/tool'

Applicability: safe when grammar alone proves the text no address and the repaired
one answers, or when it wraps the identifier of a paper that is verified for
this entry. To review when both could be addresses. Else left for a person. Where
the entry links the repaired address already, the damaged link is to go instead.

Source: https://url.spec.whatwg.org/#url-parsing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import checking, links, pages
from enrich.identity import claims, judged_reading
from enrich.models import Applicability, Fault, Finding, Fix, LinkCheck, LinkStatus, Role, Severity
from enrich.relinking import rewritten
from enrich.rule import Rule
from enrich.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identity import Claim
    from enrich.links import UrlRepair
    from enrich.models import Answer, Entry, LinkUse
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    claimed = {}
    for claim in claims(entry, evidence, context.today):
        claimed[claim.path] = claim
        if _is_wrapped(claim):
            yield from _wrapped_identifier(entry, claim, evidence)
    body = entry.document.text
    for use in checking.link_uses(entry, evidence, context):
        if use.link.role is not Role.BODY and use.link.path not in claimed:
            yield from _web_link(use, links.repair_url(use.link.url, body), entry, evidence, context)


def _is_wrapped(claim: Claim) -> bool:
    """An identifier in what is no address of its paper; a mirror's page is an address like any other."""
    if not claim.is_link or claim.reading is None or claim.reading.is_address:
        return False
    url = links.canonical_url(claim.text)
    return url is None or checking.is_arxiv_host(url)


def _wrapped_identifier(entry: Entry, claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    judged = judged_reading(entry, claim, evidence)
    if claim.reading is None or judged is None:
        return
    verified = judged.is_verified
    yield Finding(
        "LNK121",
        "not an address of the paper whose identifier it holds",
        claim.span,
        field=claim.field,
        url=claim.text,
        because=(judged.answer,),
        evidence=judged.match.evidence if judged.match else (),
        fix=Fix(
            title="write arXiv's address of the paper",
            path=claim.path,
            before=claim.text,
            after=claim.reading.arxiv.url,
            applicability=Applicability.SAFE if verified else Applicability.UNSAFE,
            source="arxiv",
            confidence=judged.match.confidence if judged.match else 0.5,
        )
        if judged.record
        else None,
    )


def _web_link(
    use: LinkUse, repair: UrlRepair | None, entry: Entry, evidence: Evidence, context: Context
) -> Iterator[Finding]:
    malformed = use.check.fault is Fault.NOT_A_URL
    if not malformed and (repair is None or use.check.status is LinkStatus.OK):
        return
    query = checking.web_query(repair.url, context) if repair else None
    answer = evidence.get(query) if query else None
    if query and answer is None:
        return
    applicability = _applicability(use.check, repair, answer) if repair and answer else Applicability.DISPLAY
    if not malformed and applicability is Applicability.DISPLAY:
        return
    yield Finding(
        "LNK121",
        use.check.detail if malformed else "the address holds what doesn't belong to it",
        use.link.span,
        part=Span(repair.start, repair.end) if repair else None,
        field=use.link.field,
        url=use.link.url,
        because=tuple(one for one in (use.answer, answer) if one),
        evidence=(f"{repair.url} answers",) if applicability > Applicability.DISPLAY and repair else (),
        help="" if repair else "no repair is plain to see; left for a person",
        fix=_fix(entry, use, repair, applicability) if repair else None,
    )


_GOOD = (LinkStatus.OK, LinkStatus.MOVED, LinkStatus.REDIRECTED)


def _applicability(original: LinkCheck, repair: UrlRepair, answer: Answer) -> Applicability:
    """Writes a repair only where it answers and the original does not."""
    repaired = answer.outcome
    if not isinstance(repaired, LinkCheck) or repaired.status not in _GOOD:
        return Applicability.DISPLAY
    if pages.is_absent(repair.url, repaired):
        return Applicability.DISPLAY
    if original.status is not LinkStatus.BROKEN:
        return Applicability.DISPLAY
    return Applicability.SAFE if repair.certain else Applicability.UNSAFE


def _fix(entry: Entry, use: LinkUse, repair: UrlRepair, applicability: Applicability) -> Fix | None:
    return rewritten(
        entry,
        use.link,
        repair.url,
        title=repair.title,
        applicability=applicability,
        source="web",
        confidence=1.0 if repair.certain else 0.8,
    )


RULE = Rule("LNK121", "malformed-url", Severity.ERROR, check, __doc__)
