"""Which work an entry says to be, and which record is that work."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from enrich.catalogues.generic import GENERIC
from enrich.evidence import Evidence
from enrich.identity import (
    Judged,
    claims,
    identity,
    is_unknown,
    judged_reading,
    judged_repairs,
    only_verified,
)
from enrich.matching import Verdict
from enrich.models import Answer, Failure, NotFound, Query, Reason, Record, RecordQuery
from tests.mind.entries import CARD, CARD_HEADER, TODAY, Arxiv, entry, known, told

ATTENTION = Record(
    "arxiv", "1706.03762", "Attention Is All You Need", ("Ashish Vaswani", "Noam Shazeer"), withdrawn=True
)
RENAMED = replace(CARD, id="2410.00001", title="Something Else Entirely About Speech Models")
"""Another title and the authors of the card."""
TWIN = replace(CARD, id="2411.00002")
"""Another identifier and the same title and authors."""


def query(record: Record) -> RecordQuery:
    return RecordQuery("arxiv", record.id)


def header(*urls: str, fields: str = "") -> str:
    links = "".join(f"  - {{name: Paper, url: '{url}'}}\n" for url in urls)
    return CARD_HEADER + fields + (f"additional_links:\n{links}" if links else "")


def abs_(record: Record) -> str:
    return f"https://arxiv.org/abs/{record.id}"


def known_as(header: str, answers: dict[Query, Answer]) -> Judged | None:
    """Whom the entry turns out to be, no question left open."""
    evidence = Evidence(Arxiv(answers=answers))
    found = identity(entry(header), evidence, TODAY)
    assert evidence.wanted == ()
    return found


# -- claims ----------------------------------------------------------------------------------


def test_fields_claim_before_links_and_links_to_code_and_in_the_text_claim_nothing() -> None:
    read = entry(
        "additional_links:\n"
        "  - {name: Code, url: 'https://arxiv.org/abs/1706.03762'}\n"
        "  - {name: PDF, url: 'https://arxiv.org/pdf/hf2410.21276'}\n"
        "  - {name: Paper, url: 'https://a.org/p.pdf'}\n"
        "eprint: 2410.21276\n",
        body="As in https://arxiv.org/abs/1706.03762.\n",
    )

    stated = claims(read, Evidence({}), TODAY)

    assert [(claim.field, claim.is_link, bool(claim.reading)) for claim in stated] == [
        ("eprint", False, True),
        ("additional_links[1].url", True, False),
    ]
    assert [candidate.arxiv.id for candidate in stated[1].candidates] == ["2410.21276"]


def test_a_field_that_is_an_address_as_well_claims_once() -> None:
    read = entry("doi: https://doi.org/10.48550/arXiv.2410.21276\n", GENERIC)

    assert [claim.field for claim in claims(read, Evidence({}), TODAY)] == ["doi"]


def test_no_identifier_is_newer_than_today() -> None:
    read = entry("arxiv_id: '2610.12345'\n")

    before, after = (claims(read, Evidence({}), day)[0].reading for day in (dt.date(2026, 9, 30), TODAY))

    assert before is None
    assert after


# -- one claim -------------------------------------------------------------------------------


def test_a_claim_that_reads_is_judged_by_its_record_and_by_none_while_that_is_not_known() -> None:
    read = entry(header(abs_(CARD)))
    asking, telling = Evidence({}), Evidence(known(CARD))
    (claim,) = claims(read, asking, TODAY)

    judged = judged_reading(read, claim, telling)

    assert judged_reading(read, claim, asking) is None
    assert asking.wanted == (query(CARD),)
    assert judged
    assert (judged.is_verified, judged.is_alike, judged.record) == (True, False, CARD)


def test_a_claim_that_does_not_read_has_no_record_of_its_own() -> None:
    read = entry(header("https://arxiv.org/abs/TODO"))
    evidence = Evidence({})
    (claim,) = claims(read, evidence, TODAY)

    assert judged_reading(read, claim, evidence) is None
    assert judged_repairs(read, claim, evidence) == ()
    assert evidence.wanted == ()


@pytest.mark.parametrize(
    ("outcome", "unknown"), [(NotFound("no"), True), (Failure(Reason.TIMEOUT, "timeout"), False)]
)
def test_only_a_registry_that_says_no_makes_an_identifier_unknown(
    outcome: NotFound | Failure, unknown: bool
) -> None:
    read = entry(header(abs_(CARD)))
    evidence = Evidence(told(query(CARD), outcome))
    (claim,) = claims(read, evidence, TODAY)

    judged = judged_reading(read, claim, evidence)

    assert judged
    assert is_unknown(judged) is unknown
    assert (judged.record, judged.match, judged.is_verified, judged.is_alike) == (None, None, False, False)


def test_all_repairs_of_a_tier_are_asked_for_at_once() -> None:
    read = entry(header(fields="arxiv_id: 2410.2127\n"))
    evidence = Evidence({})
    (claim,) = claims(read, evidence, TODAY)

    assert judged_repairs(read, claim, evidence) is None
    assert evidence.wanted == (RecordQuery("arxiv", "2410.21270"), RecordQuery("arxiv", "2410.02127"))


def test_a_repair_that_changes_digits_needs_more_than_a_like_title() -> None:
    found = replace(CARD, id="2410.21270", title="GPT-4o System Cards")
    debris, digits = (
        entry(header(fields=f"arxiv_id: {written}\n")) for written in ("hf2410.21270", "'2410.2127'")
    )
    answers = known(found) | told(RecordQuery("arxiv", "2410.02127"), NotFound("no"))

    verdicts = []
    for read in (debris, digits):
        evidence = Evidence(answers)
        repairs = judged_repairs(read, claims(read, evidence, TODAY)[0], evidence)
        assert repairs
        verdicts.append(repairs[0].match.verdict if repairs[0].match else None)

    assert verdicts == [Verdict.SAME, Verdict.AMBIGUOUS]


def test_the_verified_repair_is_told_where_all_verified_ones_are_one_work() -> None:
    read = entry(header(abs_(CARD), abs_(CARD) + "v2", abs_(TWIN)))
    evidence = Evidence(known(CARD, TWIN))
    judged = [judged_reading(read, claim, evidence) for claim in claims(read, evidence, TODAY)]
    first, second, twin = (one for one in judged if one)

    assert only_verified((first, second)) is first
    assert only_verified((first, twin)) is None
    assert only_verified(()) is None


# -- the entry -------------------------------------------------------------------------------


def test_an_entry_without_a_claim_is_nobody_and_nothing_is_asked() -> None:
    assert known_as(CARD_HEADER, {}) is None


def test_claims_that_agree_make_one_work() -> None:
    found = known_as(header(abs_(CARD), abs_(CARD) + "v3", fields="arxiv_id: '2410.21276'\n"), known(CARD))

    assert found
    assert found.record == CARD


def test_two_works_that_both_fit_are_no_identity() -> None:
    assert known_as(header(abs_(CARD), abs_(TWIN)), known(CARD, TWIN)) is None


def test_a_claim_that_is_verified_outweighs_one_of_another_paper() -> None:
    found = known_as(header(abs_(ATTENTION), abs_(CARD)), known(CARD, ATTENTION))

    assert found
    assert found.record == CARD


def test_a_claim_that_is_verified_outweighs_one_that_is_merely_alike() -> None:
    found = known_as(header(abs_(RENAMED), abs_(CARD)), known(CARD, RENAMED))

    assert found
    assert (found.record, found.is_verified) == (CARD, True)


def test_a_paper_under_another_title_may_be_the_work_and_is_not_verified() -> None:
    found = known_as(header(abs_(RENAMED)), known(RENAMED))

    assert found
    assert (found.record, found.is_verified, found.is_alike) == (RENAMED, False, True)


def test_two_papers_that_are_merely_alike_are_no_identity() -> None:
    other = replace(RENAMED, id="2410.00003")

    assert known_as(header(abs_(RENAMED), abs_(other)), known(RENAMED, other)) is None


def test_another_paper_is_never_the_work() -> None:
    assert known_as(header(abs_(ATTENTION)), known(ATTENTION)) is None


def test_a_repaired_claim_makes_the_work_where_its_record_is_verified() -> None:
    found = known_as(header("https://arxiv.org/abs/hf2410.21276"), known(CARD))

    assert found
    assert (found.record, found.is_verified) == (CARD, True)
    assert found.candidate
    assert found.candidate.kind == "hf-prefix"


def test_a_repaired_claim_whose_record_is_alike_makes_the_work_unverified() -> None:
    found = known_as(header("https://arxiv.org/abs/hf2410.00001"), known(RENAMED))

    assert found
    assert found.is_alike


@pytest.mark.parametrize(
    "url", ["https://arxiv.org/abs/TODO", "https://arxiv.org/abs/hf1706.03762"], ids=["nothing", "another"]
)
def test_a_claim_of_which_nothing_can_be_made_is_nobody(url: str) -> None:
    assert known_as(header(url), known(ATTENTION)) is None


def test_an_entry_whose_claims_are_not_all_known_yet_asks_for_all_of_them() -> None:
    evidence = Evidence({})

    found = identity(entry(header(abs_(CARD), "https://arxiv.org/abs/hf1706.03762")), evidence, TODAY)

    assert found is None
    assert evidence.wanted == (query(CARD), query(ATTENTION))


@pytest.mark.parametrize(
    ("year", "verdict"),
    [
        ("2024", Verdict.SAME),
        ("'1999'", Verdict.AMBIGUOUS),
        ("in 1999", Verdict.SAME),
        ("१९९९", Verdict.SAME),
    ],
)
def test_the_year_of_an_entry_counts_for_guesses_where_it_is_one(year: str, verdict: Verdict) -> None:
    found = replace(CARD, id="2410.21270")
    answers = known(found) | told(RecordQuery("arxiv", "2410.02127"), NotFound("no"))
    read = entry(CARD_HEADER.replace("2024", year) + "arxiv_id: '2410.2127'\n")
    evidence = Evidence(answers)

    repairs = judged_repairs(read, claims(read, evidence, TODAY)[0], evidence)

    assert repairs
    assert repairs[0].match
    assert repairs[0].match.verdict is verdict


def test_an_entry_without_title_and_authors_is_not_verified_by_any_record() -> None:
    found = known_as("arxiv_id: '2410.21276'\n", known(CARD))

    assert found is None or not found.is_verified
