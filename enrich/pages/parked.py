"""
Domains that nobody uses: for sale, or filled with advertisements.

By what parks them (a redirect to a company that does so, its programs in the page), or
by a page that says so and nothing else, at whatever address of the host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.links import host_key, same_site
from enrich.pages.gone import Beside, is_same
from enrich.pages.phrases import Phrases
from enrich.pages.wording import normal_of
from enrich.pages.work import work_of
from enrich.patterns import pattern

if TYPE_CHECKING:
    from enrich.pages.scanning import Page

_COMPANIES = pattern(
    r"(?:^|\.)(?:above\.com|afternic\.com|bodis\.com|cashparking\.com|dan\.com|domainmarket\.com"
    r"|domainnamesales\.com"
    r"|epik\.com|hugedomains\.com|parkingcrew\.net|parklogic\.com|sedo\.com|sedoparking\.com"
    r"|smartname\.com|uniregistry\.com"
    r"|undeveloped\.com|voodoo\.com)$"
    r"|^forsale\.godaddy\.com$"
)
_PROGRAMS = pattern(
    r"google\.com/adsense/domains/|(?:^|[/.])(?:sedoparking|parkingcrew|parklogic|bodis)\.(?:com|net)\b"
    r"|img1\.wsimg\.com/parking-lander/"
)
SALE = Phrases(
    r"\b(?:this|the) (?:premium )?(?:domain|website|web site|name)(?: name)?(?: [\w.-]{1,80})? "
    r"(?:is|may be|might be|could be) (?:available )?for sale\b"
    r"|\b[\w-]+(?:\.[\w-]+)+ (?:is|may be|might be) for sale\b|\bbuy this (?:domain|website)\b"
    r"|\bthis domain (?:name )?is parked\b"
    r"|\bthis (?:web ?)?page is parked\b|\bparked (?:free|domain)\b"
    r"|\bthis domain (?:name )?has (?:just been registered|expired)\b"
    r"|\bdiese domain (?:steht zum verkauf|kaufen)|\bdomain (?:steht )?zu(?:m)? verkauf"
    r"|\b(?:ce|le) (?:nom de )?domaine est (?:à|peut-être à) vendre\b|\beste dominio (?:está"
    r"|puede estar) (?:en|a la) venta\b"
    r"|\bquesto dominio (?:è|potrebbe essere) in vendita\b|\beste domínio está à venda\b"
    r"|\bdeze domeinnaam is te koop\b"
    r"|домен (?:[\w.-]+ )?прода[её]тся|(?:该|此|本)?域名(?:正在)?(?:出售|待售)|このドメインは(?:販売|売)",
    "sale|buy this|parked|has just been registered|expired|verkauf|kaufen|vendre|venta|vendita|venda"
    "|te koop|домен|域名|ドメイン",
)
_SHORT = 1_500
"""Characters of text up to which a page has nothing else."""


def parked(page: Page, url: str, final_url: str, beside: Beside | None) -> str | None:
    """
    The clause for people that says why the domain of canonical *url* is parked; None where it may not be.

    *beside* is None where nobody looked, or where nobody could find out.
    """
    final = host_key(final_url)
    if _COMPANIES.search(final) and not same_site(url, final_url):
        return f"it leads to {final}"
    if work_of(page) or _COMPANIES.search(host_key(url)):
        return None
    if len(page.text) <= _SHORT and any(map(_PROGRAMS.search, page.sources)):
        return "the page holds a parking company's advertisements"
    if says_parked(page) and beside and beside.page and is_same(page, url, beside.page, beside.url):
        return f"it says “{_sentence(page)}” at any address"
    return None


def says_parked(page: Page) -> bool:
    """Whether *page* says that its domain is for sale, and nothing else."""
    return len(page.text) <= _SHORT and page.complete and SALE.search(_said(page)) is not None


def _said(page: Page) -> str:
    return normal_of(page.title, ".", page.text)


def _sentence(page: Page) -> str:
    found = SALE.search(_said(page))
    return found[0] if found else ""
