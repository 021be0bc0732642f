"""
Lines of the top and of tables with headers, added and taken away.

A new key of the top never comes to stand below a header, where it would be another
table's. Source: https://toml.io/en/v1.0.0#table
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.toml.lines import indentation, line_start, newline_at, next_line
from enrich.frontmatter.toml.spelling import in_order, key_text
from enrich.frontmatter.wishes import Impossible
from enrich.models import Map
from enrich.patterns import pattern
from enrich.text import Edit, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enrich.frontmatter.nodes import Node
    from enrich.frontmatter.toml.outline import Outline, Section, Statement
    from enrich.frontmatter.toml.spelling import Speller
    from enrich.frontmatter.wishes import Addition
    from enrich.models import Path

_BLANK_LINES = pattern(r"(?:[ \t]*\r?\n)*")


@dataclass(frozen=True, slots=True)
class Lines:
    outline: Outline
    speller: Speller

    @property
    def text(self) -> str:
        return self.speller.text

    # -- keys --------------------------------------------------------------------------------

    def pair(self, path: Path, node: Node, addition: Addition) -> Edit:
        """The line of a new key of the table *node* at *path*, behind the key that it is to follow."""
        section, prefix = self._home(path, addition)
        anchor = () if addition.after < 0 else (*path, node.pairs[addition.after][0].text)
        near = [each for each in section.statements if anchor and each.path[: len(anchor)] == anchor]
        found = near or _within(section, path) or section.statements
        before = found[-1] if found else None
        at = next_line(self.text, before.value.span.end) if before else self._top(section)
        name = prefix + key_text(str(addition.key))
        equals = self._equals(section, before, name) if before else " = "
        indent = indentation(self.text, before.keys[0].span.start) if before else ""
        value = self.speller.value(addition.value, self._alike(section))
        newline = newline_at(self.text, before.value.span.end) if before else self.speller.newline
        return Edit(Span(at, at), f"{indent}{name}{equals}{value}{newline}")

    def _home(self, path: Path, addition: Addition) -> tuple[Section, str]:
        """The lines among which a key of the table at *path* can stand, and what must stand before it."""
        for section in self.outline.sections:
            if section.path == path:
                return section, ""
        dotted = [
            (section, each)
            for section in self.outline.sections
            for each in section.statements
            if len(section.path) < len(path) and each.path[: len(path)] == path
        ]
        if not dotted:
            raise Impossible(addition.number, "its table has no header of its own")
        section, statement = dotted[-1]
        first, last = statement.keys[0], statement.keys[len(path) - len(section.path) - 1]
        return section, f"{self.text[first.span.start : last.span.end]}."

    def _top(self, section: Section) -> int:
        """Where the first line of a section without any goes."""
        return next_line(self.text, section.end) if section.path else section.start

    def _alike(self, section: Section) -> tuple[Node, ...]:
        return tuple(each.value for each in section.statements)

    def _equals(self, section: Section, before: Statement, name: str) -> str:
        """As behind the key before; where those of a section stand in one column, in that column."""
        left, _, right = self._between(before).partition("=")
        columns = {self._column(each) for each in section.statements}
        lengths = {self._name_length(each) for each in section.statements}
        if len(columns) == 1 and len(lengths) > 1:
            left = " " * max(columns.pop() - len(name), 1)
        elif len(left) > 1:
            left = " "
        return f"{left}={right}"

    def _between(self, statement: Statement) -> str:
        return self.text[statement.keys[-1].span.end : statement.value.span.start]

    def _name_length(self, statement: Statement) -> int:
        return statement.keys[-1].span.end - statement.keys[0].span.start

    def _column(self, statement: Statement) -> int:
        return self._name_length(statement) + self._between(statement).index("=")

    def removed(self, path: Path) -> Iterator[Edit]:
        """Every line of what stands at *path*."""
        for section in self.outline.sections:
            if section.path[: len(path)] == path:
                yield Edit(self._section_span(section), "")
                continue
            for each in section.statements:
                if each.path[: len(path)] == path:
                    start = line_start(self.text, each.keys[0].span.start)
                    yield Edit(Span(start, next_line(self.text, each.value.span.end)), "")

    def _section_span(self, section: Section) -> Span:
        """With the blank lines behind it."""
        start, end = line_start(self.text, section.start), next_line(self.text, section.end)
        blank = _BLANK_LINES.match(self.text, end)
        return Span(start, blank.end() if blank else end)

    # -- tables of a list --------------------------------------------------------------------

    def table(self, path: Path, node: Node, addition: Addition) -> Edit:
        """A new `[[table]]` of the list *node* at *path*, like the one before it."""
        if not isinstance(addition.value, Map):
            raise Impossible(addition.number, "its items are tables")
        if addition.after < 0:
            raise Impossible(addition.number, "nothing stands before it")
        sibling = (*path, addition.after)
        section = next(each for each in self.outline.sections if each.path == sibling)
        last = [each for each in self.outline.sections if each.path[: len(sibling)] == sibling][-1]
        at = next_line(self.text, last.end)
        newline = newline_at(self.text, section.start)
        header = self.text[line_start(self.text, section.start) : section.header_end] + newline
        lines = self._pairs(section, addition.value, node.items[addition.after], newline)
        return Edit(Span(at, at), self._gap(path, addition.after, newline) + header + lines)

    def _pairs(self, section: Section, value: Map, sibling: Node, newline: str) -> str:
        alike = self._alike(section)
        before = section.statements[-1] if section.statements else None
        indent = indentation(self.text, before.keys[0].span.start) if before else ""
        lines = ""
        for key, each in in_order(value, (sibling,)):
            name = key_text(key)
            equals = self._equals(section, before, name) if before else " = "
            lines += f"{indent}{name}{equals}{self.speller.value(each, alike)}{newline}"
        return lines

    def _gap(self, path: Path, position: int, newline: str) -> str:
        """A blank line between the tables, unless they stand without."""
        here = next(each for each in self.outline.sections if each.path == (*path, position))
        before = self.text[: line_start(self.text, here.start)]
        return newline if position == 0 or before.endswith(newline * 2) else ""


def _within(section: Section, path: Path) -> Sequence[Statement]:
    """The statements of a section that belong to the table at *path*, where it isn't the section's own."""
    if section.path == path:
        return ()
    return [each for each in section.statements if each.path[: len(path)] == path]
