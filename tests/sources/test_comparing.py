"""Two forms of one page, and places in a page."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import httpx
import pytest

from enrich.config import Links
from enrich.models import AnchorQuery, AnswerOutcome, Failure, NotFound, Query, Reason, SecureQuery, Shown
from enrich.sources.web import Web
from tests.http.answers import Act, Answer, Answers, http_over, redirect
from tests.http.timing import run_in_virtual_time

if TYPE_CHECKING:
    from collections.abc import Sequence

HTTP, HTTPS = "http://acme.org/papers/a", "https://acme.org/papers/a"
SECURE = SecureQuery(HTTP)


def html(text: str, title: str = "A paper") -> Answer:
    body = f"<title>{title}</title><p>{text}</p>".encode()
    return Answer(200, {"content-type": "text/html"}, body)


def pdf(**headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(200, {"content-type": "application/pdf", **named}, b"%PDF")


def asked(answers: dict[str, Act | list[Act]], *queries: Query) -> tuple[Sequence[AnswerOutcome], Answers]:
    transport = Answers(answers)
    links = Links(retry=0)

    async def scenario() -> Sequence[AnswerOutcome]:
        async with http_over(transport, links) as http:
            return await Web(http, links).ask(queries)

    return run_in_virtual_time(scenario()), transport


def secure(answers: dict[str, Act | list[Act]]) -> AnswerOutcome:
    (outcome,), _ = asked(answers, SECURE)
    return outcome


def test_the_same_page_in_both_forms_is_one() -> None:
    assert secure({HTTP: html("Abstract."), HTTPS: html("Abstract.")}) == Shown(
        "both forms serve the same page, byte for byte"
    )
    text = "We show what becomes of links. " * 20
    assert secure({HTTP: html(f"{text} 12:31"), HTTPS: html(f"{text} 12:32")}) == Shown(
        "both forms show the same page"
    )


def test_both_forms_may_lead_to_one_address() -> None:
    new = "https://new.org/a"

    outcome = secure({HTTP: redirect(new), HTTPS: redirect(new), new: html("Abstract.")})

    assert outcome == Shown(f"both forms lead to {new}")


def test_a_file_is_the_same_by_its_length_and_its_date_or_tag() -> None:
    dated = {"content_length": "4", "last_modified": "Wed, 21 Oct 2015 07:28:00 GMT"}

    assert isinstance(secure({HTTP: pdf(**dated), HTTPS: pdf(**dated)}), Shown)
    assert isinstance(secure({HTTP: pdf(**dated), HTTPS: pdf(content_length="4", etag="x")}), NotFound)
    assert isinstance(secure({HTTP: pdf(content_length="4"), HTTPS: pdf(content_length="4")}), NotFound)
    assert isinstance(secure({HTTP: pdf(), HTTPS: html("It works!")}), NotFound)


@pytest.mark.parametrize(
    ("answers", "detail"),
    [
        (
            {HTTP: html("Abstract."), HTTPS: html("It works!", "Welcome")},
            "the two forms show different pages",
        ),
        ({HTTP: html(""), HTTPS: html(" ")}, "the two forms show different pages"),
        ({HTTP: html("Abstract."), HTTPS: 404}, "the https form answers 404 Not Found"),
        ({HTTP: html("Abstract."), HTTPS: redirect(HTTP)}, "the https form leads back to http"),
    ],
)
def test_forms_that_differ_are_not_one(answers: dict[str, Act | list[Act]], detail: str) -> None:
    assert secure(answers) == NotFound(detail)


def test_what_could_not_be_found_out_is_no_answer() -> None:
    assert secure({HTTP: 403, HTTPS: html("Abstract.")}) == Failure(
        Reason.BLOCKED, "the host refuses automated requests (403)"
    )
    assert secure({HTTP: html("-"), HTTPS: httpx.ReadTimeout("slow")}) == Failure(
        Reason.TIMEOUT, "no answer in time"
    )
    assert secure({HTTP: 404, HTTPS: html("Abstract.")}) == Failure(
        Reason.TIMEOUT, "404 Not Found, not asked again in time"
    )


def _caused_by(cause: Exception) -> httpx.ConnectError:
    error = httpx.ConnectError("no")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("error", [_caused_by(ssl.SSLError(1, "bad")), _caused_by(ConnectionRefusedError())])
def test_a_host_without_https_is_asked_once_for_all_its_links(error: Exception) -> None:
    urls = [f"http://acme.org/{number}" for number in range(5)]
    answers: dict[str, Act | list[Act]] = {url.replace("http:", "https:"): error for url in urls}

    outcomes, transport = asked(answers, *map(SecureQuery, urls))

    assert {type(outcome) for outcome in outcomes} == {NotFound}
    assert len(transport.asked) == 1


def test_a_host_with_https_is_asked_for_each_of_its_links() -> None:
    urls = [f"http://acme.org/{number}" for number in range(3)]
    answers: dict[str, Act | list[Act]] = {
        address: html(url) for url in urls for address in (url, url.replace("http:", "https:"))
    }

    outcomes, transport = asked(answers, *map(SecureQuery, urls))

    assert {type(outcome) for outcome in outcomes} == {Shown}
    assert len(transport.asked) == 6


# -- places ----------------------------------------------------------------------------------


def place(answer: Act, fragment: str = "results") -> AnswerOutcome:
    (outcome,), _ = asked({HTTPS: answer}, AnchorQuery(HTTPS, fragment))
    return outcome


@pytest.mark.parametrize("markup", ["<h2 id='results'>", "<a name=results>", "<h2 id='résultats'>"])
def test_a_place_is_an_id_or_the_name_of_an_anchor(markup: str) -> None:
    fragment = "r%C3%A9sultats" if "é" in markup else "results"

    assert place(html(markup), fragment) == Shown("the page has the place")


def test_a_page_without_programs_has_the_places_that_it_has() -> None:
    assert place(html("<h2 id='abstract'>Abstract</h2>")) == NotFound("the page has no place `results`")


@pytest.mark.parametrize(
    "answer",
    [
        html("<script src=toc.js></script>Abstract"),
        html("<form><input type=password></form>Sign in"),
        Answer(200, {"content-type": "text/html"}, b"<p>Abstract", *[b"word " * 1_000] * 300),
        Answer(200, {"content-type": "application/pdf"}, b"%PDF"),
    ],
)
def test_what_may_have_a_place_is_never_said_to_lack_it(answer: Answer) -> None:
    assert isinstance(place(answer), Shown)


def test_of_a_page_that_does_not_answer_nothing_is_said() -> None:
    assert place(403) == Failure(Reason.BLOCKED, "the host refuses automated requests (403)")
