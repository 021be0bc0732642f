"""The schema, the manual and the file of all options say what the table of options says."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import enrich
from enrich.config import Config, config_text, json_schema, json_schema_text, parse, reference
from enrich.config.options import ROOT
from enrich.config.tables import leaves
from enrich.errors import ConfigError

SCHEMA_FILE = Path(enrich.__path__[0], "schemas", "config.schema.json")

VALID = [
    "",
    'required-version = ">=0.1,<9"',
    '[catalogue]\nprofile = "generic"\ninclude = ["a/*.md"]\ncheck-body = "none"',
    '[catalogue.fields]\nauthors = {path = "author[].name"}',
    '[catalogue.fields]\narxiv = {in = "links", label = "Paper"}',
    '[rules]\nselect = ["LNK", "IDN20", "broken-link"]\nfail-on = "never"\nseverity = {LNK111 = "warning"}',
    '[per-entry-ignores]\n"_publications/old*.md" = ["MET"]',
    "[per-entry-ignores]\n'a\"b\\c/ü.md' = ['LNK101']\n[network]\ncontact = 'ü\"\\ \U0001f600'",
    '[[ignore]]\nrule = "LNK101"\nurl = "https://a/*"\nreason = "moves"',
    '[links]\ntimeout = "500ms"\naccept = [403]\nhosts = {"a.org" = {delay = "1s", on-403 = "ok"}}',
    '[pull-request]\ngroup-by = "rule"\nmax-open = 1\nlimit-entries = 20',
    "[cache]\njitter = 0.1\n[sources]\narxiv.batch = 10",
    '[links]\narchive = "off"\n[sources]\ndoi.pace = "1s"\nhuggingface.endpoint = "http://127.0.0.1:1/api"',
    '[network]\ntoken-env = {github = "GITHUB_TOKEN"}',
    '[network]\ntoken-env = {"data.acme.org" = "ENRICH_ACME_TOKEN"}',
    '[links]\ninclude = ["*.a.org"]\nexclude = ["https://old.org/*", "*://a.org", "a.org:8080"]',
    '[links.remap]\n"https://*.a.org/*" = "http://localhost:4000/*"',
    '[links.hosts."a.org"]\naccept = [403]\ntimeout = "1m"\nmethod = "get"\nheaders = {Accept = "*/*"}',
    '[links.hosts."a.org".headers]\nAuthorization = {env = "ENRICH_ACME_TOKEN"}',
]
INVALID = [
    "x = 1",
    "[links]\nconfirm-afer = 1",
    '[links]\ntimeout = "20"',
    "[links]\ntimeout = 20",
    '[links.hosts."https://a.org"]\ndelay = "1s"',
    '[rules]\nselect = ["lnk"]',
    '[rules]\nfail-on = "notice"',
    '[metadata]\nadd = ["arxivid"]',
    "[metadata]\nmax-lines = 0",
    '[catalogue]\nexclude = ["!a"]',
    '[catalogue.fields]\ntitel = {path = "x"}',
    '[catalogue.fields]\nauthors = {path = "a..b"}',
    "[[ignore]]\nrule = 3",
    "[cache]\njitter = 2",
    "[network]\ndeny-private = 1",
    '[network]\ntoken-env = {github = "ghp_0123456789abcdefghij"}',
    '[network]\ntoken-env = {acme = "TOKEN"}',
    '[links]\narchive = "replace"',
    "[sources.huggingface]\nbatch = 2",
    '[links]\nexclude = ["a.org/x"]',
    '[links]\ninclude = ["https://a.org/x#y"]',
    '[links.remap]\n"*.a.org" = "https://b.org/*"',
    '[links.remap]\n"https://a.org/*" = "file:///etc/*"',
    '[links.hosts."a.org"]\nmethod = "post"',
    '[links.hosts."a.org".headers]\nHOST = "b.org"',
    '[links.hosts."a.org".headers]\nContent-Length = "5"',
    '[links.hosts."a.org".headers]\nX = "a\\nHost: b"',
    '[links.hosts."a.org".headers]\nX = {env = "AWS_SECRET_ACCESS_KEY"}',
    '[links.hosts."a.org".headers]\nX = {env = "ENRICH_GITHUB_TOKEN"}',
    '[links.hosts."a.org".headers]\nX = {evn = "ENRICH_A"}',
]


def test_the_schema_in_the_package_is_the_one_that_the_options_make() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == json_schema_text(), (
        "write it anew: python -c 'from enrich.config import json_schema_text as text; "
        f'open("{SCHEMA_FILE}", "w").write(text())\''
    )


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("text", VALID)
def test_what_is_parsed_is_valid_by_the_schema(text: str) -> None:
    parse(text, "enrich.toml")

    jsonschema.Draft7Validator(json_schema()).validate(tomllib.loads(text))


@pytest.mark.parametrize("text", INVALID)
def test_what_is_refused_is_invalid_by_the_schema(text: str) -> None:
    with pytest.raises(ConfigError):
        parse(text, "enrich.toml")

    assert not jsonschema.Draft7Validator(json_schema()).is_valid(tomllib.loads(text))


def test_every_default_is_valid() -> None:
    for at, option, default in leaves(ROOT):
        if default is not None:
            spelled = option.kind.spell(default)
            assert option.kind.settle(default, option.kind.read(spelled)) == default, at


def test_every_option_says_what_it_is_for() -> None:
    for at, option, _ in leaves(ROOT):
        assert option.doc, at
        assert not option.doc.endswith("."), at


def test_the_manual_has_a_row_for_every_option() -> None:
    rows = reference().splitlines()

    assert '| `links.timeout` | a duration such as "20s", from "0.1s" to "10m" | `"20s"` |' in reference()
    assert "| `links.hosts.HOST.per-run` | a whole number from 0 to 1,000,000 | – |" in reference()
    assert len(rows) == 2 + len(list(leaves(ROOT)))
    assert {row.replace("\\|", "").count("|") for row in rows} == {5}


def test_a_configuration_without_anything_is_written_with_all_defaults() -> None:
    text = config_text(Config())

    assert parse(text, "enrich.toml") == Config()
    assert 'timeout = "20s" # for one request\n' in text
    assert "\n[links] # how links are checked\n" in text


# -- any configuration -----------------------------------------------------------------------


def _configurations() -> st.SearchStrategy[str]:
    lines = st.sampled_from([text for text in VALID if text])
    return st.lists(lines, unique=True, max_size=4).map("\n".join).filter(_is_valid)


def _is_valid(text: str) -> bool:
    try:
        parse(text, "enrich.toml")
    except ConfigError:
        return False
    return True


@given(_configurations())
def test_a_configuration_is_written_as_it_was_read(text: str) -> None:
    config = parse(text, "enrich.toml")

    assert parse(config_text(config), "enrich.toml") == config


def test_the_schema_tells_defaults_and_meaning() -> None:
    schema: Any = json.loads(json_schema_text())

    assert schema["properties"]["links"]["properties"]["timeout"]["default"] == "20s"
    assert schema["properties"]["sources"]["properties"]["arxiv"]["properties"]["batch"]["default"] == 250
    assert (
        "default"
        not in schema["properties"]["links"]["properties"]["hosts"]["additionalProperties"]["properties"][
            "delay"
        ]
    )
