"""Which file a relative link leads to, as far as that is certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import find_links, find_urls
from enrich.links.relative import (
    MARKERS,
    Site,
    made_from,
    may_be_file,
    named,
    places,
    site_of,
    site_without_root,
)


@pytest.mark.parametrize(
    "text",
    [
        "a.pdf",
        "../raw/b.PDF",
        "/files/c.pdf",
        "a%20b.pdf",
        "a.pdf#page=2",
        "a.pdf?raw=true",
        "x/y.ipynb",
        " d.md ",
    ],
)
def test_what_ends_like_a_file_may_be_one(text: str) -> None:
    assert may_be_file(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "#a.pdf", "/about/", "about", "page.html", "style.css", ".pdf", "v1.0", "//cdn.example/a.pdf",
        "{{ site.url }}/a.pdf", "{% link a.md %}", "{{< ref >}}a.md", "<%= a %>.md", "${root}/a.pdf",
        "a\\b.pdf", "[[a.md]]", "~/a.pdf", "a\n.pdf", "a\x00.pdf",
    ],
)  # fmt: skip
def test_what_is_filled_in_or_made_is_none(text: str) -> None:
    assert not may_be_file(text)


@pytest.mark.parametrize(
    ("entry", "target", "site", "expected"),
    [
        ("notes/a.md", "b.pdf", Site.PLAIN, ("notes/b.pdf",)),
        ("notes/a.md", "../raw/b.pdf#page=2", Site.PLAIN, ("raw/b.pdf",)),
        ("notes/a.md", "b%20c.pdf", Site.PLAIN, ("notes/b c.pdf", "notes/b%20c.pdf")),
        ("a.md", "100%.pdf", Site.PLAIN, ("100%.pdf",)),
        ("a.md", "../b.pdf", Site.PLAIN, ()),
        ("a.md", "..%2fb.pdf", Site.PLAIN, ()),
        ("a.md", "a%00b.pdf", Site.PLAIN, ()),
        ("a.md", "/b.pdf", Site.PLAIN, ()),
        ("r/a/index.qmd", "b.pdf", Site.QUARTO, ("r/a/b.pdf",)),
        ("r/a/index.qmd", "/files/b.pdf", Site.QUARTO, ("site/files/b.pdf",)),
        ("_posts/a.md", "/files/b.pdf", Site.JEKYLL, ("site/files/b.pdf",)),
        ("_posts/a.md", "b.pdf", Site.JEKYLL, ()),
        ("n/a.md", "b.md", Site.OBSIDIAN, ()),
        ("n/a.md", "./b.md", Site.OBSIDIAN, ("n/b.md",)),
        ("n/a.md", "/b.md", Site.OBSIDIAN, ()),
        ("content/a.md", "b.md", Site.OTHER, ()),
        ("content/a.md", "/b.md", Site.OTHER, ()),
    ],
)
def test_a_file_lies_where_the_site_looks_for_it(
    entry: str, target: str, site: Site, expected: tuple[str, ...]
) -> None:
    assert places(entry, target, site, "site") == expected


@given(st.text("ab/.%2fe5c#?\\ {", max_size=30), st.sampled_from(Site))
def test_no_text_leads_out_of_the_catalogue(target: str, site: Site) -> None:
    for path in places("notes/a.md", target, site):
        assert ".." not in path.split("/")
        assert not path.startswith("/")


@pytest.mark.parametrize(
    ("names", "site"),
    [
        ((), None),
        (("README.md",), None),
        (("_config.yml", "Gemfile"), Site.JEKYLL),
        (("_quarto.yml",), Site.QUARTO),
        ((".obsidian",), Site.OBSIDIAN),
        (("mkdocs.yml",), Site.OTHER),
        ((".obsidian", "mkdocs.yml"), Site.OTHER),
        (("_config.yml", "_toc.yml"), Site.OTHER),
    ],
)
def test_a_site_is_told_by_what_lies_at_its_root(names: tuple[str, ...], site: Site | None) -> None:
    assert site_of(names) is site
    assert set(MARKERS.values()) >= {site} - {None}


def test_folders_that_a_generator_reads_are_of_a_site_even_without_its_root() -> None:
    assert site_without_root("_posts/a.md") is Site.OTHER
    assert site_without_root("site/content/publication/a/index.md") is Site.OTHER
    assert site_without_root("papers/a.md") is Site.PLAIN


def test_what_a_page_may_be_made_into_names_the_page() -> None:
    assert "talks/a.qmd" in made_from("talks/a.pdf")
    assert made_from("talks/a.png") == ()
    assert named("a/b.md", "../c.pdf") == "a/../c.pdf"


def test_files_are_found_in_links_and_images_and_nowhere_else() -> None:
    text = (
        'See [one](a.pdf), ![two](<b c.png> "title"), `[no](c.pdf)`, d.pdf, [page](/about/)\n\n'
        "    [no](e.pdf)\n\n```\n[no](f.pdf)\n```\n\nand https://x.org/g.pdf.\n"
    )

    found = find_links(text)

    assert [url for _, _, url in found] == ["a.pdf", "b c.png", "https://x.org/g.pdf"]
    assert [text[start:end] for start, end, _ in found] == [url for _, _, url in found]
    assert [url for _, _, url in find_urls(text)] == ["https://x.org/g.pdf"]


def test_a_text_too_long_to_be_parsed_is_looked_through_for_addresses_alone() -> None:
    filler = "word " * 7_000

    assert find_links(f"[a](b.pdf) {filler}") == ()
    assert [url for *_, url in find_links(f"[a](b.pdf) https://x.org/ {filler}")] == ["https://x.org/"]
    assert find_urls("[a](b.pdf)") == find_links("plain words") == ()
