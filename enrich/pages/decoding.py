"""From the bytes of an answer to text: which encoding a page is in, and whether it is a page at all."""

from __future__ import annotations

import codecs
import re

from enrich.patterns import pattern

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = pattern(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_META = pattern(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LOOKED_AT = 2_048
"""Bytes within which a page must name its encoding, with room to spare.
Source: https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding"""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CALLED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
}
"""What browsers read under these names. Source: https://encoding.spec.whatwg.org/#names-and-labels"""


_KNOWN = pattern(
    r"utf-?8|iso-8859-(?:[2-9]|1[0134-6])|windows-(?:125[0-8]|874)|koi8-[ru]|big5|euc-(?:jp|kr)|gb18030"
    r"|shift[_-]jis|iso-2022-jp"
)


def is_page(content_type: str) -> bool:
    """
    Whether an answer of this type is HTML.

    >>> is_page("text/html; charset=utf-8"), is_page("application/pdf")
    (True, False)
    """
    return content_type.partition(";")[0].strip().lower() in _PAGES


def decoded(content: bytes, content_type: str = "") -> str:
    """*content* as text; bytes that are none become U+FFFD."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    named = _CHARSET.search(content_type)
    written = None if named else _META.search(content, 0, _LOOKED_AT)
    name = named[1] if named else written[1].decode() if written else "utf-8"
    return content.decode(_codec(name.lower()), "replace")


def _codec(name: str) -> str:
    """Never any codec that Python knows: there are ones that decompress, and ones that take minutes."""
    return _CALLED.get(name) or (name if _KNOWN.fullmatch(name) else "utf-8")
