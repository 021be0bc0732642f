"""
A new value into a scalar's old source, word by word: what stays keeps its bytes and its line breaks.
"""

from __future__ import annotations

from dataclasses import field
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING

from enrich.frontmatter.yaml.folding import column
from enrich.frontmatter.yaml.strings import Escapes, spell
from enrich.patterns import pattern
from enrich.text import Edit, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.frontmatter.nodes import Style
    from enrich.frontmatter.units import Units
    from enrich.frontmatter.yaml.folding import Fold

_WORD = pattern(r"[^ \t\n]+")


@dataclass(frozen=True, slots=True)
class Old:
    """A scalar as it stands in a document's *text*."""

    text: str
    inner: Span
    """Without quotes; of a block scalar without the line of its indicator."""
    value: str
    units: Units
    """Of *value*."""
    style: Style
    fold: Fold | None


@dataclass(frozen=True, slots=True)
class Patch:
    edits: tuple[Edit, ...]
    kept: int
    """Characters of the old value whose source stays."""


def patch(old: Old, value: str, style: Style, escapes: Escapes) -> Patch | None:
    """
    The edits that make *value* of *old* in *style*; None where a new word can't be written so.

    Where *style* is not the old one, lines still break where they did, and the
    quotes are for the caller to add.
    """
    words, new_words = _words(old.value), _words(value)
    writer = _Writer(old, style, escapes, words)
    partners = _partners([old.value[i:j] for i, j in words], [value[i:j] for i, j in new_words])
    position, done = 0, 0
    before: int | None = -1
    while position < len(new_words):
        start, end = new_words[position]
        partner = partners.get(position)
        writer.gap(value[done:start], end - start, _gap_after(before), partner)
        run = 0 if partner is None or style is not old.style else writer.run(partner, value, start)
        if run and partner is not None:
            writer.copy(words[partner][0], words[partner + run - 1][1])
            before, position = partner + run - 1, position + run
        else:
            writer.word(partner, value[start:end])
            before, position = partner, position + 1
        done = new_words[position - 1][1]
    writer.gap(value[done:], 0, _gap_after(before), len(words))
    return writer.finished()


def _gap_after(word: int | None) -> int | None:
    return None if word is None else word + 1


def _words(value: str) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(value)]


def _partners(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """For words of *after* the word of *before* that each one is, or takes the place of."""
    ahead = _common(before, after)
    behind = _common(before[ahead:][::-1], after[ahead:][::-1])
    pairs = {position: position for position in range(ahead)}
    middle = slice(ahead, len(before) - behind), slice(ahead, len(after) - behind)
    matcher = SequenceMatcher(None, before[middle[0]], after[middle[1]], autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        paired = min(end - start, new_end - new_start)
        pairs |= {ahead + new_start + step: ahead + start + step for step in range(paired)}
    return pairs | {len(after) - step: len(before) - step for step in range(1, behind + 1)}


def _ends_a_line(source: str) -> bool:
    return "\n" in source or "\r" in source


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


@dataclass(slots=True)
class _Writer:
    """Goes through the old source once; notes what is left out and what comes in its place."""

    old: Old
    style: Style
    escapes: Escapes
    words: list[tuple[int, int]]
    """Where they are in the old value."""
    edits: list[Edit] = field(default_factory=list)
    kept: int = 0
    can_spell: bool = True
    _done: int = 0
    _pending: str = ""
    _column: int = 0
    _last_gap: int = -1

    def __post_init__(self) -> None:
        self._done = self.old.inner.start
        self._column = column(self.old.text, self._done)

    def run(self, word: int, value: str, at: int) -> int:
        """How many old words from *word* on stand, gaps and all, at *at* of the new *value* too."""
        done, count = self.words[word][0], 0
        shift = at - done
        for _, end in islice(self.words, word, None):
            is_same = self.old.value[done:end] == value[done + shift : end + shift]
            if not is_same or _WORD.match(value, end + shift):
                break
            done, count = end, count + 1
        if count:
            self._last_gap = word + count - 1
        return count

    def word(self, place: int | None, word: str) -> None:
        """*word* where old word number *place* stands, or as a new one."""
        if place is None:
            self._put_text(word)
            return
        start, end = self.words[place]
        units, before = self.old.units, self.old.value[start:end]
        if self.style is not self.old.style:
            source = self.old.text[units.starts[start] : units.ends[end - 1]]
            if word == before and source == spell(word, self.style, self.escapes):
                self.copy(start, end)
            else:
                self._put_text(word)
            return
        ahead = _common(before, word)
        behind = _common(before[ahead:][::-1], word[ahead:][::-1])
        self.copy(start, start + ahead)
        self._put_text(word[ahead : len(word) - behind])
        self.copy(end - behind, end)

    def gap(self, spaces: str, next_word: int, *choices: int | None) -> None:
        """
        White space before a word of *next_word* characters: that of one of the old
        gaps *choices*, if it says the same and is not used; rather one that ends a line.
        """
        sources = {
            choice: source
            for choice in choices
            if choice is not None and choice > self._last_gap and (source := self._gap_source(choice, spaces))
        }
        best = max(sources, key=lambda choice: _ends_a_line(sources[choice].of(self.old.text)), default=None)
        if best is None:
            self._put_spaces(spaces, next_word)
        else:
            self._keep(sources[best], len(spaces))
            self._last_gap = best

    def _gap_source(self, gap: int, spaces: str) -> Span | None:
        units, words = self.old.units, self.words
        start = words[gap - 1][1] if gap > 0 else 0
        end = words[gap][0] if gap < len(words) else len(self.old.value)
        if self.old.value[start:end] != spaces:
            return None
        source_start = units.ends[start - 1] if start > 0 else self.old.inner.start
        return Span(source_start, units.starts[end] if end < len(self.old.value) else self.old.inner.end)

    def copy(self, start: int, end: int) -> None:
        """Keep characters *start* to *end* of the old value, with a line break inside a word before them."""
        if start < end:
            units = self.old.units
            source_start = max(self._done, units.ends[start - 1] if start > 0 else self.old.inner.start)
            self._keep(Span(source_start, units.ends[end - 1]), end - start)

    def finished(self) -> Patch | None:
        self._flush(self.old.inner.end)
        text = self.old.text
        edits = tuple(edit for edit in self.edits if edit.replacement != edit.span.of(text))
        return Patch(edits, self.kept) if self.can_spell else None

    def _keep(self, source: Span, characters: int) -> None:
        self._flush(source.start)
        self._done = source.end
        self._move(source.of(self.old.text))
        self.kept += characters

    def _put_text(self, text: str) -> None:
        source = spell(text, self.style, self.escapes)
        self.can_spell = self.can_spell and source is not None
        self._put(source or "")

    def _put_spaces(self, spaces: str, next_word: int) -> None:
        fold = self.old.fold
        if fold and spaces == " " and fold.is_full(self._column, next_word):
            self._put(fold.line_break(self.style))
        else:
            self._put_text(spaces)

    def _put(self, source: str) -> None:
        self._pending += source
        self._move(source)

    def _flush(self, until: int) -> None:
        if self._pending or until > self._done:
            self.edits.append(Edit(Span(self._done, until), self._pending))
        self._pending = ""

    def _move(self, source: str) -> None:
        last_break = max(source.rfind("\n"), source.rfind("\r"))
        self._column = len(source) - 1 - last_break if last_break >= 0 else self._column + len(source)
