"""What is shown of an archive beside a broken link."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich.models import (
    Answer,
    Applicability,
    Ask,
    Failure,
    Fault,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    NotFound,
    Plan,
    Reason,
    Snapshot,
    SnapshotQuery,
)
from enrich.planning import advance, open_entry
from tests.mind.entries import NOW, context, file, told, works

if TYPE_CHECKING:
    from enrich.models import AnswerOutcome, Query

URL = "https://acme.org/p.pdf"
COPY = "https://web.archive.org/web/20190311120000/http://acme.org:80/p.pdf"
GONE = LinkCheck(LinkStatus.BROKEN, "404 Not Found", fault=Fault.GONE, code=404)
NO_HOST = LinkCheck(LinkStatus.BROKEN, "no such host", fault=Fault.NO_HOST)
TAKEN = Snapshot(COPY, dt.datetime(2019, 3, 11, 12, tzinfo=dt.UTC))
HEADER = f"title: A Title\nyear: 2019\nadditional_links:\n  - {{name: Paper, url: '{URL}'}}\n"


def step(
    answers: dict[Query, Answer], header: str = HEADER, body: str = "Text.\n", toml: str = ""
) -> Ask | Plan:
    chosen = context(toml, select=["LNK101", "LNK102"])
    subject = open_entry(file(header, body), chosen)
    assert not isinstance(subject, Plan)
    return advance(subject, answers, chosen)


def plan(copy: AnswerOutcome, check: LinkCheck = GONE, header: str = HEADER, body: str = "Text.\n") -> Plan:
    query = SnapshotQuery(URL, 2019)
    answers = told(LinkQuery(URL), check) | {query: Answer(query, copy, "wayback", NOW)}
    planned = step(answers, header, body)
    assert isinstance(planned, Plan)
    return planned


@pytest.mark.parametrize("check", [GONE, NO_HOST])
def test_the_copy_is_shown_and_never_a_change(check: LinkCheck) -> None:
    planned = plan(TAKEN, check)

    (finding,) = planned.findings
    assert finding.fix is not None
    assert (finding.fix.applicability, finding.fix.source) == (Applicability.DISPLAY, "wayback")
    assert (finding.fix.before, finding.fix.after) == (URL, COPY)
    assert finding.fix.title == "look at the archived copy of 2019-03-11"
    assert [answer.source for answer in finding.because] == ["web", "wayback"]
    assert (planned.changes, planned.text) == ((), planned.document.text)


def test_of_a_link_in_the_text_the_copy_is_evidence() -> None:
    (finding,) = plan(TAKEN, header="title: A Title\nyear: '2019'\n", body=f"See {URL} too.\n").findings

    assert finding.fix is None
    assert finding.evidence == (f"an archived copy of 2019-03-11: {COPY}",)


@pytest.mark.parametrize(
    "copy",
    [
        NotFound("the archive has no copy"),
        Failure(Reason.NETWORK, "offline"),
        Failure(Reason.TIMEOUT, "slow"),
    ],
)
def test_an_archive_without_an_answer_changes_nothing_about_the_finding(copy: AnswerOutcome) -> None:
    (finding,) = plan(copy).findings
    (silent,) = plan(TAKEN).findings

    assert finding == replace(silent, fix=None, because=silent.because[:1])


def test_only_what_is_broken_is_asked_for() -> None:
    timeout = LinkCheck(LinkStatus.UNVERIFIED, "no answer in time", reason=Reason.TIMEOUT)

    assert isinstance(step(works(URL)), Plan)
    assert isinstance(step(told(LinkQuery(URL), timeout)), Plan)
    assert step(told(LinkQuery(URL), GONE)) == Ask((SnapshotQuery(URL, 2019),))
    assert isinstance(step(told(LinkQuery(URL), GONE), toml='[links]\narchive = "off"'), Plan)


@pytest.mark.parametrize(
    ("year", "wanted"), [("2019", 2019), ("2019-05", 2019), ("in press", None), ("'19", None), ("", None)]
)
def test_the_copy_nearest_to_the_entry_s_year_is_wanted(year: str, wanted: int | None) -> None:
    header = HEADER.replace("year: 2019", f'year: "{year}"')

    assert step(told(LinkQuery(URL), GONE), header) == Ask((SnapshotQuery(URL, wanted),))
