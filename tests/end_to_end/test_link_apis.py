"""Hosts with an API, asked by the unmodified program on the tests' internet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.internet.json_api import DOWN

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz"
WORKS = "https://github.com/acme/works"
RENAMED = "https://github.com/acme/old"
GONE = "https://github.com/acme/gone"
ISSUE = "https://github.com/acme/works/issues/1"
MODEL = "https://huggingface.co/acme/bert"
PRIVATE = "https://huggingface.co/acme/private"
DOI = "https://doi.org/10.5555/12345678"
MISTYPED = "https://doi.org/10.5555/12345679"
LINKS = (WORKS, RENAMED, GONE, ISSUE, MODEL, PRIVATE, DOI, MISTYPED)
COPY = "https://web.archive.org/web/20190311120000/http://github.com:80/acme/gone"
QUICK = (
    "--set",
    "sources.doi.pace=0s",
    "--set",
    "sources.github.pace=0s",
    "--set",
    "sources.wayback.pace=0s",
)


@pytest.fixture
def linked(catalogue: Catalogue, internet: Internet) -> Catalogue:
    internet.github.tokens.add(TOKEN)
    internet.github.has("acme/works")
    internet.github.has("acme/new", under="acme/old")
    internet.huggingface.has("models/acme/bert")
    internet.doi.dois["10.5555/12345678"] = "https://publisher.example/"
    internet.wayback.copies["github.com/acme/gone"] = ["20190311120000"]
    pages = internet.host("github.com").get("/acme/works", status=200).get("/acme/works/issues/1", status=200)
    pages.get("/acme/old", location="/acme/new", status=301).get("/acme/new", status=200)
    links = "".join(f"  - {{name: Code, url: '{url}'}}\n" for url in LINKS)
    catalogue.write("_publications/a.md", f"---\ntitle: A Title\nyear: 2019\nadditional_links:\n{links}---\n")
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def statuses(report: dict[str, Any]) -> dict[str, str]:
    return {link["url"]: link["status"] for link in report["links"]}


def with_token(linked: Catalogue, token: str = TOKEN) -> Catalogue:
    linked.environ = {**linked.environ, "ENRICH_GITHUB_TOKEN": token}
    return linked


def test_every_host_is_asked_as_it_likes_to_be_asked(linked: Catalogue, internet: Internet) -> None:
    report = with_token(linked).report("check", *QUICK, code=1)

    assert statuses(report) == {
        WORKS: "ok",
        RENAMED: "moved",
        GONE: "broken",
        ISSUE: "ok",
        MODEL: "ok",
        PRIVATE: "unverified",
        DOI: "ok",
        MISTYPED: "broken",
    }
    # The web: the issue, and three looks at the page that GitHub's API does not know.
    assert report["summary"]["requests"] == {"github": 1, "huggingface": 2, "doi": 3, "wayback": 1, "web": 4}
    assert internet.log.count("publisher.example") == 0
    assert [request.path for request in internet.log.of("github.com")].count("/acme/works") == 0


def test_what_each_verdict_rests_on_is_told_with_a_copy_to_look_at(linked: Catalogue) -> None:
    report = with_token(linked).report("check", *QUICK, code=1)

    found = {finding["url"]: finding for finding in report["findings"] if finding["severity"] != "notice"}
    assert {url: finding["rule"] for url, finding in found.items()} == {
        GONE: "LNK101",
        RENAMED: "LNK111",
        MISTYPED: "IDN211",
    }
    gone, moved = found[GONE], found[RENAMED]
    assert [answer["source"] for answer in gone["because"]] == ["web", "wayback"]
    assert (gone["change"]["safety"], gone["change"]["after"]) == ("display", COPY)
    assert [answer["source"] for answer in moved["because"]] == ["github"]
    assert (moved["change"]["after"], moved["change"]["source"]) == ("https://github.com/acme/new", "github")


def test_the_copy_is_shown_to_people_and_nothing_is_queued(linked: Catalogue) -> None:
    out, _ = with_token(linked).outcome("check", *QUICK, "--output-format", "full", code=1)

    assert f"suggestion: look at the archived copy of 2019-03-11 ({COPY})" in out


def test_without_a_token_and_with_a_refused_one_the_verdicts_are_the_web_s(
    linked: Catalogue, internet: Internet
) -> None:
    without = linked.report("check", *QUICK, code=1)
    out, err = with_token(linked, "ghp_revoked_0123456789").outcome(
        "check", *QUICK, "--refresh", "--output-format", "json", code=1
    )

    assert statuses(without)[RENAMED] == "moved"
    assert statuses(without)[GONE] == "broken"
    assert err.count("refuses the token") == 1
    assert "ghp_revoked" not in out + err
    assert internet.log.count("api.github.com") == 1


def test_the_token_reaches_its_own_host_and_no_file(linked: Catalogue, internet: Internet) -> None:
    out, err = with_token(linked).outcome("run", *QUICK)

    assert TOKEN not in out + err
    for path in linked.root.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes(), path
    for request in internet.requests:
        holds = TOKEN in repr(request.headers) + request.path + repr(request.body)
        assert holds is (request.host == "api.github.com")


def test_a_catalogue_can_t_send_the_token_elsewhere(linked: Catalogue, internet: Internet) -> None:
    internet.host("evil.example").page("/graphql", internet.github.answer)
    linked.write("enrich.toml", '[sources.github]\nendpoint = "https://evil.example/graphql"\n')

    with_token(linked).outcome("check", *QUICK, code=1)

    assert internet.log.count("evil.example") == 1
    assert TOKEN not in "".join(repr(request.headers) for request in internet.log.of("evil.example"))


def test_offline_no_archive_is_asked(linked: Catalogue, internet: Internet) -> None:
    with_token(linked).outcome("check", *QUICK, code=1)
    asked = len(internet.requests)

    linked.outcome("check", "--offline", "--set", "links.archive=suggest", code=1)

    assert len(internet.requests) == asked


def test_an_archive_that_is_down_costs_no_finding(linked: Catalogue, internet: Internet) -> None:
    internet.wayback.always(DOWN["unavailable"])

    report = with_token(linked).report("check", *QUICK, code=1)

    (gone,) = (finding for finding in report["findings"] if finding["url"] == GONE)
    assert (gone["rule"], gone["change"]) == ("LNK101", None)
