"""Which links are asked, where, and with what: by configuration, with the unmodified program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.internet import redirect

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet
    from tests.internet.traffic import Request

SECRET = "s3cr3t-0123456789"
QUICK = ("--set", "links.timeout=2s", "--set", "links.retry=0")


def entry(*urls: str) -> str:
    links = "".join(f"  - {{name: Code, url: '{url}'}}\n" for url in urls)
    return f"---\ntitle: A Title\nadditional_links:\n{links}---\n"


def test_a_secret_header_reaches_its_host_and_nothing_else(catalogue: Catalogue, internet: Internet) -> None:
    internet.host("data.acme.org").get("/a").get("/away", redirect("https://evil.example/x"))
    internet.host("evil.example").get("/x")
    catalogue.write("_publications/a.md", entry("https://data.acme.org/a", "https://data.acme.org/away"))
    catalogue.write(
        "enrich.toml",
        '[links.hosts."data.acme.org"]\nheaders = {Authorization = {env = "ENRICH_ACME_TOKEN"}}\n',
    )
    catalogue.commit()
    catalogue.environ = internet.env | {"ENRICH_ACME_TOKEN": SECRET}

    out, err = catalogue.outcome("run", *QUICK, "--output-format", "json")

    assert internet.log.of("data.acme.org")
    assert all(_holds(request) for request in internet.log.of("data.acme.org"))
    assert internet.log.of("evil.example")
    assert not any(_holds(request) for request in internet.log.of("evil.example"))
    assert SECRET not in out + err
    for path in catalogue.root.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


def _holds(request: Request) -> bool:
    return SECRET in repr(request.headers)


def test_without_its_variable_a_header_is_missing_and_that_is_said_once(
    catalogue: Catalogue, internet: Internet
) -> None:
    internet.host("data.acme.org").get("/a").get("/b")
    catalogue.write("_publications/a.md", entry("https://data.acme.org/a", "https://data.acme.org/b"))
    catalogue.write("enrich.toml", '[network.token-env]\n"data.acme.org" = "ENRICH_ACME_TOKEN"\n')
    catalogue.on(internet)

    _, err = catalogue.outcome("check", *QUICK)

    assert err.count("ENRICH_ACME_TOKEN is not set: links at data.acme.org are asked without it.") == 1


@pytest.mark.parametrize("mirror_has_it", [True, False])
def test_a_mirror_is_asked_in_the_place_of_what_is_linked(
    catalogue: Catalogue, internet: Internet, mirror_has_it: bool
) -> None:
    mirror = internet.host("mirror.acme.org")
    if mirror_has_it:
        mirror.get("/www/a")
    url = "https://www.acme.org/a"
    catalogue.write("_publications/a.md", entry(url))
    catalogue.write(
        "enrich.toml",
        '[links]\narchive = "off"\n[links.remap]\n"https://www.acme.org/*" = "https://mirror.acme.org/www/*"\n',
    )
    catalogue.on(internet)

    report = catalogue.report("check", *QUICK, code=0 if mirror_has_it else 1)

    assert [(link["url"], link["status"]) for link in report["links"]] == [
        (url, "ok" if mirror_has_it else "broken")
    ]
    assert {finding["url"] for finding in report["findings"]} == (set() if mirror_has_it else {url})
    assert not internet.log.of("www.acme.org")


def test_links_that_are_left_out_are_never_asked(catalogue: Catalogue, internet: Internet) -> None:
    asked, old, other = "https://a.org/new", "https://a.org/old/x", "https://b.org/"
    internet.host("a.org").get("/new")
    catalogue.write("_publications/a.md", entry(asked, old, other))
    catalogue.write("enrich.toml", '[links]\ninclude = ["a.org"]\nexclude = ["https://a.org/old/*"]\n')
    catalogue.on(internet)

    report = catalogue.report("check", *QUICK)

    assert {link["url"]: link["status"] for link in report["links"]} == {
        asked: "ok",
        old: "excluded",
        other: "excluded",
    }
    assert {request.path for request in internet.requests} == {"/new"}
