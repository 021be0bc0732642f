"""A shape that enrich doesn't know works like one that it does, with twenty lines of configuration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich.applying import apply_changes
from enrich.catalogues.generic import GENERIC
from enrich.catalogues.mapping import mapped
from enrich.catalogues.obsidian import OBSIDIAN
from enrich.config import parse
from enrich.models import Plan, Role, WorkKind
from enrich.planning import advance, context_for, open_entry
from enrich.proposing import Subject
from tests.documents import document
from tests.mind.entries import CARD, TODAY, Arxiv, entry

if TYPE_CHECKING:
    from enrich.models import Record
    from enrich.rule import Context

MAPPING = """\
[catalogue]
profile = "generic"
include = ["shelf/**/*.md"]

[catalogue.fields]
title = {path = "work.name"}
authors = {path = "work.people[].called", form = "objects"}
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


def plan_of(text: str, mapping: str, record: Record = CARD) -> Plan:
    here = context_of(mapping)
    subject = open_entry(document(text.encode(), "shelf/a.md"), here)
    assert isinstance(subject, Subject)
    plan = advance(subject, Arxiv(record), here)
    assert isinstance(plan, Plan)
    return plan


def test_a_made_up_shape_is_read_and_written_where_its_mapping_says() -> None:
    plan = plan_of(page(ENTRY), MAPPING)

    assert plan.text == page(ENRICHED)
    assert {change.rule for change in plan.written} == {"IDN201", "MET301", "MET310", "MET311"}
    assert [use.url for use in plan.links] == ["https://arxiv.org/abs/hf2410.21276"]


def test_what_was_written_is_found_again_and_nothing_more_is_written() -> None:
    assert plan_of(page(ENRICHED), MAPPING).changes == ()


def test_keys_that_hold_links_are_named_by_a_pattern() -> None:
    mapping = '[catalogue.fields]\nlinks = {path = "see_*", unset = ["-"]}\narxiv_id = {path = "id"}\n'
    header = "title: A\nsee_paper: https://arxiv.org/abs/2410.21276\nsee_code: '-'\nother: https://a.org/\n"
    subject = open_entry(document(page(header).encode(), "shelf/a.md"), context_of(mapping))

    assert isinstance(subject, Subject)
    assert [(link.field, link.role) for link in subject.entry.links if link.path] == [
        ("see_paper", Role.PAPER),
        ("other", Role.OTHER),
    ]


# -- the same in another dress: TOML, names in parts, links under keys, a venue that is unset -----

TOML_MAPPING = """\
[catalogue]
profile = "generic"

[catalogue.fields]
title = {path = "work.name"}
authors = {path = "people[]", form = "csl"}
venue = {path = "work.where", unset = ["nowhere yet"]}
links = {path = "see_*", unset = ["-"]}
arxiv_id = {path = "ids.arxiv"}
doi = {path = "ids.doi"}

[metadata]
add = ["arxiv_id", "doi"]
"""

TOML_ENTRY = """\
+++
see_paper   = 'https://arxiv.org/abs/hf2410.21276'   # found by hand
see_code    = '-'

[work]
name = "Gpt-4o System Card"
where = 'nowhere yet'

[ids]
shelf = 'A-7'

[[people]]
literal = "Openai"

[[people]]
given = 'Aaron'
family = 'Hurst'

[[people]]
family = 'Baker-whitcomb'
given = 'Alex'
at = 'Baker-whitcomb Labs'
+++
Text.
"""

TOML_ENRICHED = """\
+++
see_paper   = 'https://arxiv.org/abs/2410.21276'   # found by hand
see_code    = '-'

[work]
name = "GPT-4o System Card"
where = 'Journal of Cards'

[ids]
shelf = 'A-7'
arxiv = '2410.21276'
doi = '10.1/x'

[[people]]
literal = "OpenAI"

[[people]]
given = 'Aaron'
family = 'Hurst'

[[people]]
family = 'Baker-Whitcomb'
given = 'Alex'
at = 'Baker-whitcomb Labs'
+++
Text.
"""

PUBLISHED = replace(CARD, doi="10.1/x", venue="Journal of Cards", kind=WorkKind.ARTICLE, year=2024)


def test_a_made_up_shape_in_toml_is_read_and_written_where_its_mapping_says() -> None:
    plan = plan_of(TOML_ENTRY, TOML_MAPPING, PUBLISHED)

    assert plan.text == TOML_ENRICHED
    assert plan_of(TOML_ENRICHED, TOML_MAPPING, PUBLISHED).changes == ()


@pytest.mark.parametrize(
    ("text", "mapping", "record"),
    [(page(ENTRY), MAPPING, CARD), (TOML_ENTRY, TOML_MAPPING, PUBLISHED)],
    ids=["yaml", "toml"],
)
def test_changes_that_waited_are_found_again_where_the_mapping_says(
    text: str, mapping: str, record: Record
) -> None:
    plan = plan_of(text, mapping, record)

    applied = apply_changes(plan.document, plan.changes)

    assert applied.stale == ()
    assert applied.text == plan.text


@pytest.mark.parametrize(
    ("form", "header", "names"),
    [
        ("comma", "by: Ann B, C D\n", ("Ann B", "C D")),
        ("comma", "by: [Ann B, C D]\n", None),
        ("list", "by: [Ann B, C D]\n", ("Ann B", "C D")),
        ("list", "by: Ann B\n", None),
        ("objects", "by: [{name: Ann B}]\n", ("Ann B",)),
        ("objects", "by: [{family: B}]\n", None),
        ("csl", "by: [{family: B, given: Ann}]\n", ("Ann B",)),
        ("csl", "by: [{name: Ann B}]\n", None),
        ("citation", "by: 'Lee, Ann (2024). Text.'\n", ("Lee, Ann",)),
        ("citation", "by: [Ann B]\n", None),
    ],
)
def test_authors_are_read_in_the_one_form_that_is_asked_for(
    form: str, header: str, names: tuple[str, ...] | None
) -> None:
    mapping = f'[catalogue.fields]\nauthors = {{path = "by", form = "{form}"}}\n'
    subject = open_entry(document(page(header).encode(), "shelf/a.md"), context_of(mapping))

    assert isinstance(subject, Subject)
    assert (subject.entry.authors.names if subject.entry.authors else None) == names


def test_a_link_may_stand_in_one_place_below_a_mapping() -> None:
    mapping = '[catalogue]\nprofile = "obsidian"\n[catalogue.fields]\nlinks = {path = "see.paper"}\n'
    config = parse(mapping, "enrich.toml")
    read = entry(
        "see: {paper: 'https://arxiv.org/abs/2410.21276', else: 'https://a.org/'}\n",
        mapped(OBSIDIAN, config.catalogue.fields),
    )

    assert [(link.field, link.role) for link in read.links] == [("see.paper", Role.PAPER)]
