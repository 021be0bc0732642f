"""What an outcome depends on has one digest, whatever the order of its sets, and another with each change."""

from __future__ import annotations

import ast
import datetime as dt
import pickle
from dataclasses import replace
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import enrich
from enrich.catalogues.customs import Customs
from enrich.cli.catalogue import LateCustoms
from enrich.cli.circumstances import digest_of_all, program
from enrich.cli.unchanged import lasting
from enrich.models import Memory, Severity
from tests.mind.entries import context

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_customs_that_were_learned_late_are_sent_as_they_are_known() -> None:
    learned = LateCustoms(lambda: Customs(bare_dois=True, venue="NeurIPS"))

    sent = pickle.loads(pickle.dumps(learned))

    assert sent.known == learned.known
    assert sent.bare_dois


class Flag(Enum):
    UP = "up"


CONTEXT = context()
PACKAGE = Path(enrich.__file__).parent


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTEXT, today=CONTEXT.today + dt.timedelta(days=1)),
        replace(CONTEXT, selected=CONTEXT.selected - {"LNK101"}),
        replace(CONTEXT, severities=(("LNK101", Severity.INFO), *CONTEXT.severities[1:])),
        replace(CONTEXT, rejected=frozenset({"0" * 8})),
        replace(CONTEXT, demoted=frozenset({"IDN201"})),
        replace(CONTEXT, shape=replace(CONTEXT.shape, venue=("booktitle",))),
        replace(CONTEXT, customs=Customs(bare_dois=True)),
        replace(CONTEXT, config=replace(CONTEXT.config, cache=replace(CONTEXT.config.cache, jitter=0.1))),
    ],
)
def test_each_part_of_the_context_tells(other: object) -> None:
    assert digest_of_all(other) != digest_of_all(CONTEXT)
    assert digest_of_all(replace(CONTEXT)) == digest_of_all(CONTEXT)


def test_of_the_day_no_more_than_its_month_tells() -> None:
    days = [dt.date(2026, 11, 1), dt.date(2026, 11, 30), dt.date(2026, 12, 1), dt.date(2027, 11, 1)]

    first, last, next_month, next_year = (
        digest_of_all(lasting(replace(CONTEXT, today=day, customs=LateCustoms(Customs)))) for day in days
    )

    assert first == last
    assert len({first, next_month, next_year}) == 3


def test_nothing_but_identifiers_and_what_may_end_looks_at_the_day() -> None:
    """Else an outcome could be another on the next day, and nobody would find out: see `lasting`."""
    looked_at = {
        (file.relative_to(PACKAGE).as_posix(), ast.unparse(where))
        for file in PACKAGE.rglob("*.py")
        for where in _looks_at_today(ast.parse(file.read_text("utf-8")))
    }

    assert looked_at == {
        ("identifiers/scheme.py", "today.year"),
        ("identifiers/scheme.py", "today.month"),
        ("suppressions.py", "today <= self.until"),  # comments, of which `_may_have_an_end` knows
        ("planning.py", "today <= ignore.until"),  # those that have ended are not in the context
        ("cli/set_aside.py", "ignore.until < self._context.today"),  # told anew by each run
        ("cli/unchanged.py", "context.today.replace"),
        ("mirror/importing.py", "paper.datestamp <= self.today"),
    }


def _looks_at_today(tree: ast.AST) -> Iterator[ast.AST]:
    """Where it is not only passed on, or held under its own name."""
    for node in ast.walk(tree):
        passes_on = isinstance(node, ast.Call | ast.keyword | ast.Assign | ast.AnnAssign)
        renames = isinstance(node, ast.Assign | ast.AnnAssign) and node.value and _is_today(node.value)
        if renames or (not passes_on and any(map(_is_today, ast.iter_child_nodes(node)))):
            yield node


def _is_today(node: ast.AST) -> bool:
    return (isinstance(node, ast.Name) and node.id == "today") or (
        isinstance(node, ast.Attribute) and node.attr == "today"
    )


@given(st.lists(st.text()))
def test_sets_and_mappings_have_no_order(texts: list[str]) -> None:
    back = list(reversed(texts))

    assert digest_of_all(frozenset(texts)) == digest_of_all(set(back))
    assert digest_of_all(dict.fromkeys(texts, 1)) == digest_of_all(MappingProxyType(dict.fromkeys(back, 1)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True), (1, 1.0), (1, "1"), (None, "None"), ((1, 2), (2, 1)), (("a", "b"), ("ab",)),
        ((), frozenset()),
        (Flag.UP, "UP"), (Severity.ERROR, 3), (dt.date(2024, 1, 2), "2024-01-02"),
        (Memory("a", "b", "c"), ("a", "b", "c")), ({"a": 1}, {"a": 2}),
    ],
)  # fmt: skip
def test_what_differs_has_another(one: object, other: object) -> None:
    assert digest_of_all(one) != digest_of_all(other)


def test_what_is_not_understood_has_none() -> None:
    with pytest.raises(TypeError, match="object has no digest"):
        digest_of_all((object(),))


def test_the_program_is_known() -> None:
    assert program() == program.__wrapped__()
