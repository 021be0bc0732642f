"""What an entry is, as the shapes of catalogues read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich.catalogues.generic import GENERIC
from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.catalogues.mapping import mapped
from enrich.catalogues.reading import read
from enrich.config import parse
from enrich.models import AuthorForm, Role, format_path
from tests.mind.entries import TODAY, entry, front_matter

if TYPE_CHECKING:
    from enrich.catalogues.shape import Shape


def shape_with(fields: str, shape: Shape = JEKYLL_LINKS) -> Shape:
    return mapped(shape, parse(f"[catalogue.fields]\n{fields}\n", "enrich.toml").catalogue.fields)


# -- fields ----------------------------------------------------------------------------------


def test_a_scalar_is_read_as_text_and_not_as_yaml_types_it() -> None:
    read = entry("title: 1984\nyear: 2024\narxiv_id: 2410.21270\n")

    assert read.title
    assert (read.title.value, read.title.plain) == ("1984", True)
    assert read.year
    assert read.year.value == "2024"
    assert [(text.value, text.plain) for text in read.arxiv] == [("2410.21270", True)]


@pytest.mark.parametrize(
    "title", ["", "''", "~", "'  '", "[a, b]", "{a: b}", "*elsewhere"], ids=lambda title: title or "nothing"
)
def test_a_title_that_is_empty_or_no_text_is_no_title(title: str) -> None:
    assert entry(f"other: &elsewhere x\ntitle: {title}\n").title is None


def test_the_first_name_of_a_field_that_holds_something_counts() -> None:
    read = entry("conference:\njournal: JMLR\nvenue: Elsewhere\n")

    assert read.venue
    assert (read.venue.value, read.venue.path) == ("JMLR", ("journal",))


def test_a_doi_of_arxivs_own_states_an_identifier_and_a_publishers_does_not() -> None:
    own = entry("doi: 10.48550/arXiv.2410.21276\n")
    publishers = entry("DOI: 10.1145/3292500.3330701\n")

    assert [text.path for text in own.arxiv] == [("doi",)]
    assert publishers.doi
    assert publishers.arxiv == ()


def test_every_field_that_is_there_to_hold_an_identifier_is_read() -> None:
    read = entry("eprint: 2410.21276\narxiv:\narxiv_id: hf2410.21276\n")

    assert [text.value for text in read.arxiv] == ["hf2410.21276", "2410.21276"]


@pytest.mark.parametrize(
    ("header", "present"),
    [
        ("arxiv_id: ''\ndoi:\n", set()),
        ("eprint: 2410.21276\nDOI: 10.1/x\n", {"arxiv_id", "doi"}),
        ("arxiv_categories: [cs.CL]\nurl_pdf: a.pdf\n", {"categories", "pdf"}),
        ("arxiv_categories: []\n", {"categories"}),
        ("x: &x 2024-10-25\narxiv_published: *x\n", {"published"}),
        ("published: false\ncategories: [news]\n", set()),
    ],
)
def test_a_field_is_present_under_any_of_its_names_if_it_holds_something(
    header: str, present: set[str]
) -> None:
    assert entry(header).present == present


def test_a_field_that_follows_the_authors_is_read_where_the_shape_has_one() -> None:
    header = "short_authors: Hurst et al.\n"

    assert [(role, text.value) for role, text in entry(header).fields] == [("short_authors", "Hurst et al.")]
    assert entry("title: x\n").fields == ()
    assert [(role, text.value) for role, text in entry("title: x\nbibkey: y2024z\n").fields] == [
        ("key", "y2024z")
    ]
    assert entry(header, GENERIC).fields == ()


# -- authors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authors", "form", "names"),
    [
        ("Ann B,  Çağla D", AuthorForm.COMMA, ("Ann B", "Çağla D")),
        ("OpenAI", AuthorForm.COMMA, ("OpenAI",)),
        ("[Ann B, ' C. D ']", AuthorForm.LIST, ("Ann B", "C. D")),
        ("\n  - Ann B\n  - C D", AuthorForm.LIST, ("Ann B", "C D")),
        ("['[[Ann B]]', '[[people/C D|C D]]']", AuthorForm.LIST, ("[[Ann B]]", "[[people/C D|C D]]")),
        ("[{name: Ann B, affiliation: X}, {name: C D}]", AuthorForm.OBJECTS, ("Ann B", "C D")),
        ("[{given: Ann, family: B}, {family: OpenAI}]", AuthorForm.CSL, ("Ann B", "OpenAI")),
        ("[{name: {given: Ann, family: B}, orcid: x}]", AuthorForm.CSL, ("Ann B",)),
        ("[{literal: OpenAI}, {family: B, given: Ann}]", AuthorForm.CSL, ("OpenAI", "Ann B")),
        (
            "[{family: Bo, non-dropping-particle: van, suffix: Jr., given: Ann, literal: x}]",
            AuthorForm.CSL,
            ("Ann van Bo Jr.",),
        ),
    ],
)
def test_authors_are_read_in_every_form_in_which_catalogues_write_them(
    authors: str, form: AuthorForm, names: tuple[str, ...]
) -> None:
    read = entry(f"authors: {authors}\n").authors

    assert read
    assert (read.names, read.form, read.path) == (names, form, ("authors",))


def test_authors_that_are_mappings_keep_where_each_part_of_a_name_stands() -> None:
    read = entry("authors: [{name: {given: Ann, family: B}}, {family: Bo, given: Cy}]\n").authors

    assert read
    assert [[(format_path(part.path), part.value) for part in parts] for parts in read.parts] == [
        [("authors[0].name.given", "Ann"), ("authors[0].name.family", "B")],
        [("authors[1].given", "Cy"), ("authors[1].family", "Bo")],
    ]


def test_authors_in_one_line_keep_that_line() -> None:
    read = entry("authors: Ann B,  C D\n").authors

    assert read
    assert read.text == "Ann B,  C D"


@pytest.mark.parametrize(
    "authors",
    [
        "",
        "[]",
        "Ann B,, C D",
        "Ann B, C D,",
        "[[Ann B]]",
        "[Ann B, {name: C D}]",
        "[{name: Ann B}, {family: D}]",
        "[{affiliation: X}]",
        "[Ann B, ~]",
        "{name: Ann B}",
        "*people",
        "[Ann B, *one]",
        "[{name: Ann B}, *person]",
    ],
    ids=lambda authors: authors or "nothing",
)
def test_authors_of_which_one_cannot_be_told_are_no_authors(authors: str) -> None:
    others = "x: &people [Ann B]\ny: &one C D\nz: &person {name: C D}\n"

    assert entry(f"{others}authors: {authors}\n").authors is None


@pytest.mark.parametrize("empty", ["", "''", "[]", "*x"])
def test_authors_are_looked_for_under_the_next_name_where_the_first_is_empty(empty: str) -> None:
    read = entry(f"x: &x Ann\nauthors: {empty}\nauthor: Ann B\n", GENERIC).authors

    assert read
    assert read.path == ("author",)


# -- links in a list -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Paper", Role.PAPER),
        ("arXiv", Role.PAPER),
        ("arXiv v2", Role.PAPER),
        ("Preprint", Role.PAPER),
        ("PDF", Role.PDF),
        ("Code", Role.CODE),
        ("GitHub", Role.CODE),
        ("Official implementation", Role.CODE),
        ("PDF of the code", Role.CODE),
        ("Website", Role.OTHER),
        ("Paper list", Role.OTHER),
    ],
)
def test_the_label_of_a_link_says_what_it_is(label: str, role: Role) -> None:
    (link,) = entry(f"additional_links:\n  - {{name: {label}, url: 'https://a.org/'}}\n").links

    assert (link.role, link.label) == (role, label)
    assert link.field == "additional_links[0].url"


@pytest.mark.parametrize(
    "url",
    ["https://a.org/x", "'https://a.org/x'", '"https://a.org/x"'],
)
def test_a_link_stands_where_its_address_does_without_the_quotes(url: str) -> None:
    read = entry(f"additional_links:\n- url: {url}\n")

    assert [link.span.of(read.document.text) for link in read.links] == ["https://a.org/x"]


def test_a_link_whose_address_is_written_with_escapes_stands_where_they_do() -> None:
    read = entry('additional_links: [{name: Paper, url: "https://a.org/\\u0105"}]\n')

    assert [link.url for link in read.links] == ["https://a.org/ą"]
    assert [link.span.of(read.document.text) for link in read.links] == ["https://a.org/\\u0105"]


@pytest.mark.parametrize(
    "links",
    [
        "https://a.org/",
        "[https://a.org/]",
        "[{name: Paper, url: }]",
        "[{name: Paper}]",
        "{name: Paper, url: 'https://a.org/'}",
        "*elsewhere",
        "[*link]",
        "[{name: Paper, url: *url}]",
    ],
)
def test_what_is_no_link_of_its_own_in_a_list_is_passed_by(links: str) -> None:
    others = "a: &elsewhere [{url: x}]\nb: &link {url: x}\nc: &url https://a.org/\n"

    assert entry(f"{others}additional_links: {links}\n").links == ()


def test_a_link_without_a_label_is_some_other_link() -> None:
    (link,) = entry("additional_links: [{url: 'https://a.org/'}]\n").links

    assert (link.role, link.label) == (Role.OTHER, "")


def test_where_one_label_claims_identifiers_no_other_does() -> None:
    shape = shape_with('arxiv = {in = "links", label = "Preprint"}')
    header = "".join(
        f"  - {{name: {name}, url: 'https://arxiv.org/abs/2410.21276'}}\n"
        for name in ("Preprint", "Paper", "PDF", "Code")
    )

    roles = [link.role for link in entry(f"additional_links:\n{header}", shape).links]

    assert roles == [Role.PAPER, Role.OTHER, Role.OTHER, Role.CODE]


def test_links_of_the_text_are_read_in_their_place_and_left_out_where_they_are_not_wanted() -> None:
    parsed = front_matter("title: x\n", "See [it](https://a.org/b) there.\n")

    (link,) = read(parsed, JEKYLL_LINKS, TODAY).links

    assert (link.url, link.role, link.path) == ("https://a.org/b", Role.BODY, ())
    assert link.span.of(parsed.document.text) == "https://a.org/b"
    assert read(parsed, JEKYLL_LINKS, TODAY, body=False).links == ()


# -- any address -----------------------------------------------------------------------------

GENERIC_HEADER = """\
title: https://not-a-link.org/
author: {name: Ann B, url: 'https://ann.org/'}
arxiv: https://arxiv.org/abs/2410.21276
url_pdf: https://a.org/p.pdf
url_code: https://a.org/c
url: https://a.org/
website: https://arxiv.org/abs/2410.21276
citation: https://arxiv.org/abs/1706.03762
homepage: https://a.org/home
links:
  - {name: arXiv, url: 'https://arxiv.org/abs/1706.03762'}
  - icon: github
    url_code: https://a.org/nested
abstract: see https://a.org/
resource: {slides: 'https://a.org/s', x: &x 'https://a.org/x', again: *x}
again: *x
"""


def test_every_scalar_that_is_an_address_is_a_link_of_a_generic_entry() -> None:
    roles = {link.field: link.role for link in entry(GENERIC_HEADER, GENERIC).links}

    assert roles == {
        "url_pdf": Role.PDF,
        "url_code": Role.CODE,
        "url": Role.PAPER,
        "website": Role.PAPER,
        "citation": Role.OTHER,
        "homepage": Role.OTHER,
        "links[0].url": Role.OTHER,
        "links[1].url_code": Role.CODE,
        "resource.slides": Role.OTHER,
        "resource.x": Role.OTHER,
    }


def test_a_place_that_is_mapped_to_a_field_is_no_link_besides() -> None:
    shape = shape_with('arxiv = {path = "ids.arxiv"}', GENERIC)

    read = entry("ids: {arxiv: 'https://arxiv.org/abs/2410.21276', page: 'https://a.org/'}\n", shape)

    assert [text.path for text in read.arxiv] == [("ids", "arxiv")]
    assert [link.field for link in read.links] == ["ids.page"]
