"""
Soft 404s: a page that answers 200, and is not there.

What it says makes it suspicious; what decides is what an address beside it shows that
nobody can ever have made. Where that one is a true 404, the host is honest and the page
is what it says, a page about missing pages perhaps.

Source: https://developers.google.com/search/docs/crawling-indexing/http-network-errors#soft-404-errors
"""

from __future__ import annotations

import hashlib
import re
from enum import IntEnum
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from enrich.links import canonical_url, host_key
from enrich.pages.addresses import (
    is_home,
    looks_like_a_search,
    looks_like_an_error,
    path_of,
    query_of,
)
from enrich.pages.walls import is_wall, may_be_gate
from enrich.pages.wording import heading_says_gone, normal, text_says_gone, title_says_gone
from enrich.pages.work import work_of
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.pages.scanning import Page

SHORT = 1_000
"""Characters of text up to which a page that says it is gone has nothing else to say."""
_READ = 4_000
"""Characters of text in which such a sentence is looked for, and that are compared."""
_SAME = 97.0
"""Percent of equal characters from which two pages are one; clocks and request numbers differ."""


class Suspicion(IntEnum):
    """Why a page is looked at more closely, the weakest reason first."""

    LED = 1
    """A redirect lost the last part of the path, or the page says that its address is the front page's."""
    HINTED = 2
    """Its title, a heading or a sentence says that it is gone."""
    CLEAR = 3
    """Its title says so, and a heading or a sentence too."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What an address beside the link shows."""

    honest: bool
    """It is a true 404 or 410."""
    url: str = ""
    final_url: str = ""
    page: Page | None = None
    """None where it did not answer with a page."""


def suspicion(page: Page, url: str, final_url: str) -> Suspicion | None:
    """Whether what canonical *url* shows, at *final_url* after its redirects, may be no page of its own."""
    if work_of(page) or is_wall(page, final_url) or looks_like_a_search(final_url) or _is_shell(page):
        return None
    in_title = title_says_gone(page.title)
    below = any(map(heading_says_gone, page.headings)) or text_says_gone(page.text[:_READ])
    if in_title and (below or len(page.text) <= SHORT // 4):
        return Suspicion.CLEAR
    if in_title or below or looks_like_an_error(final_url):
        return Suspicion.HINTED
    return Suspicion.LED if _is_led(page, url, final_url) else None


def _is_shell(page: Page) -> bool:
    """What is filled by programs says nothing as it comes."""
    return page.is_app or not page.text


def _is_led(page: Page, url: str, final_url: str) -> bool:
    if is_home(url) or is_home(final_url):
        return False  # LNK104's matter
    if may_be_gate(page):
        return False  # it leads on with a cookie, a login or a program
    name = _name(url)
    if final_url != url and name and name not in final_url:
        return True
    said = canonical_url(urljoin(final_url, page.canonical)) if page.canonical else None
    return said is not None and is_home(said) and host_key(said) == host_key(final_url)


def _name(url: str) -> str:
    """The last part of the path, without its ending."""
    return path_of(url).rstrip("/").rpartition("/")[2].partition(".")[0]


def gone(page: Page, url: str, final_url: str, why: Suspicion, beside: Beside | None) -> str | None:
    """
    The clause for people that says why *page* is not there; None where it may be.

    *beside* is None where nobody could find out what the address beside it shows.
    """
    if beside is not None and beside.honest:
        return None
    said = f"titled “{page.title[:80]}”" if title_says_gone(page.title) else "says that the page is not there"
    if beside is not None and beside.page is not None:
        if why is Suspicion.LED:
            return _led_alike(page, url, final_url, beside)
        if is_same(page, url, beside.page, beside.url):
            return f"{said}, as any address there is"
    return said if why is Suspicion.CLEAR and page.complete and len(page.text) <= SHORT else None


def _led_alike(page: Page, url: str, final_url: str, beside: Beside) -> str | None:
    if beside.page is None or not is_same(page, url, beside.page, beside.url):
        return None
    if final_url != url:
        return f"any address there leads to {final_url}" if final_url == beside.final_url else None
    return "any address there shows the same page"


def is_same(page: Page, url: str, other: Page, other_url: str) -> bool:
    """Whether two pages are one, but for numbers and what they repeat of the addresses that were asked."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - slow to load, and needed only once two pages are compared

    if (page.title, page.text) == (other.title, other.text):
        return True
    repeated = _repeated(url) | _repeated(other_url)
    (title, text), (other_title, other_text) = (_compared(one, repeated) for one in (page, other))
    return title == other_title and fuzz.ratio(text, other_text) >= _SAME


_DIGITS = pattern(r"\d+")
_TELLING = 4
"""Characters from which a part of an address is looked for in a text."""


def _repeated(url: str) -> frozenset[str]:
    """What an error page may repeat of *url*."""
    parts = {url, path_of(url), query_of(url), *re.split(r"[/?=&]", url)}
    return frozenset(normal(part) for part in parts if len(part) >= _TELLING)


def _compared(page: Page, repeated: frozenset[str]) -> tuple[str, str]:
    title, text = normal(page.title), normal(page.text[:_READ])
    for part in sorted(repeated, key=len, reverse=True):
        title, text = title.replace(part, ""), text.replace(part, "")
    return _DIGITS.sub("", title), _DIGITS.sub("", text)


def beside(url: str) -> str:
    """
    An address beside canonical *url* that nobody can have made: the same one for a whole folder.

    Where a query names the page, it differs in its last value; a number stays a number,
    since many sites tell at once that a word is none.

    >>> beside("https://a.org/papers/deep.html?v=1").rpartition("=")[0]
    'https://a.org/papers/deep.html?v'
    """
    address, mark, query = url.partition("?")
    folder, _, last = address.rstrip("/").rpartition("/")
    closing = "/" if address.endswith("/") and folder.count("/") > 1 else ""
    if mark and "=" in query:
        kept, _, value = query.rpartition("=")
        return f"{address}?{kept}={_invented(f'{address}?{kept}', value)}"
    if folder.count("/") < 2:  # the front page: `https:` and the host
        return f"{address.rstrip('/')}/{_invented(address, '')}"
    name, dot, ending = last.partition(".")
    return f"{folder}/{_invented(folder, name)}{dot}{ending}{closing}"


def _invented(place: str, like: str) -> str:
    digest = hashlib.blake2b(place.encode(), digest_size=6)
    return str(int(digest.hexdigest(), 16))[:9] if like.isdigit() else f"no-such-page-{digest.hexdigest()}"
