"""
Patterns of paths and of addresses.

Paths: as in `.gitignore` (https://git-scm.com/docs/gitignore#_pattern_format),
without `!` and with `{a,b}`. Knows nothing of files.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def matches_path(pattern: str, path: str) -> bool:
    """
    Whether *pattern* means *path*, which is relative and has `/`, or a folder that it is in.

    A pattern with `/` before its end counts from the root, another one at any
    depth; one with `/` at its end means a folder.

    >>> matches_path("_publications/**/*.{md,markdown}", "_publications/2024gpt.markdown")
    True
    >>> matches_path("drafts/", "notes/drafts/a.md")
    True
    """
    return _of_paths(pattern).fullmatch(path) is not None


def literal(path: str) -> str:
    """
    A pattern that means *path*, and no other but where a character can't be written.

    >>> literal("_publications/a[1].md"), literal("a.md")
    ('_publications/a[[]1].md', '/a.md')
    """
    written = _SPECIAL.sub(r"[\g<0>]", path)
    written = _UNWRITABLE.sub("?", written)
    return written if "/" in written else f"/{written}"


def matches_any(patterns: Iterable[str], path: str) -> bool:
    return any(matches_path(pattern, path) for pattern in patterns)


def matches_text(pattern: str, text: str) -> bool:
    """
    Whether *pattern*, in which `*` is any run of characters, means all of *text*.

    >>> matches_text("https://old.example/*", "https://old.example/a/b.pdf")
    True
    """
    return stars(pattern, text) is not None


def stars(pattern: str, text: str) -> tuple[str, ...] | None:
    """
    What each `*` of *pattern* stands for in *text*, all but the last as little as can be; None for no match.

    Linear in the length of *text*, whatever the pattern: no regular expression looks at what strangers write.

    >>> stars("https://*.example.org/*", "https://www.example.org/a/b")
    ('www', 'a/b')
    """
    first, *others = _STARS.split(pattern)
    if not others:
        return () if text == first else None
    *between, last = others
    place, end = len(first), len(text) - len(last)
    if place > end or not text.startswith(first) or not text.endswith(last):
        return None
    found = []
    for part in between:
        start = text.find(part, place, end)
        if start < 0:
            return None
        found.append(text[place:start])
        place = start + len(part)
    return (*found, text[place:end])


def filled(pattern: str, found: Sequence[str]) -> str:
    """
    *pattern* with what *found* holds in the place of each `*`, in order; what is left of either is left out.

    >>> filled("https://mirror.org/*/*", ("www", "a/b"))
    'https://mirror.org/www/a/b'
    """
    first, *others = _STARS.split(pattern)
    missing = [""] * len(others)
    return first + "".join(star + part for star, part in zip([*found, *missing], others, strict=False))


_SPECIAL = re.compile(r"[*?\[{]")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]|^!")
_STARS = re.compile(r"\*+")


@lru_cache(maxsize=1_000)
def _of_paths(pattern: str) -> re.Pattern[str]:
    bare = pattern.rstrip("/")
    anchored = "/" in bare
    start = "" if anchored else "(?:.*/)?"
    end = "/.*" if bare != pattern else "(?:/.*)?"
    return re.compile(f"{start}(?:{_expression(bare.removeprefix('/'))}){end}", re.DOTALL)


_TOKEN = re.compile(
    r"(?P<above>(?<![^/])\*\*/)|(?P<below>(?<=/)\*\*$)|(?P<star>\*+)|(?P<one>\?)"
    r"|(?P<set>\[!?\]?[^\]/]*\])|(?P<either>\{[^{}]*\})|(?P<char>.)",
    re.DOTALL,
)


def _expression(pattern: str) -> str:
    return "".join(_part(found) for found in _TOKEN.finditer(pattern))


def _part(found: re.Match[str]) -> str:
    text = found[0]
    match found.lastgroup:
        case "above":
            return "(?:.*/)?"
        case "below":
            return ".*"
        case "star":
            return "[^/]*"
        case "one":
            return "[^/]"
        case "set":
            body = text[1:-1]
            negated = body.startswith("!")
            inside = re.sub(r"([\\\[\]^&~|])", r"\\\1", body.removeprefix("!"))
            return f"(?!/)[{'^' if negated else ''}{inside}]"
        case "either":
            return "(?:" + "|".join(_expression(choice) for choice in text[1:-1].split(",")) + ")"
        case _:
            return re.escape(text)
