"""Which rules a selector means."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from enrich.config import Config, Override, check_rules, expand, parse, selected
from enrich.errors import UsageError


@dataclass(frozen=True)
class Rule:
    code: str
    name: str
    on_by_default: bool = True


RULES = (
    Rule("LNK101", "broken-link"),
    Rule("LNK122", "duplicate-link", on_by_default=False),
    Rule("IDN201", "malformed-arxiv-id"),
    Rule("IDN202", "unknown-arxiv-id"),
    Rule("MET305", "published-version", on_by_default=False),
    Rule("MET301", "missing-field"),
)
ALL = frozenset(rule.code for rule in RULES)


@pytest.mark.parametrize(
    ("selector", "codes"),
    [
        ("ALL", ALL),
        ("DEFAULT", ALL - {"LNK122", "MET305"}),
        ("LNK", {"LNK101", "LNK122"}),
        ("IDN20", {"IDN201", "IDN202"}),
        ("IDN201", {"IDN201"}),
        ("malformed-arxiv-id", {"IDN201"}),
    ],
)
def test_a_selector_means_rules(selector: str, codes: set[str]) -> None:
    assert expand(RULES, [selector]) == codes
    assert selected(RULES, [selector]) == codes


def test_what_is_ignored_does_not_run() -> None:
    assert selected(RULES, ["DEFAULT"], ignore=["LNK", "unknown-arxiv-id"]) == {"IDN201", "MET301"}


def test_the_closer_name_of_a_rule_wins() -> None:
    assert selected(RULES, ["DEFAULT"], ["MET305"], ["MET"]) == {"LNK101", "IDN201", "IDN202", "MET305"}
    assert selected(RULES, ["IDN"], [], ["IDN201"]) == {"IDN202"}
    assert selected(RULES, ["broken-link"], [], ["LNK"]) == {"LNK101"}


def test_of_two_equally_close_names_the_one_that_ignores_wins() -> None:
    assert selected(RULES, ["IDN201"], [], ["malformed-arxiv-id"]) == frozenset()
    assert selected(RULES, ["LNK"], [], ["LNK"]) == frozenset()


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("IDN02", "unknown rule `IDN02`; did you mean `IDN202` (unknown-arxiv-id)?"),
        ("idn201", "unknown rule `idn201`; did you mean `IDN201` (malformed-arxiv-id)?"),
        ("broken-lnk", "unknown rule `broken-lnk`; did you mean `broken-link` (LNK101)?"),
        ("LNKS", "unknown rule `LNKS`; did you mean `LNK`?"),
        ("LN", "unknown rule `LN`; did you mean `LNK`?"),
        ("", "unknown rule ``"),
        ("\x1b[31mX", "unknown rule `\\x1b[31mX`"),
    ],
)
def test_an_unknown_rule_is_named_with_what_was_meant(selector: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        selected(RULES, [selector])

    assert str(caught.value) == message


def test_all_unknown_rules_are_named_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        selected(RULES, ["QQQ9", "ALL"], ["WWW"], ["QQQ9"])

    assert str(caught.value) == "unknown rule `QQQ9`\nerror: unknown rule `WWW`"


def test_an_unknown_rule_in_the_configuration_is_named_with_its_place() -> None:
    config = parse(
        """
        [rules]
        select = ["DEFAULT", "IDN3"]
        extend-select = ["LNK"]
        severity = {QQQ = "info"}
        [per-entry-ignores]
        "old/*.md" = ["MET", "WWW"]
        [[ignore]]
        rule = "XXX101"
        url = "https://a.org/*"
        """,
        "enrich.toml",
    )

    with pytest.raises(UsageError) as caught:
        check_rules(RULES, config)

    assert str(caught.value).split("\n") == [
        "unknown rule `IDN3` in `select` of [rules]; did you mean `IDN`?",
        "error: unknown rule `QQQ` in `severity` of [rules]",
        "error: unknown rule `WWW` in [per-entry-ignores]",
        "error: unknown rule `XXX101` in [[ignore]]",
    ]


def test_an_unknown_rule_is_shown_where_the_file_has_it_and_elsewhere_it_is_named() -> None:
    text = """\
[rules]
select = ["DEFAULT", "IDN02"]
severity = {MTE = "info"}
[per-entry-ignores]
"old/*.md" = ["MET", 'WWW']
[[ignore]]
rule = "XXX101"
url = "https://a.org/*"
"""
    config = parse(text, "enrich.toml", overrides=[Override("--set", "rules.ignore=LKN101")])

    with pytest.raises(UsageError) as caught:
        check_rules(RULES, config, text, "enrich.toml")

    assert (
        str(caught.value)
        == """\
unknown rule `LKN101` in `ignore` of [rules]; did you mean `LNK101` (broken-link)?
error: unknown rule `IDN02` in `select` of [rules]
 --> enrich.toml:2:22
  |
2 | select = ["DEFAULT", "IDN02"]
  |                      ^^^^^^^ did you mean `IDN202` (unknown-arxiv-id)?
error: unknown rule `MTE` in `severity` of [rules]
 --> enrich.toml:3:13
  |
3 | severity = {MTE = "info"}
  |             ^^^ did you mean `MET`?
error: unknown rule `WWW` in [per-entry-ignores]
 --> enrich.toml:5:22
  |
5 | "old/*.md" = ["MET", 'WWW']
  |                      ^^^^^
error: unknown rule `XXX101` in [[ignore]]
 --> enrich.toml:7:8
  |
7 | rule = "XXX101"
  |        ^^^^^^^^
4 errors in enrich.toml; nothing was run."""
    )


def test_an_unknown_rule_is_shown_in_a_table_of_pyproject() -> None:
    text = '[tool.enrich.rules]\nignore = ["IDN02"]\n'

    with pytest.raises(UsageError) as caught:
        check_rules(RULES, parse(text, "pyproject.toml"), text, "pyproject.toml")

    assert " --> pyproject.toml:2:11\n" in str(caught.value)


def test_a_rule_that_a_variable_put_in_the_place_of_the_files_is_named_without_it() -> None:
    text = '[rules]\nselect = ["DEFAULT"]\n'
    config = parse(text, "enrich.toml", overrides=[Override("ENRICH_RULES_SELECT", "rules.select=WWW")])

    with pytest.raises(UsageError) as caught:
        check_rules(RULES, config, text, "enrich.toml")

    assert str(caught.value) == "unknown rule `WWW` in `select` of [rules]"


def test_a_configuration_with_known_rules_passes() -> None:
    check_rules(RULES, Config())
    assert selected(RULES, Config().rules.select) == ALL - {"LNK122", "MET305"}
