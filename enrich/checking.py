"""
What is known of each link of an entry: who is asked, and what is judged without asking.

Pure. An arXiv page is never requested: that its identifier has a record says
that the link works. Bad syntax, schemes that can't be checked and hosts that the
configuration leaves out are judged here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from enrich import links, pages
from enrich.identifiers import means_arxiv, read_arxiv_id, repair_candidates
from enrich.links import relative
from enrich.models import (
    Candidates,
    Doubt,
    Failure,
    Fault,
    FileQuery,
    Finding,
    Hop,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    LinkUse,
    NotFound,
    Reason,
    Record,
    RecordQuery,
    Role,
    Severity,
    Shown,
    Snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identifiers import ArxivId
    from enrich.models import Answer, Entry, Link
    from enrich.rule import Context


_TOLERATED = frozenset({"missing-leading-zero", "extra-zero", "old-style-no-hyphen", "trailing-path"})
"""Slips that arXiv's own pages forgive: the identifier is malformed, and the link works all the same.
Source: `arxiv/identifier` of https://github.com/arXiv/arxiv-base"""


def is_arxiv_host(url: str) -> bool:
    """Whether a canonical *url* is one of arXiv's own pages; mirrors are hosts like any other."""
    host = links.host_key(url)
    return host == "arxiv.org" or host.endswith(".arxiv.org")


def link_uses(entry: Entry, evidence: Evidence, context: Context) -> tuple[LinkUse, ...]:
    """The links of *entry* of whose targets something is known; what isn't known is asked for."""
    return evidence.once("link uses", lambda: _link_uses(entry, evidence, context))


def _link_uses(entry: Entry, evidence: Evidence, context: Context) -> tuple[LinkUse, ...]:
    uses = (_link_use(link, entry, evidence, context) for link in entry.links)
    return tuple(use for use in uses if use)


def _link_use(link: Link, entry: Entry, evidence: Evidence, context: Context) -> LinkUse | None:
    if relative.may_be_file(link.url) and _is_relative(link):
        return _file_use(link, entry, evidence)
    url = links.canonical_url(link.url)
    if means_arxiv(link.url) and (url is None or is_arxiv_host(url)):
        return _arxiv_use(link, url or link.url, evidence, context)
    if url is None or not _can_be_asked(links.classify(link.url), context):
        return LinkUse(link, url or link.url, _not_asked(link.url), None)
    if check := _left_out(url, context):
        return LinkUse(link, url, check, None)
    remap = links.remap_of(url, context.config.links.remap)
    asked = _asked_at(url, remap, context)
    if asked is None:
        return LinkUse(link, url, LinkCheck(LinkStatus.EXCLUDED, "`links.remap` leads to no address"), None)
    answer = evidence.get(LinkQuery(asked))
    use = _answered(link, url, answer) if answer else None
    return replace(use, check=_as_linked(use.check, remap)) if use and remap else use


def _is_relative(link: Link) -> bool:
    return links.classify(link.url).kind is links.Written.RELATIVE


def _file_use(link: Link, entry: Entry, evidence: Evidence) -> LinkUse | None:
    """In the text a link that can't be judged is passed over: most are of a site generator's own making."""
    answer = evidence.get(FileQuery(entry.path, link.url))
    use = _answered(link, relative.named(entry.path, link.url), answer) if answer else None
    return None if use and link.role is Role.BODY and use.check.status is LinkStatus.UNSUPPORTED else use


def _asked_at(url: str, remap: links.Remap | None, context: Context) -> str | None:
    """Where *url* is asked by *remap*; None where that can't be."""
    if remap is None:
        return url
    asked = links.remapped(url, remap)
    can_be = asked and _can_be_asked(links.classify(asked), context) and not is_arxiv_host(asked)
    return asked if can_be else None


def _as_linked(check: LinkCheck, remap: links.Remap) -> LinkCheck:
    """
    What was seen by *remap*, in the addresses that are linked.

    Where a redirect leads to a page of the mirror alone, nothing is known to have moved.
    """
    chain = tuple(Hop(links.linked(hop.url, remap) or hop.url, hop.code) for hop in check.chain)
    final_url = links.linked(check.final_url, remap) if check.final_url else None
    if check.final_url and final_url is None:
        status = LinkStatus.REDIRECTED
        return replace(check, status=status, detail="redirected", chain=chain)
    return replace(check, final_url=final_url, chain=chain)


def web_query(url: str, context: Context) -> LinkQuery | None:
    """What the web is asked about *url*; None where it isn't asked: arXiv, private hosts, those left out."""
    writing = links.classify(url)
    if writing.url is None or not _can_be_asked(writing, context) or _left_out(writing.url, context):
        return None
    asked = _asked_at(writing.url, links.remap_of(writing.url, context.config.links.remap), context)
    return LinkQuery(asked) if asked else None


def _can_be_asked(writing: links.Writing, context: Context) -> bool:
    """Addresses of the web; private and local ones where `network.deny-private` allows them."""
    is_local = writing.kind is links.Written.LOCAL and not context.config.network.deny_private
    return writing.kind is links.Written.ADDRESS or is_local


def _left_out(url: str, context: Context) -> LinkCheck | None:
    if is_arxiv_host(url):
        return LinkCheck(LinkStatus.EXCLUDED, "pages of arXiv are not requested")
    settings = context.config.links
    if links.any_means(settings.exclude, url):
        return LinkCheck(LinkStatus.EXCLUDED, "left out by `links.exclude`")
    if settings.include and not links.any_means(settings.include, url):
        return LinkCheck(LinkStatus.EXCLUDED, "not among `links.include`")
    return None


def _not_asked(text: str) -> LinkCheck:
    """The verdict on a text that isn't an address which can be asked."""
    writing = links.classify(text)
    match writing.kind:
        case links.Written.MALFORMED:
            return LinkCheck(LinkStatus.BROKEN, writing.detail, fault=Fault.NOT_A_URL)
        case links.Written.LOCAL:
            return LinkCheck(LinkStatus.EXCLUDED, writing.detail)
        case _:
            return LinkCheck(LinkStatus.UNSUPPORTED, writing.detail)


def _arxiv_use(link: Link, url: str, evidence: Evidence, context: Context) -> LinkUse | None:
    arxiv = _served_as(link.url, context)
    if arxiv is None:
        check = LinkCheck(LinkStatus.BROKEN, "not an arXiv identifier", fault=Fault.UNKNOWN_ID)
        return LinkUse(link, url, check, None)
    answer = evidence.get(RecordQuery("arxiv", arxiv.id))
    return LinkUse(link, url, _by_record(answer, arxiv.id), answer) if answer else None


def _served_as(text: str, context: Context) -> ArxivId | None:
    """The paper that arXiv shows at the address *text*, if it has it; None where it shows an error."""
    reading = read_arxiv_id(text, today=context.today)
    if reading:
        return reading.arxiv
    likeliest = next(iter(repair_candidates(text, today=context.today)), None)
    return likeliest.arxiv if likeliest and likeliest.kind in _TOLERATED else None


def _by_record(answer: Answer, arxiv_id: str) -> LinkCheck:
    match answer.outcome:
        case Record():
            return LinkCheck(LinkStatus.OK, "arXiv has the paper")
        case NotFound():
            return LinkCheck(LinkStatus.BROKEN, f"arXiv has no paper {arxiv_id}", fault=Fault.UNKNOWN_ID)
        case Failure(reason, detail):
            return LinkCheck(LinkStatus.UNVERIFIED, detail, reason=reason)
        case LinkCheck() | Snapshot() | Candidates() | Shown():
            raise TypeError(f"a record was asked for, {type(answer.outcome).__name__} was told")
        case _:
            assert_never(answer.outcome)


def _answered(link: Link, url: str, answer: Answer) -> LinkUse:
    match answer.outcome:
        case LinkCheck() as check:
            return LinkUse(link, url, check, answer)
        case Failure(reason, detail):
            return LinkUse(link, url, LinkCheck(LinkStatus.UNVERIFIED, detail, reason=reason), answer)
        case NotFound() | Record() | Snapshot() | Candidates() | Shown():
            raise TypeError(f"a link check was asked for, {type(answer.outcome).__name__} was told")
        case _:
            assert_never(answer.outcome)


def is_confirmed(use: LinkUse, context: Context) -> bool:
    """
    Whether a broken link may be called broken, or is only suspect.

    An address that never worked before is believed at once: 404 or 410 by GET
    twice is hard evidence. One that did needs `links.confirm-after` failures
    in a row, the first and the last at least `links.confirm-days` apart.
    """
    settings = context.config.links
    if use.answer is None or use.answer.history.last_ok is None or settings.confirm_after <= 1:
        return True
    history = use.answer.history
    if history.failing_since is None or history.failures < settings.confirm_after:
        return False
    failing_s = (use.answer.retrieved_at - history.failing_since).total_seconds()
    return failing_s >= settings.confirm_days * 86_400


def broken_uses(
    entry: Entry, evidence: Evidence, context: Context, *faults: Fault, confirmed: bool
) -> Iterator[LinkUse]:
    """Links whose pages or hosts are gone, for one of *faults*: those believed, or those still suspect."""
    for use in link_uses(entry, evidence, context):
        if use.check.fault in faults and is_confirmed(use, context) is confirmed:
            yield use


def is_absent(use: LinkUse) -> bool:
    """Whether the link answers and shows something else than what was linked."""
    return pages.is_absent(use.url, use.check)


def is_good(use: LinkUse) -> bool:
    """Whether the link answers, and with the page that was linked as far as anybody can tell."""
    answers = use.check.status in (LinkStatus.OK, LinkStatus.MOVED, LinkStatus.REDIRECTED)
    return answers and use.check.doubt is None and not is_absent(use)


def secured(url: str) -> str:
    """The https form of a canonical *url*."""
    return f"https:{url.partition(':')[2]}"


def is_upgrade(use: LinkUse) -> bool:
    """Whether an http link is redirected to nothing but its https form."""
    return use.url.startswith("http:") and use.check.final_url == secured(use.url)


def absence(use: LinkUse) -> str:
    """What is wrong with a link that `is_absent`, in one clause."""
    match use.check.doubt:
        case Doubt.PARKED:
            return f"the domain is parked: {use.check.told}"
        case Doubt.GONE:
            return f"answers {use.check.code}, but there is no such page: {use.check.told}"
        case _:
            return f"ends at the front page {use.check.final_url}"


def absent_uses(entry: Entry, evidence: Evidence, context: Context, doubt: Doubt | None) -> Iterator[LinkUse]:
    """Links that show something else, for *doubt*, or the front page where that is None; those believed."""
    for use in link_uses(entry, evidence, context):
        if is_absent(use) and use.check.doubt is doubt and is_confirmed(use, context):
            yield use


def link_finding(rule: str, use: LinkUse, message: str = "") -> Finding:
    """A finding at the place where the link stands."""
    return Finding(
        rule,
        message or use.check.detail,
        use.link.span,
        field=use.link.field,
        url=use.link.url,
        because=(use.answer,) if use.answer else (),
    )


def run_finding(rule: str, use: LinkUse, message: str = "") -> Finding:
    """A finding about an address, wherever it stands."""
    return Finding(
        rule, message or use.check.detail, None, url=use.url, because=(use.answer,) if use.answer else ()
    )


LONG_DAYS = 14
"""Days after which it is worth a look that a link that used to work can't be verified."""


def unverified_finding(rule: str, use: LinkUse) -> Finding:
    """That *use* could not be verified: a warning where it used to work and this has gone on for long."""
    finding = run_finding(rule, use)
    if use.answer is None or use.answer.history.last_ok is None:
        return finding
    since = use.answer.history.unverified_since
    if since is None or use.answer.retrieved_at - since < dt.timedelta(days=LONG_DAYS):
        return finding
    told = f"not verified since {since:%Y-%m-%d}; last good {use.answer.history.last_ok:%Y-%m-%d}"
    return replace(finding, at_least=Severity.WARNING, evidence=(told,))


def is_blocked(check: LinkCheck) -> bool:
    return check.status is LinkStatus.UNVERIFIED and check.reason is Reason.BLOCKED
