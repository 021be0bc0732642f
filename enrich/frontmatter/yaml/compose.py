"""
A YAML header to nodes with spans, without recursion and without following aliases.

libyaml is the judge of what is valid, as it is in Jekyll; where PyYAML comes
without it, the pure Python parser reads the same files but for a few odd ones.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

import yaml

from enrich.frontmatter.nodes import MAP, SEQ, STR, Kind, Node, Style
from enrich.frontmatter.yaml.breaks import BREAK, NOT_BREAK
from enrich.frontmatter.yaml.layout import behind_properties, skip_gap
from enrich.patterns import pattern
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from enrich.models import Path

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 60
"""Collections inside each other. Real front matter has 5 at most; recursive parsers break at about 1,000."""

_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
_BLOCK_HEADER = pattern(r"[|>][-+0-9]*")
_LINE = pattern(rf"(?P<indent> *)(?P<text>{NOT_BREAK}*)(?:{BREAK}|\Z)")


class NotReadable(Exception):  # noqa: N818 - leaves this package as a value
    """
    The header is no single YAML document of reasonable depth.

    *problem* continues a sentence that begins with *front matter*; *start* and
    *end* are where to look.
    """

    def __init__(self, problem: str, start: int, end: int) -> None:
        super().__init__(problem, start, end)
        self.problem = problem
        self.span = Span(start, end)


def compose(text: str, start: int, end: int, loader: Any = LOADER) -> Node | None:
    """
    The tree of the YAML document between *start* and *end* of *text*; None where it is empty.

    *start* is the opening fence, which is a document mark for YAML, so that
    nothing after it is taken for a directive.

    Raises yaml.YAMLError (its marks count from *start*) and NotReadable.
    """
    return _Composer(text, start).compose(_events(text[start:end], loader))


def _events(source: str, loader: Any) -> Iterator[Any]:
    parser = loader(source)
    try:
        while (event := parser.get_event()) is not None and not isinstance(event, yaml.StreamEndEvent):
            yield event
    finally:
        parser.dispose()


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come."""

    event: Any
    children: list[Node] = field(default_factory=list)


class _Composer:
    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._anchored: dict[str, tuple[Kind, Style, str, str]] = {}

    def compose(self, events: Iterable[Any]) -> Node | None:
        open_ones: list[_Open] = []
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                node = self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._enter(event, open_ones)
                continue
            elif isinstance(event, yaml.CollectionEndEvent):
                node = self._collection(open_ones.pop(), event)
            elif isinstance(event, yaml.AliasEvent):
                node = self._alias(event)
            else:
                self._refuse_second_document(event, root)
                continue
            if open_ones:
                open_ones[-1].children.append(node)
            else:
                root = node
        is_empty = root is not None and root.start == root.span.end and not root.text
        return None if is_empty else root

    def _refuse_second_document(self, event: Any, root: Node | None) -> None:
        is_start = isinstance(event, yaml.DocumentStartEvent)
        if is_start and root is not None:
            begin = self._offset + event.start_mark.index
            raise NotReadable("is not valid YAML: a second document begins here", begin, begin + 3)

    def _enter(self, event: Any, open_ones: list[_Open]) -> None:
        if len(open_ones) >= MAX_DEPTH:
            begin = self._offset + event.start_mark.index
            raise NotReadable(f"is nested more than {MAX_DEPTH} levels deep", begin, begin + 1)
        kind = Kind.MAPPING if isinstance(event, yaml.MappingStartEvent) else Kind.SEQUENCE
        if event.anchor:
            style = Style.FLOW if event.flow_style else Style.BLOCK
            self._anchored[event.anchor] = (kind, style, event.tag or _COLLECTION_TAGS[kind], "")
        open_ones.append(_Open(event))

    def _scalar(self, event: Any) -> Node:
        start, end = self._offset + event.start_mark.index, self._offset + event.end_mark.index
        style, value, tag = _STYLES[event.style], event.value, event.tag
        content = self._content_start(event, start, end)
        if style is Style.PLAIN:
            content = content if value else end
            tag = tag or resolve(value)
        elif style in _BLOCKS:
            end = self._block_scalar_end(content, end)
        node = Node(
            Kind.SCALAR,
            Span(content, end),
            start,
            style,
            tag or STR,
            value,
            anchor=event.anchor or "",
            is_tagged=event.tag is not None,
        )
        if node.anchor:
            self._anchored[node.anchor] = (Kind.SCALAR, style, node.tag, value)
        return node

    def _content_start(self, event: Any, start: int, end: int) -> int:
        if not event.anchor and not event.tag and self._text[start : start + 1] != "!":
            return start
        return min(skip_gap(self._text, behind_properties(self._text, start, end)), end)

    def _block_scalar_end(self, start: int, end: int) -> int:
        """Without the blank lines that follow, unless `+` makes them part of the value."""
        header = _BLOCK_HEADER.match(self._text, start)
        if header and "+" in header.group():
            return end
        lines = list(_LINE.finditer(self._text, start, end))
        indent = min((len(line["indent"]) for line in lines[1:] if line["text"]), default=end)
        # Blanks beyond the indentation are text, also where a line has nothing else.
        return max(line.end("text") for line in lines if line["text"] or len(line["indent"]) > indent)

    def _alias(self, event: Any) -> Node:
        start, end = self._offset + event.start_mark.index, self._offset + event.end_mark.index
        if event.anchor not in self._anchored:
            problem = f"is not valid YAML: `*{event.anchor}` refers to no anchor; quote the value"
            raise NotReadable(problem, start, end)
        kind, style, tag, text = self._anchored[event.anchor]
        return Node(kind, Span(start, end), start, style, tag, text, anchor=event.anchor, is_alias=True)

    def _collection(self, opened: _Open, closing: Any) -> Node:
        event, children = opened.event, opened.children
        start = self._offset + event.start_mark.index
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        content = self._content_start(event, start, children[0].start if children else len(self._text))
        # A mapping that is one pair in a flow sequence, `[a: b]`, has no brackets of its own.
        is_bare = bool(event.flow_style and children and children[0].start == content)
        if event.flow_style and not is_bare:
            end = self._offset + closing.end_mark.index
        else:
            end = children[-1].span.end if children else content
        kind = Kind.MAPPING if is_mapping else Kind.SEQUENCE
        return Node(
            kind,
            Span(content, end),
            start,
            Style.FLOW if event.flow_style else Style.BLOCK,
            event.tag or _COLLECTION_TAGS[kind],
            items=() if is_mapping else tuple(children),
            pairs=tuple(self._pairs(children)) if is_mapping else (),
            anchor=event.anchor or "",
            is_tagged=event.tag is not None,
        )

    def _pairs(self, children: list[Node]) -> Iterator[tuple[Node, Node]]:
        for key, value in zip(children[::2], children[1::2], strict=True):
            yield key, value if value.span.start < value.span.end else self._behind_colon(key, value)

    def _behind_colon(self, key: Node, value: Node) -> Node:
        """In braces an empty value's mark is that of the next token; here it is right behind the colon."""
        colon = skip_gap(self._text, key.span.end)
        if value.start < value.span.start or self._text[colon : colon + 1] != ":":
            return value
        return replace(value, span=Span(colon + 1, colon + 1), start=colon + 1)


_STYLES: dict[str | None, Style] = {None: Style.PLAIN} | {style.value: style for style in Style}
_BLOCKS = (Style.LITERAL, Style.FOLDED)
_COLLECTION_TAGS = {Kind.MAPPING: MAP, Kind.SEQUENCE: SEQ}


def resolve(text: str) -> str:
    """The tag of a plain scalar in YAML 1.1, by PyYAML's tables."""
    for tag, form in _RESOLVERS.get(text[:1], ()):
        if form.match(text):
            return tag
    return STR


def duplicate_keys(root: Node, path: Path = ()) -> Iterator[tuple[Path, Span]]:
    """Path and span of every key that stands again in its mapping."""
    for position, item in enumerate(root.items):
        yield from duplicate_keys(item, (*path, position))
    seen = set()
    for key, value in root.pairs:
        if key.kind is not Kind.SCALAR:
            continue
        if (key.tag, key.text) in seen:
            yield (*path, key.text), key.span
        seen.add((key.tag, key.text))
        yield from duplicate_keys(value, (*path, key.text))
