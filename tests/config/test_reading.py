"""Reading a configuration, and telling all that is wrong with one."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.config import Config, FieldMapping, HostSettings, Ignore, holds_configuration, parse
from enrich.errors import ConfigError
from enrich.models import Severity


def mistakes(text: str, name: str = "enrich.toml") -> str:
    with pytest.raises(ConfigError) as caught:
        parse(text, name)
    return f"error: {caught.value}"


def messages(text: str) -> list[str]:
    return [
        line.removeprefix("error: ") for line in mistakes(text).splitlines() if line.startswith("error: ")
    ]


# -- what is read ----------------------------------------------------------------------------


def test_without_a_file_everything_has_its_default() -> None:
    config = parse("", "enrich.toml")

    assert config == Config()
    assert config.links.timeout_s == 20.0
    assert config.cache.ok_ttl_s == 14 * 86_400
    assert config.network.max_body_bytes == 1_000_000
    assert config.rules.fail_on is Severity.ERROR
    assert config.sources.arxiv.endpoint == "https://export.arxiv.org/api/query"


def test_a_file_changes_what_it_names_and_nothing_else() -> None:
    config = parse(
        """
        [rules]
        fail-on = "never"
        severity = {LNK111 = "warning"}
        [links.hosts."huggingface.co"]
        concurrency = 1
        delay = "1s"
        [sources.arxiv]
        batch = 100
        [per-entry-ignores]
        "_publications/old*.md" = ["MET"]
        """,
        "enrich.toml",
    )

    assert config.rules.fail_on is None
    assert config.rules.severity == (("LNK111", Severity.WARNING),)
    assert config.links.host("huggingface.co") == HostSettings(concurrency=1, delay_s=1.0)
    assert config.links.host("example.org") == HostSettings()
    assert (config.sources.arxiv.batch, config.sources.arxiv.pace_s) == (100, 3.0)
    assert config.per_entry_ignores == (("_publications/old*.md", ("MET",)),)


def test_the_fields_of_a_catalogue_are_mapped() -> None:
    config = parse(
        """
        [catalogue.fields]
        authors = {path = "authors"}
        venue = {path = "conference"}
        links = {path = "additional_links[]", label = "name", url = "url"}
        arxiv = {in = "links", label = "Paper"}
        short_authors = {path = "short_authors", derive = "short"}
        categories = {path = "arxiv_categories", after = "additional_links"}
        """,
        "enrich.toml",
    )

    assert dict(config.catalogue.fields) == {
        "authors": FieldMapping("authors"),
        "venue": FieldMapping("conference"),
        "links": FieldMapping("additional_links[]", label="name", url="url"),
        "arxiv": FieldMapping(within="links", label="Paper"),
        "short_authors": FieldMapping("short_authors", derive="short"),
        "categories": FieldMapping("arxiv_categories", after="additional_links"),
    }


def test_findings_can_be_ignored_with_a_reason_and_a_day() -> None:
    text = '[[ignore]]\nrule = "LNK101"\nurl = "https://old.example/*"\nreason = "moves"\nuntil = 2027-03-01'

    assert parse(text, "enrich.toml").ignore == (
        Ignore("LNK101", url="https://old.example/*", reason="moves", until=dt.date(2027, 3, 1)),
    )


def test_in_a_pyproject_the_table_of_the_tool_counts() -> None:
    text = '[project]\nname = "x"\n[tool.other]\nlinks = 1\n[tool.enrich.links]\nretry = 5'

    assert parse(text, "sub/pyproject.toml").links.retry == 5
    assert parse('[project]\nname = "x"', "pyproject.toml") == Config()


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert parse("\ufeff[links]\nretry = 5", "enrich.toml").links.retry == 5


def test_a_configuration_can_be_hashed_and_sent_to_other_machines() -> None:
    config = parse('[links.hosts."a.org"]\nper-run = 5', "enrich.toml")

    assert pickle.loads(pickle.dumps(config)) == config
    assert hash(config) != hash(Config())


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("[tool.enrich]", True),
        ("[tool.enrich.links]", True),
        ("[tool.ruff]", False),
        ("", False),
        ("tool = [[", False),
        ("[tool.enrich", True),
    ],
)
def test_a_pyproject_may_have_nothing_for_us(text: str, holds: bool) -> None:
    assert holds_configuration(text) is holds


# -- tokens ----------------------------------------------------------------------------------


def test_the_variables_of_tokens_have_names_of_their_own() -> None:
    config = parse('[network]\ntoken-env = {github = "GH_READ"}', "enrich.toml")

    others = {"openalex": "ENRICH_OPENALEX_KEY", "semanticscholar": "ENRICH_SEMANTICSCHOLAR_KEY"}
    assert dict(config.network.token_env) == {"github": "GH_READ", **others}
    assert dict(Config().network.token_env) == {"github": "ENRICH_GITHUB_TOKEN", **others}


@pytest.mark.parametrize(
    "token",
    [
        "ghp_0123456789abcdefghijklmnopqrstuvwxyz",
        "github_pat_0123456789abcdef_0123456789",
        "hf_0123456789abcdefghijklmnop",
        "0123456789abcdef0123456789abcdef01234567",
    ],
)
@pytest.mark.parametrize("key", ["network.token-env.github", "links.archive", "links.token", "token"])
def test_who_writes_a_token_into_the_file_is_told_so_and_does_not_read_it_in_a_log(
    key: str, token: str
) -> None:
    told = mistakes(f'{key} = "{token}"')

    assert token not in told
    assert token[:39] not in told
    assert "*" * len(token) in told
    assert ("never the token itself" in told) is key.startswith("network")


# -- what is wrong ---------------------------------------------------------------------------


def test_all_mistakes_are_told_at_once_each_with_its_place_and_cure() -> None:
    text = """[links]
confirm-afer = 3
ok-ttl = "1d"
timeout = 20
"""

    assert (
        mistakes(text)
        == """\
error: unknown key `confirm-afer` in [links]
 --> enrich.toml:2:1
  |
2 | confirm-afer = 3
  | ^^^^^^^^^^^^ did you mean `confirm-after`?
error: unknown key `ok-ttl` in [links]
 --> enrich.toml:3:1
  |
3 | ok-ttl = "1d"
  | ^^^^^^ `ok-ttl` belongs to [cache]
error: `timeout` in [links] takes a duration such as "20s", from "0.1s" to "10m", not 20
 --> enrich.toml:4:11
  |
4 | timeout = 20
  |           ^^ a unit is missing: ms, s, m, h, d
3 errors in enrich.toml; nothing was run."""
    )


def test_an_invalid_file_is_pointed_into() -> None:
    assert (
        mistakes('[links]\r\ntimeout = "20s\r\n')
        == """\
error: not valid TOML: illegal character '\\n'
 --> enrich.toml:2:15
  |
2 | timeout = "20s
  |               ^
1 error in enrich.toml; nothing was run."""
    )


def test_a_place_in_a_long_file_keeps_the_frame_straight() -> None:
    text = "\n" * 11 + "[metadata]\nadd = ['doi',\n\t'categoris']"

    assert mistakes(text).splitlines()[1:5] == [
        "  --> enrich.toml:14:2",
        "   |",
        "14 |  'categoris']",
        "   |  ^^^^^^^^^^^ did you mean `categories`?",
    ]


LINKS = (
    "confirm-after, confirm-days, retry, timeout, redirects, https-upgrade, max-redirects, archive, accept, "
    "include, exclude, remap, hosts"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[linkz]\na = 1", "unknown section `linkz`"),
        ("[tool.enrich.links]\nretry = 1", "unknown section `tool`"),
        ("retri = 1", "unknown key `retri`"),
        ("links = 3", f"`links` takes a table with {LINKS}, not 3"),
        ("[identifier]\narxiv-versions = 'keep'", "unknown section `identifier`"),
        (
            "[links.hosts.'a b']\ndelay = '1s'",
            "`a b` in [links.hosts] is not the name of a host such as `huggingface.co`",
        ),
        (
            "[links.hosts.'a.org']\ndelay = 1",
            '`delay` in [links.hosts."a.org"] takes a duration such as "20s", not 1',
        ),
        ("[[ignore]]\nurl = 'x'", "[[ignore]] takes a `rule`"),
        ("[[ignore]]\nrule = 'LNK101'", "[[ignore]] takes a `url`, an `entry` or a `field`"),
        (
            "[[ignore]]\nrule = 'LNK101'\nurl = 'x'\nuntil = '2027'",
            '`until` in [[ignore]] takes a date such as 2027-03-01, without quotes, not "2027"',
        ),
        ("[[ignore]]\nrule = 'LNK101'\nurls = 'x'", "unknown key `urls` in [[ignore]]"),
        ("[links]\nretry = 1\nretry = 2", "not valid TOML: the key of this line stands twice"),
        ("a = 2027-02-30", "not valid TOML: invalid date or datetime"),
        ("[links", "not valid TOML: expected ']' at the end of a table declaration"),
        ("a = " + "[" * 5_000, "lists or tables are nested too deeply"),
    ],
)
def test_a_mistake_is_called_by_its_name(text: str, message: str) -> None:
    assert messages(text) == [message]


def test_a_number_that_no_computer_takes_is_no_crash() -> None:
    (message,) = messages("[links]\nretry = 1" + "0" * 5_000)

    assert message.startswith("not valid TOML: exceeds the limit")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("year = {}", "`year` in [catalogue.fields] takes either `path` or `in`"),
        (
            "arxiv = {path = 'a', in = 'links', label = 'x'}",
            "`arxiv` in [catalogue.fields] takes either `path` or `in`",
        ),
        ("arxiv = {in = 'links'}", "`arxiv` in [catalogue.fields] takes a `label` beside `in`"),
        (
            "venue = {path = 'a', form = 'list'}",
            "`form` in [catalogue.fields.venue] is only for `authors`",
        ),
        (
            "year = {path = 'a', derive = 'short'}",
            "`derive` in [catalogue.fields.year] is only for `short_authors`",
        ),
        (
            "year = {path = 'a', unset = ['b']}",
            "`unset` in [catalogue.fields.year] is only for `venue` and `links`",
        ),
        ("year = {path = 'a', url = 'b'}", "`url` in [catalogue.fields.year] is only for `links`"),
        (
            "year = {path = 'a', label = 'b'}",
            "`label` in [catalogue.fields.year] is only for `links`, or beside `in`",
        ),
        (
            "links = {in = 'links', label = 'b'}",
            "`in` in [catalogue.fields.links] is only for `arxiv`",
        ),
    ],
)
def test_a_mapping_says_only_what_has_a_meaning(mapping: str, message: str) -> None:
    assert messages(f"[catalogue.fields]\n{mapping}") == [message]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "[tool.enrich]\na = 1",
            "[tool.enrich] is for pyproject.toml; here its tables stand alone, such as [links]",
        ),
        ("[links]\njiter = 1", "did you mean `jitter` in [cache]?"),
        ("delay = 1", '`delay` belongs to [links.hosts.HOST]'),
        ("[rules]\nrequired-version = '1'", "`required-version` belongs to the top"),
        ("[links]\nqqqqqq = 1", ""),
        ("[network]\nbatch = 1", "`batch` belongs to [sources.arxiv] and its like"),
    ],
)  # fmt: skip
def test_a_key_in_the_wrong_place_is_sent_home(text: str, hint: str) -> None:
    caret = mistakes(text).splitlines()[-2]

    assert caret.partition("^")[2].lstrip("^").strip() == hint


def test_a_mistake_in_a_pyproject_is_placed_below_the_tool() -> None:
    shown = mistakes("[tool.enrich.links]\nretri = 1", "pyproject.toml")

    assert shown.startswith("error: unknown key `retri` in [tool.enrich.links]\n --> pyproject.toml:2:1\n")
    assert mistakes("tool.enrich = 3", "pyproject.toml").startswith(
        "error: `enrich` in [tool] takes a table with "
    )
    assert mistakes("tool = 3", "pyproject.toml").startswith("error: `enrich` in [tool] takes a table with ")


def test_what_a_file_says_cannot_steer_the_terminal() -> None:
    shown = mistakes('[links]\n"\\u001b[31m\\n::error::" = 1 # ##[group]')

    assert "\x1b" not in shown
    assert "##[" not in shown
    assert "\n::" not in shown


def test_another_version_is_told_before_what_only_that_version_knows() -> None:
    text = 'required-version = ">=1.4"\n[from-the-future]\nx = 1'

    with pytest.raises(ConfigError) as caught:
        parse(text, "enrich.toml", version="1.2.0")

    assert (
        str(caught.value)
        == """\
this catalogue asks for enrich 1.4 or later, this is 1.2.0
 --> enrich.toml:1:20
  |
1 | required-version = ">=1.4"
  |                    ^^^^^^^
1 error in enrich.toml; nothing was run."""
    )


@pytest.mark.parametrize("text", ["", 'required-version = ">=1.4"', "links = 3"])
def test_a_version_that_fits_says_nothing(text: str) -> None:
    expected = 1 if text == "links = 3" else 0

    try:
        parse(text, "enrich.toml", version="1.4.0")
        found = 0
    except ConfigError as error:
        found = str(error).count(" takes a table")

    assert found == expected


def test_a_version_that_is_none_is_a_mistake_like_others() -> None:
    with pytest.raises(ConfigError, match="takes versions of enrich"):
        parse("required-version = 'new'", "enrich.toml", version="1.4.0")


# -- anything --------------------------------------------------------------------------------


@given(st.text())
def test_any_text_is_a_configuration_or_an_error_that_says_so(text: str) -> None:
    told = ""
    try:
        parse(text, "enrich.toml")
    except ConfigError as error:
        told = str(error)

    assert not told or told.endswith(" in enrich.toml; nothing was run.")


# -- patterns of links, and headers ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mistake", "hint"),
    [
        (
            '[links]\nexclude = ["old.org/x"]',
            "`exclude` in [links] takes a host such as `*.example.org` or addresses such as "
            '`https://example.org/old/*`, not "old.org/x"',
            "^^^^^^^^^^^ write `https://old.org/x`",
        ),
        (
            '[links]\ninclude = ["HTTPS://A.org/b#c"]',
            "`include` in [links] takes a host such as `*.example.org` or addresses such as "
            '`https://example.org/old/*`, not "HTTPS://A.org/b#c"',
            "write `https://a.org/b`",
        ),
        (
            '[links.remap]\n"a.org" = "https://b.org/"',
            "`a.org` in [links.remap] is not addresses such as `https://example.org/old/*`",
            "^^^^^^^ write `https://a.org/*`",
        ),
        (
            '[links.remap]\n"a.org/b" = "https://b.org/"',
            "`a.org/b` in [links.remap] is not addresses such as `https://example.org/old/*`",
            "write `https://a.org/b`",
        ),
        (
            '[links.remap]\n"https://a.org" = "ftp://b.org/"',
            "`https://a.org` in [links.remap] takes addresses such as `https://example.org/old/*`, "
            'not "ftp://b.org/"',
            "^^^",
        ),
        (
            '[links.remap]\n"https://a.org" = "https://b.org/*"',
            "`https://a.org` in [links.remap] has more `*` than the pattern that it stands for",
            "each stands for one of the pattern's",
        ),
        (
            '[links.hosts."a.org"]\nmetod = "get"',
            'unknown key `metod` in [links.hosts."a.org"]',
            "^^^^^ did you mean `method`?",
        ),
        (
            '[links.hosts."a.org"]\nheaders = {Host = "b.org"}',
            '`Host` in [links.hosts."a.org".headers] is not a header such as `Authorization` that enrich '
            "does not set itself",
            "^^^^",
        ),
        (
            '[links.hosts."a.org"]\nheaders = {X = {env = "ACME_TOKEN"}}',
            '`env` in [links.hosts."a.org".headers.X] takes the name of an environment variable that begins '
            "with `ENRICH_`",
            "^^^^^^^^^^^^ call it `ENRICH_ACME_TOKEN`",
        ),
        (
            '[links.hosts."a.org"]\nheaders = {X = {env = "ENRICH_GITHUB_TOKEN"}}',
            '`env` in [links.hosts."a.org".headers.X] takes the name of an environment variable that begins '
            "with `ENRICH_`",
            "that token goes to GitHub's API and to no other host",
        ),
        (
            '[links.hosts."a.org"]\nheaders = {X = ["ENRICH_A"]}',
            '`X` in [links.hosts."a.org".headers] takes a text, or {env = "ENRICH_…"} '
            "for what a variable holds",
            'such as {env = "ENRICH_ACME_TOKEN"}',
        ),
        (
            '[network]\ntoken-env = {"a.org" = "AWS_SECRET_ACCESS_KEY"}',
            "`a.org` in [network.token-env] takes the name of an environment variable that begins "
            "with `ENRICH_`",
            "call it `ENRICH_AWS_SECRET_ACCESS_KEY`",
        ),
    ],
)
def test_a_mistaken_pattern_or_header_is_told_with_its_cure(text: str, mistake: str, hint: str) -> None:
    told = mistakes(text)

    assert messages(text) == [mistake]
    assert hint in told


def test_a_token_that_stands_in_the_place_of_its_variable_is_not_repeated() -> None:
    token = "ghp_0123456789abcdefghijklmnop"

    told = mistakes(f'[links.hosts."a.org"]\nheaders = {{X = {{env = "{token}"}}}}')

    assert token not in told
    assert "write the variable's name, never the value itself" in told


def test_settings_of_a_port_go_before_those_of_its_host() -> None:
    links = parse('[links.hosts]\n"a.org".timeout = "1s"\n"a.org:81".timeout = "2s"', "enrich.toml").links

    assert links.host("a.org:81", "a.org").timeout_s == 2.0
    assert links.host("a.org:82", "a.org").timeout_s == 1.0
    assert links.host("b.org", "b.org").timeout_s is None
