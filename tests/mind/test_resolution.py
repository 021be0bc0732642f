"""What an item of `enrich resolve` stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.evidence import Evidence
from enrich.models import Failure, LinkCheck, LinkStatus, NotFound, Reason, RecordQuery
from enrich.resolution import Resolution, Wanted, by_grammar, resolved
from enrich.resolution.bibtex import bibtex_fields
from tests.mind.entries import CARD, TODAY, known, told

if TYPE_CHECKING:
    from enrich.models import Answer, AnswerOutcome, Query

CARD_QUERY = RecordQuery("arxiv", CARD.id)


def found(item: str, answers: dict[Query, Answer], wanted: Wanted | None = None) -> Resolution:
    """What *item* stands for, no question left open."""
    evidence = Evidence(answers)
    resolution = resolved(item, evidence, wanted or Wanted(), TODAY)
    assert resolution is not None, evidence.wanted
    assert evidence.wanted == ()
    return resolution


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("2410.21276", "bare-id"),
        ("https://arxiv.org/pdf/2410.21276v1.pdf", "pdf-version-ext"),
        ("Hurst et al., GPT-4o System Card, arXiv:2410.21276, 2024", "citation-text"),
        ("@misc{hurst, title={A}, eprint={2410.21276}, archivePrefix={arXiv}}", "bare-id"),
        ('@article{a, year=2024, journal="arXiv preprint arXiv:2410.21276"', "citation-text"),
    ],
)
def test_an_identifier_that_is_written_is_taken(item: str, kind: str) -> None:
    resolution = found(item, known(CARD))

    assert (resolution.id, resolution.tier, resolution.confidence) == (CARD.id, "exact", 1.0)
    assert resolution.kind == kind
    assert resolution.record == CARD
    assert resolution.is_one_work


def test_a_text_without_an_identifier_stands_for_nothing() -> None:
    assert found("no identifier here", {}).tier == "none"


def test_nothing_is_said_while_an_answer_is_missing() -> None:
    evidence = Evidence({})

    assert resolved("2410.21276", evidence, Wanted(), TODAY) is None
    assert resolved("hf2410.21277", evidence, Wanted(), TODAY) is None
    assert evidence.wanted == (CARD_QUERY, RecordQuery("arxiv", "2410.21277"))


@pytest.mark.parametrize(
    ("outcome", "confidence", "reason"),
    [
        (NotFound("none"), 0.0, "arXiv has no such paper"),
        (Failure(Reason.TIMEOUT, "no answer"), 1.0, "arXiv could not be asked: no answer"),
    ],
)
def test_what_is_not_there_is_told_from_what_could_not_be_asked(
    outcome: AnswerOutcome, confidence: float, reason: str
) -> None:
    resolution = found("2410.21276", told(CARD_QUERY, outcome))

    assert (resolution.id, resolution.confidence, resolution.record) == (CARD.id, confidence, None)
    assert reason in resolution.reason


def test_another_outcome_than_a_record_is_a_bug() -> None:
    with pytest.raises(TypeError, match="LinkCheck was told"):
        found("2410.21276", told(CARD_QUERY, LinkCheck(LinkStatus.OK, "200 OK")))


@pytest.mark.parametrize(
    ("wanted", "one"),
    [
        (Wanted("GPT-4o system card"), True),
        (Wanted("GPT-4o system card", ("Hurst",)), True),
        (Wanted("Attention Is All You Need"), False),
        (Wanted("", ("Ashish Vaswani",)), False),
    ],
)
def test_title_and_authors_that_are_wanted_must_be_the_records(wanted: Wanted, one: bool) -> None:
    assert found("2410.21276", known(CARD), wanted).is_one_work is one
    assert found("hf2410.21276", known(CARD), wanted).is_one_work is one


def test_a_repair_is_less_certain_than_what_is_written() -> None:
    exists = found("hf2410.21276", known(CARD))
    titled = found("hf2410.21276", known(CARD), Wanted(CARD.title))

    assert (exists.id, exists.tier, exists.confidence) == (CARD.id, "repair", 0.9)
    assert titled.confidence == 1.0


def test_of_several_repairs_that_exist_none_is_taken_and_all_are_named() -> None:
    one, other = replace(CARD, id="2410.21270"), replace(CARD, id="2410.02127")

    resolution = found("2410.2127", known(one, other))

    assert not resolution.is_one_work
    assert resolution.reason == "2 papers fit"
    assert [candidate.id for candidate in resolution.candidates] == [one.id, other.id]
    assert resolution.candidates[0].year == 2024


def test_repairs_that_do_not_exist_or_could_not_be_asked_are_no_answer() -> None:
    query = RecordQuery("arxiv", "2410.21276")

    absent = found("hf2410.21276", told(query, NotFound("none")))
    unasked = found("hf2410.21276", told(query, Failure(Reason.TIMEOUT, "no answer")))

    assert (absent.is_one_work, absent.reason) == (False, "arXiv has no paper under any likely repair")
    assert (unasked.is_one_work, unasked.reason) == (False, "arXiv could not be asked")


def test_without_a_network_grammar_alone_answers() -> None:
    exact, only, several, none = (
        by_grammar(item, TODAY) for item in ("2410.21276", "hf2410.21276", "2410.2127", "no id here")
    )

    assert (exact.id, exact.tier, exact.confidence) == (CARD.id, "exact", 1.0)
    assert (only.id, only.tier, only.confidence) == (CARD.id, "repair", 0.5)
    assert (several.id, len(several.candidates), several.confidence) == (None, 2, 0.0)
    assert (none.id, none.tier) == (None, "none")


def test_a_candidate_without_a_date_has_no_year() -> None:
    one, other = replace(CARD, id="2410.21270", published=None), replace(CARD, id="2410.02127")

    assert found("2410.2127", known(one, other)).candidates[0].year is None


# -- BibTeX ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("title = {A}", {}),
        ("@misc{a, Title = {{A} {\\'e}}, year = 2024}", {"title": "{A} {\\'e}", "year": "2024"}),
        ('@misc{a, title = "A {"} B", note = {x = {y}}}', {"title": 'A {"} B', "note": "x = {y}"}),
        ("@misc{a, title = {cut off", {"title": "cut off"}),
        ("@misc{a, title = {one}, title = {two}}", {"title": "one"}),
        (f"@misc{{a, title = {{{'b' * 10_000}}}}}", {}),
    ],
)
def test_fields_of_bibtex_are_read_as_far_as_they_go(text: str, fields: dict[str, str]) -> None:
    assert bibtex_fields(text) == fields


@given(st.text('@misc{}"=a, ', max_size=60))
def test_bibtex_that_is_none_is_read_without_an_error(text: str) -> None:
    assert all(value in text for value in bibtex_fields("@misc{" + text).values())
