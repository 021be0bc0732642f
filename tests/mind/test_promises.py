"""What the mind promises, over every case of every rule."""

from __future__ import annotations

import pickle
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.models import Answer, Ask, Failure, LinkCheck, LinkQuery, LinkStatus, Plan, Reason
from enrich.planning import advance, open_entry
from tests.documents import document
from tests.rules.case_files import CASES, NOW, Told, answers_of, context_of, plan_of

if TYPE_CHECKING:
    from pathlib import Path

    from enrich.models import Query

BROKEN = {"LNK101", "LNK102", "IDN202", "IDN203"}
"""Rules that say that something is wrong because an answer says so."""


@given(case=st.sampled_from(CASES), data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_and_any_portions_of_answers_give_the_same_plan(case: Path, data: st.DataObject) -> None:
    all_answers, context, content = answers_of(case), context_of(case), (case / "before.md").read_bytes()
    expected = plan_of(content, all_answers, context)
    subject = open_entry(document(content, "_publications/entry.md"), context)
    known: dict[Query, Answer] = {}

    while not isinstance(subject, Plan):
        step = advance(subject, known, context)
        if isinstance(step, Plan):
            subject = step
            break
        assert not set(step.queries) & set(known), "asked what it has been told"
        told = data.draw(st.lists(st.sampled_from(step.queries), min_size=1, unique=True))
        known |= {query: all_answers[query] for query in told}

    assert subject == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_half_of_the_answers_at_a_time_lead_to_the_same_plan(case: Path) -> None:
    all_answers, context, content = answers_of(case), context_of(case), (case / "before.md").read_bytes()
    step = open_entry(document(content, "_publications/entry.md"), context)
    known: dict[Query, Answer] = {}

    while not isinstance(step, Plan):
        asked = advance(step, known, context)
        if isinstance(asked, Plan):
            step = asked
            break
        known |= {query: all_answers[query] for query in asked.queries[: (len(asked.queries) + 1) // 2]}

    assert step == plan_of(content, all_answers, context)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_plan_that_is_applied_and_planned_again_has_nothing_to_edit(case: Path) -> None:
    answers, context = answers_of(case), context_of(case)
    plan = plan_of((case / "before.md").read_bytes(), answers, context)

    again = _plan_with_links_that_work(plan.document.encode(plan.text), answers, case)

    assert again.written == ()
    assert again.text == plan.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_failures_alone_lead_to_no_edit_and_to_no_verdict(case: Path) -> None:
    timeout = Failure(Reason.TIMEOUT, "timeout")
    failed = Told((query, Answer(query, timeout, "none", NOW)) for query in answers_of(case))
    failed.rest = timeout

    plan = plan_of((case / "before.md").read_bytes(), failed, context_of(case))

    assert {change.fix.source for change in plan.changes} <= {"grammar"}
    assert not {finding.rule for finding in plan.findings} & BROKEN
    assert all(use.check.status is not LinkStatus.BROKEN or use.answer is None for use in plan.links)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_questions_plans_and_contexts_survive_pickle(case: Path) -> None:
    answers, context = answers_of(case), context_of(case)
    content = (case / "before.md").read_bytes()
    subject = open_entry(document(content), context)
    words: list[object] = [answers, context, subject, plan_of(content, answers, context)]
    if not isinstance(subject, Plan):
        words.append(advance(subject, {}, context))

    for word in words:
        assert pickle.loads(pickle.dumps(word)) == word


def _plan_with_links_that_work(content: bytes, answers: dict[Query, Answer], case: Path) -> Plan:
    """The plan where every address that wasn't asked before works: repaired ones are new questions."""
    subject = open_entry(document(content, "_publications/entry.md"), context_of(case))
    known: dict[Query, Answer] = copy(answers)
    while not isinstance(subject, Plan):
        step = advance(subject, known, context_of(case))
        if isinstance(step, Plan):
            return step
        assert isinstance(step, Ask)
        fine = LinkCheck(LinkStatus.OK, "200 OK", code=200)
        links = [query for query in step.queries if isinstance(query, LinkQuery)]
        assert links, f"no answer to {step.queries}"
        known |= {query: Answer(query, fine, "web", NOW) for query in links}
    return replace(subject)
