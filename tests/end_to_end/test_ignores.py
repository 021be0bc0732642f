"""Findings that are set aside from outside of the entries, in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

ENTRY = "---\ntitle: {title}\nyear: 2024\nadditional_links:\n  - {{name: Code, url: '{url}'}}\n---\n"
PLACEHOLDER = "https://example.com/"
CONCISE = ("--offline", "--output-format", "concise")


@pytest.fixture
def faulty(catalogue: Catalogue) -> Catalogue:
    catalogue.write("_publications/a[1].md", ENTRY.format(title="A", url=PLACEHOLDER))
    catalogue.write("_publications/b.md", ENTRY.format(title="'B", url=PLACEHOLDER))
    catalogue.commit()
    return catalogue


def test_what_is_found_is_set_aside_and_what_comes_later_is_not(faulty: Catalogue) -> None:
    before = faulty.content()
    out, err = faulty.outcome("check", "--offline", "--add-ignores", "--quiet")
    written = (faulty.root / "enrich.toml").read_text()
    silent = faulty.enrich("check", *CONCISE)
    faulty.write("_publications/c.md", ENTRY.format(title="C", url=PLACEHOLDER))

    told = faulty.enrich("check", *CONCISE)

    assert (out, err) == ("Wrote 2 [[ignore]] to enrich.toml, for 2 entries. Say in each why.\n", "")
    assert written == (
        '[[ignore]]\nrule = "LNK120"\nurl = "https://example.com/"\nentry = "_publications/a[[]1].md"\n'
        'reason = ""\n\n[[ignore]]\nrule = "FMT401"\nentry = "_publications/b.md"\nreason = ""\n'
    )
    assert silent == ""
    assert [line.split()[:3] for line in told.splitlines()] == [["_publications/c.md:5:24:", "W", "LNK120"]]
    assert {path: text for path, text in faulty.content().items() if path in before} == before


def test_where_nothing_is_found_nothing_is_written(faulty: Catalogue) -> None:
    faulty.enrich("check", "--offline", "--add-ignores")
    before = faulty.content()

    out = faulty.enrich("check", "--offline", "--add-ignores")

    assert out == "There is nothing to set aside.\n"
    assert faulty.content() == before


def test_a_configuration_with_a_list_in_brackets_is_left_alone(faulty: Catalogue) -> None:
    faulty.write("enrich.toml", "ignore = []\n")

    _, err = faulty.outcome("check", "--offline", "--add-ignores", code=2)

    assert "error: enrich.toml: `ignore` stands there as a list in brackets" in err


def test_one_that_hides_nothing_or_whose_day_has_passed_is_told_at_its_line(faulty: Catalogue) -> None:
    faulty.write(
        "enrich.toml",
        "[rules]\nextend-select = ['SUP503']\n[[ignore]]\nrule = 'LNK101'\nfield = 'title'\nreason = 'x'\n"
        "[[ignore]]\nrule = 'LNK120'\nentry = 'a*'\nuntil = 2020-01-01\n",
    )

    told = faulty.enrich("check", *CONCISE, "--ignore", "FMT401", "--show", "info")
    of_one = faulty.enrich("check", *CONCISE, "_publications/a[1].md")
    of_other_rules = faulty.enrich("check", *CONCISE, "--select", "SUP,LNK120")

    assert [line for line in told.splitlines() if line.startswith("enrich.toml")] == [
        "enrich.toml:3:1: W SUP501 the [[ignore]] hides nothing any more",
        "enrich.toml:7:1: W SUP502 the [[ignore]] held until 2020-01-01",
        "enrich.toml:7:1: I SUP503 the [[ignore]] gives no reason",
    ]
    assert "enrich.toml" not in of_one
    assert "SUP501" not in of_other_rules


def test_one_about_a_link_that_could_not_be_asked_is_not_judged(
    catalogue: Catalogue, internet: Internet
) -> None:
    internet.host("acme.org").get("/", status=403)
    catalogue.on(internet)
    catalogue.write("_publications/a.md", ENTRY.format(title="A", url="https://acme.org/"))
    ignores = "".join(
        f"[[ignore]]\nrule = 'LNK101'\nurl = 'https://{host}/*'\nreason = 'x'\n"
        for host in ("acme.org", "gone.org")
    )
    catalogue.write("enrich.toml", ignores)
    catalogue.commit()

    told = catalogue.enrich("check", "--output-format", "concise")

    assert told == "enrich.toml:5:1: W SUP501 the [[ignore]] hides nothing any more\n"
