"""
Why YAML is not valid, said where a person must look.

Parsers name the place where they give up: the end of the file for a quote that
was never closed, the second colon for a value that wanted quotes. Here the
parser's verdict is only a hint at which of the usual mistakes was made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from enrich.frontmatter.yaml.quotes import unclosed_quote
from enrich.patterns import pattern
from enrich.text import Lines, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from enrich.frontmatter.fences import Fenced

_NOT_ALLOWED = pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONFLICT = pattern(r"^(?:<<<<<<<|>>>>>>>)(?: .*)?$", re.MULTILINE)
_KEY_AND_VALUE = pattern(r"[ \t]*(?:- +)*(?P<key>[^\s:#][^:\r\n]*?)[ \t]*:[ \t]+(?=\S)")
_KEY_WITHOUT_BLANK = pattern(r"[ \t]*(?:- +)*[\w.-]+:\S")
_CLOSED_VALUE = pattern(
    r"[ \t]*(?:- +)*(?:[^\s:#\"'\[{][^:\r\n]*:[ \t]+)?"
    r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[[^\r\n]*\]|\{[^\r\n]*\})[ \t]*"
)
_SPECIAL_VALUE = pattern(r"while (?:scanning|parsing) an? (?:alias|anchor|tag|node|block scalar)")
_BREAK = pattern(r"[\r\n]")
_INDENTED_LINES = pattern(r"[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
_AT_THE_END = ("found unexpected end of stream", "found unexpected document indicator")


@dataclass(frozen=True, slots=True)
class _Trouble:
    text: str
    header: Span
    context: str
    problem: str
    at: int
    """Where the parser gave up, moved back into the header's last line if it is behind that."""
    since: int | None
    """Where what it was reading had begun."""

    def line_start(self, offset: int) -> int:
        breaks = (self.text.rfind(char, self.header.start, offset) for char in "\r\n")
        return max(self.header.start, *(found + 1 for found in breaks))

    def line_end(self, offset: int) -> int:
        found = _BREAK.search(self.text, offset, self.header.end)
        return found.start() if found else self.header.end

    def rest(self, start: int) -> Span:
        """From *start* to the end of its line, blanks at the end left out."""
        end = self.line_end(start)
        return Span(start, max(start, start + len(self.text[start:end].rstrip())))

    def line(self, offset: int) -> Span:
        """The whole line, indentation left out."""
        start, end = self.line_start(offset), self.line_end(offset)
        return self.rest(end - len(self.text[start:end].lstrip()))


def diagnose(text: str, fenced: Fenced, error: yaml.YAMLError) -> tuple[str, Span, str]:
    """What is wrong, the span to look at, and the parser's own words with the line of the file."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _forbidden_character(text, fenced.header, error)
    at = fenced.opening + error.problem_mark.index
    last = fenced.header.start + len(fenced.header.of(text).rstrip()) - 1
    since = fenced.opening + error.context_mark.index if error.context_mark else None
    trouble = _Trouble(
        text,
        fenced.header,
        error.context or "",
        error.problem or "",
        max(min(at, last), fenced.header.start),
        since if since is None else max(since, fenced.header.start),
    )
    line, _ = Lines(text).place(at)
    words = ": ".join(word for word in (error.context, error.problem) if word)
    message, span = next(filter(None, (mistake(trouble) for mistake in _MISTAKES)))
    return message, span, f"{words} (line {line})"


def _forbidden_character(text: str, header: Span, error: yaml.YAMLError) -> tuple[str, Span, str]:
    found = _NOT_ALLOWED.search(text, header.start, header.end)
    where = Span(*found.span()) if found else Span(header.start, header.start)
    what = f"control character U+{ord(found.group()):04X}" if found else "a character that YAML forbids"
    return what, where, str(error).splitlines()[0]


def _merge_conflict(trouble: _Trouble) -> tuple[str, Span] | None:
    found = _CONFLICT.search(trouble.header.of(trouble.text))
    if not found:
        return None
    return "a merge conflict is left in it", trouble.rest(trouble.header.start + found.start())


def _open_quote(trouble: _Trouble) -> tuple[str, Span] | None:
    stop = trouble.line_end(trouble.at)
    found = unclosed_quote(trouble.text, trouble.header, stop)
    if found is None and trouble.problem in _AT_THE_END:
        found = trouble.since
    return None if found is None else ("quote opened here is never closed", trouble.rest(found))


def _second_colon(trouble: _Trouble) -> tuple[str, Span] | None:
    if not trouble.problem.startswith("mapping values are not allowed"):
        return None
    start = trouble.line_start(trouble.at)
    found = _KEY_AND_VALUE.match(trouble.text, start, trouble.line_end(trouble.at))
    if found and found.end() <= trouble.at:
        return f"`: ` inside the unquoted value of `{found['key']}`; quote the value", trouble.rest(
            found.end()
        )
    above = trouble.line_start(max(start - 1, trouble.header.start))
    if _KEY_WITHOUT_BLANK.match(trouble.text, above, start):
        return "no space after the colon", trouble.line(above)
    return "a key can't stand here: the line above goes on in this one", trouble.line(trouble.at)


def _after_a_closed_value(trouble: _Trouble) -> tuple[str, Span] | None:
    start = trouble.line_start(trouble.at)
    found = _CLOSED_VALUE.match(trouble.text, start, trouble.line_end(trouble.at))
    if not found or found.end() > trouble.at:
        return None
    closing = found["value"][-1]
    what = "the closing quote" if closing in "\"'" else f"the closing `{closing}`"
    return f"text stands after {what}; quote the whole value", trouble.rest(found.start("value"))


def _first_character(trouble: _Trouble) -> tuple[str, Span] | None:
    if "cannot start any token" in trouble.problem:
        char = trouble.text[trouble.at]
        if char == "\t":
            return "a tab stands where only spaces may", Span(trouble.at, trouble.at + 1)
        shown = "a backtick" if char == "`" else f"`{char}`"
        return f"a value can't begin with {shown}; quote it", trouble.rest(trouble.at)
    if "not allowed in this context" in trouble.problem:
        char = trouble.text[trouble.at]
        return f"a value can't begin with `{char} `; quote it", trouble.rest(trouble.at)
    if trouble.since is not None and _SPECIAL_VALUE.match(trouble.context):
        char = trouble.text[trouble.since]
        return f"a value can't begin with `{char}` like this; quote it", trouble.rest(trouble.since)
    return None


def _no_colon(trouble: _Trouble) -> tuple[str, Span] | None:
    if trouble.since is None or not trouble.problem.startswith("could not find expected ':'"):
        return None
    line = trouble.line(trouble.since)
    if _KEY_WITHOUT_BLANK.match(trouble.text, line.start, line.end):
        return "no space after the colon", line
    return "this line is no `key: value`", trouble.rest(trouble.since)


def _open_bracket(trouble: _Trouble) -> tuple[str, Span] | None:
    if trouble.since is None or not trouble.context.startswith("while parsing a flow"):
        return None
    opened, closing = trouble.text[trouble.since], trouble.problem[-2:-1]
    runs_on = trouble.line_start(trouble.at) > trouble.since
    if (
        opened in "[{"
        and (trouble.at + 1 >= trouble.line_end(trouble.at) or runs_on)
        and not _closes(trouble)
    ):
        return f"`{opened}` opened here is never closed", trouble.rest(trouble.since)
    if opened in "[{":
        return f"`,` or `{closing}` is missing before this", trouble.rest(trouble.at)
    return "a value is missing before this", trouble.rest(trouble.at)


def _closes(trouble: _Trouble) -> bool:
    """Does a closing bracket come before the next line that begins at the margin?"""
    rest = _INDENTED_LINES.match(trouble.text, trouble.since or 0, trouble.header.end)
    text = rest.group() if rest else ""
    return text.count("[") + text.count("{") <= text.count("]") + text.count("}")


def _escape(trouble: _Trouble) -> tuple[str, Span] | None:
    start = trouble.text.rfind("\\", trouble.line_start(trouble.at), trouble.at + 1)
    if start < 0 or not trouble.context.startswith("while parsing a quoted scalar"):
        return None
    shown = trouble.text[start : start + 2]
    return f"`{shown}` is no escape that YAML knows; write `\\\\` for a backslash", Span(start, start + 2)


def _indentation(trouble: _Trouble) -> tuple[str, Span] | None:
    if trouble.text[trouble.line_start(trouble.at) : trouble.at].strip():
        return None
    return "this line's indentation fits neither a key nor the value above", trouble.rest(trouble.at)


def _superfluous_bracket(trouble: _Trouble) -> tuple[str, Span] | None:
    char = trouble.text[trouble.at]
    return (f"`{char}` closes nothing", Span(trouble.at, trouble.at + 1)) if char in "]}" else None


def _after_the_end(trouble: _Trouble) -> tuple[str, Span] | None:
    if not trouble.problem.startswith("did not find expected key"):
        return None
    return "the value before this has come to its end", trouble.rest(trouble.at)


def _in_the_parsers_words(trouble: _Trouble) -> tuple[str, Span]:
    return trouble.problem, trouble.rest(trouble.at)


_MISTAKES: tuple[Callable[[_Trouble], tuple[str, Span] | None], ...] = (
    _merge_conflict,
    _open_quote,
    _escape,
    _second_colon,
    _after_a_closed_value,
    _first_character,
    _no_colon,
    _open_bracket,
    _indentation,
    _superfluous_bracket,
    _after_the_end,
    _in_the_parsers_words,
)
