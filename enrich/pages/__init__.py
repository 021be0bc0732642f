"""
Pages of the web, as far as a link needs them: what a page says of itself, and whether it is what was linked.

Pure: bytes and addresses come in, words go out; nothing here raises because of what a page holds.

    addresses, absence                                  what an address and an answer tell without the page
    shown    decoding ─► scanning ─► gone, parked, walls, work      what the page tells
"""

from enrich.pages.absence import ends_at_home, is_absent
from enrich.pages.addresses import is_home, looks_like_a_file, looks_like_a_wall, looks_like_an_error

__all__ = [
    "ends_at_home",
    "is_absent",
    "is_home",
    "looks_like_a_file",
    "looks_like_a_wall",
    "looks_like_an_error",
]
