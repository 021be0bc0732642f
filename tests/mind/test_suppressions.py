"""Findings that a curator sets aside in the entry itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from enrich.models import (
    Failure,
    Fault,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    Plan,
    Reason,
    RecordQuery,
    Severity,
)
from enrich.planning import advance, open_entry
from enrich.proposing import Subject
from enrich.suppressions import comments
from enrich.text import Lines
from tests.mind.entries import CARD, CARD_HEADER, context, file, front_matter, known, told, works

if TYPE_CHECKING:
    from enrich.models import Answer, Finding, Query

DEAD = "https://acme.org/dead"
GONE = LinkCheck(LinkStatus.BROKEN, "404 Not Found", fault=Fault.GONE, code=404)


def entry(comment: str, url: str = DEAD) -> str:
    return f"title: A Title\nadditional_links:\n  - {{name: Code, url: '{url}'}}{comment}\n"


def planned(header: str, answers: dict[Query, Answer], toml: str = "", *select: str) -> Plan:
    chosen = context(toml or "[links]\narchive = 'off'\n", select=select or ("LNK", "SUP501", "SUP502"))
    subject = open_entry(file(header), chosen)
    assert isinstance(subject, Subject)
    plan = advance(subject, answers, chosen)
    assert isinstance(plan, Plan)
    return plan


def spoken(plan: Plan) -> list[tuple[str, bool]]:
    return [(finding.rule, finding.suppressed) for finding in plan.findings]


def gone(url: str = DEAD) -> dict[Query, Answer]:
    return told(LinkQuery(url), GONE)


@pytest.mark.parametrize(
    "comment",
    [
        "  # enrich: ignore[LNK101]",
        " # enrich: ignore[LNK]",
        "  #enrich:ignore[broken-link]",
        '  # enrich: ignore[LNK102, LNK101] reason="the author moves it" until=2026-12-31',
        '  # enrich: ignore[LNK101] until=2026-11-22 reason=""',
        "\n# enrich: ignore-entry[LNK]",
        "  \t# enrich: ignore[LNK101]   ",
    ],
)
def test_a_comment_sets_the_findings_of_its_line_aside(comment: str) -> None:
    assert spoken(planned(entry(comment), gone())) == [("LNK101", True)]


def test_a_comment_on_a_line_of_its_own_means_the_next() -> None:
    header = f"title: A\nadditional_links:\n  # enrich: ignore[LNK101]\n  - {{name: Code, url: '{DEAD}'}}\n"

    assert spoken(planned(header, gone())) == [("LNK101", True)]


@pytest.mark.parametrize(
    "comment",
    [
        "  # enrich: ignore[LNK102]",
        "  # enrich: ignore-entry[IDN]",
        "\n# enrich: ignore[LNK101]",
        "# enrich: ignore[LNK101]",
        "  # to enrich: ignore[LNK101]",
    ],
)
def test_a_comment_about_something_else_hides_nothing(comment: str) -> None:
    plan = planned(entry(comment), gone())

    assert ("LNK101", False) in spoken(plan)


def test_what_looks_like_a_comment_inside_a_value_is_none() -> None:
    for header in (
        "title: 'A # enrich: ignore-entry[LNK101]'\n",
        'title: "A\n   # enrich: ignore-entry[LNK101]"\n',
        "title: |\n  # enrich: ignore-entry[LNK101]\n",
    ):
        assert comments(front_matter(header)) == ()


def test_a_comment_whose_day_has_passed_holds_no_more_and_is_told() -> None:
    plan = planned(entry("  # enrich: ignore[LNK101] until=2026-11-21"), gone())

    assert spoken(plan) == [("LNK101", False), ("SUP502", False)]
    assert plan.findings[1].message == "the comment held until 2026-11-21"
    assert plan.findings[1].severity is Severity.WARNING


def test_a_comment_that_hides_nothing_is_told_where_it_stands() -> None:
    header = entry("  # enrich: ignore[LNK101]")

    plan = planned(header, works(DEAD))

    (found,) = plan.findings
    assert (found.rule, found.message) == ("SUP501", "the comment hides nothing any more")
    assert found.span is not None
    assert found.span.of(plan.document.text) == "# enrich: ignore[LNK101]"


def test_nobody_knows_whether_a_comment_is_needed_while_something_could_not_be_asked() -> None:
    unverified = LinkCheck(LinkStatus.UNVERIFIED, "timeout", reason=Reason.TIMEOUT)
    card = CARD_HEADER + "additional_links:\n  - {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}\n"
    failure = told(RecordQuery("arxiv", CARD.id), Failure(Reason.TIMEOUT, "slow"))

    link = planned(entry("  # enrich: ignore[LNK101]"), told(LinkQuery(DEAD), unverified))
    record = planned(card + "# enrich: ignore-entry[IDN203]\n", failure, "", "IDN", "SUP501")

    assert "SUP501" not in dict(spoken(link))
    assert "SUP501" not in dict(spoken(record))


def test_a_comment_about_rules_that_did_not_run_is_not_judged() -> None:
    plan = planned(entry("  # enrich: ignore[LNK101, IDN203]"), works(DEAD))

    assert spoken(plan) == []


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("# enrich: ignore", "names no rule in brackets"),
        ("# enrich: ignore[]", "names no rule in brackets"),
        ("# enrich: ignore[ , ]", "names no rule in brackets"),
        ("# enrich: ignore[LNK999]", "unknown rule `LNK999`"),
        ("# enrich: ignore[LNK101] until=soon", "`soon` is no date"),
        ("# enrich: ignore[LNK101] because of me", "names no rule in brackets"),
        ("# enrich: please", "names no rule in brackets"),
    ],
)
def test_a_comment_that_can_not_be_read_hides_nothing_and_is_an_error(comment: str, why: str) -> None:
    plan = planned(entry(f"  {comment}"), gone())

    broken, found = plan.findings
    assert (broken.rule, broken.suppressed) == ("LNK101", False)
    assert found.rule == "SUP501"
    assert found.severity is Severity.ERROR
    assert why in found.message
    assert "# enrich: ignore[LNK101]" in found.help


def test_a_reason_is_asked_for_where_the_configuration_says_so() -> None:
    without = entry("  # enrich: ignore[LNK101]")
    explained = entry('  # enrich: ignore[LNK101] reason="why"')
    toml = "[links]\narchive = 'off'\n[rules]\nrequire-reason = true\n"

    found = planned(without, gone(), toml, "LNK").findings
    quiet = planned(explained, gone(), toml, "LNK").findings

    assert [(one.rule, one.severity) for one in found] == [
        ("LNK101", Severity.ERROR),
        ("SUP503", Severity.ERROR),
    ]
    assert [one.rule for one in quiet] == ["LNK101"]
    assert [one.severity for one in planned(without, gone(), "", "SUP503").findings] == [Severity.INFO]


def test_a_change_that_is_set_aside_is_not_made() -> None:
    header = (
        CARD_HEADER.replace("GPT-4o System Card", "Gpt-4o System Card").replace(
            "\nauthors", " # enrich: ignore[MET310]\nauthors", 1
        )
        + "additional_links:\n  - {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}\n"
    )

    plan = planned(header, known(CARD), "", "MET310", "SUP501")

    assert spoken(plan) == [("MET310", True)]
    assert (plan.changes, plan.text) == ((), plan.document.text)


def test_a_finding_without_a_place_is_hidden_for_the_whole_entry_only() -> None:
    (line, whole) = comments(
        front_matter("title: A  # enrich: ignore[LNK101]\n# enrich: ignore-entry[LNK101]\n")
    )
    finding: Finding = planned(entry(""), gone()).findings[0]
    without = type(finding)("LNK101", "gone", None)

    assert not line.means(without, Lines(""))
    assert whole.means(without, Lines(""))
    assert whole.holds(dt.date(2030, 1, 1))
