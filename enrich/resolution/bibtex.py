"""
Fields of a BibTeX entry that stands in a line of text.

Pure, and forgiving: what is cut off or not closed is read as far as it goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.patterns import pattern

if TYPE_CHECKING:
    import re

LONGEST = 10_000
"""Code points; whatever is longer is no line of BibTeX."""
_BIBTEX = pattern(r"\s*@[A-Za-z]+\s*[{(]")
_FIELD = pattern(r"\b(?P<name>[A-Za-z][\w-]*)\s*=\s*(?:(?P<number>\d+)|(?P<open>[{\"]))")


def bibtex_fields(text: str) -> dict[str, str]:
    """
    The fields of the first entry in *text*, names in lower case; none where it is no BibTeX.

    >>> bibtex_fields("@misc{a, title = {{GPT-4o} System Card}, year = 2024}")
    {'title': '{GPT-4o} System Card', 'year': '2024'}
    """
    fields: dict[str, str] = {}
    at = _BIBTEX.match(text) if len(text) <= LONGEST else None
    position = at.end() if at else len(text)
    while found := _FIELD.search(text, position):
        value, position = _value(text, found)
        fields.setdefault(found["name"].lower(), value)
    return fields


def _value(text: str, found: re.Match[str]) -> tuple[str, int]:
    """The value that *found* opens, and where the search goes on; up to the end where nothing closes it."""
    start = found.end()
    if found["number"]:
        return found["number"], start
    depth = 0
    for at in range(start, len(text)):
        char = text[at]
        if depth <= 0 and char == ("}" if found["open"] == "{" else '"'):
            return text[start:at], at + 1
        depth += (char == "{") - (char == "}")
    return text[start:], len(text)
