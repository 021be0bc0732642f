"""
Everything that reads what others wrote, each with something to begin from and what must hold for any bytes.

A target raises where it must not: whatever isn't one of its own answers or errors is a bug.
"""

# ruff: noqa: E501 - what it begins from is data
from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import tempfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import config, frontmatter
from enrich.cache import Snapshot, read_told
from enrich.cache.encoding import decode, query_of
from enrich.catalogues.academicpages import ACADEMICPAGES
from enrich.catalogues.generic import GENERIC
from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.errors import ConfigError, StateError
from enrich.files import document_of
from enrich.http import ApiResponse
from enrich.identifiers import read_arxiv_id, read_doi, repair_candidates
from enrich.ledger import (
    StateFolder,
    read_baseline,
    read_decisions,
    read_imported,
    read_pending,
    read_unpatched,
    read_written,
)
from enrich.ledger.journal import read_run
from enrich.links import canonical_url, find_links, find_urls, repair_url
from enrich.mirror.lines import read_line
from enrich.mirror.pages import Page, read_page
from enrich.mirror.papers import FlawError
from enrich.mirror.titles import keys
from enrich.mirror.writing import pack, unpack
from enrich.models import (
    Answer,
    Failure,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    Reason,
    RecordQuery,
)
from enrich.pages.decoding import decoded
from enrich.pages.gone import gone, suspicion
from enrich.pages.parked import parked
from enrich.pages.scanning import scan
from enrich.pages.walls import is_wall, may_be_gate
from enrich.pages.work import work_of
from enrich.planning import context_for
from enrich.reports.parts.reading import Unreadable
from enrich.reports.saved import read_saved
from enrich.sources.arxiv.feed import parse_feed, parse_search
from enrich.sources.crossref import works as crossref
from enrich.sources.datacite import records as datacite
from enrich.sources.dblp import hits as dblp
from enrich.sources.openalex import works as openalex
from enrich.sources.semanticscholar import papers as semanticscholar
from enrich.text import printable
from enrich.worker import converse
from tests.internet import works
from tests.internet.oai_api import OaiApi
from tests.internet.samples import SAMPLES
from tests.mind.entries import CARD
from tests.mirror.snapshots import line
from tests.shared_data import ROOT
from tests.sources import arxiv_feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from enrich.catalogues.shape import Shape
    from enrich.mirror.papers import Paper
    from enrich.models import AnswerOutcome, Query
    from enrich.rule import Context

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
DOI, ARXIV = "10.5555/12345678", "2410.21276"


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    seeds: tuple[bytes, ...]
    take: Callable[[bytes], object]


# -- entries ---------------------------------------------------------------------------------

_YAML = (
    *(place.read_bytes() for place in sorted((ROOT / "examples" / "_publications").iterdir())),
    b"---\ntitle: 'A'\nauthors: &a\n  - Ada\n  - *a\nlinks: {<<: *a, url: \"https://a.org/\\x41\"}\n---\nSee <https://b.org>.\n",
    b"---\ntitle: |\n  Long\n  title\nyear: 2024\nadditional_links: []\npaperurl: 'http://arxiv.org/abs/hf2410.21276'\n---\n",
)
_TOML = (
    b"+++\ntitle = \"A\"\nauthors = ['Ada', \"Alan\"]\ndate = 2024-01-02\ndoi = '10.5555/12345678'\n[links]\nurl = 'https://arxiv.org/abs/hf2410.21276'\n+++\nText.\n",
    b'+++\ntitle = """\nA\\\n  b"""\n[[links]]\nname = \'PDF\'\nurl = "https://a.org/\\u0041"\n[[links]]\n[extra.a]\nb = {c = [1, 2.5, true, 07:32:00]}\n+++\n',
)
_SHAPES = (JEKYLL_LINKS, ACADEMICPAGES, GENERIC)


@cache
def _context(shape: Shape) -> Context:
    return context_for(config.parse("", "enrich.toml"), shape, TODAY, select=("ALL",))


def _outcome(query: Query) -> AnswerOutcome:
    """Something of each kind, the same for the same question."""
    draw = zlib.crc32(repr(query).encode("utf-8", "surrogatepass")) % 3
    if isinstance(query, RecordQuery) and draw:
        return CARD
    if isinstance(query, LinkQuery) and draw:
        return LinkCheck(
            (LinkStatus.OK, LinkStatus.BROKEN)[draw - 1], "404 Not Found" if draw > 1 else "200 OK"
        )
    return Failure(Reason.TIMEOUT, "no answer in time")


async def _fetch(queries: Iterable[Query]) -> Mapping[Query, Answer]:
    return {query: Answer(query, _outcome(query), "fuzz", NOW) for query in queries}


def _entry(content: bytes) -> None:
    """An entry of any bytes has a plan, and what the plan writes is one again that has nothing to be written."""
    shape = _SHAPES[zlib.crc32(content) % len(_SHAPES)]
    document = document_of("_publications/a.md", content)
    plan = asyncio.run(converse(document, _context(shape), _fetch))
    if plan.written:
        after = document_of(document.path, document.encode(plan.text))
        assert isinstance(frontmatter.parse(after), frontmatter.FrontMatter), "what was written can't be read"
        again = asyncio.run(converse(after, _context(shape), _fetch))
        left = {change.fix.field for change in again.written} & {change.fix.field for change in plan.written}
        assert not left, f"written twice: {left}"


# -- texts -----------------------------------------------------------------------------------

_URLS = tuple(
    text.encode()
    for text in (
        "https://arxiv.org/abs/hf2410.21276", "http://user:pw@a.org:8080/b/../c?d=e&f#g", "https://[2001:db8::1]/",
        "//a.org", "https://m\u00fcnchen.example/\u00e9", "www.a.org/b", "https://a.org/a_(b)", "doi.org/10.5555/12345678",
        "[a](https://b.org/c 'd') <https://e.org> <a href='https://f.org'>g</a>\n[h]: https://i.org\n```\nhttps://j.org\n```",
    )
)  # fmt: skip
_IDS = tuple(
    text.encode()
    for text in (
        "hf2410.21276", "https://arxiv.org/pdf/2104.07896v2.pdf", "arXiv:quant-ph/0201082v1 [math.GT]", "2410.2127",
        "https://doi.org/10.48550/arXiv.2410.21276", "doi:10.1000/(a)b;c<d>e", "https://huggingface.co/papers/2410.21276",
    )
)  # fmt: skip


def _text(content: bytes) -> str:
    return content[:5_000].decode("utf-8", "surrogateescape")


def _url(content: bytes) -> None:
    text = _text(content)
    canonical = canonical_url(text)
    assert canonical is None or canonical_url(canonical) == canonical, "not canonical"
    repair_url(text, text)
    for start, end, found in (*find_links(text), *find_urls(text)):
        assert 0 <= start <= end <= len(text), "outside of the text"
        canonical_url(found)
    assert "\x1b" not in printable(text), "not printable"


def _identifier(content: bytes) -> None:
    text = _text(content)
    reading = read_arxiv_id(text, today=TODAY)
    if reading is not None:
        again = read_arxiv_id(str(reading.arxiv), today=TODAY)
        assert again is not None, "not read again"
        assert again.arxiv == reading.arxiv, "read again as another"
    read_doi(text)
    repair_candidates(text, today=TODAY)


# -- sources ---------------------------------------------------------------------------------

_FEED = arxiv_feeds.feed([arxiv_feeds.entry("2410.21276v1")], ids=[ARXIV])


def _atom(content: bytes) -> None:
    parse_feed(content, [ARXIV])
    parse_search(content, "ti:title")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _answer(content: bytes) -> ApiResponse:
    return ApiResponse(200, (), content)


def _crossref(content: bytes) -> None:
    dois = [work.doi for work in works.SAMPLES]
    crossref.read_list(_answer(content), dois)
    crossref.read_hits(_answer(content))
    crossref.read_work(_answer(content), dois[0])


def _datacite(content: bytes) -> None:
    dois = [work.doi for work in works.SAMPLES]
    found = datacite.read_answer(_answer(content), dois)
    if not isinstance(found, Failure):
        for doi, attributes in found.items():
            datacite.record(doi, attributes)
            datacite.arxiv_record(ARXIV, attributes)


def _openalex(content: bytes) -> None:
    asked = [("arxiv", work.arxiv) for work in works.SAMPLES if work.arxiv]
    found = openalex.read_answer(_answer(content), asked)
    if not isinstance(found, Failure):
        for (_, name), about in found.items():
            openalex.published(name, about)
            openalex.counted(about)


def _semanticscholar(content: bytes) -> None:
    asked = [("arxiv", work.arxiv) for work in works.SAMPLES if work.arxiv][:1]
    found = semanticscholar.read_answer(_answer(content), asked)
    if not isinstance(found, Failure):
        for paper in found:
            if paper is not None and not isinstance(paper, Failure):
                semanticscholar.record(asked[0][1], paper)
                semanticscholar.counted(paper)


def _dblp(content: bytes) -> None:
    dblp.read_answer(_answer(content), 5)


_HAS_ARXIV = [work for work in works.SAMPLES if work.arxiv]
_CROSSREF = [works.crossref(work) for work in works.SAMPLES if work.kind in works.CROSSREF_TYPES]
_DATACITE = [{"attributes": works.datacite(work)} for work in works.SAMPLES]

# -- pages -----------------------------------------------------------------------------------

_PAGES = (
    b"<!DOCTYPE html><html><head><meta charset=utf-8><title>404 Not Found</title><meta name=citation_title content='A'>"
    b"<meta name='citation_author' content=\"Ada\"></head><body><h1>Gone</h1><script>x</script><p>This domain is for sale"
    b"</p><form><input type=password></form><a href=/a>b</a></body></html>",
    b"<html><body><!-- a --><style>b</style><noscript>Enable JavaScript</noscript>Just a moment...</body>",
)
_TYPES = ("text/html", "text/html; charset=utf-16", "text/html; charset=x-unknown", "")


def _page(content: bytes) -> None:
    url = "https://a.org/b/c"
    page = scan(decoded(content, _TYPES[zlib.crc32(content) % len(_TYPES)]))
    work_of(page)
    is_wall(page, url)
    may_be_gate(page)
    parked(page, url, url, None)
    why = suspicion(page, url, url)
    if why is not None:
        gone(page, url, url, why, None)


# -- what the user keeps ---------------------------------------------------------------------

_CONFIG = (
    (ROOT / "examples" / "enrich.toml").read_bytes(),
    b"[catalogue]\nprofile = 'generic'\n[catalogue.fields]\ntitle = 'name'\nauthors = {path = 'by[]', form = 'list'}\n"
    b"[links]\nconfirm-after = 3\ntimeout = '20s'\n[links.hosts.\"a.org\"]\nconcurrency = 1\n[[ignore]]\nrule = 'LNK101'\n"
    b"url = 'https://a.org/*'\nuntil = 2027-01-01\nreason = 'b'\n[rules]\nselect = ['DEFAULT']\n",
)


def _config(content: bytes) -> None:
    with contextlib.suppress(ConfigError):
        config.parse(content.decode("utf-8", "surrogateescape"), "enrich.toml")


@cache
def _folder() -> Path:
    """In memory where there is such a place: a disk takes its time over files that are written anew."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="enrich-fuzz-", dir=memory if memory.is_dir() else None))


def _snapshot(content: bytes) -> None:
    file = _folder() / "snapshot.jsonl"
    file.write_bytes(content)
    with contextlib.suppress(StateError):
        list(Snapshot.load([file]).works())


_MEMORY = (
    b'{"v":1,"is":"link","status":"ok","detail":"200 OK"}',
    b'{"v":1,"is":"record","scheme":"arxiv","id":"2410.21276","title":"A","authors":["B"],"published":"2024-10-25"}',
    b"anchor:3:abchttps://a.org/", b"file:4:a.mdb.pdf", b'search:["A","B","2024"]', b"snapshot:2020:https://a.org/",
    b'[["a.md",[],[],[],[],0,0,[],0,0,true,null],["a.md",[],"","",[],null],0,true]',
)  # fmt: skip


def _memory(content: bytes) -> None:
    """What stands in the rows of the cache, which may be a stranger's."""
    text = content.decode("utf-8", "surrogateescape")
    decode(text)
    read_told(text)
    with contextlib.suppress(ValueError, TypeError):
        query_of(text)


_LEDGER = (
    b'{"fingerprint":"43ff2b7747939c8e","rule":"LNK101","path":"a.md","target":"https://a.org/"}\n',
    b'{"id":"f2e756fe","verdict":"rejected","path":"a.md","field":"links[0].url","rule":"IDN201","before":"a","after":"b","why":""}\n'
    b'{"pull_request":7,"verdict":"closed"}\n{"id":"f2e756fe","verdict":"merged","why":"c"}\n',
    b'{"path":"a.md","record":"arxiv:2410.21276","blob":"0","key":"k","fields":{"title":{"original":"0","written":"1","stood":true}}}\n',
    b'{"v":1,"plan":"0"}\n{"id":"f2e756fe","rule":"MET310","path":"a.md","field":["links",0,"url"],"before":{"date":"2024-01-01"},'
    b'"after":["a",{"map":[["b",1.5]]}],"safety":"safe","source":"arxiv","confidence":1.0,"title":"t","anchor":[],"message":"m",'
    b'"evidence":["e"],"because":[{"source":"arxiv","query":"arxiv:1","retrieved_at":"2024-01-01T00:00:00+00:00"}]}\n'
    b'{"path":"a.md","rule":"LNK101","unpatched":2}\n',
    b'{"v":1,"command":"run","started_at":"2024-01-01T00:00:00+00:00"}\n'
    b'{"path":"a.md","before":"0","after":"1","start":0,"end":3,"text":"abc","changes":[]}\n',
)


def _ledger(content: bytes) -> None:
    state = StateFolder(_folder())
    for file in (
        state.baseline,
        state.decisions,
        state.written,
        state.pending,
        state.journal / "000001.jsonl",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for read in (read_baseline, read_decisions, read_written, read_pending, read_unpatched):
        with contextlib.suppress(StateError):
            read(state)
    with contextlib.suppress(StateError):
        read_run(state.journal / "000001.jsonl")


_REPORTS = (
    b'{"version":1,"plan":"0","decisions":[{"id":"f2e756fe","verdict":"accepted","path":"a.md","field":"title","after":"b"}]}',
    b'[{"number":7,"state":"MERGED","body":"a <!-- enrich: plan=0 changes=f2e756fe -->","headRefName":"enrich/links","isCrossRepository":false}]',
)


def _imported(content: bytes) -> None:
    with contextlib.suppress(ValueError):
        read_imported(content.decode("utf-8", "surrogateescape"))


_SAVED = (
    b'{"version":1,"tool":{"name":"enrich","version":"1.0.0","command":"check","profile":"generic","config":null,'
    b'"started_at":"2027-01-15T09:12:04Z","offline":false,"complete":true,"exit_code":1},"summary":{"entries":1,"links":1,'
    b'"findings":{"error":1,"warning":0,"info":0,"notice":0},"changes":{"written":0,"pending":0},"unverified":0,"requests":{},'
    b'"seconds":4.2},"links":[{"url":"https://a.org/","status":"broken","reason":null,"code":404,"final_url":null,"chain":[],'
    b'"checked_at":"2027-01-15T09:12:06Z","cached":false,"entries":[{"path":"a.md","line":2,"column":9,"field":"url"}]}],'
    b'"findings":[{"rule":"LNK101","name":"broken-link","severity":"error","path":"a.md","line":2,"column":9,"end_column":20,'
    b'"field":"url","message":"404","url":"https://a.org/","because":[{"source":"web","query":"https://a.org/",'
    b'"retrieved_at":"2027-01-15T09:12:06Z","cached":false}],"status":"open","fingerprint":"0","change":null}]}',
)


def _saved(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read_saved(content.decode("utf-8", "surrogateescape"))


# -- the mirror ------------------------------------------------------------------------------

_OAI = OaiApi()
_OAI.page = len(SAMPLES)
_OAI.changed("2026-11-10", SAMPLES)
_OAI.deleted("2026-11-11", "2401.00001")


def _oai(content: bytes) -> None:
    read = read_page(content)
    if isinstance(read, Page):
        for paper in read.papers:
            _mirrored(paper)


def _snapshot_line(content: bytes) -> None:
    with contextlib.suppress(FlawError):
        _mirrored(read_line(content))


def _mirrored(paper: Paper) -> None:
    """What a page or a line gives can be kept, and is what comes back."""
    if paper.record is not None:
        packed = pack(paper.record)
        assert packed is not None
        assert unpack(paper.id, paper.record.title, packed) == paper.record, "comes back as another"
        keys(paper.record.title)


TARGETS = (
    Target("YAML front matter, to the plan", _YAML, _entry),
    Target("TOML front matter, to the plan", _TOML, _entry),
    Target("addresses, alone and in text", _URLS, _url),
    Target("identifiers", _IDS, _identifier),
    Target("arXiv's Atom", (_FEED, arxiv_feeds.error("incorrect id format")), _atom),
    Target("Crossref", (_json({"message": {"items": _CROSSREF, "total-results": len(_CROSSREF)}}),
                        _json({"message": _CROSSREF[0]})), _crossref),
    Target("DataCite", (_json({"data": _DATACITE, "meta": {"total": len(_DATACITE)}}),), _datacite),
    Target("OpenAlex", tuple(_json({"meta": {"count": 1}, "results": [works.openalex(work)]}) for work in _HAS_ARXIV),
           _openalex),
    Target("Semantic Scholar", (_json([works.semanticscholar(_HAS_ARXIV[0])]),), _semanticscholar),
    Target("DBLP", (_json({"result": {"status": {"@code": "200"}, "hits": {"@total": "1", "@sent": "1", "hit": [
        {"info": works.dblp(work)} for work in works.SAMPLES if work.kind in works.DBLP_TYPES]}}}),), _dblp),
    Target("pages of the web", _PAGES, _page),
    Target("configuration", _CONFIG, _config),
    Target("snapshots", tuple((ROOT / "cache" / "starter.jsonl").read_bytes().splitlines(keepends=True)), _snapshot),
    Target("rows of the cache", _MEMORY, _memory),
    Target("arXiv's OAI-PMH", (_OAI._listed("", 0).body, _OAI._error("badResumptionToken", "a").body), _oai),
    Target("lines of arXiv's snapshot", tuple(line(one).encode() for one in SAMPLES), _snapshot_line),
    Target("baseline, decisions, journal, queue", _LEDGER, _ledger),
    Target("answers of people and pull requests", _REPORTS, _imported),
    Target("saved reports", _SAVED, _saved),
)  # fmt: skip
