"""
A TOML header to its tree, and to the lines that it consists of.

A table's span is that of its header and the keys below it; of one without, as `a`
in `a.b = 1`, what stands behind its first mention.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.toml.scanning import Scanner
from enrich.frontmatter.toml.tables import Table, Tables
from enrich.frontmatter.toml.trouble import Trouble
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.frontmatter.nodes import Node
    from enrich.models import Path


@dataclass(frozen=True, slots=True)
class Statement:
    """A line, or some, of a key and its value."""

    keys: tuple[Node, ...]
    value: Node
    path: Path


@dataclass(slots=True)
class Section:
    """A header and the statements up to the next one; the first has none."""

    path: Path
    """Of its table."""
    start: int
    """Where its header begins, or the whole text."""
    header_end: int
    end: int
    """Where the last of it ends: header, or value."""
    statements: list[Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    root: Node
    sections: tuple[Section, ...]


def outline(text: str, header: Span) -> Outline:
    """What stands between the fences. Raises Trouble."""
    return _Outliner(text, header).outline()


class _Outliner:
    def __init__(self, text: str, header: Span) -> None:
        self._text = text
        self._scanner = Scanner(text, header.start, header.end)
        self._root = Table(header.start, Style.BLOCK, header.end)
        self._table = self._root
        self._sections = [Section((), header.start, header.start, header.start)]

    def outline(self) -> Outline:
        scanner = self._scanner
        while here := scanner.skip(lines=True):
            if here == "[":
                self._header()
            else:
                self._statement()
            if scanner.skip() not in ("", "\n", "\r", "#"):
                raise Trouble(self._surplus(), scanner.rest())
        return Outline(self._root.node(), tuple(self._sections))

    def _surplus(self) -> str:
        before = self._text[self._scanner.at - 1]
        return (
            f"more stands behind the closing `{before}`"
            if before in "\"']}"
            else "more stands behind the value"
        )

    def _statement(self) -> None:
        keys, value = self._scanner.pair(0)
        self._table.put(keys, value)
        section = self._sections[-1]
        path = (*section.path, *(key.text for key in keys))
        section.statements.append(Statement(keys, value, path))
        section.end = value.span.end
        if self._table is not self._root:
            self._table.end = section.end

    def _header(self) -> None:
        scanner, start = self._scanner, self._scanner.at
        brackets = 2 if self._text.startswith("[[", start) else 1
        scanner.at += brackets
        keys = scanner.keys(wanted="no name of a table stands here")
        if not self._text.startswith("]" * brackets, scanner.at):
            raise Trouble("bracket opened here is never closed", Span(start, start + brackets))
        scanner.at += brackets
        span = Span(start, scanner.at)
        parent = self._root
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key.text, *_position(parent, key))
            parent = parent.into(key, span)
        self._table = _listed(parent, keys[-1], span) if brackets == 2 else _defined(parent, keys[-1], span)
        path = (*path, keys[-1].text, *_position(parent, keys[-1]))
        self._sections.append(Section(path, span.start, span.end, span.end))


def _position(parent: Table, key: Node) -> tuple[int, ...]:
    child = parent.pairs.get(key.text)
    return (len(child[1].items) - 1,) if child and isinstance(child[1], Tables) else ()


def _defined(parent: Table, key: Node, span: Span) -> Table:
    known = parent.pairs.get(key.text)
    if known is not None and not (isinstance(known[1], Table) and not known[1].is_defined):
        raise Trouble(f"`{key.text}` stands twice", key.span)
    table = parent.into(key, span)
    table.start, table.end, table.is_defined = span.start, span.end, True
    return table


def _listed(parent: Table, key: Node, span: Span) -> Table:
    table = Table(span.start, Style.BLOCK, span.end, is_defined=True)
    known = parent.pairs.get(key.text)
    if known is None or not isinstance(known[1], Tables):
        parent.take(key, Tables([table]))
    else:
        known[1].items.append(table)
    return table
