"""
Pages of the web, as far as a link needs them: what a page says of itself, and whether it is what was linked.

Pure: bytes and addresses come in, words go out; nothing here raises because of what a page holds.

    decoding ─► scanning ─► gone, parked, login, work
"""

from enrich.pages.absence import ends_at_home, is_absent
from enrich.pages.addresses import is_home, looks_like_a_file, looks_like_a_wall, looks_like_an_error
from enrich.pages.decoding import decoded, is_page
from enrich.pages.gone import Beside, Suspicion, beside, gone, is_same, suspicion
from enrich.pages.parked import parked, says_parked
from enrich.pages.scanning import Page, scan
from enrich.pages.walls import is_wall
from enrich.pages.work import work_of

__all__ = [
    "Beside",
    "Page",
    "Suspicion",
    "beside",
    "decoded",
    "ends_at_home",
    "gone",
    "is_absent",
    "is_home",
    "is_page",
    "is_same",
    "is_wall",
    "looks_like_a_file",
    "looks_like_a_wall",
    "looks_like_an_error",
    "parked",
    "says_parked",
    "scan",
    "suspicion",
    "work_of",
]
