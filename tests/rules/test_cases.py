"""
Every rule by example: `cases/<rule>/<case>/` holds `before.md`, `answers.yaml`, `after.md`
(missing where nothing changes) and `findings.txt`, beside them `neighbours/*.md` for what the
catalogue's other entries show. A curator can write one.

`ENRICH_UPDATE_CASES=1` writes `after.md` and `findings.txt` anew; read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from enrich import rules
from enrich.outcomes import outcome_of
from tests.rules.case_files import CASES, answers_of, context_of, plan_of

if TYPE_CHECKING:
    from enrich.models import Outcome
    from enrich.rule import Rule

UPDATE = bool(os.environ.get("ENRICH_UPDATE_CASES"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_rule_does_what_its_case_says(case: Path) -> None:
    answers, context = answers_of(case), context_of(case)

    plan = plan_of((case / "before.md").read_bytes(), answers, context)

    _compare(case / "findings.txt", _findings(outcome_of(plan, wrote=False)))
    _compare(case / "after.md", plan.text if plan.written else "")


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.code)
def test_every_rule_that_looks_at_entries_has_a_case_in_which_it_speaks_and_one_in_which_it_does_not(
    rule: Rule,
) -> None:
    if rule.check is None:
        pytest.skip("not decided entry by entry")
    folder = Path(__file__).parent / "cases" / f"{rule.code}-{rule.name}"

    spoken = [(case / "findings.txt").exists() for case in folder.iterdir()]

    assert True in spoken
    assert False in spoken


def _findings(outcome: Outcome) -> str:
    return "".join(
        f"{f'{result.place.line}:{result.place.column}' if result.place else '-'} "
        f"{result.finding.severity.name[0]} {result.finding.rule} "
        f"{f'[{result.change.fix.applicability.word}] ' if result.change else ''}{result.finding.message}\n"
        for result in outcome.results
    )


def _compare(path: Path, found: str) -> None:
    if UPDATE:
        if found:
            path.write_text(found, encoding="utf-8", newline="")
        else:
            path.unlink(missing_ok=True)
    expected = path.read_bytes().decode() if path.exists() else ""
    assert found == expected
