"""
Keys and values of TOML to nodes that know where they stand.

Reads every valid text right, and of what is invalid says where it began to be; what
it lets pass beyond that is for `tomllib` to judge. Linear in the length of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import SEQ, STR, Kind, Node, Style
from enrich.frontmatter.toml.scalars import MOST_DIGITS, has_leading_zero, tag_of
from enrich.frontmatter.toml.strings import QUOTED, NoEscape, decode
from enrich.frontmatter.toml.tables import MAX_DEPTH, Table
from enrich.frontmatter.toml.trouble import TooMuch, Trouble
from enrich.patterns import pattern
from enrich.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE = pattern(r"[ \t]*+")
_BLANK = pattern(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BARE_KEY = pattern(r"[A-Za-z0-9_-]++")
_OPENING = pattern(r"\"\"\"|'''|[\"']")
_STRINGS = {
    Style.DOUBLE_LINES: pattern(r'"""(?:[^"\\]++|\\[\s\S]|""?(?!"))*+"{3,5}'),
    Style.SINGLE_LINES: pattern(r"'''(?:[^']++|''?(?!'))*+'{3,5}"),
    Style.DOUBLE: pattern(r'"(?:[^"\\\r\n]++|\\[^\r\n])*+"'),
    Style.SINGLE: pattern(r"'[^'\r\n]*+'"),
}
_WORD = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[^\s,\]}#]++|[^\s,\]}#]++")
_LINE = pattern(r"[^\r\n]*+")
_PAIR = pattern(r"[\w.-]++[ \t]*+=")
_NEXT = pattern(rf"{_PAIR.pattern}|\[")
"""What comes next where a bracket was forgotten: a pair, or a header."""
_UNCLOSED_QUOTE = "quote opened here is never closed"
_UNCLOSED_BRACKET = "bracket opened here is never closed"
_UNCLOSED_BRACE = "brace opened here is never closed"


class Scanner:
    """Reads on from `at`."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.at = start
        self.end = end

    def skip(self, *, lines: bool = False) -> str:
        """Goes behind blanks, or with *lines* behind line breaks and comments too; the character there."""
        found = (_BLANK if lines else _SPACE).match(self.text, self.at, self.end)
        self.at = found.end() if found else self.at
        return self.here

    @property
    def here(self) -> str:
        """The next character, '' at the end."""
        return self.text[self.at] if self.at < self.end else ""

    def rest(self) -> Span:
        """What is left of the line, blanks at its end not included."""
        found = _LINE.match(self.text, self.at, self.end)
        line = found.group() if found else ""
        return Span(self.at, self.at + max(len(line.rstrip()), 1))

    def keys(self, *, wanted: str) -> tuple[Node, ...]:
        """The parts of a dotted key; *wanted* says what a person should see where there is none."""
        found = []
        while True:
            self.skip()
            found.append(self._key(wanted))
            if len(found) > MAX_DEPTH:
                raise TooMuch(f"nests deeper than {MAX_DEPTH} levels", found[0].span)
            if self.skip() != ".":
                return tuple(found)
            self.at += 1

    def _key(self, wanted: str) -> Node:
        if self.here and self.here in "\"'":
            return self._string((Style.DOUBLE, Style.SINGLE))
        bare = _BARE_KEY.match(self.text, self.at, self.end)
        if bare is None:
            raise Trouble(wanted, self.rest())
        self.at = bare.end()
        return _scalar(Span(*bare.span()), Style.PLAIN, STR, bare.group())

    def pair(self, depth: int) -> tuple[tuple[Node, ...], Node]:
        """A key and its value."""
        keys = self.keys(wanted="no key stands here")
        if self.here != "=":
            name = keys[-1].span.of(self.text)
            what = (
                "a colon stands where `=` is needed" if self.here == ":" else f"no `=` stands behind `{name}`"
            )
            raise Trouble(what, self.rest() if self.here == ":" else keys[-1].span)
        self.at += 1
        span = Span(keys[0].span.start, self.at)
        if self.skip() in ("", "\r", "\n", "#"):
            raise Trouble("no value stands behind `=`", span)
        return keys, self.value(depth)

    def value(self, depth: int) -> Node:
        if depth >= MAX_DEPTH and self.here in ("[", "{"):
            raise TooMuch(f"nests deeper than {MAX_DEPTH} levels", Span(self.at, self.at + 1))
        match self.here:
            case '"' | "'":
                return self._string(QUOTED)
            case "[":
                return self._list(depth)
            case "{":
                return self._inline_table(depth)
            case _:
                return self._word()

    def _string(self, styles: Sequence[Style]) -> Node:
        opening = _OPENING.match(self.text, self.at, self.end)
        quotes = opening.group() if opening else ""
        style = Style(quotes) if Style(quotes) in styles else Style(quotes[0])
        found = _STRINGS[style].match(self.text, self.at, self.end)
        if found is None:
            raise Trouble(_UNCLOSED_QUOTE, Span(self.at, self.at + len(style.value)))
        span = Span(*found.span())
        try:
            value = decode(self.text, span, style).value
        except NoEscape as trouble:
            shown = trouble.span.of(self.text)
            raise Trouble(f"`{shown}` is no escape; write `\\\\` for a backslash", trouble.span) from None
        self.at = span.end
        return _scalar(span, style, STR, value)

    def _word(self) -> Node:
        found = _WORD.match(self.text, self.at, self.end)
        word = found.group() if found else ""
        tag = tag_of(word)
        if tag is None:
            raise Trouble(_no_value(word), self._words(word))
        span = Span(self.at, self.at + len(word))
        if len(word) > MOST_DIGITS:
            raise TooMuch(f"has a number of more than {MOST_DIGITS:,} digits", span)
        self.at = span.end
        return _scalar(span, Style.PLAIN, tag, word)

    def _words(self, word: str) -> Span:
        return Span(self.at, self.at + len(word)) if has_leading_zero(word) else self.rest()

    def _list(self, depth: int) -> Node:
        start = self.at
        items: list[Node] = []
        self.at += 1
        while self._more(start, "]", _UNCLOSED_BRACKET, bool(items)):
            if _PAIR.match(self.text, self.at, self.end):
                raise Trouble(_UNCLOSED_BRACKET, Span(start, start + 1))
            items.append(self.value(depth + 1))
        return Node(Kind.SEQUENCE, Span(start, self.at), start, Style.FLOW, SEQ, items=tuple(items))

    def _inline_table(self, depth: int) -> Node:
        start = self.at
        table = Table(start, Style.FLOW)
        self.at += 1
        while self._more(start, "}", _UNCLOSED_BRACE, bool(table.pairs)):
            keys, value = self.pair(depth + 1)
            table.put(keys, value)
        table.end = self.at
        return table.node()

    def _more(self, start: int, closing: str, unclosed: str, has_some: bool) -> bool:
        """Goes to the next member of what was opened at *start*; False behind its end."""
        here = self.skip(lines=True)
        if has_some and here == ",":
            self.at += 1
            here = self.skip(lines=True)
        elif has_some and here not in ("", closing):
            is_open = closing == "]" and _NEXT.match(self.text, self.at, self.end)
            raise Trouble(unclosed, Span(start, start + 1)) if is_open else self._no_comma()
        if not here:
            raise Trouble(unclosed, Span(start, start + 1))
        self.at += here == closing
        return here != closing

    def _no_comma(self) -> Trouble:
        return Trouble("a comma is missing before this", self.rest())


def _scalar(span: Span, style: Style, tag: str, text: str) -> Node:
    return Node(Kind.SCALAR, span, span.start, style, tag, text)


def _no_value(word: str) -> str:
    if has_leading_zero(word):
        return f"no number begins with 0; `{word}` needs quotes"
    return "text needs quotes"
