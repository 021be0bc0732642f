"""Two entries that claim one work: which is told what, and whose proposals go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.duplicates import Duplicates, may_be_anothers, stated
from enrich.models import Candidates, Plan, Record, Severity
from enrich.planning import advance, open_entry
from tests.mind.entries import CARD, CARD_HEADER, Arxiv, context, file

if TYPE_CHECKING:
    from enrich.models import AnswerOutcome

MINI = replace(CARD, id="2411.00002", title="GPT-4o mini System Card")
MINI_HEADER = CARD_HEADER.replace("GPT-4o", "GPT-4o mini")


def planned(path: str, header: str, *records: Record, found: AnswerOutcome | None = None) -> Plan:
    here = context()
    subject = open_entry(file(header, path=path), here)
    assert not isinstance(subject, Plan)
    plan = advance(subject, Arxiv(*records, found=found) if found else Arxiv(*records), here)
    assert isinstance(plan, Plan)
    return plan


def paper(name: str) -> str:
    return f"additional_links:\n  - {{name: Paper, url: 'https://arxiv.org/abs/{name}'}}\n"


def told(*plans: Plan) -> list[tuple[str, str]]:
    duplicates = Duplicates()
    for plan in plans:
        duplicates.add(stated(plan))
    return [
        (result.path, result.finding.message)
        for outcome in duplicates.outcomes(Severity.WARNING)
        for result in outcome.results
    ]


def test_two_entries_of_one_paper_name_each_other() -> None:
    plans = [planned(path, CARD_HEADER + paper("2410.21276"), CARD) for path in ("b.md", "a.md")]

    assert told(*plans) == [
        ("a.md", "arXiv 2410.21276 is also that of b.md"),
        ("b.md", "arXiv 2410.21276 is also that of a.md"),
    ]


def test_an_entry_is_no_duplicate_of_itself() -> None:
    assert told(planned("a.md", f"{CARD_HEADER}arxiv_id: '2410.21276'\n{paper('2410.21276')}", CARD)) == []


def test_of_two_the_one_with_another_title_is_the_wrong_one() -> None:
    right = planned("a.md", CARD_HEADER + paper("2410.21276"), CARD)
    wrong = planned("b.md", MINI_HEADER + paper("2410.21276"), CARD)

    assert told(right, wrong) == [
        ("a.md", "arXiv 2410.21276 is also named by b.md, which has another title or other authors"),
        ("b.md", "arXiv 2410.21276 is that of a.md, which has its title and its authors"),
    ]


def test_a_doi_is_compared_in_any_spelling() -> None:
    first = planned("a.md", "title: One\ndoi: 10.1145/ABC.1\n")
    second = planned("b.md", "title: Two\ndoi: https://doi.org/10.1145/abc.1\n")

    assert [message for _, message in told(first, second)] == [
        "DOI 10.1145/abc.1 is also that of b.md",
        "DOI 10.1145/abc.1 is also that of a.md",
    ]


def test_the_same_title_and_authors_are_one_work_however_they_are_spelled() -> None:
    first = planned("a.md", CARD_HEADER)
    second = planned(
        "b.md", "title: Gpt-4o System-Card\nauthors: [A. Hurst, A. Baker-whitcomb]\nyear: 2025\n"
    )

    assert told(first, second) == [
        ("a.md", "title and authors are also those of b.md"),
        ("b.md", "title and authors are also those of a.md"),
    ]


def test_two_papers_of_one_title_are_two_works() -> None:
    title = "title: Neural Machine Translation For Low Resource Languages\n"
    first = planned("a.md", f"{title}authors: Robert Östling, Jörg Tiedemann\n")
    second = planned("b.md", f"{title}authors: Vandan Mujadia, Dipti Sharma\n")

    assert told(first, second) == []


def test_twins_that_are_both_verified_are_two_works() -> None:
    twin = replace(CARD, id="2411.00009")
    first = planned("a.md", CARD_HEADER + paper("2410.21276"), CARD)
    second = planned("b.md", CARD_HEADER + paper("2411.00009"), twin)

    assert told(first, second) == []


def test_many_others_are_counted() -> None:
    plans = [planned(f"{name}.md", CARD_HEADER + paper("2410.21276"), CARD) for name in "abcdef"]

    assert told(*plans)[0][1] == "arXiv 2410.21276 is also that of b.md, c.md, d.md and 2 others"


def test_a_record_that_is_another_entrys_proposes_nothing() -> None:
    owner = planned("a.md", CARD_HEADER + paper("2410.21276"), CARD)
    sister = planned("b.md", MINI_HEADER + paper("hf2410.21276"), CARD)
    duplicates = Duplicates()
    duplicates.add(stated(owner))
    duplicates.add(stated(sister))

    settled = duplicates.settled(sister)

    assert may_be_anothers(sister)
    assert {change.rule for change in sister.changes} >= {"IDN201", "MET301", "MET303"}
    assert settled.changes == ()
    assert [(finding.rule, finding.fix, finding.help) for finding in settled.findings] == [
        ("IDN201", None, "this paper is another entry's")
    ]
    assert settled.records == ()


def test_a_renamed_paper_that_nobody_else_claims_keeps_its_proposals() -> None:
    renamed = planned("b.md", MINI_HEADER + paper("2410.21276"), CARD)
    duplicates = Duplicates()
    duplicates.add(stated(renamed))

    assert duplicates.settled(renamed) == renamed
    assert renamed.changes


def test_an_entry_whose_record_is_its_own_is_not_held_back() -> None:
    assert not may_be_anothers(planned("a.md", CARD_HEADER + paper("2410.21276"), CARD))
    assert not may_be_anothers(planned("a.md", CARD_HEADER))
    found = planned("a.md", MINI_HEADER + paper("2410.21276"), CARD, found=Candidates((CARD, MINI)))
    assert not may_be_anothers(found)


def test_of_two_names_of_an_entry_only_the_one_that_another_has_is_told() -> None:
    first = planned("a.md", CARD_HEADER + "doi: 10.1145/abc.1\n" + paper("2410.21276"), CARD)
    second = planned("b.md", CARD_HEADER + paper("2410.21276"), CARD)

    assert told(first, second) == [
        ("a.md", "arXiv 2410.21276 is also that of b.md"),
        ("b.md", "arXiv 2410.21276 is also that of a.md"),
    ]
