"""The words that all floors share, and the note of what is wanted."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich import errors
from enrich.evidence import Evidence
from enrich.models import (
    Applicability,
    Document,
    Link,
    LinkQuery,
    RecordQuery,
    Role,
    Severity,
    format_path,
    parse_path,
)
from enrich.text import Span
from tests.mind.entries import CARD, PATH, change, context, entry, known, works

KEYS = st.text(st.characters(exclude_characters=".[]"), min_size=1, max_size=8)
PATHS = st.tuples(KEYS, st.lists(st.one_of(KEYS, st.integers(0, 10**6)), max_size=5).map(tuple)).map(
    lambda parts: (parts[0], *parts[1])
)


@given(PATHS)
def test_a_path_that_is_written_down_reads_as_the_same_path(path: tuple[str | int, ...]) -> None:
    assert parse_path(format_path(path)) == path


def test_a_link_names_its_field_and_one_in_the_text_the_body() -> None:
    link = Link("https://a.org/", Span(0, 1), ("additional_links", 1, "url"), Role.PAPER)

    assert link.field == "additional_links[1].url"
    assert replace(link, path=(), role=Role.BODY).field == "body"


def test_an_entry_has_the_path_of_its_document() -> None:
    assert entry("title: x\n").path == PATH


def test_bytes_that_are_no_utf_8_come_back_as_they_were() -> None:
    data = b"caf\xe9\r\n"
    document = Document("a.md", data.decode("utf-8", "surrogateescape"), "")

    assert document.encode() == data
    assert document.encode(document.text + "é") == data + "é".encode()


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (errors.EnrichError, 2),
        (errors.UsageError, 2),
        (errors.ConfigError, 2),
        (errors.WriteRefused, 4),
        (errors.StateError, 2),
    ],
)
def test_an_error_has_the_exit_code_of_its_kind_and_survives_pickle(
    error: type[errors.EnrichError], exit_code: int
) -> None:
    copy = pickle.loads(pickle.dumps(error("what, where, and what to do")))

    assert type(copy) is error
    assert str(copy) == "what, where, and what to do"
    assert copy.exit_code == exit_code


# -- evidence --------------------------------------------------------------------------------

HERE, THERE = LinkQuery("https://here.org/"), LinkQuery("https://there.org/")


def test_looking_for_what_is_not_known_is_asking_once_in_the_order_of_looking() -> None:
    evidence = Evidence({})

    assert [evidence.get(query) for query in (THERE, HERE, THERE)] == [None, None, None]
    assert evidence.wanted == (THERE, HERE)


def test_what_is_known_is_not_asked_for() -> None:
    answers = works(HERE.url)
    evidence = Evidence(answers)

    assert evidence.get(HERE) == answers[HERE]
    assert evidence.wanted == ()


def test_all_missing_answers_of_a_row_are_asked_for_at_once() -> None:
    record = RecordQuery("arxiv", CARD.id)
    evidence = Evidence(known(CARD))

    assert evidence.get_all([HERE, record, THERE]) is None
    assert evidence.wanted == (HERE, THERE)


def test_a_row_of_answers_comes_in_the_order_asked() -> None:
    answers = works(THERE.url) | works(HERE.url)

    assert Evidence(answers).get_all([HERE, THERE]) == (answers[HERE], answers[THERE])
    assert Evidence({}).get_all([]) == ()


def test_a_thing_is_worked_out_once_even_where_it_comes_to_nothing() -> None:
    evidence, calls = Evidence({}), list[str]()

    def work_out() -> None:
        calls.append("worked out")

    assert [evidence.once("it", work_out), evidence.once("it", work_out)] == [None, None]
    assert calls == ["worked out"]


# -- what a rule's fixes are worth -----------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "of_a_fix", "here"),
    [
        ("", Applicability.SAFE, Applicability.SAFE),
        ("", Applicability.UNSAFE, Applicability.UNSAFE),
        ('[rules]\nunsafe-fixes = ["MET310"]', Applicability.SAFE, Applicability.UNSAFE),
        ('[rules]\nunsafe-fixes = ["MET311"]', Applicability.SAFE, Applicability.SAFE),
        ('[rules]\nsafe-fixes = ["MET"]', Applicability.UNSAFE, Applicability.SAFE),
        ('[rules]\nsafe-fixes = ["ALL"]', Applicability.DISPLAY, Applicability.DISPLAY),
    ],
)
def test_a_curator_moves_the_fixes_of_a_rule_and_never_one_that_is_only_shown(
    toml: str, of_a_fix: Applicability, here: Applicability
) -> None:
    fix = change("title", "a", "b", of_a_fix).fix

    assert context(toml).applicability("MET310", fix) is here
    assert here.word == here.name.lower()


def test_a_severity_is_the_rules_own_unless_the_configuration_says_otherwise() -> None:
    changed = context('[rules.severity]\nMET = "error"\ntitle-case-lost = "warning"')

    assert context().severity("MET310") is Severity.INFO
    assert changed.severity("MET311") is Severity.ERROR
    assert changed.severity("MET310") is Severity.WARNING
    assert changed.severity("MET310").word == "warning"
