"""
Members of what stands in brackets or braces, added and taken away.

A list with an item a line keeps its lines: a new item gets one of its own, an item
that goes takes its own with it, comment included; there is a comma behind the last
item where there was one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Kind, Node, Style
from enrich.frontmatter.toml.lines import indentation, line_end, line_start, newline_at, next_line
from enrich.frontmatter.toml.spelling import equals_sign, key_text
from enrich.frontmatter.wishes import Impossible
from enrich.patterns import pattern
from enrich.text import Edit, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from enrich.frontmatter.toml.spelling import Speller
    from enrich.frontmatter.wishes import Addition

Numbered = tuple[int, Edit]
"""With the number of the operation that it is for."""

_COMMA = pattern(r"(?:[ \t\r\n]++|#[^\n]*+)*+,")
_REST_OF_LINE = pattern(r"[ \t]*+(?P<comma>,?)[ \t]*+(?:#[^\r\n]*+)?(?=\r?\n)")


def member_edits(
    node: Node, removed: Mapping[int, int], added: Sequence[Addition], speller: Speller
) -> Iterator[Numbered]:
    """
    Edits to the list or inline table *node*; *removed* are positions with numbers of operations.

    Raises Impossible where a comment would be lost, or a dotted key is among the members.
    """
    members = _Members(node, speller)
    number = added[0].number if added else next(iter(removed.values()))
    if any(child.style is Style.BLOCK for child in node.children):
        raise Impossible(number, "a dotted key stands in its braces")
    if added and len(node.children) - 1 in removed:
        raise Impossible(number, "another operation changes its end")
    yield from members.removals(removed)
    for after in sorted({each.after for each in added}):
        yield from members.additions(after, [each for each in added if each.after == after])


@dataclass(frozen=True, slots=True)
class _Members:
    node: Node
    speller: Speller

    @property
    def text(self) -> str:
        return self.speller.text

    @property
    def spans(self) -> tuple[Span, ...]:
        if self.node.kind is Kind.SEQUENCE:
            return tuple(item.span for item in self.node.items)
        return tuple(Span(key.span.start, value.span.end) for key, value in self.node.pairs)

    # -- added -------------------------------------------------------------------------------

    def additions(self, after: int, added: Sequence[Addition]) -> Iterator[Numbered]:
        spans = self.spans
        sources = [(each.number, self._source(each)) for each in added]
        if not spans:
            yield from self._into_empty(sources)
        elif after < 0:
            at, behind = spans[0].start, self._separator(0)
            yield from ((number, _insert(at, f"{source},{behind}")) for number, source in sources)
        elif self._has_lines(after):
            yield from self._on_lines(after, sources)
        else:
            comma = self._comma(after) if after == len(spans) - 1 else None
            at, blank = comma.end if comma else spans[after].end, self._separator(after)
            for number, source in sources:
                yield number, _insert(at, f"{blank}{source}," if comma else f",{blank}{source}")

    def _source(self, addition: Addition) -> str:
        source = self.speller.value(addition.value, self.node.children)
        if addition.key is None:
            return source
        return f"{key_text(addition.key)}{equals_sign(self.text, self.node)}{source}"

    def _into_empty(self, sources: list[tuple[int, str]]) -> Iterator[Numbered]:
        start, end = self.node.span.start + 1, self.node.span.end - 1
        is_blank = not self.text[start:end].strip(" \t")
        for position, (number, source) in enumerate(sources):
            lead = ", " if position else ""
            if position == 0 and is_blank:
                yield number, Edit(Span(start, end), source)
            else:
                yield number, _insert(end if is_blank else start, lead + source)

    def _on_lines(self, after: int, sources: list[tuple[int, str]]) -> Iterator[Numbered]:
        span = self.spans[after]
        is_last = after == len(self.spans) - 1
        has_comma = not is_last or self._comma(after) is not None
        at = line_end(self.text, span.end)
        lead = newline_at(self.text, span.end) + indentation(self.text, span.start)
        if not has_comma:
            yield sources[0][0], _insert(span.end, ",")
        for position, (number, source) in enumerate(sources):
            comma = "," if has_comma or position < len(sources) - 1 else ""
            yield number, _insert(at, f"{lead}{source}{comma}")

    def _has_lines(self, position: int) -> bool:
        """The member stands on lines of its own, comma included."""
        span = self.spans[position]
        before = self.text[line_start(self.text, span.start) : span.start]
        rest = _REST_OF_LINE.match(self.text, span.end)
        if before.strip(" \t") or rest is None:
            return False
        return bool(rest["comma"]) or (position == len(self.spans) - 1 and self._comma(position) is None)

    def _comma(self, position: int) -> Span | None:
        """The comma behind a member."""
        found = _COMMA.match(self.text, self.spans[position].end, self.node.span.end)
        return Span(found.end() - 1, found.end()) if found else None

    def _separator(self, position: int) -> str:
        """The blanks behind a comma near *position*; a line break only where all have one."""
        blanks = [
            self.text[comma.end : span.start]
            for number, span in enumerate(self.spans[1:])
            if (comma := self._comma(number)) is not None
        ]
        are_lines = all("\n" in blank for blank in blanks)
        fit = [blank for blank in blanks if not blank.strip() and (are_lines or "\n" not in blank)]
        return fit[min(position, len(fit) - 1)] if fit else " "

    # -- removed -----------------------------------------------------------------------------

    def removals(self, removed: Mapping[int, int]) -> Iterator[Numbered]:
        for run in _runs(sorted(removed)):
            number = removed[run[0]]
            if all(map(self._has_lines, run)):
                yield from self._lines_removed(run, removed)
            elif len(run) == len(self.spans):
                self._demand_no_comment(self.node.span.start, self.node.span.end, run, number)
                yield number, Edit(Span(self.node.span.start + 1, self.node.span.end - 1), "")
            else:
                yield number, Edit(self._gone(run, number), "")

    def _lines_removed(self, run: list[int], removed: Mapping[int, int]) -> Iterator[Numbered]:
        spans, last = self.spans, len(self.spans) - 1
        if len(run) == len(spans) and not self._has_comments():
            yield removed[run[0]], Edit(Span(self.node.span.start + 1, self.node.span.end - 1), "")
            return
        for position in run:
            start = line_start(self.text, spans[position].start)
            yield removed[position], Edit(Span(start, next_line(self.text, spans[position].end)), "")
        before = self._comma(run[0] - 1) if run[0] else None
        if before and run[-1] == last and self._comma(last) is None:
            yield removed[run[0]], Edit(before, "")

    def _gone(self, run: list[int], number: int) -> Span:
        """Up to the next member; from the one before where there is none."""
        spans = self.spans
        if run[-1] < len(spans) - 1:
            span = Span(spans[run[0]].start, spans[run[-1] + 1].start)
        else:
            span = Span(spans[run[0] - 1].end, spans[run[-1]].end)
        self._demand_no_comment(span.start, span.end, run, number)
        return span

    def _demand_no_comment(self, start: int, end: int, run: list[int], number: int) -> None:
        position = start
        for span in (*(self.spans[each] for each in run), Span(end, end)):
            if "#" in self.text[position : span.start]:
                raise Impossible(number, "a comment stands beside it")
            position = span.end

    def _has_comments(self) -> bool:
        """On lines of their own; those behind a member belong to it."""
        ends = [self.node.span.start + 1, *(next_line(self.text, span.end) for span in self.spans)]
        starts = [*(line_start(self.text, span.start) for span in self.spans), self.node.span.end - 1]
        return any("#" in self.text[end:start] for end, start in zip(ends, starts, strict=True))


def _insert(at: int, source: str) -> Edit:
    return Edit(Span(at, at), source)


def _runs(positions: Sequence[int]) -> list[list[int]]:
    """Neighbours together."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs
