"""Bytes that are no UTF-8, for which a text holds lone surrogates."""

from __future__ import annotations

from enrich.frontmatter.nodes import Unreadable
from enrich.patterns import pattern
from enrich.text import Span

_UNDECODED = pattern(r"[\ud800-\udfff]")


def undecoded(text: str, header: Span, code: str) -> Unreadable | None:
    """What is to be said of the first one in *header*, by the rule *code*; None where there is none."""
    found = _UNDECODED.search(text, header.start, header.end)
    if found is None:
        return None
    number = ord(found.group())
    what = f"byte 0x{number - 0xDC00:02X}" if 0xDC80 <= number <= 0xDCFF else f"U+{number:04X}"
    return Unreadable(code, f"front matter is not valid UTF-8: {what}", Span(*found.span()))
