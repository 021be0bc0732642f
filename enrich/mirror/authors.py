"""
The line of authors as arXiv keeps it, divided into the names that its API gives.

Pure. Divided as arXiv's own service does it, so that a paper has the same authors wherever
it was read: at commas, at colons (which stay, as items of their own), at `and` and `&`, and
at parentheses, which hold affiliations.

Source: github.com/arXiv/arxiv-base, `arxiv/authors`, and records of both kinds held against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_AND = re.compile(r",?\s+(?:and|&)\s")
_DIVIDES = re.compile(r"([,:])\s*")
_ET_AL = re.compile(r"\s*et\.?\s+al\.?", re.IGNORECASE)
_SUFFIX = re.compile(r"Jr\.?|Sr\.?|[IV]{2,}")
_DOT = re.compile(r"(?<!\\)\.(?=\S)")


def divided(line: str) -> list[str]:
    """
    The names in *line*, TeX and all, with `:` where one stands.

    >>> divided("J.-P. Serre (Paris), B. Gross, Jr. and the LHCb Collaboration: others (CERN, (1) Geneva)")
    ['J. -P. Serre', 'B. Gross, Jr.', 'the LHCb Collaboration', ':', 'others']
    """
    names: list[str] = []
    after_comma = False
    for item in _items(line):
        if item == ",":
            after_comma = True
            continue
        if after_comma and names and _SUFFIX.fullmatch(item):
            names[-1] += f", {item}"
        elif not _ET_AL.match(item):
            names.append(_DOT.sub(". ", item))
        after_comma = False
    return names


def _items(line: str) -> Iterator[str]:
    for block in _outside_parentheses(line):
        joined = _AND.sub(",", " ".join(["", *block.split(), ""]))
        yield from filter(None, map(str.strip, _DIVIDES.split(joined)))


def _outside_parentheses(line: str) -> Iterator[str]:
    """What stands before, between and after them; one that is never closed reaches to the end."""
    depth = begin = 0
    for found in re.finditer(r"[()]", line):
        if found[0] == "(":
            if depth == 0:
                yield line[begin : found.start()]
            depth += 1
        elif depth:
            depth -= 1
            begin = found.end()
    if depth == 0:
        yield line[begin:]
