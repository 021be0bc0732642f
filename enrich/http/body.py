"""
Bodies, read up to a bound: as many bytes as are asked for, counted after decompression.

A body that decompresses to gigabytes costs its first bytes only.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from enrich.http.faults import Mishap
from enrich.links import Trouble
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import AsyncIterable

ACCEPT_ENCODING = "gzip, deflate"
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_BARE_DEFLATE = -zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Body:
    content: bytes
    complete: bool
    """Nothing was left behind because of the bound."""


async def read_body(chunks: AsyncIterable[bytes], encoding: str, bound: int) -> Body | Mishap:
    """At most *bound* bytes of what *chunks* hold, undone of their content *encoding*."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return await _plain(chunks, bound)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return Mishap(Trouble.NOT_HTTP, "the answer is compressed in a way that nobody asked for")
    try:
        return await _inflated(chunks, bound, may_be_bare=encoding == "deflate")
    except zlib.error:
        return Mishap(Trouble.NOT_HTTP, "the answer can't be decompressed")


async def _plain(chunks: AsyncIterable[bytes], bound: int) -> Body:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > bound:
            return Body(bytes(content[:bound]), complete=False)
    return Body(bytes(content), complete=True)


async def _inflated(chunks: AsyncIterable[bytes], bound: int, *, may_be_bare: bool) -> Body | Mishap:
    content = bytearray()
    inflate = None
    async for chunk in chunks:
        if not chunk:
            continue
        if inflate is None:
            # Some servers send `deflate` without its zlib header, whose first byte ends in 8.
            bare = may_be_bare and chunk[0] & 0x0F != 8
            inflate = zlib.decompressobj(_BARE_DEFLATE if bare else _GZIP_OR_ZLIB)
        content += inflate.decompress(chunk, bound + 1 - len(content))
        if len(content) > bound:
            return Body(bytes(content[:bound]), complete=False)
    if inflate is not None and not inflate.eof:
        return Mishap(Trouble.RESET, "the answer was cut short")
    return Body(bytes(content), complete=True)
