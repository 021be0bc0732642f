"""
What holds on every system, told from the source where no other system is at hand.

Text has one kind of line end and is UTF-8 whatever the locale says; what only some
systems have is looked for before it is used, and paths are told with `/`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = sorted((ROOT / "enrich").rglob("*.py"))
ONLY_ON_SOME = {"fcntl", "grp", "msvcrt", "pty", "pwd", "resource", "termios", "tty", "winreg"}
OPENS = {"open", "read_text", "write_text"}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Calls of `open`, `read_text` and `write_text`, of a path or by themselves."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            owner = getattr(getattr(called, "value", None), "id", "")
            ours = name != "open" and isinstance(called, ast.Name)
            if (
                name in OPENS
                and not ours
                and owner not in ("os", "webbrowser", "Cache", "archive")
                and node.args + node.keywords
            ):
                yield name, node


def mode(name: str, call: ast.Call) -> str:
    """Of a call that opens a file; what is computed may write."""
    if name != "open":
        return name[0]
    at = 0 if isinstance(call.func, ast.Attribute) else 1
    given = call.args[at] if len(call.args) > at else None
    return str(given.value) if isinstance(given, ast.Constant) else "r" if given is None else "w"


def test_text_is_opened_by_its_encoding_and_written_with_one_line_end() -> None:
    for path in MODULES:
        for name, call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            how = mode(name, call)
            options = {keyword.arg for keyword in call.keywords}
            where = f"{path.name}:{call.lineno}"
            assert "b" in how or "encoding" in options, where
            assert "b" in how or "newline" in options or not set(how) & set("wax"), where


def test_what_only_some_systems_have_is_imported_where_it_may_be_missing() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert not ONLY_ON_SOME & set(names), path.name


def test_no_path_is_put_together_with_a_separator_that_is_spelled() -> None:
    """A path that is reported, kept or compared has `/` on every system: `as_posix`, never `str`."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "str" and node.args:
                made = node.args[0]
                relative = isinstance(made, ast.Call) and getattr(made.func, "attr", "") == "relative_to"
                assert not relative, f"{path.name}:{node.lineno}"
