"""A catalogue that has lived with its faults reports only new ones, until the old ones are gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

NOBODY = "http://127.0.0.1:9"
"""No proxy listens there."""
QUICK = ("--set", "links.archive=off")
CONCISE = (*QUICK, "--output-format", "concise")


def entry(*links: str) -> str:
    listed = "".join(f"  - {{name: Code, url: '{link}'}}\n" for link in links)
    return f"---\ntitle: A Title\nyear: 2024\nadditional_links:\n{listed}---\n"


@pytest.fixture
def lived_in(catalogue: Catalogue, internet: Internet) -> Catalogue:
    internet.host("acme.org").get("/fine", status=200)
    catalogue.on(internet)
    catalogue.write("_publications/a.md", entry("https://acme.org/old-dead", "https://acme.org/fine"))
    catalogue.write("_publications/b.md", entry("https://acme.org/dead-too"))
    catalogue.commit()
    out = catalogue.enrich("baseline", "create", *QUICK)
    assert out == (
        "Wrote .enrich/baseline.jsonl: 2 findings in 2 entries. "
        "`enrich check` now reports only what is new.\n"
    )
    return catalogue


def lines(catalogue: Catalogue) -> list[dict[str, str]]:
    text = (catalogue.root / ".enrich/baseline.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def test_what_is_known_is_counted_apart_and_fails_nothing(lived_in: Catalogue) -> None:
    out, err = lived_in.outcome("check", *CONCISE)

    assert out == ""
    assert err == "No findings in 2 entries, 3 links (2 more in the baseline).\n"
    assert lines(lived_in) == sorted(lines(lived_in), key=lambda line: line["path"])
    assert set(lines(lived_in)[0]) == {"fingerprint", "rule", "path", "target"}


def test_what_is_new_fails_and_moved_lines_revive_nothing(lived_in: Catalogue) -> None:
    lived_in.write(
        "_publications/a.md",
        entry("https://acme.org/fine", "https://acme.org/new", "https://acme.org/old-dead"),
    )

    out, _ = lived_in.outcome("check", *CONCISE, code=1)

    assert out == "_publications/a.md:6:24: E LNK101 404 Not Found\n"


def test_a_machine_is_told_what_is_known(lived_in: Catalogue) -> None:
    report = lived_in.report("check", *QUICK)

    assert {finding["status"] for finding in report["findings"]} == {"baselined"}
    assert report["summary"]["findings"]["error"] == 0


def test_what_is_gone_is_counted_and_pruned(lived_in: Catalogue) -> None:
    lived_in.write("_publications/b.md", entry("https://acme.org/fine"))

    _, err = lived_in.outcome("check", *CONCISE)
    pruned = lived_in.enrich("baseline", "prune", *QUICK)
    again = lived_in.enrich("baseline", "prune", *QUICK)

    assert "1 line of the baseline is no longer needed: `enrich baseline prune` takes it out.\n" in err
    assert pruned == "Took 1 line out of .enrich/baseline.jsonl; 1 left.\n"
    assert again == "Every line of .enrich/baseline.jsonl is needed: 1 finding.\n"
    assert [line["target"] for line in lines(lived_in)] == ["https://acme.org/old-dead"]


def test_what_can_not_be_seen_now_is_neither_gone_nor_pruned(lived_in: Catalogue, internet: Internet) -> None:
    internet.host("acme.org").get("/dead-too", status=403)
    internet.host("acme.org").get("/old-dead", status=403)

    _, err = lived_in.outcome("check", "--refresh", *CONCISE)
    pruned = lived_in.enrich("baseline", "prune", "--refresh", *QUICK)

    assert "no longer needed" not in err
    assert pruned == "Every line of .enrich/baseline.jsonl is needed: 2 findings.\n"


def test_one_folder_is_made_known_without_forgetting_the_others(lived_in: Catalogue) -> None:
    lived_in.write("_publications/c.md", entry("https://acme.org/dead-as-well"))

    lived_in.enrich("baseline", "create", "_publications/c.md", *QUICK)

    assert len(lines(lived_in)) == 3
    assert "dead-too" in lived_in.enrich("baseline", "show")


def test_a_baseline_says_what_it_holds(lived_in: Catalogue) -> None:
    assert lived_in.enrich("baseline", "show") == (
        "_publications/a.md: LNK101 broken-link  https://acme.org/old-dead\n"
        "_publications/b.md: LNK101 broken-link  https://acme.org/dead-too\n"
        "2 findings in the baseline.\n"
    )


def test_a_line_that_can_not_be_read_is_an_error_with_its_cure(lived_in: Catalogue) -> None:
    lived_in.write(".enrich/baseline.jsonl", '{"fingerprint": 3}\n')

    _, err = lived_in.outcome("check", *CONCISE, code=2)

    assert "baseline.jsonl:1: `path` is missing; mend the line, or delete it" in err


def test_without_a_network_nothing_becomes_known(lived_in: Catalogue) -> None:
    before = lines(lived_in)
    proxies = {name: NOBODY for name in lived_in.environ if name.lower().endswith("_proxy")}
    lived_in.environ = {**lived_in.environ, **proxies}

    _, err = lived_in.outcome("baseline", "create", "--refresh", "--set", "links.retry=0", code=3)

    assert "The baseline stays as it is: not every entry could be looked at." in err
    assert lines(lived_in) == before


def test_a_run_repairs_what_is_known(lived_in: Catalogue) -> None:
    out = lived_in.enrich("run", "--allow-dirty", *QUICK)

    assert "baseline" not in out
