"""
How one file writes its front matter, found in what stands there.

What a writer could not do otherwise tells nothing: a string that needs quotes
does not show that strings are quoted, one with an apostrophe not which quotes.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import STR, Kind, Style
from enrich.frontmatter.yaml.folding import USUAL_WIDTH, Fold, column, fold_of
from enrich.frontmatter.yaml.strings import Escapes, escapes_in, may_be_plain
from enrich.models import Map
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.frontmatter.habits import Habits
    from enrich.frontmatter.nodes import FrontMatter, Node
    from enrich.models import Value

_QUOTED = (Style.SINGLE, Style.DOUBLE)


@dataclass(frozen=True, slots=True)
class Like:
    """A collection to copy the form of."""

    node: Node
    is_block: bool
    offset: int
    """Columns from its key to its entries, where it is a block."""


class Manner:
    """Of one file, with its catalogue's *habits* behind it."""

    def __init__(self, front_matter: FrontMatter, habits: Habits) -> None:
        self.text = front_matter.document.text
        self._root = front_matter.root
        self._header = front_matter.header
        self._habits = habits

    # -- quotes ------------------------------------------------------------------------------

    def quote(self, key: str, neighbours: Iterable[Node] = ()) -> str:
        """The quote for a string that needs one: the key's, the neighbours', the file's, the catalogue's."""
        own = dict(self._habits.quotes).get(key)
        return (
            own
            or self._usual_quote(neighbours)
            or self._usual_quote(value for _, value in self._pairs)
            or self._usual_quote(self._nodes)
            or self._habits.quote
        )

    def needless_quote(self, key: str, neighbours: tuple[Node, ...], *, in_flow: bool) -> str | None:
        """
        The quote for a string that needs none: where the catalogue has one for *key*,
        or most strings among *neighbours* have one without need. None where most have none.
        """
        if key in self._habits.quoted_keys:
            return self.quote(key, neighbours)
        strings = [node for node in neighbours if self._needs_no_quotes(node, in_flow=in_flow)]
        quoted = [node for node in strings if node.style in _QUOTED]
        if 2 * len(quoted) <= len(strings):
            return None
        return self._usual_quote(quoted) or quoted[-1].style.value

    def _usual_quote(self, nodes: Iterable[Node]) -> str | None:
        votes = Counter(node.style.value for node in nodes if self._had_a_choice(node))
        return votes.most_common(1)[0][0] if votes else None

    def _needs_no_quotes(self, node: Node, *, in_flow: bool) -> bool:
        if node.kind is not Kind.SCALAR or node.tag != STR or node.is_tagged or node.is_alias:
            return False
        has_escapes = node.style is Style.DOUBLE and "\\" in node.span.of(self.text)
        return not has_escapes and may_be_plain(node.text, in_flow=in_flow)

    def _had_a_choice(self, node: Node) -> bool:
        if node.is_alias:
            return False
        if node.style is Style.SINGLE:
            return '"' not in node.text and "\\" not in node.text
        return node.style is Style.DOUBLE and not any(char in node.span.of(self.text)[1:-1] for char in "\\'")

    # -- escapes and folding -----------------------------------------------------------------

    @cached_property
    def escapes(self) -> Escapes:
        found = Escapes(is_ascii=self._habits.is_ascii)
        for node in self._nodes:
            if node.style is Style.DOUBLE and not node.is_alias:
                found = escapes_in(node.span.of(self.text), found)
        is_raw = not self._header.of(self.text).isascii()
        return Escapes(found.is_ascii and not is_raw, found.is_long, found.is_lower)

    def fold(self, indent: int, newline: str) -> Fold | None:
        """How long scalars are broken, *indent* spaces before their other lines; None where they aren't."""
        if self._folds:
            usual = self._folds[0]
            return Fold(usual.width, usual.is_past, " " * indent, newline, usual.is_past)
        if self._habits.width is None or self._has_long_line(self._habits.width):
            return None
        return Fold(self._habits.width, self._habits.is_past, " " * indent, newline, self._habits.is_past)

    @cached_property
    def _folds(self) -> list[Fold]:
        """Those of the file's values, unless one just as long stands on a single line."""
        folds = [
            fold
            for _, value in self._pairs
            if self._is_flow_scalar(value) and (fold := fold_of(self.text, value))
        ]
        return [] if folds and self._has_long_line(folds[0].width) else folds

    def _has_long_line(self, width: int) -> bool:
        return any(self._is_flow_scalar(value) and self._is_long(value, width) for _, value in self._pairs)

    def _is_long(self, scalar: Node, width: int) -> bool:
        """On one line, and with a space past *width* at which it might have been broken."""
        source = scalar.span.of(self.text)
        past = max(width + 1 - column(self.text, scalar.span.start), 0)
        return "\n" not in source and " " in source[past:-1]

    @staticmethod
    def _is_flow_scalar(node: Node) -> bool:
        return node.kind is Kind.SCALAR and not node.is_alias and node.style in (Style.PLAIN, *_QUOTED)

    # -- lists and mappings ------------------------------------------------------------------

    def like(self, value: tuple[Value, ...] | Map, near: int) -> Like | None:
        """The collection nearest to *near* that holds what *value* holds, or failing that any of its kind."""
        is_list = isinstance(value, tuple)
        kind = Kind.SEQUENCE if is_list else Kind.MAPPING
        first = value[0] if isinstance(value, tuple) and value else None
        inner = {tuple: Kind.SEQUENCE, Map: Kind.MAPPING}.get(type(first), Kind.SCALAR)
        found = [
            (key, node)
            for key, node in self._pairs
            if node.kind is kind and node.children and not node.is_alias
        ]
        alike = [pair for pair in found if not is_list or all(item.kind is inner for item in pair[1].items)]
        nearest = min(alike or found, key=lambda pair: abs(pair[1].span.start - near), default=None)
        if nearest is None:
            return None
        key, node = nearest
        offset = column(self.text, node.span.start) - column(self.text, key.start)
        return Like(node, node.style is Style.BLOCK, offset if offset >= (0 if is_list else 1) else 2)

    # -- for a catalogue's habits ------------------------------------------------------------

    def chosen_quotes(self) -> Iterator[tuple[str, str]]:
        """The key of each value, or item of a list, that might be in the other quotes, and its quote."""
        for key, value in self._pairs:
            for node in value.items or (value,):
                if self._had_a_choice(node):
                    yield key.text, node.style.value

    def chosen_styles(self) -> Iterator[tuple[str, bool]]:
        """The key of each string that needs no quotes, and whether it has some."""
        for key, value in self._pairs:
            for node in value.items or (value,):
                if self._needs_no_quotes(node, in_flow=value.style is Style.FLOW):
                    yield key.text, node.style in _QUOTED

    def foldings(self) -> Iterator[tuple[int, bool] | None]:
        """Width and side of each value that is folded; None for each that is long and is not."""
        for _, value in self._pairs:
            if self._is_flow_scalar(value):
                fold = fold_of(self.text, value)
                if fold:
                    yield fold.width, fold.is_past
                elif self._is_long(value, USUAL_WIDTH):
                    yield None

    def list_offsets(self) -> Iterator[int | None]:
        """Columns from the key to the dashes of each list that has items, None for one in brackets."""
        for key, value in self._pairs:
            if value.kind is Kind.SEQUENCE and value.items and not value.is_alias:
                is_block = value.style is Style.BLOCK
                offset = column(self.text, value.span.start) - column(self.text, key.start)
                yield offset if is_block else None

    @property
    def list_offset(self) -> int | None:
        """The catalogue's, for a list in a file that has none."""
        return self._habits.list_offset

    def scripts(self) -> Iterator[bool]:
        """Whether text beyond ASCII is escaped, if the file has some."""
        is_raw = not self._header.of(self.text).isascii()
        if is_raw or self.escapes.is_ascii:
            yield not is_raw

    # -- all that is there -------------------------------------------------------------------

    @cached_property
    def _nodes(self) -> tuple[Node, ...]:
        return tuple(self._root.walk())

    @cached_property
    def _pairs(self) -> tuple[tuple[Node, Node], ...]:
        return tuple(pair for node in self._nodes for pair in node.pairs)
