"""What a page that was read shows; apart, since who looks at no page need not load its patterns."""

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
    "gone",
    "is_page",
    "is_same",
    "is_wall",
    "parked",
    "says_parked",
    "scan",
    "suspicion",
    "work_of",
]
