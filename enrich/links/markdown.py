"""
Web addresses in a Markdown text, each with its place.

Pure. A parser of Markdown says what is link, code and HTML, where the text holds anything
that needs one: it costs a millisecond an entry. A text of plain words and plain links is only
scanned, with the same results. So is one that is longer than any entry, for the parser takes up
to 50 µs for each character of a text that was made to hold it up.
"""

from __future__ import annotations

import re

from enrich.links.scanning import START, Found, blanked, scan, without_code
from enrich.patterns import pattern

LONGEST_PARSED = 30_000
"""Characters; 1,497 of 1,501 real entries have fewer."""

_NEEDS_PARSER = pattern(r"[`<\\\t\0]| {4}|~~~|\{%")
_PLAIN_LINK = pattern(r"!?\[[^\[\]\r\n]*\]\((https?://[^\x00-\x20\x7f(){;]*)\)", re.IGNORECASE | re.ASCII)
"""A link or image in one line with nothing to decode in it: the parser reads it so as well, where the
text has nothing that needs it and no other opening bracket."""
_ELSEWHERE = pattern(r"\]\((?!https?:)", re.IGNORECASE)
"""A link or an image that is no address of the web."""


def find_urls(text: str) -> tuple[Found, ...]:
    """
    Where in *text* http(s) addresses stand, in order: start, end, and the address without escapes.

    Those of links, images, definitions, autolinks and HTML attributes, and bare ones, which
    most sites show as links; none in code.

    >>> find_urls("See [it](https://x.org/a_(b)) or https://y.org/c.")
    ((9, 28, 'https://x.org/a_(b)'), (33, 48, 'https://y.org/c'))
    """
    return tuple(found for found in find_links(text) if START.match(found[2])) if START.search(text) else ()


def find_links(text: str) -> tuple[Found, ...]:
    """
    As `find_urls`, and besides where links and images lead to what may be a file of the catalogue.

    >>> find_links("See [it](../raw/a.pdf) or `[that](b.pdf)`.")
    ((9, 21, '../raw/a.pdf'),)
    """
    has_urls = START.search(text) is not None
    if not has_urls and not _ELSEWHERE.search(text):
        return ()
    if not _NEEDS_PARSER.search(text) and (found := _plainly(text)) is not None:
        return found
    if len(text) > LONGEST_PARSED:
        return tuple(scan(without_code(text))) if has_urls else ()
    from enrich.links.parsing import parsed_urls  # noqa: PLC0415 - the parser takes time to load

    return parsed_urls(text)


def _plainly(text: str) -> tuple[Found, ...] | None:
    """Of a text without code and HTML; None where a bracket in it may be more than that of a plain link."""
    if "[" not in text:
        return tuple(scan(text))
    plain_links = tuple(_PLAIN_LINK.finditer(text))
    around = blanked(text, [link.span() for link in plain_links])
    if "[" in around:
        return None
    linked = ((*link.span(1), link[1]) for link in plain_links)
    return tuple(sorted((*linked, *scan(around))))
