"""What an item of `enrich resolve` stands for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.evidence import Evidence
from enrich.models import (
    Candidates,
    Failure,
    LinkCheck,
    LinkStatus,
    NotFound,
    Reason,
    Record,
    RecordQuery,
    SearchQuery,
)
from enrich.resolution import Resolution, Wanted, by_grammar, resolved
from enrich.resolution.bibtex import bibtex_fields
from enrich.resolution.citations import read_citation, surname
from enrich.resolution.done import done
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


@pytest.mark.parametrize(
    ("item", "newest", "confidence"),
    [
        ("2410.21276v9", 1, 0.5),
        ("2410.21276v9", 9, 1.0),
        ("2410.21276v9", None, 1.0),
        ("2410.21276", 1, 1.0),
    ],
)
def test_a_version_beyond_those_that_are_known_is_not_certain(
    item: str, newest: int | None, confidence: float
) -> None:
    resolution = found(item, known(replace(CARD, version=newest)))

    assert (resolution.id, resolution.confidence) == (CARD.id, confidence)
    assert ("none after 1 is known" in resolution.reason) == (confidence < 1)


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


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("remove the `hf` prefix", "`hf` prefix removed"),
        ("put the slash back after `abs`", "slash put back after `abs`"),
        ("write `3` for a digit `5`", "`3` written for a digit `5`"),
        (
            "write the host as `arxiv.org` and put the dot back",
            "host written as `arxiv.org` and dot put back",
        ),
        ("remove the `a as b and c` prefix", "`a as b and c` prefix removed"),
        ("leave it", "leave it"),
    ],
)
def test_a_repair_is_told_as_done(title: str, told: str) -> None:
    assert done(title) == told


def test_the_one_repair_says_how_it_came_about() -> None:
    offline = by_grammar("hf2410.21276", TODAY)

    assert found("hf2410.21276", known(CARD)).reason == "`hf` prefix removed; identifier exists"
    assert offline.reason == "`hf` prefix removed; not confirmed (offline)"


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
    assert (none.id, none.tier, none.kind) == (None, "none", "title")
    assert "no title is searched for" in none.reason
    assert by_grammar("nothing", TODAY).reason == "no identifier and no title is written here"


def test_a_candidate_without_a_date_has_no_year() -> None:
    one, other = replace(CARD, id="2410.21270", published=None), replace(CARD, id="2410.02127")

    assert found("2410.2127", known(one, other)).candidates[0].year is None


# -- DOIs ------------------------------------------------------------------------------------

WORK = Record(
    "doi", "10.1145/1", CARD.title, ("Aaron Hurst",), doi="10.1145/1", venue="Cards", year=2025, arxiv=CARD.id
)
DOI_QUERY = RecordQuery("doi", WORK.id)


@pytest.mark.parametrize(
    "item",
    [
        "10.1145/1",
        "https://doi.org/10.1145/1",
        "Hurst, A. GPT-4o System Card. Cards 1, 2025. doi:10.1145/1",
        "@article{a, title={GPT-4o System Card}, doi={10.1145/1}}",
    ],
)
def test_a_doi_stands_for_its_work_and_the_preprint_that_its_record_states(item: str) -> None:
    resolution = found(item, told(DOI_QUERY, WORK))

    assert (resolution.doi, resolution.id, resolution.tier) == (WORK.id, CARD.id, "exact")
    assert resolution.is_one_work


def test_a_doi_without_a_preprint_is_one_work_too() -> None:
    assert found("10.1145/1", told(DOI_QUERY, replace(WORK, arxiv=None, doi=None))).is_one_work


def test_a_doi_that_is_unknown_or_of_another_work_is_none() -> None:
    unknown = found("10.1145/1", told(DOI_QUERY, NotFound("none")))
    another = found("10.1145/1", told(DOI_QUERY, WORK), Wanted("Attention Is All You Need"))
    unasked = found("10.1145/1", told(DOI_QUERY, Failure(Reason.TIMEOUT, "no answer")))

    assert (unknown.is_one_work, unknown.reason) == (False, "no agency has such a DOI")
    assert (another.is_one_work, another.record) == (False, WORK)
    assert (unasked.is_one_work, unasked.record) == (True, None)
    with pytest.raises(TypeError, match="LinkCheck was told"):
        found("10.1145/1", told(DOI_QUERY, LinkCheck(LinkStatus.OK, "200 OK")))


def test_a_doi_is_read_without_a_network_too_and_a_mangled_one_of_arxiv_is_repaired() -> None:
    assert by_grammar("doi:10.1145/1", TODAY).doi == WORK.id
    assert by_grammar("10.48550/arXiv.hf2410.21276", TODAY).tier == "repair"
    assert resolved("10.1145/1", Evidence({}), Wanted(), TODAY) is None


# -- titles and citations --------------------------------------------------------------------

ATTENTION = Record(
    "arxiv",
    "1706.03762",
    "Attention Is All You Need",
    ("Ashish Vaswani", "Noam Shazeer"),
    published=dt.date(2017, 6, 12),
)
SEARCH = SearchQuery("Attention is all you need", "Vaswani")


def test_the_one_paper_with_title_and_authors_is_taken() -> None:
    item = "A. Vaswani, N. Shazeer. Attention is all you need. NeurIPS 2017."

    resolution = found(item, told(SEARCH, Candidates((ATTENTION, CARD))))

    assert (resolution.id, resolution.tier, resolution.kind) == (ATTENTION.id, "search", "citation")
    assert resolution.confidence == 1.0


def test_a_title_alone_decides_nothing() -> None:
    query = SearchQuery("Attention Is All You Need", "")

    resolution = found("Attention Is All You Need", told(query, Candidates((CARD, ATTENTION))))

    assert (resolution.is_one_work, resolution.tier, resolution.kind) == (False, "none", "title")
    assert resolution.reason == "the title alone does not decide"
    assert [candidate.id for candidate in resolution.candidates] == [ATTENTION.id]


def test_an_author_that_is_given_decides() -> None:
    wanted = Wanted("Attention is all you need", ("Ashish Vaswani", "Noam Shazeer"))

    resolution = found("some two words", told(SEARCH, Candidates((ATTENTION,))), wanted)

    assert resolution.id == ATTENTION.id


def test_of_twins_and_of_other_authors_none_is_taken() -> None:
    item = "A. Vaswani, N. Shazeer. Attention is all you need. NeurIPS 2017."
    twin, other = replace(ATTENTION, id="1706.03763"), replace(ATTENTION, authors=("Ada Sleepwell",))

    twins = found(item, told(SEARCH, Candidates((twin, ATTENTION))))
    others = found(item, told(SEARCH, Candidates((other,))))
    none = found(item, told(SEARCH, NotFound("none")))
    unasked = found(item, told(SEARCH, Failure(Reason.TIMEOUT, "no answer")))

    assert twins.reason == "several papers have this title and these authors"
    assert [candidate.id for candidate in twins.candidates] == [ATTENTION.id, twin.id]
    assert others.reason == "title and authors do not decide"
    assert (none.reason, none.candidates) == ("arXiv has no paper of this title and these authors", ())
    assert unasked.reason == "arXiv could not be asked: no answer"
    assert not any(one.is_one_work for one in (twins, others, none, unasked))


def test_where_two_titles_are_possible_the_second_is_searched_for_when_the_first_is_in_vain() -> None:
    item = "Vaswani et al., Attention Is All You Need, NeurIPS, 2017"
    first = SearchQuery("Attention Is All You Need, NeurIPS", "Vaswani")
    second = SearchQuery("Attention Is All You Need", "Vaswani")
    answers = told(first, NotFound("none"))
    evidence = Evidence(answers)

    assert resolved(item, evidence, Wanted(), TODAY) is None
    assert evidence.wanted == (second,)
    assert found(item, answers | told(second, Candidates((ATTENTION,)))).id == ATTENTION.id


@pytest.mark.parametrize("item", ["", "foo", "https://example.org/a b", "12 34 56", "x " * 2_000])
def test_what_has_no_identifier_and_no_title_asks_nobody(item: str) -> None:
    assert found(item, {}).tier == "none"


@pytest.mark.parametrize(
    ("text", "titles", "authors", "year"),
    [
        ("Hurst et al., GPT-4o System Card, 2024", ("GPT-4o System Card",), ("Hurst",), 2024),
        (
            "Hurst, A. et al. GPT-4o System Card. arXiv preprint (2024).",
            ("GPT-4o System Card",),
            ("Hurst, A.",),
            2024,
        ),
        (
            "Vaswani, A., Shazeer, N., & Parmar, N. (2017). Attention is all you need. In NeurIPS.",
            ("Attention is all you need",),
            ("Vaswani, A.", "Shazeer, N.", "Parmar, N"),
            2017,
        ),
        (
            "Ashish Vaswani, Noam Shazeer. 2017. Attention is all you need. In NeurIPS.",
            ("Attention is all you need",),
            ("Ashish Vaswani", "Noam Shazeer"),
            None,
        ),
        (
            '[12] K. He, X. Zhang, and J. Sun, "Deep residual learning," in CVPR, 2016, pp. 770-778.',
            ("Deep residual learning",),
            ("K. He", "X. Zhang", "J. Sun"),
            2016,
        ),
        (
            "Vaswani A, Shazeer N, et al. Attention is all you need. NIPS. 2017;30:5998",
            ("Attention is all you need",),
            ("Vaswani A", "Shazeer N"),
            2017,
        ),
        (
            "@misc{a, title = {{GPT-4o} System Card}, author={Hurst, Aaron and others}, year = 2024}",
            ("GPT-4o System Card",),
            ("Hurst, Aaron",),
            2024,
        ),
        ("@misc{a, title = {Waves on $\\RR^{3}$ {and}}}", ("Waves on $\\RR^3$ and",), (), None),
        (
            "Sleepwell, A. and Årnes, B. Counting Sheep. 2024.",
            ("Counting Sheep",),
            ("Sleepwell, A.", "Årnes, B."),
            2024,
        ),
        ("Deep Learning. A Review of Methods", ("Deep Learning. A Review of Methods",), (), None),
        ("Why “quoted words” matter", ("quoted words",), (), None),
        ("“Attention Is All You Need”", ("Attention Is All You Need",), (), None),
        (
            "Attention Is All You Need, 2017",
            ("Attention Is All You Need, 2017", "Attention Is All You Need"),
            (),
            None,
        ),
        ("Language Models in 2024", ("Language Models in 2024",), (), None),
    ],
)
def test_a_citation_is_read_by_its_form(
    text: str, titles: tuple[str, ...], authors: tuple[str, ...], year: int | None
) -> None:
    citation = read_citation(text)

    assert citation is not None
    assert (citation.titles, citation.authors, citation.year) == (titles, authors, year)


@pytest.mark.parametrize(
    "text",
    ["@misc{a, year = 2024}", "A. Vaswani, B. Hurst. 2017.", "some, one. et al. 12 34", "Hurst et al., 2017"],
)
def test_a_citation_without_a_title_is_not_made_one(text: str) -> None:
    citation = read_citation(text)

    assert citation is None or citation.is_title


@given(st.text('A. et al,Bc(2017)"“”and', max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    citation = read_citation(text)

    assert citation is None or all(citation.titles)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vaswani, A.", "Vaswani"),
        ("Aaron Hurst", "Hurst"),
        ("Vaswani AN", "Vaswani"),
        ("A. B.", "B."),
        ("", ""),
    ],
)
def test_a_surname_is_told_from_initials(name: str, expected: str) -> None:
    assert surname(name) == expected


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
