"""Who said what of a configuration."""

from __future__ import annotations

import tomllib

from enrich.config import Override, Said, config_text, origins, parse

TEXT = '# mine\n[links]\nretry = 1\nconfirm-after = 2\n[links.hosts."a.org"]\ndelay = "1s"\n'


def said(text: str, *overrides: Override, name: str = "enrich.toml") -> dict[str, Said]:
    config = parse(text, name, overrides=overrides)
    return {one.key: one for one in origins(config, text, name, overrides)}


def test_an_option_is_told_with_the_line_the_variable_or_the_option_that_set_it() -> None:
    overrides = (
        Override("ENRICH_LINKS_RETRY", "links.retry=3"),
        Override("--set", "links.retry=4"),
        Override("--set", 'links.hosts."b.org".delay="2s"'),
        Override("ENRICH_CACHE_DIR", "cache.dir=elsewhere"),
    )

    told = said(TEXT, *overrides)

    assert told["links.retry"] == Said("links.retry", "4", "--set")
    assert told["links.confirm-after"] == Said("links.confirm-after", "2", "enrich.toml:4")
    assert told["links.hosts"].origin == "--set"
    assert told["cache.dir"] == Said("cache.dir", '"elsewhere"', "ENRICH_CACHE_DIR")
    assert told["links.timeout"] == Said("links.timeout", '"20s"', "default")
    assert said(TEXT)["links.hosts"].origin == "enrich.toml:5"


def test_in_a_pyproject_lines_are_those_of_the_whole_file() -> None:
    text = '[project]\nname = "site"\n[tool.enrich.links]\nretry = 1\n'

    assert said(text, name="pyproject.toml")["links.retry"].origin == "pyproject.toml:4"


def test_what_is_told_is_a_configuration_that_says_the_same() -> None:
    config = parse(TEXT, "enrich.toml")
    text = "".join(
        f"{one.key} = {one.value} # {one.origin}\n" for one in origins(config, TEXT, "enrich.toml", ())
    )

    assert parse(text, "enrich.toml") == config == parse(config_text(config), "enrich.toml")
    assert tomllib.loads(text)["links"]["retry"] == 1
