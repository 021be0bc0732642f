"""`enrich explain` and `enrich rules`."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import pytest

from enrich.models import Severity, Value
from enrich.reports.explanation import fix_kind, sections, write_change, write_rule, write_rules
from tests.reports.golden_file import assert_golden
from tests.reports.samples import PAGE, REPAIR, change, fix

PAGE_OF_RULE = """
What: an arXiv identifier breaks the scheme it is meant to follow.

Why: the link is dead, and tools that read identifiers pass the entry by. One
catalogue held `hf2410.21276` in 1,644 of 4,722 entries.

A second thought.

Example:

    - {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}
    + {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}

Applicability: safe when arXiv has the repaired identifier.

Source: https://info.arxiv.org/help/arxiv_identifier.html
"""


@dataclass(frozen=True)
class Rule:
    code: str = "IDN201"
    name: str = "malformed-arxiv-id"
    severity: Severity = Severity.ERROR
    page: str = PAGE_OF_RULE
    on_by_default: bool = True


def test_a_page_has_its_sections_in_order() -> None:
    names = [name for name, _ in sections(PAGE_OF_RULE)]

    assert names == ["What", "Why", "Example", "Applicability", "Source"]
    assert sections("What: a link is dead.\n\nWhy: readers\nget nothing.") == (
        ("What", "a link is dead."),
        ("Why", "readers\nget nothing."),
    )
    assert sections("No section: at all.") == ()


@pytest.mark.parametrize("size", [60, 120])
def test_a_rules_page(size: int) -> None:
    out = io.StringIO()

    write_rule(Rule(), replace(PAGE, width=size), out)

    assert_golden(f"rule-{size}", out.getvalue())


def test_a_section_begins_with_a_capital_unless_its_word_has_one() -> None:
    out = io.StringIO()

    write_rule(
        Rule(page="What: a link.\n\nWhy: arXiv says so.\n\nApplicability:", on_by_default=False), PAGE, out
    )

    assert out.getvalue().startswith("IDN201 malformed-arxiv-id: error, off by default\n\nWhat\n  A link.\n")
    assert "\nWhy\n  arXiv says so.\n\nWhat enrich does\n\nSilence it\n" in out.getvalue()


def test_a_change_tells_all_that_is_known() -> None:
    out = io.StringIO()

    write_change(REPAIR, PAGE, out, line=83, evidence=("arXiv 2410.21276", "419 of 419 authors"))

    assert_golden("change", out.getvalue())


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "(absent)"), ("x\x1b", "x\\x1b"), (("cs.CL", "ü"), '["cs.CL", "ü"]'), (2024, "2024")],
)
def test_values_are_shown_as_they_are(value: Value, shown: str) -> None:
    out = io.StringIO()

    write_change(change("MET301", replace(fix(), before=value)), PAGE, out, line=None)

    assert f"  before      {shown}\n" in out.getvalue()
    assert "  entry       _publications/2024gpt.markdown\n" in out.getvalue()


def test_the_table_of_rules_fits_the_terminal_and_is_sorted() -> None:
    rules = [Rule("MET305", "published-version", Severity.INFO, on_by_default=False), Rule()]
    out, empty = io.StringIO(), io.StringIO()

    write_rules(rules, replace(PAGE, width=60), out)
    write_rules([], PAGE, empty)

    assert out.getvalue() == (
        "rule     name                    fix          what\n"
        "IDN201   malformed-arxiv-id  E   by evidence  an arXiv iden…\n"
        "MET305   published-version   I-  by evidence  an arXiv iden…\n"
    )
    assert empty.getvalue() == "rule     name      fix          what\n"


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        ("safe. The digits are read", "safe"),
        ("safe when the record is verified", "by evidence"),
        ("to\nreview, never written unasked", "to review"),
        ("no fix. Asked again", "no fix"),
        ("shown, and not proposed", "by evidence"),
        ("", "by evidence"),
    ],
)
def test_a_rules_fix_is_told_by_the_first_words_of_its_applicability(begins: str, kind: str) -> None:
    assert fix_kind(f"What: a.\n\nApplicability: {begins}") == kind
