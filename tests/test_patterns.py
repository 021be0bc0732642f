"""Regular expressions that are compiled late: whatever one asks them, they are `re`'s."""

from __future__ import annotations

import re
from typing import Any

import pytest

from enrich.patterns import pattern

ASKED: list[tuple[str, tuple[Any, ...]]] = [
    ("findall", ("abAB",)),
    ("split", ("xaby",)),
    ("sub", ("-", "xaBy")),
    ("subn", ("-", "xaBy")),
]


@pytest.mark.parametrize(("method", "arguments"), ASKED)
def test_they_answer_as_compiled_ones(method: str, arguments: tuple[Any, ...]) -> None:
    late, compiled = pattern("(a)b", re.IGNORECASE), re.compile("(a)b", re.IGNORECASE)

    assert getattr(late, method)(*arguments) == getattr(compiled, method)(*arguments)


@pytest.mark.parametrize("method", ["match", "fullmatch", "search"])
@pytest.mark.parametrize("text", ["ab", "xab", ""])
def test_they_match_as_compiled_ones(method: str, text: str) -> None:
    late, compiled = getattr(pattern("ab"), method)(text), getattr(re.compile("ab"), method)(text)

    assert (late and late.span()) == (compiled and compiled.span())


def test_what_they_are_made_of_can_be_asked() -> None:
    late = pattern("(?P<x>a)(b)", re.ASCII)

    assert (late.pattern, late.groups, dict(late.groupindex)) == ("(?P<x>a)(b)", 2, {"x": 1})
    assert late.flags == re.compile("(?P<x>a)(b)", re.ASCII).flags
    assert [found[0] for found in late.finditer("ab ab")] == ["ab", "ab"]


def test_one_that_is_wrong_is_found_when_it_is_used() -> None:
    wrong = pattern("(")

    with pytest.raises(re.error):
        wrong.match("x")
    with pytest.raises(AttributeError):
        pattern("a").__copy__  # noqa: B018


def test_every_pattern_of_enrich_can_be_compiled() -> None:
    """What `re.compile` would have said at once, said here."""
    import importlib
    import pkgutil

    import enrich

    names = [found.name for found in pkgutil.walk_packages(enrich.__path__, "enrich.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    late = [value for module in modules for value in vars(module).values() if type(value) is pattern]

    assert len(late) > 200
    assert all(isinstance(one.groups, int) for one in late)
