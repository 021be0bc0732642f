"""The first minutes with a catalogue: what is found, what would be written, and a configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import Catalogue
from tests.end_to_end.test_kinds_of_catalogues import page
from tests.mind.test_known_shapes import ACADEMIC, BLOX

if TYPE_CHECKING:
    from pathlib import Path

    from tests.internet.internet import Internet


@pytest.fixture
def blox(catalogue: Catalogue) -> Catalogue:
    for number in range(4):
        catalogue.write(f"content/publication/card{number}/index.md", page(BLOX))
    catalogue.write("content/post/a.md", page("title: A post\n"))
    catalogue.commit()
    return catalogue


def told(out: str) -> dict[str, list[str]]:
    """The lines of `enrich doctor` under their names."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in out.splitlines():
        name = line[:15].strip() or name
        found.setdefault(name, []).append(line[15:])
    return found


# -- doctor ----------------------------------------------------------------------------------


def test_doctor_tells_what_is_found_and_why_and_leaves_nothing_behind(blox: Catalogue) -> None:
    before = sorted(blox.root.iterdir())

    found = told(blox.enrich("doctor"))

    assert found == {
        "root": [str(blox.root)],
        "configuration": ["none; `enrich init` writes one"],
        "profile": [
            "hugoblox: 4 of 4 files looked at show its signs",
            "in **/content/**/publication*/**",
        ],
        "entries": ["4"],
        "fields": ["title 4, authors 4, year 0, venue 4, doi 0"],
        "identifiers": ["arxiv 4"],
        "links": ["other 4, paper 4, pdf 4"],
        "git": ["every entry is as committed"],
        "cache": ["empty"],
        "mirror": ["none; `enrich mirror import FILE` makes one"],
        "network": ["not asked; --network asks"],
    }
    assert sorted(blox.root.iterdir()) == before


def test_doctor_looks_at_another_place_than_where_it_is_called(blox: Catalogue, tmp_path: Path) -> None:
    here = blox.enrich("doctor")

    assert Catalogue(tmp_path).enrich("doctor", str(blox.root)) == here
    assert "nowhere: no such file or directory" in blox.outcome("doctor", "nowhere", code=2)[1]


def test_doctor_names_shapes_that_come_close_and_files_that_are_no_entries(catalogue: Catalogue) -> None:
    catalogue.write("_publications/a.md", page(ACADEMIC))
    catalogue.write("_publications/b.md", page("title: B\ncollection: publications\n"))
    catalogue.write("_publications/c.md", "no front matter\n")
    catalogue.write("_publications/d.md", "---\ntitle: 'open\n---\n")

    found = told(catalogue.enrich("doctor"))

    assert found["profile"] == [
        "generic: no other shape stands out",
        "not academicpages: 1 of 2 files looked at show its signs",
    ]
    assert found["entries"] == [
        "2",
        "1 file more can't be read; `enrich check --offline` says why",
        "1 file more without front matter, left alone",
    ]
    assert found["git"] == ["4 entries not as committed; `enrich run` asks for a commit first"]


def test_doctor_asks_the_network_only_where_it_is_told_to(blox: Catalogue, arxiv_internet: Internet) -> None:
    blox.on(arxiv_internet)

    blox.enrich("doctor")
    assert len(arxiv_internet.requests) == 0
    found = told(blox.enrich("doctor", "--network"))

    assert found["network"][0] == "arXiv: answers"
    assert len(arxiv_internet.requests) > 0


def test_doctor_of_a_folder_without_entries_exits_with_3(catalogue: Catalogue) -> None:
    catalogue.write("enrich.toml", '[catalogue]\nprofile = "quarto"\n')

    found = told(catalogue.enrich("doctor", code=3))

    assert found["profile"] == ["quarto, as the configuration says"]
    assert (found["entries"], found["links"], found["identifiers"]) == (["0"], ["none"], ["none"])
    assert found["configuration"] == ["enrich.toml"]


# -- init ------------------------------------------------------------------------------------


def test_init_shows_what_would_be_added_and_writes_one_file_and_nothing_else(blox: Catalogue) -> None:
    before = blox.content()

    out = blox.enrich("init", "--yes", "--contact", "me@lab.example")

    text = '[catalogue]\nprofile = "hugoblox"\n\n[network]\ncontact = "me@lab.example"\n'
    assert blox.content() == before | {"enrich.toml": text.encode()}
    assert sorted(path.name for path in blox.root.iterdir()) == [".git", "content", "enrich.toml"]
    assert out.startswith(
        "4 entries, profile hugoblox:\n"
        "4 of 4 files looked at show its signs in **/content/**/publication*/**.\n"
    )
    assert (
        "  content/publication/card0/index.md\n"
        "    title    GPT-4o System Card\n"
        "    authors  3: OpenAI, Aaron Hurst, Alex Baker-Whitcomb\n"
        "    year     –\n"
        "    venue    *Elsewhere*\n"
        "    states   arxiv:2410.21276\n"
        "    links    other 1, paper 1, pdf 1\n"
    ) in out
    assert out.count("+arxiv_id: '2410.21276'\n") == 3
    assert out.count("+arxiv_published: 2000-01-01\n") == 3
    assert "  venue    publication\n" in out
    report = json.loads(blox.enrich("check", "--offline", "--select", "FMT", "--output-format", "json"))
    assert (report["tool"]["profile"], report["tool"]["config"]) == ("hugoblox", "enrich.toml")


def test_init_shows_how_entries_are_read_that_state_no_identifier_and_fits_a_terminal(
    catalogue: Catalogue,
) -> None:
    catalogue.write("notes/a.md", page(f"title: {'A long title of a book ' * 9}\n"))
    catalogue.write("notes/b.md", "no front matter\n")

    out = catalogue.enrich("init", "--yes")

    lines = out.splitlines()
    assert "  notes/a.md" in lines
    assert "    title    A long title of a book" in out
    assert "    states   –" in lines
    assert "What is added and restored" not in out
    assert max(map(len, lines)) == 80


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# A note\n", "no front matter that can be read in 1 file"),
        (None, "no front matter that can be read here: there is no Markdown file"),
    ],
)
def test_init_writes_nothing_where_nothing_is_an_entry(
    catalogue: Catalogue, text: str | None, why: str
) -> None:
    if text:
        catalogue.write("a.md", text)

    out, err = catalogue.outcome("init", "--yes", code=3)

    assert (out, err) == ("", f"error: {why}, and that is what enrich edits\n")
    assert not (catalogue.root / "enrich.toml").exists()


def test_init_needs_a_terminal_or_a_word(blox: Catalogue) -> None:
    out, err = blox.outcome("init", code=2)

    assert (out, err) == ("", "error: `enrich init` asks questions and needs a terminal; or use --yes\n")
    assert not (blox.root / "enrich.toml").exists()


def test_init_never_goes_over_a_configuration(blox: Catalogue) -> None:
    blox.write("pyproject.toml", "[tool.enrich]\n")

    _, err = blox.outcome("init", "--yes", code=2)

    assert err == "error: pyproject.toml is there already; `enrich config show` shows what holds\n"
    assert not (blox.root / "enrich.toml").exists()


def test_on_a_terminal_init_asks_for_a_contact_and_before_it_writes(blox: Catalogue) -> None:
    with blox.in_terminal("init") as terminal:
        terminal.until("(or nothing): ")
        terminal.type("nobody\n")
        terminal.until("That is no e-mail address.")
        terminal.until("(or nothing): ")
        terminal.type("me@lab.example\n")
        terminal.until("[y/N] ")
        terminal.type("n\n")
        said = terminal.end()

    assert said.endswith("Nothing was written.\n")
    assert not (blox.root / "enrich.toml").exists()

    with blox.in_terminal("init") as terminal:
        terminal.until("(or nothing): ")
        terminal.type("\n")
        terminal.until("[y/N] ")
        terminal.type("y\n")
        terminal.end()

    assert (blox.root / "enrich.toml").read_text("utf-8") == '[catalogue]\nprofile = "hugoblox"\n'


# -- config ----------------------------------------------------------------------------------


def test_a_configuration_is_checked_shown_and_described(catalogue: Catalogue) -> None:
    assert catalogue.enrich("config", "check") == "There is no configuration; every option has its default.\n"
    catalogue.write("enrich.toml", "[links]\nretry = 1\n")

    assert catalogue.enrich("config", "check") == "enrich.toml is right.\n"
    assert "retry = 1 # tries after the first, within a run\n" in catalogue.enrich("config", "show")
    origins = catalogue.enrich("config", "show", "--origin", "--set", "links.confirm-after=1").splitlines()
    assert {"links.retry = 1 # enrich.toml:2", "links.confirm-after = 1 # --set"} <= set(origins)
    assert json.loads(catalogue.enrich("config", "schema"))["title"] == "enrich.toml"


def test_every_mistake_of_a_configuration_is_told(catalogue: Catalogue) -> None:
    catalogue.write("enrich.toml", "[links]\nretyr = 1\nconfirm-after = 0\n")

    _, err = catalogue.outcome("config", "check", code=2)

    assert "unknown key `retyr` in [links]" in err
    assert "2 errors in enrich.toml" in err


# -- config ----------------------------------------------------------------------------------


def test_the_value_of_one_option_is_told_as_a_shell_wants_it(catalogue: Catalogue) -> None:
    catalogue.write("enrich.toml", "[links]\naccept = [403, 418]\n[network]\ncontact = 'a@b.org'\n")

    told = [
        catalogue.enrich("config", "show", key)
        for key in ("network.contact", "links.accept", "rules.select", "links.timeout", "links.retry")
    ]
    _, err = catalogue.outcome("config", "show", "links.retries", code=2)

    assert told == ["a@b.org\n", "403\n418\n", "DEFAULT\n", "20s\n", "2\n"]
    assert err == "error: no option `links.retries`; did you mean `links.retry`?\n"
