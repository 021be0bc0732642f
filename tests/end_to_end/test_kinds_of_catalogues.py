"""Which files are entries, and of which shape, in catalogues that nobody has configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mind.test_known_shapes import ACADEMIC, BLOX, NOTE, QMD, VOLUME

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

PAGE = "---\ntitle: A page\nlayout: page\n---\nText.\n"


def page(header: str) -> str:
    return f"---\n{header}---\nText.\n"


@pytest.mark.parametrize(
    ("profile", "header", "path", "others"),
    [
        ("academicpages", ACADEMIC, "_publications/{}.md", ("_config.yml", "_pages/about.md", "_talks/a.md")),
        (
            "hugoblox",
            BLOX,
            "content/publication/{}/index.md",
            ("content/publication/_index.md", "content/post/a.md"),
        ),
        ("quarto", QMD, "research/{}/index.qmd", ("_quarto.yml", "about.qmd", "README.md")),
        ("obsidian", NOTE, "Papers/{}.md", (".obsidian/app.json",)),
        ("pmlr", VOLUME, "_posts/2024-01-01-{}.md", ("_config.yml", "index.md")),
    ],
)
def test_a_catalogue_is_known_without_configuration_and_other_pages_are_no_entries(
    profile: str, header: str, path: str, others: tuple[str, ...], catalogue: Catalogue
) -> None:
    for number in range(4):
        catalogue.write(path.format(f"card{number}"), page(header))
    for other in others:
        catalogue.write(other, PAGE)

    report = catalogue.report("check", "--offline", "--select", "FMT", "--show", "info")

    assert report["tool"]["profile"] == profile
    assert report["summary"]["entries"] == 4


def test_a_file_that_is_named_is_an_entry_wherever_it_lies(catalogue: Catalogue) -> None:
    for number in range(3):
        catalogue.write(f"_publications/{number}.md", page(ACADEMIC))
    catalogue.write("drafted/one.md", page(ACADEMIC))

    named = catalogue.report("check", "--offline", "--select", "FMT", "drafted/one.md")
    folder = catalogue.report("check", "--offline", "--select", "FMT", ".")

    assert (named["tool"]["profile"], named["summary"]["entries"]) == ("academicpages", 1)
    assert folder["summary"]["entries"] == 3


def test_one_entry_is_read_as_in_a_run_over_all_of_them(catalogue: Catalogue) -> None:
    for number in range(3):
        catalogue.write(f"_publications/{number}.md", page(ACADEMIC))
    catalogue.write("_publications/bare.md", "---\ntitle: A\n---\n")

    report = catalogue.report("check", "--offline", "--select", "FMT", "_publications/bare.md")

    assert report["tool"]["profile"] == "academicpages"


def test_a_catalogue_in_bibtex_is_refused_in_a_sentence(catalogue: Catalogue) -> None:
    catalogue.write("_bibliography/papers.bib", "@article{a, title={A}}\n")
    catalogue.write("_config.yml", "title: me\n")
    for name in ("publications", "cv", "teaching", "projects"):
        catalogue.write(f"_pages/{name}.md", PAGE)
    catalogue.write("_posts/2018-12-22-distill.md", page("title: A post\nauthors: [{name: Ann Lee}]\n"))

    out, err = catalogue.outcome("run", code=3)

    assert out == ""
    assert err == "error: this catalogue keeps its entries in BibTeX, which enrich does not edit\n"
    assert not (catalogue.root / ".enrich").exists()


def test_entries_beside_a_bibliography_are_entries(catalogue: Catalogue) -> None:
    catalogue.write("refs.bib", "@article{a, title={A}}\n")
    catalogue.write("notes/a.md", "---\ntitle: A\ndoi: 10.1234/x\n---\n")
    for number in range(9):
        catalogue.write(f"pages/{number}.md", PAGE)

    assert catalogue.report("check", "--offline", "--select", "FMT")["summary"]["entries"] == 10
    assert catalogue.report("check", "--offline", "--select", "FMT", "notes")["summary"]["entries"] == 1


def test_a_link_to_a_file_that_is_not_there_is_told_offline_too_and_never_from_memory(
    catalogue: Catalogue,
) -> None:
    catalogue.write("_quarto.yml", "")
    catalogue.write("a/index.qmd", page(QMD) + "See [the poster](poster.png).\n")
    catalogue.write("b/index.qmd", page(QMD))
    catalogue.write("b/slides.pdf", "")

    out = catalogue.enrich("check", "--offline", "--select", "LNK130", "--output-format", "concise", code=1)
    catalogue.write("a/slides.pdf", "")
    catalogue.write("a/poster.png", "")
    catalogue.enrich("check", "--offline", "--select", "LNK130")

    assert [line for line in out.splitlines() if "LNK130" in line] == [
        "a/index.qmd:15:12: E LNK130 there is no file a/slides.pdf",
        "a/index.qmd:21:18: E LNK130 there is no file a/poster.png",
    ]
