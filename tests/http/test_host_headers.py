"""Headers and tokens for some hosts: who gets them, and who never does."""

from __future__ import annotations

import pytest

from enrich.config import Config, parse
from enrich.errors import UsageError
from enrich.links import canonical_url
from tests.http.answers import Act, Answers, http_over, redirect
from tests.http.timing import run_in_virtual_time

URL = "https://acme.org/a"
SECRET = "s3cr3t-0123456789"
ENVIRON = {"ENRICH_ACME": f"Bearer {SECRET}", "ENRICH_DATA": SECRET}
CONFIG = parse(
    """
    [links.hosts."acme.org"]
    headers = {Authorization = {env = "ENRICH_ACME"}, User-Agent = "Curator/1.0"}
    [links.hosts."other.org"]
    headers = {X-Key = "public"}
    [network.token-env]
    "data.org:8443" = "ENRICH_DATA"
    """,
    "enrich.toml",
)


def sent(
    answers: dict[str, Act | list[Act]], url: str = URL, environ: dict[str, str] | None = None
) -> dict[str, dict[str, str]]:
    """The headers that reached each address on the way from *url*."""
    transport = Answers(answers)

    async def scenario() -> None:
        async with http_over(
            transport, CONFIG.links, CONFIG.network, environ=ENVIRON if environ is None else environ
        ) as http:
            await http.fetch(canonical_url(url) or "", http.budget())

    run_in_virtual_time(scenario())
    return {str(request.url): dict(request.headers) for request in transport.requests}


def test_a_host_gets_the_headers_that_are_configured_for_it() -> None:
    headers = sent({URL: 200})[URL]

    assert (headers["authorization"], headers["user-agent"]) == (f"Bearer {SECRET}", "Curator/1.0")
    assert "accept" in headers


def test_a_token_by_its_name_is_a_bearer_s() -> None:
    url = "https://data.org:8443/a"

    assert sent({url: 200}, url)[url]["authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize(
    "url", ["http://acme.org/a", "https://acme.org:8443/a", "https://www.acme.org/a", "https://data.org/a"]
)
def test_a_secret_goes_over_https_to_its_own_host_and_port_only(url: str) -> None:
    headers = sent({url: 200}, url)[url]

    assert SECRET not in repr(headers)


def test_what_is_no_secret_goes_over_http_too() -> None:
    assert sent({"http://other.org/": 200}, "http://other.org/")["http://other.org/"]["x-key"] == "public"


def test_after_a_redirect_no_other_host_gets_them() -> None:
    way = sent({URL: redirect("https://evil.org/x"), "https://evil.org/x": 200})

    assert SECRET in repr(way[URL])
    assert SECRET not in repr(way["https://evil.org/x"])


def test_no_other_host_s_redirect_makes_a_host_s_headers_go_out() -> None:
    way = sent({"https://evil.org/x": redirect(URL), URL: 200}, "https://evil.org/x")

    assert SECRET not in repr(way)


def test_not_even_where_the_way_began_at_home() -> None:
    back = "https://acme.org/back"
    way = sent({URL: redirect("https://evil.org/x"), "https://evil.org/x": redirect(back), back: 200})

    assert SECRET not in repr(way[back])


def test_on_the_way_from_http_to_https_of_one_host_they_go_out_where_it_is_safe() -> None:
    way = sent({"http://acme.org/a": redirect(URL, 301), URL: 200}, "http://acme.org/a")

    assert SECRET not in repr(way["http://acme.org/a"])
    assert SECRET in repr(way[URL])


def test_without_the_variable_a_link_is_asked_all_the_same_and_that_is_said() -> None:
    assert "authorization" not in sent({URL: 200}, environ={})[URL]

    http = http_over(Answers({}), CONFIG.links, CONFIG.network, environ={"ENRICH_DATA": SECRET})

    assert http.notes == ("ENRICH_ACME is not set: links at acme.org are asked without it.",)


def test_a_variable_that_holds_no_header_is_named_and_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        http_over(Answers({}), CONFIG.links, environ={"ENRICH_ACME": f"{SECRET}\r\nHost: evil.org"})

    assert str(caught.value) == "ENRICH_ACME holds characters that can't be sent in a header"


def test_one_host_s_time_is_its_own() -> None:
    config = parse('[links]\nretry = 1\n[links.hosts."acme.org"]\ntimeout = "90s"', "enrich.toml")
    http = http_over(Answers({}), config.links, Config().network)

    assert (http.budget(URL).seconds, http.budget("https://other.org/").seconds) == (180.0, 40.0)
