"""
Make the spelling of a text plain, and remember where each character came from.

Full-width forms, typographic dashes and quotes become ASCII, percent-encoding is
undone, invisible characters go, and so does white space beside a slash. None of
that changes what an address or an identifier says. Knows nothing of either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.patterns import pattern
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

LONGEST = 2048
"""Code points. No address or citation that a front matter holds is longer; the readers refuse such texts."""

_ALIKE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {chr(code): "-" for code in (*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63)}
    | dict.fromkeys("\t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000", " ")
    | {chr(code): " " for code in range(0x2000, 0x200B)}
    | dict.fromkeys("“”„‟«»‹›〈〉《》「」『』", '"')
    | dict.fromkeys("‘’‚‛", "'")
    | {"。": ".", "｡": ".", "…": ".", "、": ",", "【": "[", "】": "]", "⁄": "/", "∕": "/", "∶": ":"}
)
_INVISIBLE = pattern("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_ENCODED = pattern("(?:%[0-9A-Fa-f]{2})+")
_SPACES = pattern(" +")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made plain. `text` is never longer than what it was made from."""

    text: str
    starts: Sequence[int]
    """For each character of `text` where it begins in the original."""
    ends: Sequence[int]
    wrappings: frozenset[str]
    """What was undone: `fullwidth`, `percent-encoded`, `zero-width`, `whitespace`."""

    def origin(self, start: int, end: int) -> Span:
        """The part of the original that became `text[start:end]`, which is not empty."""
        return Span(self.starts[start], self.ends[end - 1])


def unwrap(text: str) -> Plain:
    plain = Plain(text, range(len(text)), range(1, len(text) + 1), frozenset())
    for _ in range(2):  # an address that was encoded twice is seen, and nothing deeper
        plain = _alike(plain)
        plain = _rewrite(plain, _ENCODED, _decoded, "percent-encoded")
    plain = _alike(plain)
    plain = _rewrite(plain, _INVISIBLE, _dropped, "zero-width")
    return _rewrite(plain, _SPACES, _squeezed, "whitespace")


def _alike(plain: Plain) -> Plain:
    if plain.text.isascii() and plain.text.isprintable():
        return plain
    text = plain.text.translate(_ALIKE)
    changed = any(old != new and new != " " for old, new in zip(plain.text, text, strict=True))
    wrappings = plain.wrappings | {"fullwidth"} if changed else plain.wrappings
    return Plain(text, plain.starts, plain.ends, wrappings)


def _rewrite(
    plain: Plain, what: re.Pattern[str], how: Callable[[re.Match[str]], Sequence[tuple[str, int]]], name: str
) -> Plain:
    """Put what *how* says for every match: characters, each with the length that it is made from."""
    if what.search(plain.text) is None:
        return plain
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for found in what.finditer(plain.text):
        text.append(plain.text[done : found.start()])
        starts += plain.starts[done : found.start()]
        ends += plain.ends[done : found.start()]
        at = found.start()
        for char, length in how(found):
            text.append(char)
            starts.append(plain.starts[at])
            ends.append(plain.ends[at + length - 1])
            at += length
        done = found.end()
    rest = plain.text[done:]
    text.append(rest)
    whole = "".join(text)
    if whole == plain.text:
        return plain
    starts += plain.starts[done:]
    ends += plain.ends[done:]
    return Plain(whole, tuple(starts), tuple(ends), plain.wrappings | {name})


def _decoded(found: re.Match[str]) -> Sequence[tuple[str, int]]:
    try:
        text = bytes.fromhex(found[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return [(char, 1) for char in found[0]]
    return [(char, 3 * len(char.encode())) for char in text]


def _dropped(_: re.Match[str]) -> Sequence[tuple[str, int]]:
    return ()


def _squeezed(found: re.Match[str]) -> Sequence[tuple[str, int]]:
    text = found.string
    beside = text[max(found.start() - 1, 0) : found.start()] + text[found.end() : found.end() + 1]
    return () if "/" in beside else [(" ", 1)] * len(found[0])
