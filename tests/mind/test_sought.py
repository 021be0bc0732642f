"""Which paper is meant where an identifier leads nowhere; what must never be taken for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.evidence import Evidence
from enrich.identity import Sought, claims, identity, judged_reading, sought_for, sought_instead, understood
from enrich.matching import Anchor, Verdict, judge
from enrich.models import (
    Answer,
    AnswerOutcome,
    Applicability,
    Candidates,
    Failure,
    NotFound,
    Plan,
    Query,
    Reason,
    Record,
    RecordQuery,
    SearchQuery,
)
from enrich.planning import advance, open_entry
from tests.mind.entries import CARD, CARD_HEADER, TODAY, Arxiv, context, entry, file, known, told

OTHER = Record("arxiv", "1810.13337", "Learning to Represent Edits", ("Pengcheng Yin", "Graham Neubig"))


def linked(*names: str, header: str = CARD_HEADER) -> str:
    links = "".join(f"  - {{name: Paper, url: 'https://arxiv.org/abs/{name}'}}\n" for name in names)
    return f"{header}additional_links:\n{links}"


def test_questions_come_in_order_and_none_before_the_one_before_it_is_answered() -> None:
    read = entry(linked("1810.13337"))
    asked: list[set[type]] = []
    answers: dict[Query, Answer] = {}
    all_answers = Arxiv(OTHER, found=Candidates((CARD,)))

    for _ in range(4):
        evidence = Evidence(answers)
        (claim,) = claims(read, evidence, TODAY)
        judged = judged_reading(read, claim, evidence)
        if judged:
            sought_instead(read, claim, evidence, TODAY)
        asked.append({type(query) for query in evidence.wanted})
        answers |= {query: all_answers[query] for query in evidence.wanted}

    assert asked == [{RecordQuery}, {RecordQuery}, {SearchQuery}, set()]
    assert len([query for query in answers if isinstance(query, RecordQuery)]) < 250


def test_what_another_link_says_is_waited_for() -> None:
    read = entry(linked("1810.13337", "2410.21276", "hf2410.21277"))
    first, *_ = claims(read, Evidence({}), TODAY)

    assert sought_instead(read, first, Evidence(known(OTHER)), TODAY) is None
    assert sought_instead(read, first, Evidence(known(OTHER, CARD)), TODAY) is None


def test_an_entry_without_authors_can_be_no_paper_in_particular() -> None:
    read = entry(
        "title: GPT-4o System Card\nadditional_links:\n  - {name: Paper, url: 'https://arxiv.org/abs/TODO'}\n"
    )
    evidence = Evidence({})
    (claim,) = claims(read, evidence, TODAY)

    assert understood(read, claim, evidence, TODAY) == Sought()
    assert sought_for(read, evidence, TODAY) == Sought()
    assert evidence.wanted == ()


def test_an_old_version_with_yet_another_title_says_nothing() -> None:
    renamed = replace(CARD, title="Speech of Machines in the Wild", version=3)
    answers = known(renamed)
    answers |= told(
        RecordQuery("arxiv", "2410.21276v1"), replace(renamed, title="Speech of Birds", version=1)
    )
    answers |= told(RecordQuery("arxiv", "2410.21276v2"), replace(CARD, version=2))
    evidence = Evidence(answers)

    found = identity(entry(linked("2410.21276")), evidence, TODAY)

    assert evidence.wanted == ()
    assert found
    assert found.is_verified
    assert "version 2 had the title “GPT-4o System Card”" in found.evidence
    assert found.record == renamed


def test_old_versions_are_not_asked_for_where_nobody_is_the_same() -> None:
    evidence = Evidence(known(replace(OTHER, version=9)))

    assert identity(entry(linked("1810.13337")), evidence, TODAY) is None
    assert evidence.wanted == ()


def test_where_digits_were_restored_a_proof_goes_before_a_likeness() -> None:
    alike = replace(CARD, id="2410.21270", title="GPT-4o System Cards")
    header = CARD_HEADER + "arxiv_id: 2410.2127\n"

    def meant(answers: Arxiv) -> tuple[str, Applicability]:
        read = entry(header)
        (claim,) = claims(read, Evidence({}), TODAY)
        sought = understood(read, claim, Evidence(answers), TODAY)
        assert sought
        assert sought.best
        return sought.best.query.id, sought.most

    assert meant(Arxiv(alike)) == ("2410.21270", Applicability.SAFE)
    assert meant(Arxiv(alike, found=Candidates((CARD,)))) == ("2410.21276", Applicability.UNSAFE)


@pytest.mark.parametrize(
    "found", [Failure(Reason.TIMEOUT, "timeout"), NotFound("nothing"), Candidates((OTHER,))]
)
def test_nothing_is_proposed_where_nothing_was_found(found: AnswerOutcome) -> None:
    sought = sought_for(entry(CARD_HEADER), Evidence(Arxiv(found=found)), TODAY)

    assert sought
    assert sought.best is None
    assert sought.several == ()


def test_of_candidates_for_an_entry_that_claims_nothing_people_are_told() -> None:
    twin = replace(CARD, id="2411.00002")
    chosen = context(select=("IDN220", "IDN221"))
    subject = open_entry(file(CARD_HEADER), chosen)
    assert not isinstance(subject, Plan)

    plan = advance(subject, Arxiv(found=Candidates((CARD, twin))), chosen)

    assert isinstance(plan, Plan)
    lone = advance(subject, Arxiv(found=Candidates((OTHER,))), chosen)
    assert isinstance(lone, Plan)
    assert lone.findings == ()
    (finding,) = plan.findings
    assert (finding.rule, finding.message, finding.field) == ("IDN221", "2 papers may be meant", "title")
    assert finding.evidence == (
        "arXiv 2410.21276 “GPT-4o System Card” by OpenAI, Aaron Hurst, Alex Baker-Whitcomb",
        "arXiv 2411.00002 “GPT-4o System Card” by OpenAI, Aaron Hurst, Alex Baker-Whitcomb",
    )
    assert plan.changes == ()


# -- what looks alike and is not ---------------------------------------------------------------

ANN = ("Ann Bold", "Cay Drew", "Eva Fox")
HARD = [
    ("PROP: Pre-training with Representative Words", "B-PROP: Pre-training with Representative Words"),
    ("Neural Optimal Transport", "Kernel Neural Optimal Transport"),
    ("Heterogeneous Risk Minimization", "Kernelized Heterogeneous Risk Minimization"),
    ("Deep RL for List-wise Recommendations", "Deep RL for Page-wise Recommendations"),
    ("Internal LM Estimation for Speech", "Internal LM Training for Speech"),
    ("Feasible Arm Identification in Bandits", "Top Feasible Arm Identification in Bandits"),
    ("Video Frame Interpolation via Adaptive Convolution",
     "Video Frame Interpolation via Adaptive Separable Convolution"),
    ("Reactive Routing in Wireless Networks", "Proactive Routing in Wireless Networks"),
    ("On ramified extensions of local fields", "On unramified extensions of local fields"),
    ("Doc2Dial: A Goal-Oriented Dialogue Dataset", "Doc2Dial: A Goal-Oriented Dialogue Framework"),
    ("CodeT5: Open Code Models", "CodeT5+: Open Code Models"),
    ("VBench: Benchmarks for Video", "VBench++: Benchmarks for Video"),
    ("Qwen2 Technical Report", "Qwen2.5 Technical Report"),
    ("Llama Technical Report", "Llama 2 Technical Report"),
    ("Open Language Models", "Towards Open Language Models"),
    ("Learning to Rank from Clicks", "Learning to Rank from Clicks (Extended Abstract)"),
    ("A Survey on Multimodal LLMs", "Multimodal LLMs: A Survey"),
    ("Quantum Walks, Part I", "Quantum Walks, Part II"),
    ("Graph Learning in Practice", "Comment on Graph Learning in Practice"),
    ("Speech in Many Languages", "Multilingual Speech in Many Languages"),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs"), [*HARD, *((theirs, ours) for ours, theirs in HARD)])
def test_a_sister_paper_is_never_the_same_by_a_guess_or_a_search(ours: str, theirs: str) -> None:
    record = Record("arxiv", "2410.00001", theirs, ANN)

    assert judge(ours, ANN, record, anchor=Anchor.GUESS).verdict is not Verdict.SAME
    assert judge(ours, ANN, record, anchor=Anchor.ID).verdict is not Verdict.SAME


@pytest.mark.parametrize(("ours", "theirs"), HARD)
def test_where_only_a_sister_paper_is_found_nothing_is_proposed(ours: str, theirs: str) -> None:
    header = f'title: "{ours}"\nauthors: {", ".join(ANN)}\nyear: 2024\n'
    sister = Record("arxiv", "2410.00001", theirs, ANN)

    def changes(header: str, *records: Record) -> tuple[object, ...]:
        chosen = context('[rules]\nextend-select = ["IDN220", "MET304"]')
        subject = open_entry(file(header), chosen)
        assert not isinstance(subject, Plan)
        plan = advance(subject, Arxiv(*records, found=Candidates((sister,))), chosen)
        assert isinstance(plan, Plan)
        return plan.changes

    assert changes(header) == ()
    assert changes(linked("2410.99999", header=header)) == ()
    assert changes(linked("1810.13337", header=header), OTHER) == ()


def test_the_same_title_by_others_is_another_paper() -> None:
    other = Record(
        "arxiv", "2107.00001", "Neural Machine Translation for Low Resource Languages", ("A B", "C D")
    )
    header = f"title: {other.title}\nauthors: Vandan Mujadia, Dipti Sharma\n"

    sought = sought_for(entry(header), Evidence(Arxiv(found=Candidates((other,)))), TODAY)

    assert sought
    assert sought.best is None


def test_the_same_title_by_the_same_authors_twice_is_undecided() -> None:
    twin = replace(CARD, id="2411.00002")

    sought = sought_for(entry(CARD_HEADER), Evidence(Arxiv(found=Candidates((CARD, twin)))), TODAY)

    assert sought
    assert sought.best is None
    assert [one.query.id for one in sought.several] == ["2410.21276", "2411.00002"]


def test_where_another_paper_has_title_and_authors_a_likeness_is_not_the_work() -> None:
    sister = replace(CARD, id="2411.00002", title="GPT-4o mini System Card")
    read = entry(linked("2411.00002"))

    found, lone = (
        identity(read, Evidence(Arxiv(sister, found=listed)), TODAY)
        for listed in (Candidates((CARD, sister)), Candidates((sister,)))
    )

    assert found is None
    assert lone
    assert lone.is_alike


def test_whether_a_likeness_is_the_work_is_not_said_before_the_search_was_answered() -> None:
    sister = replace(CARD, id="2411.00002", title="GPT-4o mini System Card")
    evidence = Evidence(known(sister))

    assert identity(entry(linked("2411.00002")), evidence, TODAY) is None
    assert [type(query) for query in evidence.wanted] == [SearchQuery]


def test_a_guess_that_could_not_be_asked_about_ends_the_search() -> None:
    timeout = Failure(Reason.TIMEOUT, "timeout")
    read = entry(linked("2410.21277"))
    answers = Arxiv(answers=told(RecordQuery("arxiv", "2410.21276"), timeout), found=Candidates((CARD,)))
    evidence = Evidence(answers)
    (claim,) = claims(read, evidence, TODAY)

    assert sought_instead(read, claim, evidence, TODAY) == Sought(failure=timeout)
