"""The cases as the mind meets them: an entry's bytes, a table of answers, a context."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from enrich import rules
from enrich.catalogues.customs import learn
from enrich.catalogues.detection import SHAPES
from enrich.catalogues.mapping import mapped
from enrich.config import parse
from enrich.frontmatter import FrontMatter
from enrich.frontmatter import parse as parse_front_matter
from enrich.models import (
    AnchorQuery,
    Answer,
    Ask,
    Candidates,
    CitationsQuery,
    Doubt,
    Failure,
    Fault,
    FileQuery,
    History,
    Hop,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    NotFound,
    Notice,
    NoticeKind,
    PageWork,
    Plan,
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
from enrich.planning import advance, context_for, open_entry
from tests.documents import document

if TYPE_CHECKING:
    from enrich.models import AnswerOutcome, Query
    from enrich.rule import Context

REST = "everything else of arXiv"


class Told(dict["Query", Answer]):
    """Answers; what isn't listed of arXiv's papers and searches has the outcome *rest*, if there is one."""

    rest: AnswerOutcome | None = None

    def __missing__(self, query: Query) -> Answer:
        if self.rest is None or not isinstance(query, RecordQuery | SearchQuery):
            raise KeyError(query)
        return Answer(query, self.rest, "arxiv", NOW)

    def get(self, query: Query, default: Any = None) -> Any:
        try:
            return self[query]
        except KeyError:
            return default


CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").rglob("before.md"))
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def plan_of(data: bytes, answers: dict[Query, Answer], context: Context) -> Plan:
    subject = open_entry(document(data, "_publications/entry.md"), context)
    if isinstance(subject, Plan):
        return subject
    step = advance(subject, answers, context)
    if isinstance(step, Ask):
        pytest.fail(f"the case has no answer to {step.queries}")
    return step


def context_of(case: Path) -> Context:
    path = case / "enrich.toml"
    config = parse(path.read_text(encoding="utf-8") if path.exists() else "", "enrich.toml")
    code = case.parent.name.split("-")[0]
    shape = SHAPES["jekyll-links" if config.catalogue.profile == "auto" else config.catalogue.profile]
    shape = mapped(shape, config.catalogue.fields)
    select = code if code in rules.BY_CODE else "DEFAULT"
    neighbours = [parse_front_matter(document(path.read_bytes())) for path in case.glob("neighbours/*.md")]
    customs = learn([one for one in neighbours if isinstance(one, FrontMatter)], shape)
    return context_for(config, shape, NOW.date(), select=(select,), customs=customs)


def answers_of(case: Path) -> Told:
    """`everything else of arXiv:` says what becomes of guesses and searches that are not listed."""
    written = yaml.safe_load((case / "answers.yaml").read_text(encoding="utf-8")) or {}
    rest = written.pop(REST, None)
    answers = Told(_answer(name, told) for name, told in written.items())
    answers.rest = _record_outcome("", rest) if rest else None
    return answers


def _answer(name: str, told: object) -> tuple[Query, Answer]:
    if name.startswith("https form of "):
        return _shown(SecureQuery(name.removeprefix("https form of ")), str(told))
    if name.startswith("place "):
        fragment, _, url = name.removeprefix("place ").partition(" of ")
        return _shown(AnchorQuery(url, fragment), str(told))
    if name.startswith("file "):
        return _told_by("files", FileQuery("_publications/entry.md", name.removeprefix("file ")), _file(told))
    if name.startswith("archive of "):
        return _copy(name.removeprefix("archive of "), told)
    if name.startswith("search "):
        return _search(name.removeprefix("search "), told)
    if name.startswith("doi:"):
        doi = name.removeprefix("doi:")
        outcome = _work("doi", doi, told)
        return _told_by("crossref", RecordQuery("doi", doi), outcome)
    if name.startswith("citations "):
        return _citations(name.removeprefix("citations "), told)
    if name.startswith("published "):
        return _published(name.removeprefix("published "), told)
    arxiv = name.removeprefix("arxiv:") if name.startswith("arxiv:") else None
    query: Query = RecordQuery("arxiv", arxiv) if arxiv else LinkQuery(name)
    history = _history(told.pop("history")) if isinstance(told, dict) and "history" in told else History()
    outcome = _record_outcome(arxiv, told) if arxiv else _link_outcome(told)
    return query, Answer(query, outcome, "arxiv" if arxiv else "web", NOW, history=history)


def _search(name: str, told: object) -> tuple[Query, Answer]:
    """`search A Title by surname:` and the records that arXiv lists, by identifier, or a reason."""
    title, _, surname = name.rpartition(" by ")
    query = SearchQuery(title, surname)
    outcome: AnswerOutcome
    if isinstance(told, dict):
        listed = [_record_outcome(arxiv, fields) for arxiv, fields in told.items()]
        outcome = Candidates(tuple(one for one in listed if isinstance(one, Record)))
    elif told == "not found":
        outcome = NotFound("arXiv finds no paper by this title")
    else:
        outcome = Failure(Reason(told), str(told))
    return query, Answer(query, outcome, "arxiv", NOW)


def _shown(query: SecureQuery | AnchorQuery, told: str) -> tuple[Query, Answer]:
    """`shown`, `not found: why` or a reason."""
    outcome: AnswerOutcome
    if told == "shown":
        outcome = Shown("both forms show the same page")
    elif told.startswith("not found: "):
        outcome = NotFound(told.removeprefix("not found: "))
    else:
        outcome = Failure(Reason(told), told)
    return query, Answer(query, outcome, "web", NOW)


def _file(told: object) -> LinkCheck:
    """`there`, `missing`, or why it isn't judged."""
    if told == "missing":
        return LinkCheck(LinkStatus.BROKEN, "there is no such file", fault=Fault.MISSING_FILE)
    return LinkCheck(LinkStatus.OK if told == "there" else LinkStatus.UNSUPPORTED, str(told))


def _told_by(source: str, query: Query, outcome: AnswerOutcome) -> tuple[Query, Answer]:
    return query, Answer(query, outcome, source, NOW)


def _citations(name: str, told: object) -> tuple[Query, Answer]:
    """`citations openalex of arxiv:2410.21276:` and a record, `not found` or a reason."""
    source, _, work = name.partition(" of ")
    scheme, _, identifier = work.partition(":")
    return _told_by(source, CitationsQuery(source, scheme, identifier), _work(source, identifier, told))


def _published(name: str, told: object) -> tuple[Query, Answer]:
    """`published openalex of 2410.21276:` and a list of records, `not found` or a reason."""
    source, _, arxiv = name.partition(" of ")
    outcome: AnswerOutcome
    if isinstance(told, list):
        works = [_work(source, f"W{number}", each) for number, each in enumerate(told)]
        outcome = Candidates(tuple(work for work in works if isinstance(work, Record)))
    else:
        outcome = _work(source, arxiv, told)
    return _told_by(source, PublishedQuery(source, arxiv), outcome)


def _work(scheme: str, name: str, told: object) -> AnswerOutcome:
    """A record with its kind and notices, `not found` or a reason."""
    if told == "not found":
        return NotFound("no such work")
    if isinstance(told, str):
        return Failure(Reason(told), told)
    assert isinstance(told, dict)
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
    }
    notices = tuple(
        Notice(NoticeKind(each["kind"]), each.get("doi"), each.get("date"))
        for each in fields.pop("notices", ())
    )
    kind = WorkKind(fields.pop("kind", "article"))
    return Record(scheme, name, kind=kind, notices=notices, **fields)


def _copy(name: str, told: object) -> tuple[Query, Answer]:
    """`archive of https://acme.org/a in 2019:` and the copy's address, `not found` or a reason."""
    url, _, year = name.partition(" in ")
    query = SnapshotQuery(url, int(year) if year else None)
    outcome: AnswerOutcome
    if isinstance(told, str) and told.startswith("https://web.archive.org/web/"):
        taken_at = dt.datetime.strptime(told.split("/")[4], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
        outcome = Snapshot(told, taken_at)
    elif told == "not found":
        outcome = NotFound("the archive has no copy")
    else:
        outcome = Failure(Reason(told), str(told))
    return query, Answer(query, outcome, "wayback", NOW)


def _history(told: dict[str, Any]) -> History:
    last_ok, failing, unverified = (
        dt.datetime.combine(told[key], dt.time(12), dt.UTC) if key in told else None
        for key in ("last_ok", "failing_since", "unverified_since")
    )
    return History(last_ok, told.get("failures", 0), failing, unverified)


def _record_outcome(arxiv: str, told: object) -> AnswerOutcome:
    if told == "not found":
        return NotFound("arXiv has no such paper")
    if isinstance(told, str):
        return Failure(Reason(told), told)
    assert isinstance(told, dict)
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
    }
    bare, _, _ = arxiv.partition("v")
    return Record("arxiv", bare, **fields)


def _link_outcome(told: object) -> LinkCheck:
    """A word; or a mapping that says besides what the page `shows` and by what that is `told`."""
    match told:
        case {"shows": str(doubt), **rest}:
            shown = _link_outcome({key: value for key, value in rest.items() if key != "told"} or "ok")
            return replace(shown, doubt=Doubt(doubt), told=str(rest.get("told", "")))
        case {"work": dict(work), **rest}:
            lists: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in work.items()
            }
            return replace(_link_outcome(rest or "ok"), work=PageWork(**lists))
        case {"chain": list(urls), **rest}:
            return replace(_link_outcome(rest), chain=tuple(Hop(url, 301) for url in urls))
        case "ok":
            return LinkCheck(LinkStatus.OK, "200 OK", code=200)
        case "gone":
            return LinkCheck(LinkStatus.BROKEN, "404 Not Found", fault=Fault.GONE, code=404)
        case "no-host":
            return LinkCheck(LinkStatus.BROKEN, "no such host", fault=Fault.NO_HOST)
        case "unknown-doi":
            return LinkCheck(LinkStatus.BROKEN, "the DOI does not resolve", fault=Fault.UNKNOWN_ID)
        case {"moved": str(target)}:
            return LinkCheck(LinkStatus.MOVED, "moved permanently", code=200, final_url=target)
        case {"redirected": str(target)}:
            return LinkCheck(LinkStatus.REDIRECTED, "redirected", code=200, final_url=target)
        case {"broken": str(fate)} | {"is": str(fate)}:
            return _link_outcome(fate)
        case str(reason):
            return LinkCheck(LinkStatus.UNVERIFIED, reason, reason=Reason(reason))
    raise ValueError(f"unknown outcome {told!r}")
