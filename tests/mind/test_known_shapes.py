"""An entry of each shape that enrich knows: what is read in it, and where what is added comes to stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from enrich import planning, proposing
from enrich.catalogues.academicpages import ACADEMICPAGES
from enrich.catalogues.generic import GENERIC
from enrich.catalogues.hugoblox import HUGOBLOX
from enrich.catalogues.obsidian import OBSIDIAN
from enrich.catalogues.pmlr import PMLR
from enrich.catalogues.quarto import QUARTO
from enrich.catalogues.shape import Shape
from enrich.models import Answer, AuthorForm, FileQuery, LinkCheck, LinkStatus, Plan, Role, format_path
from tests.mind.entries import CARD, NOW, PATH, context, entry, file, known

if TYPE_CHECKING:
    from enrich.models import Query

RECORD = replace(CARD, doi="10.1/x")

ACADEMIC = """\
title: "GPT-4o System Card"
collection: publications
permalink: /publication/2024-card
authors: 'OpenAI, Aaron Hurst, Alex Baker-Whitcomb'
date: 2024-10-25
venue: 'Elsewhere'
paperurl: 'https://arxiv.org/abs/2410.21276'
slidesurl: #'http://academicpages.github.io/files/slides1.pdf'
bibtexurl: '/files/card.bib'
codeurl: '#'
citation: 'OpenAI (2024). &quot;GPT-4o.&quot; <a href="https://example.net/">here</a>'
"""

BLOX = """\
title: 'GPT-4o System Card'
authors:
- OpenAI
- Aaron Hurst
- Alex Baker-Whitcomb
date: '2024-10-25'
publication_types: ['article']
publication: '*Elsewhere*'
doi: ''
url_pdf: https://arxiv.org/pdf/2410.21276
url_code: '#'
url_slides: ''
url_video: talks/card.mp4
links:
- name: Preprint
  url: https://arxiv.org/abs/2410.21276
- name: Custom
  url: '#'
"""

QMD = """\
title: "GPT-4o System Card"
author:
  - name: OpenAI
    url: https://openai.com/
  - name: Aaron Hurst
  - name: Alex Baker-Whitcomb
pub-info:
  reference: >-
    OpenAI, “GPT-4o System Card”
  links:
    - name: Preprint
      url: https://arxiv.org/abs/2410.21276
    - name: Slides
      url: slides.pdf
      local: true
doi: 10.1/y
haiku: none
"""

NOTE = """\
citekey: openai2024
title: GPT-4o System Card
author:
  - family: OpenAI
  - family: Hurst
    given: Aaron
  - family: Baker-Whitcomb
    given: Alex
container-title: Elsewhere
resource: "arXiv:2410.21276v1"
up: "[[Papers]]"
url: "[[Another note]]"
project_url: ../raw/card.pdf
"""

VOLUME = """\
layout: inproceedings
title: GPT-4o System Card
pdf: https://arxiv.org/pdf/2410.21276
supplementary: https://example.net/card-supp.pdf
id: card24
author:
- given: Aaron
  family: Hurst
container-title: Proceedings of Elsewhere
volume: '28'
# Format based on citeproc
"""


FILES: dict[Query, Answer] = {
    query: Answer(query, LinkCheck(LinkStatus.OK, "the file is there"), "files", NOW)
    for query in (
        FileQuery(PATH, "/files/card.bib"),
        FileQuery(PATH, "talks/card.mp4"),
        FileQuery(PATH, "slides.pdf"),
    )
}


def links_of(header: str, shape: Shape) -> list[tuple[str, str, Role]]:
    return [(link.field, link.url, link.role) for link in entry(header, shape).links]


def written(header: str, shape: Shape) -> list[str]:
    """The lines that enrich adds, each with the one before it."""
    here = context("", shape)
    subject = planning.open_entry(file(header), here)
    assert isinstance(subject, proposing.Subject)
    plan = planning.advance(subject, {**known(RECORD), **FILES}, here)
    assert isinstance(plan, Plan)
    lines = ["---", *header.splitlines()]
    after = plan.text.removesuffix("---\nText.\n").splitlines()
    assert [line for line in after if line in lines] == [line for line in lines if line in after]
    return [f"{before} | {line}" for before, line in pairwise(after) if line not in lines]


def test_links_of_academicpages_are_keys_and_a_comment_in_the_place_of_a_value_is_none() -> None:
    read = entry(ACADEMIC, ACADEMICPAGES)

    assert read.venue
    assert (read.venue.value, read.year) == ("Elsewhere", None)
    assert read.authors
    assert read.authors.names == CARD.authors
    assert read.authors.form is AuthorForm.COMMA
    assert links_of(ACADEMIC, ACADEMICPAGES) == [
        ("paperurl", "https://arxiv.org/abs/2410.21276", Role.PAPER),
        ("bibtexurl", "/files/card.bib", Role.OTHER),
    ]


def test_without_authors_those_of_the_citation_count_and_are_only_read() -> None:
    cited = "citation: 'Hurst, Aaron and Alex Baker-Whitcomb (2024). &quot;GPT-4o.&quot; <i>arXiv</i>.'\n"

    read = entry(cited, ACADEMICPAGES).authors

    assert read
    assert (read.names, read.form) == (("Hurst, Aaron", "Alex Baker-Whitcomb"), AuthorForm.CITATION)
    assert entry(cited, GENERIC).authors is None
    assert entry("citation: GPT-4o\n", ACADEMICPAGES).authors is None
    assert entry("citation: [GPT-4o]\n", ACADEMICPAGES).authors is None


def test_links_of_hugo_blox_are_keys_and_a_list_and_a_number_sign_is_none() -> None:
    assert links_of(BLOX, HUGOBLOX) == [
        ("links[0].url", "https://arxiv.org/abs/2410.21276", Role.PAPER),
        ("url_pdf", "https://arxiv.org/pdf/2410.21276", Role.PDF),
        ("url_video", "talks/card.mp4", Role.OTHER),
    ]


NEW_BLOX = """\
title: 'GPT-4o System Card'
publication_types: ['article']
hugoblox:
  ids: {doi: 10.1/y}
links:
  - type: preprint
    provider: arxiv
    id: 2410.21270
  - {type: pdf, url: card.pdf, label: Camera-ready}
  - {type: code, url: 'https://github.com/openai/card'}
  - {type: custom, url: 'https://arxiv.org/abs/2303.08774', label: Related}
  - {icon: github, icon_pack: fab, url: 'https://github.com/openai/evals'}
  - {icon: github, icon_pack: fab, name: Follow, url: 'https://github.com/openai'}
  - {type: slides, url: '#'}
  - {provider: zenodo, id: 123}
"""


def test_what_a_link_of_hugo_blox_is_its_type_says_else_its_name_else_its_icon() -> None:
    read = entry(NEW_BLOX, HUGOBLOX)

    assert [(link.field, link.label, link.role) for link in read.links] == [
        ("links[1].url", "Camera-ready", Role.PDF),
        ("links[2].url", "code", Role.CODE),
        ("links[3].url", "Related", Role.OTHER),
        ("links[4].url", "github", Role.CODE),
        ("links[5].url", "Follow", Role.OTHER),
    ]


def test_a_preprint_of_hugo_blox_may_be_an_identifier_and_then_none_is_added() -> None:
    read = entry(NEW_BLOX, HUGOBLOX)

    assert [(text.value, format_path(text.path), text.plain) for text in read.arxiv] == [
        ("2410.21270", "links[0].id", True)
    ]
    assert {"arxiv_id", "doi"} <= read.present


def test_links_of_quarto_are_in_the_information_about_the_publication() -> None:
    read = entry(QMD, QUARTO)

    assert read.authors
    assert (read.authors.names, read.authors.form) == (CARD.authors, AuthorForm.OBJECTS)
    assert read.venue is None
    assert links_of(QMD, QUARTO) == [
        ("pub-info.links[0].url", "https://arxiv.org/abs/2410.21276", Role.PAPER),
        ("pub-info.links[1].url", "slides.pdf", Role.OTHER),
    ]


def test_a_wikilink_is_no_address_and_a_resource_may_be_an_identifier() -> None:
    read = entry(NOTE, OBSIDIAN)

    assert read.authors
    assert (read.authors.names[1], read.authors.form) == ("Aaron Hurst", AuthorForm.CSL)
    assert [(text.value, text.path) for text in read.arxiv] == [("arXiv:2410.21276v1", ("resource",))]
    assert "arxiv_id" not in read.present
    assert links_of(NOTE, OBSIDIAN) == [("project_url", "../raw/card.pdf", Role.OTHER)]


def test_a_resource_that_is_an_address_is_a_link_and_one_that_is_a_file_may_be_looked_for() -> None:
    address, path = "https://arxiv.org/abs/2410.21276", "../../raw/2410.21276.pdf"

    for shape in (OBSIDIAN, GENERIC):
        assert entry(f"resource: {address}\n", shape).arxiv == ()
        assert links_of(f"resource: {address}\n", shape) == [("resource", address, Role.PAPER)]
        assert entry(f"resource: {path}\n", shape).arxiv == ()
        assert links_of(f"resource: {path}\n", shape) == [("resource", path, Role.OTHER)]


def test_a_volume_has_its_addresses_anywhere() -> None:
    read = entry(VOLUME, PMLR)

    assert dict(read.fields)["key"].value == "card24"
    assert links_of(VOLUME, PMLR) == [
        ("pdf", "https://arxiv.org/pdf/2410.21276", Role.PDF),
        ("supplementary", "https://example.net/card-supp.pdf", Role.OTHER),
    ]


@pytest.mark.parametrize("key", ["url_pdf", "url_x"])
def test_a_key_that_stands_twice_is_read_where_readers_read_it(key: str) -> None:
    header = f"{key}: https://a.example/\n{key}: https://b.example/\n"

    assert [url for _, url, _ in links_of(header, HUGOBLOX)] == ["https://b.example/"]


@pytest.mark.parametrize("value", ["[a, b]", "'mailto:a@b.org'", "'  '", "'#'"])
def test_what_is_no_link_in_the_place_of_one_is_left_alone(value: str) -> None:
    assert links_of(f"url_pdf: {value}\n", HUGOBLOX) == []


def test_an_arxiv_address_under_any_key_for_links_is_the_papers_but_not_under_one_for_slides() -> None:
    header = "url_source: https://arxiv.org/abs/2410.21276\nurl_slides: https://arxiv.org/abs/2410.21277\n"

    assert [role for _, _, role in links_of(header, HUGOBLOX)] == [Role.PAPER, Role.OTHER]


@pytest.mark.parametrize(
    ("shape", "header", "expected"),
    [
        (
            ACADEMICPAGES,
            ACADEMIC,
            [
                "venue: 'Elsewhere' | arxiv_id: '2410.21276'",
                "arxiv_id: '2410.21276' | doi: '10.1/x'",
                "doi: '10.1/x' | arxiv_published: 2024-10-25",
                "arxiv_published: 2024-10-25 | arxiv_categories: [cs.CL, cs.AI]",
            ],
        ),
        (
            HUGOBLOX,
            BLOX,
            [
                "publication: '*Elsewhere*' | doi: '10.1/x'",
                "doi: '10.1/x' | arxiv_id: '2410.21276'",
                "arxiv_id: '2410.21276' | arxiv_published: 2024-10-25",
                "arxiv_published: 2024-10-25 | arxiv_categories: ['cs.CL', 'cs.AI']",
            ],
        ),
        (
            QUARTO,
            QMD,
            [
                'doi: 10.1/y | arxiv_id: "2410.21276"',
                'arxiv_id: "2410.21276" | arxiv_published: 2024-10-25',
                "arxiv_published: 2024-10-25 | arxiv_categories:",
                "arxiv_categories: |   - cs.CL",
                "  - cs.CL |   - cs.AI",
            ],
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Shape) else "",
)
def test_what_is_added_stands_where_entries_of_the_shape_have_it(
    shape: Shape, header: str, expected: list[str]
) -> None:
    assert written(header, shape) == expected
