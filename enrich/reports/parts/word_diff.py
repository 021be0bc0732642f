"""What changes inside the lines of a file, `[-old-]{+new+}`: for people, not for `git apply`."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from enrich.patterns import pattern
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.reports.parts.style import Style

_TOKEN = pattern(r"\w+|\s+|[^\w\s]")


def word_diff(before_text: str, after_text: str, style: Style) -> Iterator[str]:
    """Printable lines: where lines differ, and what they become."""
    before, after = before_text.split("\n"), after_text.split("\n")
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield style("faint", f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@")
            old, new = "\n".join(before[start:end]), "\n".join(after[new_start:new_end])
            yield from _words(old, new, style)


def _range(start: int, end: int) -> str:
    """As in a patch; an empty range names the line before it."""
    number = end - start
    return f"{start + 1}" if number == 1 else f"{start + (number > 0)},{number}"


def _words(old: str, new: str, style: Style) -> list[str]:
    """The lines of *new*, with what stood in *old* where it differs."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    parts: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            parts += _each_line("".join(before[start:end]), "", "", "", style)
        else:
            parts += _each_line("".join(before[start:end]), "removed", "[-", "-]", style)
            parts += _each_line("".join(after[new_start:new_end]), "added", "{+", "+}", style)
    return "".join(parts).split("\n")


def _each_line(text: str, role: str, opening: str, closing: str, style: Style) -> Iterator[str]:
    """Marks don't go over the end of a line."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield "\n"
        if line:
            marked = f"{opening}{printable(line.removesuffix(chr(13)))}{closing}"
            yield style(role, marked) if role else marked
