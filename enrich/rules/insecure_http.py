"""
What: a link begins with http://, and its https:// form serves the same.

Why: over http anybody on the way can read and change what readers get, and more and
more browsers warn of it.

Example:

    - {name: Paper, url: 'http://lab.example.edu/paper.html'}
    + {name: Paper, url: 'https://lab.example.edu/paper.html'}

Applicability: safe, since both forms were compared: the http one is redirected to the https one, or
both lead to one address, or both show the same page or file, with a valid
certificate. Nothing is said where they differ or could not be compared. Off by
`links.https-upgrade = false`. Where the entry links the https form besides, the
link is to go instead.

Source: https://https.cio.gov/faq/
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import checking
from enrich.links import port_of
from enrich.models import Answer, Applicability, Finding, SecureQuery, Severity, Shown
from enrich.patterns import pattern
from enrich.relinking import rewritten
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, LinkUse
    from enrich.rule import Context

_USUAL_PORT = 80
_SCHEME = pattern(r"http(?=://)", re.IGNORECASE)


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    if not context.config.links.https_upgrade:
        return
    for use in checking.link_uses(entry, evidence, context):
        if proof := _proof(use, evidence, context):
            detail, answer = proof
            finding = checking.link_finding("LNK110", use, "the https form serves the same")
            yield replace(
                finding,
                because=tuple(dict.fromkeys((*finding.because, answer))),
                evidence=(detail,),
                fix=rewritten(
                    entry,
                    use.link,
                    _SCHEME.sub("https", use.link.url, count=1),
                    title="write https",
                    applicability=Applicability.SAFE,
                    source="web",
                ),
            )


def _proof(use: LinkUse, evidence: Evidence, context: Context) -> tuple[str, Answer] | None:
    """What shows that both forms are one, and the answer that says so."""
    secure = _SCHEME.sub("https", use.link.url, count=1)
    query = checking.web_query(secure, context)
    if not use.url.startswith("http:") or query is None or query.url != checking.secured(use.url):
        return None  # the port of https, or nothing that is asked
    if port_of(use.url) != _USUAL_PORT:
        return None  # who speaks http at a port of its own leaves the first word of TLS unanswered
    if use.answer is None or use.answer.source != "web" or not checking.is_good(use):
        return None
    if checking.is_upgrade(use):
        return f"it is redirected to {use.check.final_url}", use.answer
    match evidence.get(SecureQuery(use.url)):
        case Answer(outcome=Shown(detail)) as answer:
            return detail, answer
        case _:
            return None


RULE = Rule("LNK110", "insecure-http", Severity.WARNING, check, __doc__)
