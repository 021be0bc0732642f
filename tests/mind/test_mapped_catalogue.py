"""A shape that enrich doesn't know works like one that it does, with twenty lines of configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from enrich.catalogues.generic import GENERIC
from enrich.catalogues.mapping import mapped
from enrich.config import parse
from enrich.frontmatter import Edited, edit
from enrich.models import Applicability, Fix, Plan, Role
from enrich.operations import operations
from enrich.planning import advance, context_for, open_entry
from enrich.proposing import Subject
from tests.documents import document
from tests.mind.entries import CARD, TODAY, Arxiv, front_matter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.rule import Context

MAPPING = """\
[catalogue]
profile = "generic"
include = ["shelf/**/*.md"]

[catalogue.fields]
title = {path = "work.name"}
authors = {path = "work.people[].called"}
year = {path = "work.when"}
venue = {path = "work.where", unset = ["nowhere yet"]}
links = {path = "resources[]", label = "kind", url = "href", unset = ["tba"]}
arxiv = {in = "links", label = "eprint"}
doi = {path = "ids.doi"}
arxiv_id = {path = "ids.arxiv", after = "ids"}
published = {path = "first_seen", after = "ids"}
categories = {path = "fields", after = "ids"}

[metadata]
add = ["arxiv_id", "published", "categories"]
restore = ["title", "authors"]
"""

ENTRY = """\
work:
  name: 'Gpt-4o System Card'   # as the cover says
  people:
    - {called: Openai, at: SF}
    - {called: Aaron Hurst, at: SF}
    - {at: Lab, called: Alex Baker-whitcomb}
  when: 2024
  where: nowhere yet
ids:
  shelf: A-7
resources:
  - {kind: eprint, href: 'https://arxiv.org/abs/hf2410.21276'}
  - {kind: slides, href: tba}
"""

ENRICHED = """\
work:
  name: 'GPT-4o System Card'   # as the cover says
  people:
    - {called: OpenAI, at: SF}
    - {called: Aaron Hurst, at: SF}
    - {at: Lab, called: Alex Baker-Whitcomb}
  when: 2024
  where: nowhere yet
ids:
  shelf: A-7
  arxiv: '2410.21276'
fields:
  - cs.CL
  - cs.AI
first_seen: 2024-10-25
resources:
  - {kind: eprint, href: 'https://arxiv.org/abs/2410.21276'}
  - {kind: slides, href: tba}
"""


def page(header: str) -> str:
    return f"---\n{header}---\nText.\n"


def context_of(mapping: str) -> Context:
    config = parse(mapping, "enrich.toml")
    return context_for(config, mapped(GENERIC, config.catalogue.fields), TODAY)


def plan_of(text: str, mapping: str) -> Plan:
    here = context_of(mapping)
    subject = open_entry(document(text.encode(), "shelf/a.md"), here)
    assert isinstance(subject, Subject)
    plan = advance(subject, Arxiv(CARD), here)
    assert isinstance(plan, Plan)
    return plan


def test_a_made_up_shape_is_read_and_written_where_its_mapping_says() -> None:
    plan = plan_of(page(ENTRY), MAPPING)

    assert plan.text == page(ENRICHED)
    assert {change.rule for change in plan.written} == {"IDN201", "MET301", "MET310", "MET311"}
    assert [use.url for use in plan.links] == ["https://arxiv.org/abs/hf2410.21276"]


def test_what_was_written_is_found_again_and_nothing_more_is_written() -> None:
    assert plan_of(page(ENRICHED), MAPPING).changes == ()


@given(st.lists(st.sampled_from(["Ann Lee", "Bo Oconnor", "Cy Núñez"]), min_size=1, max_size=4), st.data())
def test_of_authors_that_are_mappings_only_the_names_are_written(
    names: list[str], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(["name", "called", "full-name"]))
    header = "people:\n" + "".join(
        f"  - {key}: {name} # {n}\n    at: Lab {n}\n" for n, name in enumerate(names)
    )
    read = front_matter(header)
    after = tuple(name.upper() for name in names)
    fix = Fix("", ("people",), tuple(names), after, Applicability.SAFE, "arxiv", 1.0)

    edited = edit(read, operations(fix, read))

    assert isinstance(edited, Edited)
    assert edited.text == read.document.text.replace(header, _with(header, names, after))


def _with(header: str, names: Sequence[str], after: Sequence[str]) -> str:
    for number, (old, new) in enumerate(zip(names, after, strict=True)):
        header = header.replace(f": {old} # {number}", f": {new} # {number}")
    return header


def test_a_name_that_two_keys_hold_is_left_alone() -> None:
    read = front_matter("people:\n  - {called: Ann Lee, at: Ann Lee}\n")
    fix = Fix("", ("people",), ("Ann Lee",), ("Ann LEE",), Applicability.SAFE, "arxiv", 1.0)

    assert operations(fix, read) == ()


def test_keys_that_hold_links_are_named_by_a_pattern() -> None:
    mapping = '[catalogue.fields]\nlinks = {path = "see_*", unset = ["-"]}\narxiv_id = {path = "id"}\n'
    header = "title: A\nsee_paper: https://arxiv.org/abs/2410.21276\nsee_code: '-'\nother: https://a.org/\n"
    subject = open_entry(document(page(header).encode(), "shelf/a.md"), context_of(mapping))

    assert isinstance(subject, Subject)
    assert [(link.field, link.role) for link in subject.entry.links if link.path] == [
        ("see_paper", Role.PAPER),
        ("other", Role.OTHER),
    ]
