"""Which shape a catalogue has, and what `[catalogue.fields]` makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich import planning, proposing
from enrich.catalogues.detection import KNOWN, SHAPES, Detected, Fit, detect, is_entry
from enrich.catalogues.generic import GENERIC
from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.catalogues.mapping import mapped
from enrich.catalogues.shape import Added, LinkList, Shape, path_of
from enrich.config import parse
from enrich.config.mapping import ADDABLE, ROLES
from enrich.config.options import PROFILES
from enrich.models import Plan, Role
from enrich.rules.missing_field import value_of
from tests.mind.entries import CARD, CARD_HEADER, context, entry, file, front_matter, known

LINKS = "additional_links: [{name: Paper, url: 'https://a.org/'}]\n"
CARD_LINK = "additional_links:\n  - {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}\n"


def shape_with(fields: str, shape: Shape = JEKYLL_LINKS) -> Shape:
    return mapped(shape, parse(f"[catalogue.fields]\n{fields}\n", "enrich.toml").catalogue.fields)


def written(header: str, fields: str, toml: str = "") -> str:
    """The header after enrich wrote into it what it knows of the card."""
    plan = plan_with(header, fields, toml)
    return plan.text.removeprefix("---\n").removesuffix("---\nText.\n")


def plan_with(header: str, fields: str, toml: str = "") -> Plan:
    here = context(toml, shape_with(fields))
    subject = planning.open_entry(file(header), here)
    assert isinstance(subject, proposing.Subject)
    plan = planning.advance(subject, known(replace(CARD, doi="10.1/x")), here)
    assert isinstance(plan, Plan)
    return plan


# -- detection -------------------------------------------------------------------------------


IN_COLLECTION = ("**/_publications/**",)


def test_a_collection_of_publications_with_lists_of_links_is_told_by_its_folder() -> None:
    sample = [
        *(front_matter(LINKS, path=f"_publications/{number}.md") for number in range(3)),
        *(front_matter("title: x\n", path=f"docs/{number}.md") for number in range(20)),
    ]

    assert detect(sample) == Detected(JEKYLL_LINKS, IN_COLLECTION, (Fit(JEKYLL_LINKS, 3, 3),))


def test_lists_of_links_outside_of_a_collection_are_told_by_themselves() -> None:
    sample = [front_matter(LINKS, path=f"papers/{number}.md") for number in range(3)]

    assert detect(sample) == Detected(JEKYLL_LINKS, (), (Fit(JEKYLL_LINKS, 3, 3),))


def test_where_there_is_a_collection_lists_of_links_outside_of_it_say_nothing() -> None:
    sample = [
        *(front_matter("title: x\n", path=f"_publications/{number}.md") for number in range(3)),
        *(front_matter(LINKS, path=f"docs/{number}.md") for number in range(3)),
    ]

    assert detect(sample) == Detected(GENERIC)


def test_entries_that_leave_the_list_out_do_not_hide_the_shape() -> None:
    listed = [front_matter(LINKS, path=f"_publications/{number}.md") for number in range(6)]
    bare = [front_matter("title: x\n", path=f"_publications/bare{number}.md") for number in range(4)]

    assert detect([*listed, *bare]).shape is JEKYLL_LINKS
    assert detect([*listed[:5], *bare]).shape is GENERIC
    assert detect([*listed[:5], *bare]).close == (Fit(JEKYLL_LINKS, 5, 9),)
    assert detect([*listed[:1], *bare]).close == ()


@pytest.mark.parametrize("links", ["additional_links: none\n", "additional_links:\n", "links: [a]\n", ""])
def test_what_has_no_list_of_links_is_generic(links: str) -> None:
    sample = [front_matter(f"title: x\n{links}")]

    assert detect(sample) == Detected(GENERIC)


def test_nothing_at_all_is_generic() -> None:
    assert detect([]) == Detected(GENERIC)
    assert Fit(GENERIC, 0, 0).share == 0


@pytest.mark.parametrize(
    ("name", "header", "path", "markers"),
    [
        (
            "academicpages",
            "collection: publications\npermalink: /p/a\npaperurl: /f/a.pdf\n",
            "_publications/a.md",
            (),
        ),
        ("hugoblox", "publication_types: ['2']\n", "content/publication/a/index.md", ()),
        ("hugoblox", "publication_types: ['2']\n", "content/en/publication/a/index.md", ()),
        ("quarto", "pub-info:\n  links: []\n", "research/a/index.qmd", ()),
        ("quarto", "doi: 10.1/x\n", "research/a/index.qmd", ()),
        ("obsidian", "citekey: a2020\n", "Papers/a.md", (".obsidian", "Papers")),
        ("pmlr", "layout: inproceedings\nauthor: [{family: X}]\ncontainer-title: ICML\n", "_posts/a.md", ()),
        # What lacks one of the signs:
        ("generic", "collection: publications\npermalink: /p/a\n", "_publications/a.md", ()),
        ("generic", "publication: Nature\n", "content/publication/a/index.md", ()),
        ("generic", "doi: 10.1/x\n", "research/a/a.qmd", ()),
        ("generic", "citekey: a2020\n", "Papers/a.md", ()),
        ("generic", "author: [{family: X}]\ncontainer-title: ICML\n", "_posts/a.md", ()),
        ("generic", "layout: post\nauthor: [{family: X}]\ncontainer-title: ICML\n", "_posts/a.md", ()),
    ],
)
def test_a_shape_is_told_by_its_signs(name: str, header: str, path: str, markers: tuple[str, ...]) -> None:
    assert detect([front_matter(header, path=path)], markers).shape.name == name


def test_pages_about_a_folder_are_no_entries_and_do_not_count() -> None:
    sample = [
        front_matter("title: Publications\n", path="content/publication/_index.md"),
        front_matter("publication_types: ['2']\n", path="content/publication/a/index.md"),
    ]

    detected = detect(sample)

    assert detected.fits == (Fit(SHAPES["hugoblox"], 1, 1),)
    assert [is_entry(detected.within, one.document.path) for one in sample] == [False, True]


def test_of_two_shapes_that_fit_alike_neither_is_taken_and_both_are_named() -> None:
    header = f"{LINKS}collection: publications\npermalink: /p/a\nvenue: ICML\n"

    detected = detect([front_matter(header)])

    assert detected.shape is GENERIC
    assert {fit.shape.name for fit in detected.close} == {"jekyll-links", "academicpages"}


def test_a_shape_that_some_files_show_does_not_stand_in_the_way_of_one_that_most_show() -> None:
    both = f"{LINKS}collection: publications\npermalink: /p/a\nvenue: ICML\n"
    sample = [front_matter(LINKS if number else both) for number in range(4)]

    assert detect(sample).shape is JEKYLL_LINKS


def test_a_collection_is_a_folder_and_not_a_file_or_a_part_of_a_name() -> None:
    assert is_entry(IN_COLLECTION, "_publications/a.md")
    assert is_entry(IN_COLLECTION, "site/_publications/2024/a.md")
    assert not is_entry(IN_COLLECTION, "_publications")
    assert not is_entry(IN_COLLECTION, "my_publications/a.md")


def test_shapes_are_known_by_their_names_and_the_configuration_knows_them_all() -> None:
    assert list(SHAPES.values()) == [*KNOWN, GENERIC]
    assert set(PROFILES) == {"auto", *SHAPES}


# -- what a configuration says of the fields -------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ('title = {path = "name"}', {"title": ("name",)}),
        ('authors = {path = "people[]"}', {"authors": ("people",)}),
        ('year = {path = "date.year"}', {"year": ("date.year",)}),
        ('venue = {path = "published_in"}', {"venue": ("published_in",)}),
        ('short_authors = {path = "short", derive = "short"}', {"short_authors": "short"}),
        ('arxiv = {in = "links", label = "Paper"}', {"arxiv_label": "Paper"}),
        (
            'links = {path = "resources[]", label = "kind", url = "href"}',
            {"links": (LinkList("resources", "kind", "href"),)},
        ),
        ('links = {path = "resources[]"}', {"links": (LinkList("resources", "name", "url"),)}),
    ],
)
def test_a_mapped_field_is_read_where_the_configuration_says(fields: str, changed: dict[str, object]) -> None:
    assert shape_with(fields) == replace(JEKYLL_LINKS, **changed)  # type: ignore[arg-type]


def test_mapped_links_are_also_where_new_keys_go_in_a_shape_without_a_place_for_them() -> None:
    assert shape_with('links = {path = "resources[]"}', GENERIC).after == ("resources",)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_that_a_configuration_may_map_changes_the_shape(role: str) -> None:
    assert shape_with(f'{role} = {{path = "somewhere"}}') != JEKYLL_LINKS


def test_a_mapped_list_of_links_is_read() -> None:
    shape = shape_with('links = {path = "see.also[]", label = "kind", url = "href"}')

    (link,) = entry("see: {also: [{kind: Code, href: 'https://a.org/'}]}\n", shape).links

    assert (link.role, link.label, link.field) == (Role.CODE, "Code", "see.also[0].href")


def test_places_of_later_lines_go_over_those_of_earlier_ones_and_leave_the_others() -> None:
    shape = shape_with('title = {path = "name"}\nyear = {path = "when"}')

    assert (shape.title, shape.year, shape.venue) == (("name",), ("when",), JEKYLL_LINKS.venue)


def test_a_renamed_key_is_added_under_its_new_name_behind_the_key_that_is_named() -> None:
    header = CARD_HEADER + CARD_LINK + "tags: [LLM]\n"

    text = written(
        header, 'categories = {path = "topics", after = "year"}', '[metadata]\nadd = ["categories"]'
    )

    assert text == header.replace("year: 2024\n", "year: 2024\ntopics: [cs.CL, cs.AI]\n")


def test_a_mapped_list_is_added_under_the_name_of_the_list() -> None:
    header = CARD_HEADER + CARD_LINK

    text = written(header, 'categories = {path = "topics[]"}', '[metadata]\nadd = ["categories"]')

    assert text == header + "topics:\n  - cs.CL\n  - cs.AI\n"


def test_a_key_inside_of_a_mapping_is_added_there() -> None:
    header = CARD_HEADER + CARD_LINK + "ids:\n  isbn: '1'\n"

    text = written(header, 'doi = {path = "ids.doi"}', '[metadata]\nadd = ["doi"]')

    assert text == header + "  doi: 10.1/x\n"


def test_a_key_inside_of_a_mapping_that_is_not_there_is_left_out() -> None:
    plan = plan_with(CARD_HEADER + CARD_LINK, 'doi = {path = "ids.doi"}', '[metadata]\nadd = ["doi"]')

    assert plan.changes == ()
    assert plan.text == plan.document.text


@pytest.mark.parametrize(
    "fields",
    ['arxiv = {path = "preprint"}', 'arxiv_id = {path = "preprint"}', 'arxiv_id = {path = "number"}'],
)
def test_an_identifier_that_stands_under_a_mapped_or_a_usual_name_is_not_added_again(fields: str) -> None:
    field = "eprint" if "number" in fields else "preprint"

    plan = plan_with(CARD_HEADER + f"{field}: '2410.21276'\n", fields, '[metadata]\nadd = ["arxiv_id"]')

    assert plan.identifiers
    assert plan.changes == ()


def test_an_identifier_is_added_where_the_configuration_says_that_identifiers_stand() -> None:
    header = CARD_HEADER + CARD_LINK

    assert written(header, 'arxiv = {path = "preprint"}', '[metadata]\nadd = ["arxiv_id"]') == (
        header + "preprint: '2410.21276'\n"
    )


def test_every_role_that_can_be_added_has_a_key() -> None:
    assert {added.role for added in JEKYLL_LINKS.added} == set(ADDABLE)
    assert JEKYLL_LINKS.added_key("published") == Added("published", "arxiv_published")
    assert JEKYLL_LINKS.added_key("title") is None


def test_what_is_added_for_a_role_is_known_of_every_role_and_of_no_other() -> None:
    here = context()

    assert {role for role in ADDABLE if value_of(role, CARD, here) is not None} == {
        "arxiv_id", "published", "categories", "primary_category", "pdf",
    }  # fmt: skip
    with pytest.raises(ValueError, match="no field of a record is called tags"):
        value_of("tags", CARD, here)


def test_a_place_is_keys_joined_by_dots() -> None:
    assert path_of("resource.arxiv") == ("resource", "arxiv")
