from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from enrich.matching import Anchor, Match, Verdict, capitalised, judge
from enrich.matching.forms import words
from enrich.models import Record
from tests.matching.test_markup import snippets

AUTHORS = ("Ashish Vaswani", "Noam Shazeer", "Niki Parmar")
OTHERS = ("Aaron Hurst", "Adam Lerer", "Adam P. Goucher")
LONG = "Attention Is All You Need"


def record(
    title: str = LONG, authors: tuple[str, ...] = AUTHORS, published: dt.date | None = dt.date(2017, 6, 12)
) -> Record:
    return Record("arxiv", "1706.03762", title, authors, published=published)


def verdict(title: str, other: str, anchor: Anchor, authors: tuple[str, ...] = AUTHORS) -> Verdict:
    return judge(title, authors, record(other), anchor=anchor).verdict


SIBLINGS = [
    (
        "PROP: Pre-training with Representative Words Prediction for Ad-hoc Retrieval",
        "B-PROP: Bootstrapped Pre-training with Representative Words Prediction for Ad-hoc Retrieval",
    ),
    ("Neural Optimal Transport", "Kernel Neural Optimal Transport"),
    ("Heterogeneous Risk Minimization", "Kernelized Heterogeneous Risk Minimization"),
    (
        "Deep Reinforcement Learning for List-wise Recommendations",
        "Deep Reinforcement Learning for Page-wise Recommendations",
    ),
    ("Internal Language Model Estimation for Speech", "Internal Language Model Training for Speech"),
    ("Feasible Arm Identification", "Top Feasible Arm Identification"),
    (
        "Video Frame Interpolation via Adaptive Convolution",
        "Video Frame Interpolation via Adaptive Separable Convolution",
    ),
    ("Oblivious Reactive Routing in Networks", "Oblivious Proactive Routing in Networks"),
    (
        "Deformations of ramified covers in positive characteristic",
        "Deformations of unramified covers in positive characteristic",
    ),
    (
        "Doc2Dial: a Dialogue Dataset Grounded in Documents",
        "Doc2Dial: a Dialogue Framework Grounded in Documents",
    ),
    ("SG-Net: Syntax-Guided Machine Reading", "SG-Net: Syntax Guided Transformer for Language"),
    ("Tip-Adapter: Training-free CLIP-Adapter", "Tip-Adapter: Training-free Adaption of CLIP"),
    ("CodeT5: Open Models for Code Understanding", "CodeT5+: Open Models for Code Understanding"),
    ("VBench: Benchmark Suite for Video Models", "VBench++: Benchmark Suite for Video Models"),
    ("Qwen2 Technical Report", "Qwen2.5 Technical Report"),
    ("Continual Learning of Everything", "Towards Continual Learning of Everything"),
    ("Learning Without Forgetting at Scale", "Learning Without Forgetting at Scale (Extended Abstract)"),
    ("Learning Without Forgetting at Scale", "Learning Without Forgetting at Scale (Abstract)"),
    ("A Theory of Everything, Part I", "A Theory of Everything, Part II"),
    (
        "A Survey on Multimodal Large Language Models and Their Uses in Medicine",
        "Multimodal Large Language Models and Their Uses in Medicine: A Survey",
    ),
    ("Is Attention Explanation", "Is Attention Not Explanation"),
    ("Erratum to a Proof of Something", "A Proof of Something"),
]
RETITLED = [
    (
        "Llama.int8(): 8-bit Matrix Multiplication for Transformers",
        "GPT3.int8(): 8-bit Matrix Multiplication for Transformers",
    ),
    (
        "GPTQ: Accurate Quantization for Generative Transformers",
        "OPTQ: Accurate Quantization for Generative Transformers",
    ),
    (
        "RLAIF: Scaling Reinforcement Learning from Human Feedback with AI Feedback",
        "RLAIF vs. RLHF: Scaling Reinforcement Learning from Human Feedback with AI Feedback",
    ),
    (
        "REALM: Retrieval-Augmented Language Model Pre-Training",
        "Retrieval-Augmented Language Model Pre-Training",
    ),
    ("S-Net: Extraction to Answer Generation", "S-Net: Extraction to Answer Synthesis"),
    ("LLaVA-o1: Let Vision Models Reason Step-by-Step", "LLaVA-CoT: Let Vision Models Reason Step-by-Step"),
]


@pytest.mark.parametrize(("one", "other"), SIBLINGS + RETITLED)
@pytest.mark.parametrize("anchor", Anchor)
def test_the_same_authors_do_not_make_a_sister_paper_the_same(one: str, other: str, anchor: Anchor) -> None:
    assert verdict(one, other, anchor) is not Verdict.SAME
    assert verdict(other, one, anchor) is not Verdict.SAME


@pytest.mark.parametrize(("one", "other"), SIBLINGS + RETITLED)
def test_an_identifier_with_common_authors_is_never_called_wrong(one: str, other: str) -> None:
    assert verdict(one, other, Anchor.ID) is Verdict.AMBIGUOUS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "LassoNet: Neural Networks with Feature Sparsity",
            "LassoNet: A Neural Network with Feature Sparsity",
        ),
        ("Thompson Sampling Algorithms for Bandits", "Thompson Sampling Algorithm for Bandits"),
        (
            "On Causal Identification under Markov Equivalence",
            "Causal Identification under Markov Equivalence",
        ),
        ("On the Logarithmic Epiperimetric Inequality", "A Logarithmic Epiperimetric Inequality"),
        ("Evaluating Machine Tranlation for the Web", "Evaluating Machine Translation for the Web"),
        ("Pre-training for On-device Models", "Pretraining on Device Models"),
    ],
)
def test_trifles_are_forgiven_an_identifier_but_not_a_guess(one: str, other: str) -> None:
    for ours, theirs in ((one, other), (other, one)):
        by_id = judge(ours, AUTHORS, record(theirs), anchor=Anchor.ID)

        assert by_id.verdict is Verdict.SAME
        assert by_id.near
        assert by_id.title_score < 1
        assert verdict(ours, theirs, Anchor.GUESS) is Verdict.AMBIGUOUS


def test_the_mangled_entry_of_the_record_is_the_same() -> None:
    card = record("GPT-4o System Card", ("OpenAI", "Aaron Hurst", "Alex Baker-Whitcomb", "Bob McGrew"))

    mangled = ("Openai", "Aaron Hurst", "Alex Baker-whitcomb", "Bob Mcgrew")

    match = judge("Gpt-4o System Card", mangled, card, anchor=Anchor.ID)

    assert match == Match(
        Verdict.SAME,
        1.0,
        4,
        4,
        near=True,
        support=("title matches (score 1.00)", "4 of 4 authors"),
        against=(),
    )
    assert match.evidence == ("title matches (score 1.00)", "4 of 4 authors")


def test_a_wrong_identifier_is_different() -> None:
    edits = record("Learning to Represent Edits", ("Pengcheng Yin", "Graham Neubig", "Miltiadis Allamanis"))

    match = judge("Learning to Execute", ("Wojciech Zaremba", "Ilya Sutskever"), edits, anchor=Anchor.ID)

    assert match.verdict is Verdict.DIFFERENT
    assert match.support == ()
    assert match.against == ("title score 0.68 is below 0.90", "no author in common")


def test_an_equal_title_by_others_is_for_a_person() -> None:
    match = judge(LONG, OTHERS, record(), anchor=Anchor.ID)

    assert match.verdict is Verdict.AMBIGUOUS
    assert match.support == ("title matches (score 1.00)",)
    assert match.against == ("no author in common",)
    assert verdict(LONG, LONG, Anchor.GUESS, OTHERS) is Verdict.AMBIGUOUS


def test_the_first_author_confirms_a_list_that_changed_otherwise() -> None:
    many = tuple(f"Given{letter} Surname{letter}" for letter in "abcdefghij")

    assert judge(LONG, ("Noam Shazeer", *many), record(), anchor=Anchor.ID).verdict is Verdict.SAME
    assert judge(
        LONG, (*many, "Ashish Vaswani"), record(authors=(*OTHERS, *AUTHORS)), anchor=Anchor.ID
    ).against == ("only 1 of 6 authors",)


@pytest.mark.parametrize("missing", [(), (":",), ("OpenAI",), ("Kimi Team",)])
@pytest.mark.parametrize("title", [LONG, "Learning to Execute", ""])
@pytest.mark.parametrize("anchor", Anchor)
def test_missing_authors_never_make_a_work_different(
    missing: tuple[str, ...], title: str, anchor: Anchor
) -> None:
    for ours, theirs in ((missing, AUTHORS), (AUTHORS, missing), (missing, missing)):
        match = judge(title, ours, record(authors=theirs), anchor=anchor)

        assert match.verdict is not Verdict.DIFFERENT


def test_without_authors_an_identifier_and_its_title_are_enough_but_a_guess_is_not() -> None:
    assert judge(LONG, (), record(), anchor=Anchor.ID).verdict is Verdict.SAME
    assert judge(LONG, (), record(), anchor=Anchor.GUESS).against == ("no authors to compare",)
    assert judge("Learning to Execute", (), record(), anchor=Anchor.ID).verdict is Verdict.AMBIGUOUS


@pytest.mark.parametrize("title", ["", "???", "注意力就是一切", "GPT-4 技术报告"])
@pytest.mark.parametrize("anchor", Anchor)
def test_a_title_that_can_not_be_compared_never_makes_a_work_different(title: str, anchor: Anchor) -> None:
    match = judge(title, OTHERS, record(), anchor=anchor)

    assert match.verdict is Verdict.AMBIGUOUS
    assert match.against[0] == "the titles can't be compared"


def test_two_titles_in_another_script_are_compared() -> None:
    assert verdict("注意力就是一切", "注意力就是一切", Anchor.ID) is Verdict.SAME


def test_a_title_in_another_order_says_so() -> None:
    one, other = (
        "Old and New Language Models Reason Step by Step in Every Domain of Mathematics",
        "New and Old Language Models Reason Step by Step in Every Domain of Mathematics",
    )

    match = judge(one, AUTHORS, record(other), anchor=Anchor.ID)

    assert match.verdict is Verdict.AMBIGUOUS
    assert match.against == ("title has the same words in another order",)


def test_a_sister_paper_is_told_by_the_words_that_differ() -> None:
    one, other = SIBLINGS[6]

    assert judge(one, AUTHORS, record(other), anchor=Anchor.ID).against == ("title differs in `separable`",)


class TestAGuess:
    def test_is_the_same_with_equal_titles_and_all_authors(self) -> None:
        assert verdict(LONG, LONG.upper(), Anchor.GUESS) is Verdict.SAME

    def test_takes_most_authors_if_the_first_agrees(self) -> None:
        cut = (*AUTHORS[:2], "Someone Else")

        assert (
            judge(LONG, cut, record(authors=(*AUTHORS, *OTHERS)), anchor=Anchor.GUESS).verdict is Verdict.SAME
        )
        assert judge(LONG, cut[::-1], record(authors=(*AUTHORS, *OTHERS)), anchor=Anchor.GUESS).against == (
            "only 2 of 3 authors",
        )

    def test_with_a_short_title_wants_all_authors(self) -> None:
        match = judge("Deep Learning", AUTHORS[:1], record("Deep Learning"), anchor=Anchor.GUESS)

        assert match.verdict is Verdict.AMBIGUOUS
        assert match.against == ("the title is short, and the author lists differ",)
        assert verdict("Deep Learning", "Deep learning", Anchor.GUESS) is Verdict.SAME

    @pytest.mark.parametrize(("year", "doubt"), [(2015, "2 before"), (2022, "5 after")])
    def test_wants_a_year_that_fits(self, year: int, doubt: str) -> None:
        match = judge(LONG, AUTHORS, record(), anchor=Anchor.GUESS, year=year)

        assert match.verdict is Verdict.AMBIGUOUS
        assert match.against == (f"its year is {doubt} the record's",)

    @pytest.mark.parametrize("year", [None, 2016, 2017, 2021])
    def test_takes_the_year_of_the_venue(self, year: int | None) -> None:
        assert judge(LONG, AUTHORS, record(), anchor=Anchor.GUESS, year=year).verdict is Verdict.SAME
        assert (
            judge(LONG, AUTHORS, record(published=None), anchor=Anchor.GUESS, year=year).verdict
            is Verdict.SAME
        )

    @pytest.mark.parametrize("candidates", [0, 2])
    def test_is_undecided_between_twins(self, candidates: int) -> None:
        match = judge(LONG, AUTHORS, record(), anchor=Anchor.GUESS, candidates=candidates)

        assert match.verdict is Verdict.AMBIGUOUS
        assert match.against == (f"{candidates} records match alike",)

    def test_is_different_for_another_work_of_the_same_authors(self) -> None:
        assert verdict(LONG, "One Model To Learn Them All", Anchor.GUESS) is Verdict.DIFFERENT

    def test_is_ambiguous_for_a_likely_rename(self) -> None:
        one, other = RETITLED[4]

        assert verdict(one, other, Anchor.GUESS) is Verdict.AMBIGUOUS


def test_an_identifier_is_blind_to_years_and_candidates() -> None:
    assert judge(LONG, AUTHORS, record(), anchor=Anchor.ID, year=1999, candidates=3).verdict is Verdict.SAME


def test_a_match_survives_pickle() -> None:
    match = judge(LONG, AUTHORS, record(), anchor=Anchor.ID)

    assert pickle.loads(pickle.dumps(match)) == match
    assert hash(match)


titles = st.sampled_from(
    [title for pair in SIBLINGS + RETITLED for title in pair] + [LONG, "Deep Learning", ""]
)
people = st.lists(st.sampled_from([*AUTHORS, *OTHERS, "OpenAI", "A. Vaswani", ":"]), max_size=4).map(tuple)


@given(titles, people, titles, people, st.sampled_from(Anchor))
def test_judging_is_symmetric(
    title: str, authors: tuple[str, ...], other: str, others: tuple[str, ...], anchor: Anchor
) -> None:
    forth = judge(title, authors, record(other, others), anchor=anchor)
    back = judge(other, others, record(title, authors), anchor=anchor)

    assert forth == back


@given(titles, people, titles, people)
def test_a_guess_is_never_surer_than_an_identifier(
    title: str, authors: tuple[str, ...], other: str, others: tuple[str, ...]
) -> None:
    guess = judge(title, authors, record(other, others), anchor=Anchor.GUESS)
    by_id = judge(title, authors, record(other, others), anchor=Anchor.ID)

    assert guess.verdict is not Verdict.SAME or by_id.verdict is Verdict.SAME
    assert (guess.verdict is Verdict.SAME) == (not guess.against)


@given(snippets | st.text(max_size=20))
@example(r"\\\R&lt;")
@example(r"on $\R^2$")
def test_the_mangled_title_is_always_near(title: str) -> None:
    assume(words(title))

    assert judge(capitalised(title), (), record(title), anchor=Anchor.ID).near


def test_the_confidence_that_people_are_shown_falls_with_the_authors_that_differ() -> None:
    whole = Match(Verdict.SAME, 1.0, 4, 4, near=True, support=(), against=())

    assert whole.confidence == 1.0
    assert replace(whole, authors_agreeing=2).confidence == 0.75
    assert replace(whole, authors_agreeing=0).confidence == 0.5
    assert replace(whole, authors_agreeing=0, authors_total=0).confidence == 1.0
