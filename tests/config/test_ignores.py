"""`[[ignore]]` in the text of a configuration: found, and written so that every other byte stays."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.config import Ignore, parse
from enrich.config.ignores import ignore_lines, with_ignores
from enrich.errors import UsageError
from enrich.globs import literal, matches_path

DEAD = Ignore("LNK101", "https://a.org/*", "_publications/a.md")
TITLE = Ignore("MET303", "", "/a.md", "title", "as it was", dt.date(2030, 1, 2))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "[[ignore]]\n"),
        ("[rules]\nselect = ['LNK']", "[rules]\nselect = ['LNK']\n\n[[ignore]]\n"),
        ("# mine\r\n[links]\r\nretry = 1\r\n", "# mine\r\n[links]\r\nretry = 1\r\n\r\n[[ignore]]\r\n"),
    ],
)
def test_they_go_to_the_end(before: str, after: str) -> None:
    text = with_ignores(before, "enrich.toml", [DEAD, TITLE])

    assert text.startswith(after)
    assert parse(text, "enrich.toml").ignore == (DEAD, TITLE)
    assert ("\r" in text) == ("\r" in before)
    assert text.replace("\r\n", "\n").endswith('field = "title"\nreason = "as it was"\nuntil = 2030-01-02\n')


def test_more_of_them_follow_those_that_stand_there() -> None:
    text = with_ignores("", "enrich.toml", [DEAD])

    more = with_ignores(text, "enrich.toml", [TITLE])

    assert more.startswith(text)
    assert parse(more, "enrich.toml").ignore == (DEAD, TITLE)
    assert ignore_lines(more, "enrich.toml") == (1, 7)


def test_in_a_project_file_they_stand_below_the_tools_name() -> None:
    text = with_ignores("[project]\nname = 'x'\n[tool.enrich.links]\nretry = 1\n", "pyproject.toml", [DEAD])

    assert "[[tool.enrich.ignore]]" in text
    assert parse(text, "pyproject.toml").ignore == (DEAD,)
    assert ignore_lines(text, "pyproject.toml") == (6,)


@pytest.mark.parametrize("text", ["ignore = []\n", "ignore = [{rule = 'LNK101', field = 'title'}]\n"])
def test_a_list_in_brackets_is_left_alone(text: str) -> None:
    with pytest.raises(UsageError, match=r"write each as \[\[ignore\]\]"):
        with_ignores(text, "enrich.toml", [DEAD])


def test_those_of_a_list_in_brackets_have_lines_too() -> None:
    text = "ignore = [\n  {rule = 'LNK101', field = 'a'},\n  {rule = 'LNK101', field = 'b'},\n]\n"

    assert ignore_lines(text, "enrich.toml") == (2, 3)


PATHS = st.lists(
    st.text(st.characters(codec=None, exclude_characters="/"), min_size=1).filter(lambda part: part != "**"),
    min_size=1,
    max_size=3,
).map("/".join)


@given(PATHS)
def test_a_path_is_meant_by_its_own_pattern(path: str) -> None:
    assert matches_path(literal(path), path)


@pytest.mark.parametrize("path", ["a*.md", "a?.md", "a[b].md", "{a,b}.md", "_p/[!a].md"])
def test_and_no_other_is(path: str) -> None:
    for character in "ab!x":
        for special in "*?[{":
            other = path.replace(special, character, 1)
            assert other == path or not matches_path(literal(path), other)
    assert not matches_path(literal(path), f"folder/{path}")
