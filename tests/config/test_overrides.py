"""What variables and `--set` say over the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.config import HostSettings, Override, from_environment, parse
from enrich.errors import ConfigError


def mistakes(text: str, *overrides: Override) -> str:
    with pytest.raises(ConfigError) as caught:
        parse(text, "enrich.toml", overrides=overrides)
    return f"error: {caught.value}"


def test_later_overrides_go_over_earlier_ones_and_all_over_the_file() -> None:
    config = parse(
        "[links]\nretry = 1\nconfirm-after = 1\n[links.hosts.'a.org']\ndelay = '1s'",
        "enrich.toml",
        overrides=(
            Override("ENRICH_LINKS_RETRY", "links.retry=2"),
            Override("--set", "links.retry=3"),
            Override("--set", 'links.hosts."a.org".per-run=5'),
            Override("--set", 'metadata.add=["doi"]'),
        ),
    )

    assert (config.links.retry, config.links.confirm_after) == (3, 1)
    assert config.links.host("a.org") == HostSettings(delay_s=1.0, per_run=5)
    assert config.metadata.add == ("doi",)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("links.timeout=5s", 5.0),
        ("links.timeout = 5s", 5.0),
        ('links.timeout="5s"', 5.0),
    ],
)
def test_quotes_that_a_shell_has_eaten_are_not_missed(text: str, held: float) -> None:
    assert parse("", "", overrides=(Override("--set", text),)).links.timeout_s == held


def test_words_with_commas_are_a_list_where_the_option_is_one() -> None:
    overrides = (
        Override("--set", "metadata.add=arxiv_id, doi"),
        Override("--set", "network.contact=a@b.org, c"),
    )

    config = parse("", "", overrides=overrides)

    assert config.metadata.add == ("arxiv_id", "doi")
    assert config.network.contact == "a@b.org, c"


def test_a_mistake_outside_the_file_names_its_source() -> None:
    overrides = (
        Override("ENRICH_LINKS_RETRY", "links.retry=x"),
        Override("--set", "links.timout=3s"),
        Override("--set", 'metadata.restore=["title", "author"]'),
    )

    shown = mistakes("[links]\nretry = 'x'", *overrides)

    assert (
        shown
        == """\
error: `retry` in [links] takes a whole number from 0 to 10, not "x"
 --> enrich.toml:2:9
  |
2 | retry = 'x'
  |         ^^^
error: `retry` in [links] takes a whole number from 0 to 10, not "x"
 --> ENRICH_LINKS_RETRY
  |
  | links.retry=x
  |             ^
error: unknown key `timout` in [links]
 --> --set
  |
  | links.timout=3s
  |       ^^^^^^ did you mean `timeout`?
error: `restore` in [metadata] takes "title" or "authors", not "author"
 --> --set
  |
  | metadata.restore=["title", "author"]
  |                            ^^^^^^^^ did you mean `authors`?
4 errors in enrich.toml and ENRICH_LINKS_RETRY and --set; nothing was run."""
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("links", "not valid TOML: expected '=' after a key in a key/value pair"),
        ("links.retry=", "not valid TOML: invalid value"),
        ("links.accept=[403", "not valid TOML: unclosed array"),
        ("lin ks.retry=a b", "not valid TOML: expected '=' after a key in a key/value pair"),
        ("links.hosts.a.b.c=some words", "unknown section `b` in [links.hosts.a]"),
        ("links.retry.x=some words", "`retry` in [links] takes a whole number from 0 to 10, not a table"),
    ],
)
def test_an_override_that_sets_nothing_is_refused(text: str, message: str) -> None:
    shown = mistakes("", Override("--set", text))

    assert shown.splitlines()[0] == f"error: {message}"


def test_variables_set_options() -> None:
    environment = {
        "ENRICH_CACHE_DIR": "user",
        "ENRICH_LINKS_CONFIRM_AFTER": "1",
        "ENRICH_RULES_IGNORE": "LNK,MET301",
        "ENRICH_LINKS_HOSTS": '{"a.org" = {delay = "1s"}}',
        "ENRICH_SOURCES_ARXIV_PACE": "5s",
        "ENRICH_NETWORK_CONTACT": "",
        "ENRICH_GITHUB_TOKEN": "x",
        "HOME": "/",
    }

    config = parse("", "", overrides=from_environment(environment))

    assert config.cache.dir == "user"
    assert config.links.confirm_after == 1
    assert config.rules.ignore == ("LNK", "MET301")
    assert config.links.host("a.org").delay_s == 1.0
    assert config.sources.arxiv.pace_s == 5.0
    assert len(from_environment(environment)) == 5


def test_variables_of_the_command_line_are_not_taken_for_options() -> None:
    environment = {
        "ENRICH_IGNORE": "LNK",
        "ENRICH_SELECT": "MET",
        "ENRICH_CONFIG": "x",
        "ENRICH_REQUIRED_VERSION": "9",
    }

    assert from_environment(environment) == ()


@given(st.text(), st.text())
def test_any_override_is_taken_or_refused(key: str, value: str) -> None:
    told = ""
    try:
        parse("", "", overrides=(Override("--set", f"{key}={value}"),))
    except ConfigError as error:
        told = str(error)

    assert not told or told.endswith(" in --set; nothing was run.")
