"""
Web addresses in a Markdown text as a CommonMark parser reads it.

The parser tells which lines a piece of text comes from; the rules for links, images, code
and HTML inside it are wrapped, so that each also tells from where to where it went. What
is left between them is scanned for bare addresses. Tables are read as the text they are:
links in them are the same.

Source: https://spec.commonmark.org/0.31.2/
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel
from markdown_it.rules_inline import autolink, backtick, html_inline, image, link

from enrich.links.relative import may_be_file
from enrich.links.scanning import HIDDEN, START, Found, between, blanked, plain, scan, without_code
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, MutableMapping

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_PLACES = "enrich.places"
_MARKED = pattern(r"[\[<`]")
"""Without one of these a text has no link, image, tag or code in it."""
_LINE_END = pattern(r"\r\n?|\n")
_ATTRIBUTE = pattern(
    r"""\b(?:href|src)[ \t\r\n]{0,9}=[ \t\r\n]{0,9}(?:"([^"\r\n]*)"|'([^'\r\n]*)'|([^\s"'=<>`]+))""",
    re.IGNORECASE,
)
_TAG = pattern(r"</?[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>])[^<>]*>", re.ASCII)
_LABEL = pattern(r"\[(?:[^\[\]\\]|\\.){0,999}\]:", re.DOTALL)
_LIQUID = (("{% highlight", "{% endhighlight"), ("{% comment", "{% endcomment"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Something that the parser found inside a piece of text, in characters of that piece."""

    kind: str
    start: int
    end: int
    address: Found | None = None


class _Parser(MarkdownIt):
    """Leaves addresses as they are written, of whatever scheme."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's name for it
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        return True


@lru_cache(maxsize=1)
def _parser() -> _Parser:
    parser = _Parser("commonmark")
    parser.disable("emphasis")
    parser.core.ruler.enableOnly(["normalize", "block"])
    for name, rule, address in (
        ("link", link, _destination),
        ("image", image, _destination),
        ("autolink", autolink, _in_angles),
        ("html_inline", html_inline, None),
        ("backticks", backtick, None),
    ):
        parser.inline.ruler.at(name, _telling(name, rule, address))
    return parser


def parsed_urls(text: str) -> tuple[Found, ...]:
    """
    Where in *text* http(s) addresses stand, and what may be files in links and images, in order.

    Start, end, and the address without escapes.
    """
    for opening, closing in _LIQUID:
        text = blanked(text, between(text, opening, closing))
    env: dict[str, Any] = {}
    pieces = _Pieces(text)
    found: list[Found] = []
    for token in _parser().parse(text, env):
        if token.type == "inline" and token.map:
            found += pieces.of_inline(token, token.map, _places(token.content, env))
        elif token.type == "html_block" and token.map:
            found += pieces.scanned(token.map)
    definitions = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    found += (address for one in definitions for address in pieces.of_definition(one["map"]))
    return tuple(sorted(found))


def _places(content: str, env: MutableMapping[str, Any]) -> list[_Place]:
    """What the parser finds in *content*, in the order in which each of it ends."""
    if not _MARKED.search(content):
        return []
    tokens: list[Token] = []
    places: list[_Place] = []
    parser = _parser()
    parser.inline.parse(content, parser, {**env, _PLACES: (tokens, places)}, tokens)
    return places


# -- places inside a piece of text ---------------------------------------------------------------


def _telling(
    name: str,
    rule: Callable[[StateInline, bool], bool],
    address: Callable[[StateInline, int], Found | None] | None,
) -> Callable[[StateInline, bool], bool]:
    """*rule* of the parser, which also notes where it applied."""

    def told(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        applied = rule(state, silent)
        tokens, places = state.env[_PLACES]
        # The text of an image is parsed apart. Backticks without a partner make no token.
        if applied and not silent and state.tokens is tokens and len(tokens) > before:
            places.append(_Place(name, start, state.pos, address(state, start) if address else None))
        return applied

    return told


def _destination(state: StateInline, start: int) -> Found | None:
    """Where the address of the link or image at *start* stands, if not in a definition."""
    is_image = state.src[start] == "!"
    label_end = parseLinkLabel(state, start + is_image, not is_image)
    if not state.src.startswith("(", label_end + 1):
        return None
    place = label_end + 2
    while place < state.pos and state.src[place] in " \t\n":
        place += 1
    read = parseLinkDestination(state.src, place, state.pos)
    if not read.ok or not (START.match(read.str) or may_be_file(read.str)):
        return None
    in_angles = state.src[place] == "<"
    return place + in_angles, read.pos - in_angles, read.str


def _in_angles(state: StateInline, start: int) -> Found | None:
    written = state.src[start + 1 : state.pos - 1]
    return (start + 1, state.pos - 1, written) if START.match(written) else None


def _in_content(content: str, places: Iterable[_Place]) -> Iterator[Found]:
    """The addresses of a piece of text, in its own characters."""
    by_kind: dict[str, list[_Place]] = {}
    for place in places:
        by_kind.setdefault(place.kind, []).append(place)
    content = blanked(content, _spans(by_kind.get("backticks", ())))
    hidden = content.lower() if content.isascii() else content
    for opening, closing in HIDDEN:
        if spans := between(hidden, opening, closing):
            content, hidden = blanked(content, spans), blanked(hidden, spans)
    tags = by_kind.get("html_inline", ())
    for tag in tags:
        yield from _attributes(content, tag.start, tag.end)
    linked = [*by_kind.get("link", ()), *by_kind.get("image", ()), *by_kind.get("autolink", ())]
    for place in linked:
        if place.address and not content[place.start].isspace() and "{{" not in place.address[2]:
            yield place.address
    yield from scan(blanked(content, _spans([*linked, *tags])))


def _spans(places: Iterable[_Place]) -> list[tuple[int, int]]:
    """Of *places*, those inside others left out."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((place.start, place.end) for place in places):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _attributes(text: str, start: int, end: int) -> Iterator[Found]:
    for found in _ATTRIBUTE.finditer(text, start, end):
        group = found.lastindex or 0
        if START.match(found[group]) and "{{" not in found[group]:
            yield *found.span(group), plain(found[group])


# -- places in the source ------------------------------------------------------------------------


class _Pieces:
    """From the pieces that the parser makes of a text back to the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        ends = [found.span() for found in _LINE_END.finditer(text)]
        self._starts = [0, *(end for _, end in ends), len(text)]
        self._ends = [*(start for start, _ in ends), len(text)]

    def of_inline(self, token: Token, lines: list[int], places: Iterable[_Place]) -> Iterator[Found]:
        starts = self._line_starts(token.content, lines)
        if starts is None:
            yield from self.scanned(lines)
            return
        line_starts = [0, *(found.end() for found in re.finditer("\n", token.content))]
        for start, end, url in _in_content(token.content, places):
            line = token.content.count("\n", 0, start)
            shift = starts[line] - line_starts[line]
            yield start + shift, end + shift, url

    def _line_starts(self, content: str, lines: list[int]) -> list[int] | None:
        """Where each line of *content* begins in the text; None where the parser changed one."""
        found = []
        for number, written in enumerate(content.split("\n"), lines[0]):
            # From the right: before it stand the marks of quotations and lists.
            place = self._text.rfind(written, self._starts[number], self._ends[number])
            if place < 0:
                return None
            found.append(place)
        return found

    def of_definition(self, lines: list[int]) -> Iterator[Found]:
        start, end = self._starts[lines[0]], self._ends[lines[1] - 1]
        label = _LABEL.search(self._text, start, end)
        address = START.search(self._text, label.end(), end) if label else None
        if address is None:
            return
        place = address.start()
        if self._text[place - 1] == "<":
            place -= 1
        read = parseLinkDestination(self._text, place, end)
        if read.ok and "{{" not in read.str:
            in_angles = self._text[place] == "<"
            yield place + in_angles, read.pos - in_angles, read.str

    def scanned(self, lines: list[int]) -> Iterator[Found]:
        """Of lines that the parser leaves as they are: HTML, and what it changed before it read it."""
        start, end = self._starts[lines[0]], self._ends[lines[1] - 1]
        visible = without_code(self._text[start:end])
        tags = [found.span() for found in _TAG.finditer(visible)]
        found = [address for tag in tags for address in _attributes(visible, *tag)]
        for begin, finish, url in (*found, *scan(blanked(visible, tags))):
            yield start + begin, start + finish, url
