"""The sources of works as the command line puts them together, on the tests' internet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from enrich.cache.encoding import key_of
from enrich.models import PublishedQuery, RecordQuery
from tests.internet.json_api import GARBLED
from tests.internet.moods import rate_limited
from tests.internet.replies import status
from tests.internet.works import SAMPLES

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

GENTLE, BACKWARDS, RETRACTED, PREPRINT, SOFTWARE = SAMPLES
KEY = "0123456789abcdef"
AT_ONCE = "".join(
    f"[sources.{name}]\npace = '0s'\n"
    for name in ("arxiv", "crossref", "datacite", "openalex", "semanticscholar", "dblp")
)
DOIS = [key_of(RecordQuery("doi", work.doi)) for work in SAMPLES]


def published(name: str) -> str:
    """The question for a published version of which every source knows."""
    return key_of(PublishedQuery(name, GENTLE.arxiv, GENTLE.title, "Example"))


@pytest.fixture
def asking(catalogue: Catalogue, internet: Internet) -> Catalogue:
    catalogue.write("enrich.toml", AT_ONCE)
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def ask(catalogue: Catalogue, *keys: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
    done = catalogue.python("-m", "tests.end_to_end.asking", *options, "--", *keys)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def sources(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(source, kind) for source, kind, _ in told["answers"].values()]


def test_dois_cost_a_request_an_agency_and_none_the_next_time(asking: Catalogue) -> None:
    first = ask(asking, *DOIS)
    second = ask(asking, *DOIS)

    assert sources(first) == [("crossref", "Record")] * 3 + [("datacite", "Record")] * 2
    assert first["requests"] == {"crossref": 1, "datacite": 1}
    assert second["answers"] == first["answers"]
    assert second["requests"] == {}


def test_a_contact_goes_to_crossref(asking: Catalogue, internet: Internet) -> None:
    ask(asking, DOIS[0], options=("--set", "network.contact=curator@example.org"))

    (request,) = internet.log.of("api.crossref.org")
    assert "mailto=curator%40example.org" in request.path
    assert "(mailto:curator@example.org)" in (request.header("user-agent") or "")


def test_only_sources_that_are_named_are_asked(asking: Catalogue, internet: Internet) -> None:
    told = ask(asking, published("openalex"), published("dblp"), published("semanticscholar"))

    assert sources(told) == [("openalex", "Candidates"), ("nobody", "Failure"), ("nobody", "Failure")]
    assert told["unavailable"] == []
    assert internet.log.hosts_asked() == {"api.openalex.org"}


def test_all_of_them_know_the_published_version(asking: Catalogue) -> None:
    names = ("crossref", "openalex", "semanticscholar", "dblp")
    listed = ",".join(f'"{name}"' for name in names)

    told = ask(asking, *map(published, names), options=("--set", f"metadata.sources=[{listed}]"))

    assert sources(told) == [(name, "Candidates") for name in names]
    assert {fields["records"][0]["doi"] for _, _, fields in told["answers"].values()} == {GENTLE.doi}


def test_keys_come_from_the_environment_and_go_to_their_own_services(
    asking: Catalogue, internet: Internet
) -> None:
    internet.openalex.keys.add(KEY)
    internet.semanticscholar.keys.add(KEY)
    asking.environ = {**asking.environ, "ENRICH_OPENALEX_KEY": KEY, "ENRICH_SEMANTICSCHOLAR_KEY": KEY}
    wanted = 'metadata.sources=["crossref","openalex","semanticscholar"]'

    told = ask(
        asking, published("openalex"), published("semanticscholar"), DOIS[0], options=("--set", wanted)
    )

    assert {kind for _, kind in sources(told)} == {"Candidates", "Record"}
    with_key = {request.host for request in internet.requests if KEY in f"{request.path} {request.headers}"}
    assert with_key == {"api.openalex.org", "api.semanticscholar.org"}


def test_one_source_that_is_down_costs_its_own_answers_only(asking: Catalogue, internet: Internet) -> None:
    internet.openalex.always(lambda *_: status(404))

    told = ask(asking, published("openalex"), DOIS[0], DOIS[4])

    assert sources(told) == [("openalex", "Failure"), ("crossref", "Record"), ("datacite", "Record")]
    assert told["unavailable"] == ["openalex left 1 question open (404 Not Found)"]


@pytest.mark.parametrize("mood", ["page", "cut", "null"])
def test_a_garbled_answer_is_not_remembered(asking: Catalogue, internet: Internet, mood: str) -> None:
    internet.crossref.next(GARBLED[mood])

    first = ask(asking, DOIS[0])
    second = ask(asking, DOIS[0])

    assert sources(first) == [("crossref", "Failure")]
    assert sources(second) == [("crossref", "Record")]


def test_who_asks_to_wait_for_hours_is_set_aside_for_the_run(asking: Catalogue, internet: Internet) -> None:
    internet.openalex.always(rate_limited("54000"))
    many = [key_of(PublishedQuery("openalex", f"2001.{number:05}")) for number in range(1, 100)]

    told = ask(asking, *many)

    assert {kind for _, kind in sources(told)} == {"Failure"}
    assert internet.log.count("api.openalex.org") == 1
    assert told["unavailable"][0].startswith("openalex left 99 questions open (")


def test_a_mirror_may_stand_in(asking: Catalogue, internet: Internet) -> None:
    mirror = internet.host("mirror.example")
    mirror.page("/crossref/works*", lambda request: internet.crossref.answer(_below("/crossref", request)))

    told = ask(
        asking, DOIS[0], options=("--set", "sources.crossref.endpoint=https://mirror.example/crossref")
    )

    assert sources(told) == [("crossref", "Record")]
    assert internet.log.hosts_asked() == {"mirror.example"}


def _below(prefix: str, request: Any) -> Any:
    request.path = request.path.removeprefix(prefix)
    return request
