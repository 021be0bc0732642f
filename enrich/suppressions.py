"""
Comments in front matter by which a curator sets findings aside: `# enrich: ignore[LNK101] reason="…"`.

Pure. Such a comment means the line that it stands on, or, on a line of its own, the
next one; `ignore-entry[…]` means the whole entry. One that can't be read hides
nothing and is an error: a fault that nobody sees is worse than one too many.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from enrich import rules
from enrich.config import expand
from enrich.errors import UsageError
from enrich.globs import matches_path, matches_text
from enrich.models import Finding, Severity
from enrich.naming import without_positions
from enrich.patterns import pattern
from enrich.text import Lines, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.config import Ignore
    from enrich.frontmatter import FrontMatter
    from enrich.rule import Context

_COMMENT = pattern(r"(?:^|(?<=[ \t]))#[ \t]*enrich:[ \t]*([^\r\n]*)", re.MULTILINE)
_WISH = pattern(
    r"""(?P<what>ignore|ignore-entry)\[(?P<rules>[^\]]*)\]
        (?P<more>(?:\s+(?:reason="[^"]*"|until=\S+))*)\s*""",
    re.VERBOSE,
)
_MORE = pattern(r'(reason|until)=(?:"([^"]*)"|(\S+))')
_HOW = 'write it as `# enrich: ignore[LNK101] reason="why" until=2030-12-31`'


@dataclass(frozen=True, slots=True)
class Comment:
    span: Span
    codes: frozenset[str] = frozenset()
    line: int | None = None
    """The line whose findings it hides, from 1; None for those of the whole entry."""
    reason: str = ""
    until: dt.date | None = None
    """The last day on which it holds."""
    fault: str = ""
    """Why it can't be read; then it hides nothing."""

    def holds(self, today: dt.date) -> bool:
        return not self.fault and (self.until is None or today <= self.until)

    def means(self, finding: Finding, lines: Lines) -> bool:
        if finding.rule not in self.codes:
            return False
        return self.line is None or (finding.span is not None and self.line == _line(finding.span, lines))


def comments(front_matter: FrontMatter) -> tuple[Comment, ...]:
    """Those of *front_matter*, in their order; what looks like one inside a value is none."""
    text = front_matter.header.of(front_matter.document.text)
    if "enrich:" not in text:
        return ()
    lines = Lines(front_matter.document.text)
    found = []
    for match in _COMMENT.finditer(text):
        start = front_matter.header.start + match.start()
        span = Span(start, front_matter.header.start + match.end())
        if _is_comment(span, front_matter):
            found.append(_read(match[1], span, lines))
    return tuple(found)


def _is_comment(span: Span, front_matter: FrontMatter) -> bool:
    """Whether it stands outside of every scalar."""
    node = front_matter.node_at(span)
    return node is None or bool(node.children) or node is front_matter.root


def _read(text: str, span: Span, lines: Lines) -> Comment:
    wish = _WISH.fullmatch(text.rstrip())
    if wish is None:
        return Comment(span, fault="names no rule in brackets")
    selectors = [part.strip() for part in wish["rules"].split(",") if part.strip()]
    more = {name: quoted or bare for name, quoted, bare in _MORE.findall(wish["more"])}
    try:
        codes = expand(rules.RULES, selectors)
        until = dt.date.fromisoformat(more["until"]) if "until" in more else None
    except UsageError as error:
        return Comment(span, fault=str(error))
    except ValueError:
        return Comment(span, fault=f"`{more['until']}` is no date")
    if not codes:
        return Comment(span, fault="names no rule in brackets")
    line = None if wish["what"] == "ignore-entry" else _meant(span, lines)
    return Comment(span, codes, line, more.get("reason", ""), until)


def _meant(span: Span, lines: Lines) -> int:
    line, column = lines.place(span.start)
    alone = not lines.line(line)[: column - 1].strip()
    return line + 1 if alone else line


def _line(span: Span, lines: Lines) -> int:
    return lines.place(span.start)[0]


def hidden(finding: Finding, written: Iterable[Comment], lines: Lines, today: dt.date) -> bool:
    return any(comment.holds(today) and comment.means(finding, lines) for comment in written)


def sets_aside(ignore: Ignore, finding: Finding, path: str) -> bool:
    """Whether every condition of *ignore* but its rule holds; one that isn't set holds."""
    return (
        (not ignore.url or matches_text(ignore.url, finding.url or ""))
        and (not ignore.entry or matches_path(ignore.entry, path))
        and (not ignore.field or ignore.field in (finding.field, without_positions(finding.field)))
    )


def about(
    written: Iterable[Comment],
    findings: Iterable[Finding],
    lines: Lines,
    context: Context,
    *,
    is_certain: bool,
) -> Iterator[Finding]:
    """
    What is to be said of comments themselves.

    *is_certain*: everything that could be asked was answered. Else a comment that
    hides nothing may hide something tomorrow.
    """
    known = tuple(findings)
    for comment in written:
        if comment.fault:
            yield Finding(
                "SUP501",
                f"the comment hides nothing: {comment.fault}",
                comment.span,
                help=_HOW,
                at_least=Severity.ERROR,
            )
        elif not comment.holds(context.today):
            yield Finding("SUP502", f"the comment held until {comment.until}", comment.span)
        elif _can_be_judged(comment, context, is_certain) and not any(
            comment.means(finding, lines) for finding in known
        ):
            yield Finding("SUP501", "the comment hides nothing any more", comment.span, help="take it out")
        if not comment.fault and not comment.reason:
            yield Finding("SUP503", "the comment gives no reason", comment.span, help=_HOW)


def _can_be_judged(comment: Comment, context: Context, is_certain: bool) -> bool:
    return is_certain and comment.codes <= context.selected
