"""From findings to a plan: what is proposed, what waits, what a person has decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich import proposing
from enrich.models import Applicability, Finding, Map, Memory, Owner, Plan, Severity
from enrich.naming import rejection_key, value_hash
from enrich.planning import advance, open_entry
from enrich.proposing import Subject
from enrich.text import Span
from tests.mind.entries import CARD, PATH, Arxiv, change, context, entry, file, front_matter, works

if TYPE_CHECKING:
    from enrich.models import Value
    from enrich.rule import Context

HEADER = """\
title: Gpt-4o System Card
authors: OpenAI, Aaron Hurst, Alex Baker-whitcomb
short_authors: OpenAI, Aaron Hurst, Alex Baker-whitcomb
additional_links:
  - {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}
tags: [LLM]
"""
LINK = "additional_links[0].url"
AUTHORS, SHORT = "authors", "short_authors"


def planned(
    toml: str = "",
    header: str = HEADER,
    memories: dict[str, Memory] | None = None,
    rejected: frozenset[str] = frozenset(),
) -> Plan:
    adding = "" if "add =" in toml else 'add = ["arxiv_id"]\n'
    here = context(f"[metadata]\n{adding}{toml}", rejected=rejected)
    subject = open_entry(file(header), here, memories)
    assert isinstance(subject, Subject)
    plan = advance(subject, Arxiv(CARD), here)
    assert isinstance(plan, Plan)
    return plan


def fields(plan: Plan) -> dict[str, Applicability]:
    return {change.fix.field: change.fix.applicability for change in plan.changes}


def found(plan: Plan) -> list[str]:
    return [f"{finding.rule} {finding.field}" for finding in plan.findings]


ALL = dict.fromkeys(("title", AUTHORS, SHORT, LINK, "arxiv_id"), Applicability.SAFE)


def test_what_is_safe_is_written_and_everything_else_stays() -> None:
    plan = planned()

    assert fields(plan) == ALL
    assert plan.written == plan.changes
    assert plan.text == (
        "---\n"
        + HEADER.replace("Gpt", "GPT").replace("whitcomb", "Whitcomb").replace("hf2410", "2410")
        .replace("tags", "arxiv_id: '2410.21276'\ntags")
        + "---\nText.\n"
    )  # fmt: skip


# -- what the configuration holds back -------------------------------------------------------


def test_a_protected_key_is_neither_written_nor_proposed_wherever_below_it() -> None:
    plan = planned('protect = ["additional_links", "title"]')

    assert fields(plan).keys() == {AUTHORS, SHORT, "arxiv_id"}
    assert f"IDN201 {LINK}" in found(plan)


def test_what_follows_the_authors_stays_with_them_where_they_are_protected() -> None:
    plan = planned('protect = ["authors"]')

    assert fields(plan).keys() == {"title", LINK, "arxiv_id"}
    assert f"MET311 {SHORT}" not in found(plan)


def test_unsafe_fixes_hold_a_rules_changes_back_for_a_person() -> None:
    plan = planned('[rules]\nunsafe-fixes = ["MET310", "IDN"]')

    assert fields(plan) == {**ALL, "title": Applicability.UNSAFE, LINK: Applicability.UNSAFE}
    assert {change.fix.field for change in plan.written} == {AUTHORS, SHORT, "arxiv_id"}
    assert "Gpt-4o" in plan.text


def test_safe_fixes_write_what_would_wait_for_a_person() -> None:
    header = HEADER.replace("Gpt-4o System Card", "System Card of GPT-4o")
    waiting = planned(header=header)

    plan = planned('[rules]\nsafe-fixes = ["MET303"]', header)

    assert fields(waiting)["title"] is Applicability.UNSAFE
    assert fields(plan)["title"] is Applicability.SAFE
    assert "title: GPT-4o System Card\n" in plan.text


def test_an_entry_of_which_too_many_lines_would_change_waits_as_a_whole() -> None:
    plan = planned("max-lines = 3")

    assert fields(plan) == dict.fromkeys(ALL, Applicability.UNSAFE)
    assert plan.written == ()
    assert plan.text == plan.document.text


def test_lines_of_the_authors_do_not_count_as_many() -> None:
    assert planned("max-lines = 4").written
    assert planned("max-lines = 4\n[rules]\nignore = ['MET310']", HEADER.replace("GPT", "Gpt")).written


def test_a_new_list_counts_with_all_its_lines() -> None:
    header = HEADER.replace("hf2410", "2410").replace("[LLM]", "\n  - LLM")
    toml = 'add = ["arxiv_id", "categories"]\nmax-lines = {}\n[rules]\nselect = ["MET301"]'

    assert "arxiv_categories:\n  - cs.CL\n  - cs.AI\n" in planned(toml.format(4), header).text
    assert not planned(toml.format(3), header).written


def test_every_line_counts_in_an_entry_without_authors() -> None:
    header = "title: Gpt-4o System Card\narxiv_id: '2410.21276'\ntags: [LLM]\n"
    toml = 'add = ["published"]\nmax-lines = {}\n[rules]\nsafe-fixes = ["MET"]'

    assert planned(toml.format(2), header).written
    assert not planned(toml.format(1), header).written


# -- what a curator does not want to see -----------------------------------------------------


@pytest.mark.parametrize(
    ("ignore", "suppressed"),
    [
        ('rule = "IDN201"\nfield = "additional_links[].url"', {"IDN201"}),
        ('rule = "IDN201"\nfield = "additional_links[0].url"', {"IDN201"}),
        ('rule = "malformed-arxiv-id"\nurl = "https://arxiv.org/abs/hf*"', {"IDN201"}),
        ('rule = "MET"\nentry = "_publications/"', {"MET301", "MET310", "MET311"}),
        ('rule = "MET310"\nfield = "title"\nentry = "entry.md"', {"MET310"}),
        ('rule = "MET310"\nfield = "title"\nuntil = 2026-11-22', {"MET310"}),
        ('rule = "MET310"\nfield = "title"\nuntil = 2026-11-21', set()),
        ('rule = "MET310"\nfield = "title"\nentry = "other.md"', set()),
        ('rule = "MET310"\nfield = "authors"', set()),
        ('rule = "IDN201"\nurl = "https://other.org/*"', set()),
        ('rule = "MET310"\nurl = "*://*"', set()),
        ('rule = "LNK"\nfield = "title"', set()),
    ],
)
def test_a_finding_is_suppressed_where_every_condition_of_an_ignore_holds(
    ignore: str, suppressed: set[str]
) -> None:
    plan = planned(f"[[ignore]]\n{ignore}")

    assert {finding.rule for finding in plan.findings if finding.suppressed} == suppressed
    assert not {change.rule for change in plan.changes} & suppressed
    assert all(finding.fix is None for finding in plan.findings if finding.suppressed)


def test_a_rule_is_silent_for_the_entries_that_are_named_and_only_there() -> None:
    of_all = found(planned())

    here = planned('[per-entry-ignores]\n"_publications/*.md" = ["MET"]')
    elsewhere = planned('[per-entry-ignores]\n"drafts/" = ["MET"]')

    assert found(here) == [f"IDN201 {LINK}"]
    assert found(elsewhere) == of_all


# -- what a person has decided ---------------------------------------------------------------

BEFORE, AFTER = "https://arxiv.org/abs/hf2410.21276", "https://arxiv.org/abs/2410.21276"


def no_to(field: str, before: Value, after: Value) -> frozenset[str]:
    return frozenset({rejection_key(change(field, before, after))})


def test_a_change_that_a_person_refused_is_gone_and_its_note_with_it() -> None:
    plan = planned(rejected=no_to("title", "Gpt-4o System Card", "GPT-4o System Card"))

    assert "title" not in fields(plan)
    assert "MET310 title" not in found(plan)


def test_an_error_stays_without_the_fix_that_a_person_refused() -> None:
    plan = planned(rejected=no_to(LINK, BEFORE, AFTER))

    assert LINK not in fields(plan)
    assert [finding.fix for finding in plan.findings if finding.rule == "IDN201"] == [None]


def test_a_refusal_holds_for_its_value_and_wherever_in_its_list_it_stands() -> None:
    elsewhere = no_to("additional_links[7].url", "https://other.org/", AFTER)
    other_value = no_to(LINK, BEFORE, "https://arxiv.org/abs/2410.21276v1")

    assert LINK not in fields(planned(rejected=elsewhere))
    assert LINK in fields(planned(rejected=other_value))


def test_a_change_of_which_only_the_name_is_unwanted_is_told_once() -> None:
    (title,) = (each for each in planned().changes if each.fix.field == "title")

    first = planned(rejected=frozenset({title.id}))
    later = planned(rejected=frozenset({title.id, rejection_key(title)}))

    assert "title" not in fields(first)
    assert (first.refused, first.taken_back) == ((title,), 1)
    assert (later.refused, later.taken_back) == ((), 0)
    assert fields(later) == fields(first)


def test_what_follows_the_authors_is_refused_with_them() -> None:
    names = "OpenAI, Aaron Hurst, Alex Baker-Whitcomb"

    plan = planned(rejected=no_to(AUTHORS, names.replace("W", "w"), names))

    assert fields(plan).keys() == {"title", LINK, "arxiv_id"}
    assert [each for each in found(plan) if "MET311" in each] == []


def remembered(original: Value, written: Value, **more: object) -> Memory:
    return replace(
        Memory(value_hash(original), value_hash(original), value_hash(written)),
        **more,  # type: ignore[arg-type]
    )


WROTE_TITLE = remembered("gpt-4o system card", "Gpt-4o System Card", stood=True)


@pytest.mark.parametrize(
    ("memory", "proposed"),
    [
        (remembered("gpt-4o system card", "Gpt-4o System Card", stood=True), True),
        (remembered("Gpt-4o System Card", "GPT-4o System Card"), True),
        (remembered("Gpt-4o System Card", "GPT-4o System Card", stood=True), False),
        (remembered("gpt-4o system card", "GPT-4o System Card", stood=True), False),
        (remembered("x", "y", owner=Owner.HUMAN, canonical=value_hash("GPT-4o System Card")), False),
        (remembered("x", "y", owner=Owner.REJECTED, canonical=value_hash("An Older Title")), False),
    ],
    ids=["ours", "run discarded", "taken back", "edited", "a person's", "a person's, news"],
)
def test_a_field_is_written_again_only_where_what_stands_there_is_nobodys_decision(
    memory: Memory, proposed: bool
) -> None:
    plan = planned(memories={"title": memory})

    assert ("title" in fields(plan)) is proposed
    assert ("MET310 title" in found(plan)) is proposed


def test_a_key_that_a_person_deleted_is_not_added_again() -> None:
    plan = planned(memories={"arxiv_id": remembered(None, "2410.21276", stood=True)})

    assert "arxiv_id" not in fields(plan)
    assert dict(plan.memories)["arxiv_id"].owner is Owner.REJECTED


@pytest.mark.parametrize(
    "header",
    [f"authors: X\n{HEADER}", HEADER.replace("authors:", "authors: &people", 1) + "by: *people\n"],
    ids=["two keys", "aliased elsewhere"],
)
def test_what_follows_the_authors_stays_where_front_matter_refuses_to_change_them(header: str) -> None:
    plan = planned(header=header)

    assert fields(plan).keys() == {"title", LINK, "arxiv_id"}
    assert f"MET311 {SHORT}" not in found(plan)
    assert "Alex Baker-Whitcomb" not in plan.text


def test_what_is_remembered_says_from_now_on_whose_word_each_field_is() -> None:
    plan = planned(
        memories={
            "title": remembered("Gpt-4o System Card", "GPT-4o System Card", stood=True),
            "tags": remembered("a", "b", stood=True),
            "year": remembered(None, "2024"),
            "additional_links[0].name": remembered("paper", "Paper"),
        }
    )

    memories = dict(plan.memories)
    assert memories["title"].owner is Owner.REJECTED
    assert memories["additional_links[0].name"].stood
    assert memories["tags"].owner is Owner.HUMAN
    assert "year" not in memories


# -- one change a field ----------------------------------------------------------------------


def _finding(field: str, before: Value, after: Value, applicability: Applicability, rule: str) -> Finding:
    return Finding(rule, rule, None, field=field, fix=change(field, before, after, applicability).fix)


def plan_of(*findings: Finding, here: Context | None = None) -> Plan:
    header = "title: a\nauthors: Ann B\n"
    return proposing.plan(Subject(front_matter(header), entry(header), {}), findings, here or context())


def test_the_most_certain_change_of_a_field_is_made_and_of_equals_the_first() -> None:
    unsafe = _finding("title", "a", "unsafe", Applicability.UNSAFE, "MET303")
    safe = _finding("title", "a", "safe", Applicability.SAFE, "MET310")
    later = _finding("title", "a", "later", Applicability.SAFE, "MET310")

    for findings in ((unsafe, safe, later), (safe, later, unsafe), (safe, unsafe, later)):
        plan = plan_of(*findings)

        assert [change.fix.after for change in plan.changes] == ["safe"]
        assert len(plan.findings) == 3


def test_what_is_only_shown_is_never_a_change() -> None:
    plan = plan_of(_finding("title", "a", "b", Applicability.DISPLAY, "LNK111"))

    assert plan.changes == ()
    assert plan.findings[0].fix


@pytest.mark.parametrize("applicability", [Applicability.SAFE, Applicability.UNSAFE])
def test_a_change_that_front_matter_refuses_is_not_proposed(applicability: Applicability) -> None:
    header = "x: &x a\ntitle: *x\nyear: 2024\n"
    findings = [
        _finding("title", "a", "b", applicability, "MET310"),
        _finding("year", "2024", 2025, applicability, "MET303"),
    ]

    plan = proposing.plan(Subject(front_matter(header), entry(header), {}), findings, context())

    assert [change.fix.field for change in plan.changes] == ["year"]
    assert len(plan.findings) == 2


def test_findings_of_rules_that_do_not_run_are_not_told() -> None:
    finding = _finding("title", "a", "b", Applicability.SAFE, "MET310")

    plan = plan_of(finding, here=context(ignore=("MET310",)))

    assert (plan.findings, plan.changes) == ((), ())


# -- places ----------------------------------------------------------------------------------


def test_a_finding_points_at_the_part_that_is_wrong_as_it_is_written() -> None:
    header = 'title: "caf\\xE9 gpt"\n'
    parsed = front_matter(header)
    node = parsed.get(("title",))
    assert node
    finding = Finding("MET310", "x", node.span, part=Span(3, 4), field="title")

    plan = proposing.plan(Subject(parsed, entry(header), {}), [finding], context())

    (shown,) = plan.findings
    assert shown.span
    assert shown.span.of(parsed.document.text) == "\\xE9"


@pytest.mark.parametrize("part", [Span(3, 400), None])
def test_a_finding_whose_part_is_not_there_points_at_the_whole(part: Span | None) -> None:
    header = "title: a\n"
    parsed = front_matter(header)
    finding = Finding("MET310", "x", Span(11, 12), part=part, field="title")

    plan = proposing.plan(Subject(parsed, entry(header), {}), [finding], context())

    assert plan.findings[0].span == Span(11, 12)


def test_a_part_of_what_is_outside_of_all_fields_points_at_the_whole() -> None:
    header = "title: a\n"
    finding = Finding("MET310", "x", Span(0, 3), part=Span(0, 1))

    plan = proposing.plan(Subject(front_matter(header), entry(header), {}), [finding], context())

    assert plan.findings[0].span == Span(0, 3)


@pytest.mark.parametrize(
    ("header", "anchor", "line"),
    [
        ("title: a\nyear: 2024\n", ("title",), 2),
        ("title: a\nyear: 2024\n", ("nothing", "year"), 3),
        ("title: a\nyear: 2024\n", (), 3),
        ("title: >-\n  a\n  b\nyear: 2024\n", ("title",), 4),
        ("", (), 2),
    ],
)
def test_a_finding_about_an_absent_field_points_at_the_line_behind_which_it_would_go(
    header: str, anchor: tuple[str, ...], line: int
) -> None:
    fix = change("doi", None, "10.1/x", anchor=anchor).fix
    parsed = front_matter(header)

    plan = proposing.plan(
        Subject(parsed, entry(header), {}), [Finding("MET301", "x", None, field="doi", fix=fix)], context()
    )

    span = plan.findings[0].span
    assert span
    assert parsed.document.text.count("\n", 0, span.start) + 1 == line
    assert parsed.document.text[: span.start].endswith("\n")


def test_a_plan_without_changes_says_what_is_wrong_with_the_severity_of_here() -> None:
    document = file("title: [\n")

    plan = proposing.without_changes(
        document,
        [Finding("FMT401", "unreadable", Span(0, 3))],
        context('[rules.severity]\nFMT401 = "warning"'),
    )

    assert [finding.severity for finding in plan.findings] == [Severity.WARNING]
    assert (plan.text, plan.changes, plan.written) == (document.text, (), ())
    assert plan.document.path == PATH


# -- items of lists that go ------------------------------------------------------------------

TWICE = """\
title: GPT-4o System Card
additional_links:
  - {name: Code, url: 'https://a.org/x'}
  - {name: Code, url: 'https://a.org/x'}
  - {name: Data, url: 'https://a.org/data'}
"""
ITEM = "additional_links[1]"


def _twice(memory: Memory | None = None, header: str = TWICE) -> Plan:
    here = context('[rules]\nextend-select = ["LNK122"]\n')
    subject = open_entry(file(header), here, {ITEM: memory} if memory else None)
    assert isinstance(subject, Subject)
    plan = advance(subject, works("https://a.org/x") | works("https://a.org/data"), here)
    assert isinstance(plan, Plan)
    return plan


def _item(plan: Plan) -> Value:
    (gone,) = plan.changes
    return gone.fix.before


def test_a_link_that_stands_twice_is_taken_out_of_its_list() -> None:
    plan = _twice()

    assert fields(plan) == {ITEM: Applicability.SAFE}
    assert plan.text.count("https://a.org/x") == 1
    assert _item(plan) == Map((("name", "Code"), ("url", "https://a.org/x")))


def test_an_item_that_a_person_put_back_stays() -> None:
    item = _item(_twice())

    plan = _twice(remembered(item, None, stood=True))

    assert plan.changes == ()
    assert dict(plan.memories)[ITEM].owner is Owner.REJECTED


def test_what_moved_to_the_place_of_an_item_that_went_is_nobodys_decision() -> None:
    item = _item(_twice())
    memory = remembered(item, None)
    header = TWICE.replace("  - {name: Code, url: 'https://a.org/x'}\n", "", 1)

    plan = _twice(memory, header)

    assert (plan.taken_back, plan.memories) == (0, ((ITEM, replace(memory, stood=True)),))


def test_another_item_at_that_place_may_go_as_well() -> None:
    memory = remembered("another item", None)

    assert fields(_twice(memory)) == {ITEM: Applicability.SAFE}


def test_of_an_item_that_goes_nothing_is_changed() -> None:
    item = ("additional_links[1]", Map((("name", "Code"), ("url", "https://a.org/x"))), None)
    url = ("additional_links[1].url", "https://a.org/x", "https://a.org/y")

    def kept(going: Applicability, changing: Applicability) -> list[str]:
        findings = (_finding(*item, going, "LNK122"), _finding(*url, changing, "LNK111"))
        subject = Subject(front_matter(TWICE), entry(TWICE), {})
        here = replace(context(), selected=frozenset({"LNK111", "LNK122"}))
        return [change.fix.field for change in proposing.plan(subject, findings, here).changes]

    safe, unsafe = Applicability.SAFE, Applicability.UNSAFE
    assert kept(safe, safe) == kept(safe, unsafe) == kept(unsafe, unsafe) == ["additional_links[1]"]
    assert kept(unsafe, safe) == ["additional_links[1].url"]
