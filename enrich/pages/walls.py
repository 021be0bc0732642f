"""What stands in front of a page: a login, a consent, a riddle. What is behind it nobody has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.pages.addresses import looks_like_a_wall
from enrich.pages.phrases import Phrases
from enrich.pages.wording import normal_of

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
    r"|nur einen moment|un momento|один момент|rate limit|try again (?:later|in a)|technical difficulties"
    r"|wartungsarbeiten|wird gerade gewartet|en mantenimiento|en maintenance|メンテナンス中"
    r"|维护中|維護中|점검 중",
    "checking your browser|human|enable javascript|unusual traffic|captcha|before you continue|maintenance"
    "|construction|right back|temporarily|denied|too many requests|moment|момент|rate limit|try again"
    "|difficulties|wartung|gewartet|mantenimiento|メンテナンス|维护|維護|점검",
)
GATES = Phrases(
    r"cookies?\b|クッキー|\b(?:choose|select|pick) (?:your|a) (?:country|region|language|location"
    r"|institution)|subscri(?:be|ption)|\bsign in\b|\blog ?in\b|anmelden|einloggen|iniciar sesión"
    r"|se connecter|accedi|войти|登录|登入|ログイン|로그인|\byou have been blocked|\byour browser\b"
    r"|\bi am not a robot|\ba (?:ro)?bot\b|terms of (?:use|service)|years (?:old|of age)|javascript",
    "cookie|クッキー|country|region|language|location|institution|subscri|sign in|log|anmelden|iniciar"
    "|connecter|accedi|войти|登录|登入|ログイン|로그인|blocked|browser|robot|bot|terms|years|javascript",
)
"""What says nothing on a page that has more to say; where nothing else stands, it keeps the gate."""
_NOTHING_ELSE = 600


def is_wall(page: Page, final_url: str) -> bool:
    """Whether *page*, met at canonical *final_url*, stands in front of what was linked."""
    if looks_like_a_wall(final_url):
        return True
    if len(page.text) > _SHORT:
        return False
    return page.asks_password or WORDS.search(normal_of(page.title, page.text)) is not None


def may_be_gate(page: Page) -> bool:
    """Whether *page*, shown at every address of a host, may be a gate or the frame of a program."""
    if len(page.text) > _NOTHING_ELSE:
        return False
    return page.has_programs or GATES.search(normal_of(page.title, page.text)) is not None
