"""What all entries of a run share, what is said of files that can't be read, and when a plan is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich import rules
from enrich.catalogues.generic import GENERIC
from enrich.errors import UsageError
from enrich.models import Ask, LinkQuery, Plan, RecordQuery, Severity
from enrich.planning import advance, identifiers_of, open_entry
from enrich.proposing import Subject
from tests.documents import document
from tests.mind.entries import CARD, CARD_HEADER, TODAY, context, entry, file, known, works

if TYPE_CHECKING:
    from enrich.rule import Context

LINKED = (
    CARD_HEADER
    + "additional_links:\n"
    + "  - {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}\n"
    + "  - {name: PDF, url: 'https://arxiv.org/pdf/2410.21276v2'}\n"
    + "  - {name: Code, url: 'https://a.org/'}\n"
)


def opened(header: str, here: Context, body: str = "Text.\n") -> Subject:
    subject = open_entry(file(header, body), here)
    assert isinstance(subject, Subject)
    return subject


def unread(data: bytes, here: Context) -> Plan:
    plan = open_entry(document(data), here)
    assert isinstance(plan, Plan)
    assert (plan.changes, plan.text) == ((), plan.document.text)
    return plan


# -- what a run shares -----------------------------------------------------------------------


def codes(toml: str = "", select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> set[str]:
    return set(context(toml, select=select, ignore=ignore).selected - rules.ALWAYS_ON)


def test_no_rule_at_all_is_a_mistake_and_no_green_run() -> None:
    with pytest.raises(UsageError, match="no rule is selected"):
        codes(select=("LNK",), ignore=("LNK",))


def test_the_rules_that_run_are_those_on_by_default() -> None:
    assert codes() == {rule.code for rule in rules.RULES if rule.on_by_default} - rules.ALWAYS_ON
    assert "MET304" not in codes()


def test_a_selection_on_the_command_line_stands_in_for_that_of_the_configuration() -> None:
    toml = '[rules]\nselect = ["LNK101"]\nextend-select = ["MET304"]'

    assert codes(toml) == {"LNK101", "MET304"}
    assert codes(toml, select=("IDN201",)) == {"IDN201"}


def test_what_is_ignored_on_the_command_line_is_ignored_besides() -> None:
    toml = '[rules]\nselect = ["MET"]\nignore = ["MET301"]'

    assert codes(toml, ignore=("MET31",)) == {
        "MET302", "MET303", "MET304", "MET305", "MET306", "MET307",
    }  # fmt: skip


def test_what_was_not_verified_is_said_whatever_is_selected() -> None:
    assert context(select=("MET310",), ignore=("RUN",)).selected >= rules.ALWAYS_ON


def test_a_selector_that_names_no_rule_is_a_mistake_of_the_call() -> None:
    with pytest.raises(UsageError, match="unknown rule `MET999`"):
        context(select=("MET999",))


def test_a_later_severity_goes_over_an_earlier_one() -> None:
    here = context('[rules.severity]\nLNK = "warning"\nLNK101 = "info"')

    assert here.severity("LNK102") is Severity.WARNING
    assert here.severity("LNK101") is Severity.INFO
    assert here.severity("IDN201") is Severity.ERROR


def test_an_ignore_holds_up_to_and_on_its_last_day() -> None:
    toml = '[[ignore]]\nrule = "LNK"\nurl = "*"\nuntil = 2026-11-{}\n'

    assert context(toml.format(22)).ignores
    assert not context(toml.format(21)).ignores


# -- files that can't be read ----------------------------------------------------------------


def test_a_page_without_front_matter_is_a_finding_in_a_collection_and_no_entry_elsewhere() -> None:
    data = b"# A page\n"

    of_collection, elsewhere = unread(data, context()), unread(data, context(shape=GENERIC))

    assert [finding.rule for finding in of_collection.findings] == ["FMT402"]
    assert of_collection.is_entry
    assert elsewhere.findings == ()
    assert not elsewhere.is_entry


def test_front_matter_in_a_format_that_is_not_read_is_said_in_every_catalogue() -> None:
    plan = unread(b'{"title": "a"}\n', context(shape=GENERIC))

    assert [finding.rule for finding in plan.findings] == ["FMT402"]


def test_front_matter_that_is_no_toml_is_an_error_and_left_untouched() -> None:
    plan = unread(b'+++\ntitle = "a\n+++\n', context(shape=GENERIC))

    assert [(finding.rule, finding.severity) for finding in plan.findings] == [("FMT406", Severity.ERROR)]
    assert "left untouched" in plan.findings[0].help


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: 'a\n---\n",
        b"---\n- a\n---\n",
        b"---\ntitle: caf\xe9\n---\n",
        b"---\na: [" + b"[" * 900 + b"\n---\n",
    ],
    ids=["open quote", "a list", "not UTF-8", "too deep"],
)
def test_front_matter_that_is_no_yaml_mapping_is_an_error_and_left_untouched(data: bytes) -> None:
    plan = unread(data, context(shape=GENERIC))

    assert [(finding.rule, finding.severity) for finding in plan.findings] == [("FMT401", Severity.ERROR)]
    assert "left untouched" in plan.findings[0].help


def test_a_parsers_own_words_are_told_where_there_are_some() -> None:
    by_parser = unread(b"---\ntitle: a: b\n---\n", context())
    by_us = unread(b"---\n- a\n---\n", context())

    assert by_parser.findings[0].evidence
    assert by_us.findings[0].evidence == ()


# -- advance ---------------------------------------------------------------------------------


def test_everything_that_is_wanted_is_asked_for_at_once() -> None:
    here = context()

    step = advance(opened(LINKED, here), {}, here)

    assert isinstance(step, Ask)
    assert set(step.queries) == {RecordQuery("arxiv", CARD.id), LinkQuery("https://a.org/")}
    assert len(step.queries) == 2


def test_only_what_is_not_known_yet_is_asked_for() -> None:
    here = context()

    step = advance(opened(LINKED, here), known(CARD), here)

    assert step == Ask((LinkQuery("https://a.org/"),))


def test_a_plan_tells_links_records_and_identifiers_each_once() -> None:
    here = context()

    plan = advance(opened(LINKED, here), known(CARD) | works("https://a.org/"), here)

    assert isinstance(plan, Plan)
    assert [use.link.label for use in plan.links] == ["Paper", "PDF", "Code"]
    assert plan.records == (CARD,)
    assert [name for name, _ in plan.identifiers] == ["arxiv:2410.21276"]
    assert plan.identifiers[0][1].of(plan.document.text) == "https://arxiv.org/abs/2410.21276"


def test_nothing_but_what_is_absent_is_said_of_an_entry_that_is_right() -> None:
    here = context()

    plan = advance(opened(LINKED, here), known(CARD) | works("https://a.org/"), here)

    assert isinstance(plan, Plan)
    assert {finding.rule for finding in plan.findings} == {"MET301"}


@pytest.mark.parametrize(
    ("header", "body", "rule", "said"),
    [
        ("title: a\n", "https://arxiv.org/abs/hf2410.21276\n", "IDN201", "links in the text are not edited"),
        (
            "additional_links: [{name: Code, url: 'code comes soon'}]\n",
            "Text.\n",
            "LNK121",
            "no repair is plain to see; left for a person",
        ),
    ],
)
def test_where_nothing_is_proposed_a_person_is_told_why(header: str, body: str, rule: str, said: str) -> None:
    here = context()

    plan = advance(opened(header, here, body), {}, here)

    assert isinstance(plan, Plan)
    assert [(finding.rule, finding.help, finding.fix) for finding in plan.findings] == [(rule, said, None)]


def test_links_are_checked_and_records_looked_up_even_where_no_rule_needs_them() -> None:
    here = context(select=("FMT402",))

    step = advance(opened(LINKED, here), {}, here)

    assert isinstance(step, Ask)
    assert len(step.queries) == 2


def test_links_of_the_text_are_not_asked_for_where_a_catalogue_does_not_want_it() -> None:
    body = "See https://b.org/ there.\n"
    checked, unchecked = (context(f'[catalogue]\ncheck-body = "{what}"') for what in ("links", "none"))

    assert advance(opened("title: a\n", checked, body), {}, checked) == Ask((LinkQuery("https://b.org/"),))
    assert isinstance(advance(opened("title: a\n", unchecked, body), {}, unchecked), Plan)


def test_a_key_that_stands_twice_is_told_where_it_stands_again() -> None:
    here = context()

    plan = advance(opened("title: a\nx:\n  y: 1\n  y: 2\n", here), {}, here)

    assert isinstance(plan, Plan)
    (finding,) = plan.findings
    assert (finding.rule, finding.field) == ("FMT403", "x.y")
    assert finding.span
    assert plan.document.text.count("\n", 0, finding.span.start) == 4


def test_an_identifier_newer_than_today_is_none() -> None:
    header = LINKED.replace("2410.21276", "2612.00001").replace("v2", "")

    later = replace(context(), today=dt.date(2027, 1, 1))
    steps = [advance(opened(header, here), {}, here) for here in (context(), later)]

    assert [
        RecordQuery("arxiv", "2612.00001") in step.queries for step in steps if isinstance(step, Ask)
    ] == [
        False,
        True,
    ]


def test_what_an_entry_says_to_be_needs_no_question() -> None:
    read = entry(
        "title: x\ndoi: https://doi.org/10.1145/ABC.1\nadditional_links:\n"
        "  - {name: Paper, url: 'https://arxiv.org/abs/2410.21276v2'}\n"
        "  - {name: PDF, url: 'https://arxiv.org/pdf/hf2410.21277'}\n"
    )

    assert identifiers_of(read, TODAY) == {"arxiv:2410.21276", "doi:10.1145/abc.1"}
