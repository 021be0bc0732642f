"""What stands in front of a page: a login, a consent, a riddle. What is behind it nobody has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.pages.addresses import looks_like_a_wall
from enrich.pages.phrases import Phrases
from enrich.pages.wording import normal

if TYPE_CHECKING:
    from enrich.pages.scanning import Page

_SHORT = 3_000
WORDS = Phrases(
    r"checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|enable javascript and cookies|unusual traffic"
    r"|captcha|before you continue|we(?:'re| are) (?:currently )?(?:down|undergoing"
    r"|performing)[^.]{0,20}maintenance"
    r"|(?:site|page|service) is (?:currently )?(?:down for|under) (?:maintenance|construction)"
    r"|be(?:en)? right back"
    r"|temporarily (?:unavailable|out of service)|(?:scheduled|under|down for) maintenance|access (?:is |was "
    r"|has been )?denied|too many requests"
    r"|nur einen moment|un momento|один момент",
    "checking your browser|human|enable javascript|unusual traffic|captcha|before you continue|maintenance"
    "|construction|right back|temporarily|denied|too many requests|moment|момент",
)


def is_wall(page: Page, final_url: str) -> bool:
    """Whether *page*, met at canonical *final_url*, stands in front of what was linked."""
    if looks_like_a_wall(final_url):
        return True
    if len(page.text) > _SHORT:
        return False
    return page.asks_password or WORDS.search(normal(f"{page.title} {page.text}")) is not None
