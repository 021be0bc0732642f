"""Answers of every kind, for the tests of the cache."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from enrich.models import (
    AnchorQuery,
    Answer,
    Candidates,
    CitationsQuery,
    Doubt,
    Failure,
    Fault,
    Hop,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    NotFound,
    Notice,
    NoticeKind,
    PageWork,
    PublishedQuery,
    Reason,
    Record,
    RecordQuery,
    SearchQuery,
    SecureQuery,
    Shown,
    Snapshot,
    SnapshotQuery,
    WorkKind,
)

MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
URL = "https://example.org/a"

OK = LinkCheck(LinkStatus.OK, "200 OK", code=200)
BROKEN = LinkCheck(LinkStatus.BROKEN, "404 Not Found", fault=Fault.GONE, code=404)
BLOCKED = LinkCheck(LinkStatus.UNVERIFIED, "403 Forbidden", reason=Reason.BLOCKED, code=403)
TIMEOUT = LinkCheck(LinkStatus.UNVERIFIED, "no answer in 20 s", reason=Reason.TIMEOUT)
GPT = Record(
    "arxiv",
    "2410.21276",
    "GPT-4o System Card",
    ("OpenAI", "Aaron Hurst"),
    collaboration="OpenAI",
    published=dt.date(2024, 10, 25),
    updated=dt.date(2024, 10, 25),
    version=1,
    categories=("cs.CL", "cs.AI"),
    primary_category="cs.CL",
    abstract="GPT-4o is an autoregressive omni model.",
)


def link(check: LinkCheck, at: dt.datetime = MONDAY, url: str = URL) -> Answer:
    return Answer(LinkQuery(url), check, "web", at)


def work(outcome: Record | NotFound | Failure, at: dt.datetime = MONDAY, name: str = "2410.21276") -> Answer:
    return Answer(RecordQuery("arxiv", name), outcome, "arxiv", at)


def copy(outcome: Snapshot | NotFound, at: dt.datetime = MONDAY, year: int | None = 2019) -> Answer:
    return Answer(SnapshotQuery(URL, year), outcome, "wayback", at)


TAKEN = Snapshot(f"https://web.archive.org/web/20190311120000/{URL}", MONDAY - 2000 * DAY)

TEXTS = st.text(max_size=20)
# What can't be encoded must survive as well: entries hold undecodable bytes as lone surrogates.
ODD_TEXTS = TEXTS | st.text(
    st.characters(categories=["Cc", "Zl"])
    | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF, categories=["Cs"]),
    max_size=5,
)
MOMENTS = st.datetimes(
    dt.datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    dt.datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-7))]),
)
NUMBERS = st.integers(0, 2**40)


def _maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


CHECKS: st.SearchStrategy[LinkCheck] = st.builds(
    LinkCheck,
    status=st.sampled_from(LinkStatus),
    detail=ODD_TEXTS,
    reason=_maybe(st.sampled_from(Reason)),
    fault=_maybe(st.sampled_from(Fault)),
    code=_maybe(NUMBERS),
    final_url=_maybe(ODD_TEXTS),
    chain=st.lists(st.builds(Hop, ODD_TEXTS, NUMBERS), max_size=3).map(tuple),
    doubt=_maybe(st.sampled_from(Doubt)),
    told=ODD_TEXTS,
    work=_maybe(
        st.builds(
            PageWork,
            titles=st.lists(ODD_TEXTS, max_size=3).map(tuple),
            authors=st.lists(ODD_TEXTS, max_size=3).map(tuple),
            arxiv_id=_maybe(TEXTS),
            doi=_maybe(TEXTS),
        )
    ),
)
RECORDS: st.SearchStrategy[Record] = st.builds(
    Record,
    scheme=st.sampled_from(["arxiv", "doi"]),
    id=ODD_TEXTS,
    title=ODD_TEXTS,
    authors=st.lists(ODD_TEXTS, max_size=3).map(tuple),
    collaboration=_maybe(ODD_TEXTS),
    published=_maybe(st.dates()),
    updated=_maybe(st.dates()),
    version=_maybe(NUMBERS),
    categories=st.lists(TEXTS, max_size=3).map(tuple),
    primary_category=_maybe(TEXTS),
    doi=_maybe(TEXTS),
    journal_ref=_maybe(ODD_TEXTS),
    comment=_maybe(ODD_TEXTS),
    abstract=_maybe(ODD_TEXTS),
    withdrawn=st.booleans(),
    license=_maybe(TEXTS),
    versions=st.lists(st.dates(), max_size=3).map(tuple),
    kind=_maybe(st.sampled_from(WorkKind)),
    venue=_maybe(ODD_TEXTS),
    year=_maybe(NUMBERS),
    arxiv=_maybe(TEXTS),
    notices=st.lists(
        st.builds(Notice, st.sampled_from(NoticeKind), _maybe(ODD_TEXTS), _maybe(st.dates())), max_size=2
    ).map(tuple),
)
CANDIDATES: st.SearchStrategy[Candidates] = st.builds(
    Candidates, st.lists(RECORDS, min_size=1, max_size=3).map(tuple)
)
ABSENT: st.SearchStrategy[NotFound] = st.builds(NotFound, ODD_TEXTS)
FAILURES: st.SearchStrategy[Failure] = st.builds(Failure, st.sampled_from(Reason), ODD_TEXTS)
COPIES: st.SearchStrategy[Snapshot] = st.builds(Snapshot, ODD_TEXTS, MOMENTS)
SHOWN: st.SearchStrategy[Shown] = st.builds(Shown, ODD_TEXTS)
OUTCOMES = CHECKS | RECORDS | COPIES | CANDIDATES | SHOWN | ABSENT | FAILURES
PAGE_QUERIES: st.SearchStrategy[SecureQuery | AnchorQuery] = st.builds(SecureQuery, ODD_TEXTS) | st.builds(
    AnchorQuery, ODD_TEXTS, ODD_TEXTS
)
PAGE_ANSWERS: st.SearchStrategy[Answer] = st.builds(
    Answer, PAGE_QUERIES, SHOWN | ABSENT, st.just("web"), MOMENTS
)
SEARCH_QUERIES: st.SearchStrategy[SearchQuery | PublishedQuery | CitationsQuery] = (
    st.builds(SearchQuery, ODD_TEXTS, ODD_TEXTS)
    | st.builds(PublishedQuery, ODD_TEXTS, ODD_TEXTS, ODD_TEXTS, ODD_TEXTS)
    | st.builds(CitationsQuery, ODD_TEXTS, ODD_TEXTS, ODD_TEXTS)
)
COPY_QUERIES: st.SearchStrategy[SnapshotQuery] = st.builds(
    SnapshotQuery, ODD_TEXTS, _maybe(st.integers(0, 9999))
)
COPY_ANSWERS: st.SearchStrategy[Answer] = st.builds(
    Answer, COPY_QUERIES, COPIES | ABSENT, st.just("wayback"), MOMENTS
)
LINK_ANSWERS: st.SearchStrategy[Answer] = st.builds(
    Answer, st.builds(LinkQuery, ODD_TEXTS), CHECKS, TEXTS, MOMENTS
)
WORK_ANSWERS: st.SearchStrategy[Answer] = st.builds(
    Answer,
    st.builds(RecordQuery, st.sampled_from(["arxiv", "doi"]), ODD_TEXTS),
    RECORDS | ABSENT,
    st.sampled_from(["arxiv", "crossref"]),
    MOMENTS,
)
