"""
What the pages show that links lead to: the page that was linked, or something else.

A page that says it is gone, and one to which a redirect lost its way, are compared with
an address beside them that nobody made. That is asked once for a folder of a host, and
only where a page is suspicious. What is seen is judged in `pages`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import pages
from enrich.links import host_key
from enrich.models import Doubt, LinkCheck, LinkStatus
from enrich.pages import shown

if TYPE_CHECKING:
    from enrich.http import Fetched, Http

PAGE_BYTES = 128 * 1024
"""Of a page that are read: its head and as much of its text as tells whether there is any."""

_GOOD = (LinkStatus.OK, LinkStatus.MOVED, LinkStatus.REDIRECTED)
_HONEST = frozenset(
    {
        "bitbucket.org",
        "gist.github.com",
        "github.com",
        "gitlab.com",
        "huggingface.co",
        "youtu.be",
        "youtube.com",
    }
)
"""Hosts that say 404 for what they don't have, and whose pages name no paper: HEAD tells enough."""


def is_worth_reading(url: str) -> bool:
    """Whether what canonical *url* shows is looked at, so that it is asked for by GET at once."""
    return not pages.looks_like_a_file(url) and host_key(url).removeprefix("www.") not in _HONEST


class Looker:
    """Reads what links answered; one object serves one run."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._beside: dict[str, shown.Beside | None] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def looked(self, url: str, check: LinkCheck, fetched: Fetched) -> LinkCheck:
        """*check* of canonical *url* with what its page shows, where *fetched* holds one."""
        if check.status not in _GOOD or not fetched.content:
            return check
        page, final = _page(fetched), check.final_url or url
        check = replace(check, work=shown.work_of(page))
        if shown.is_wall(page, final):
            return replace(check, doubt=Doubt.WALL, told="a login, a consent or a riddle stands in front")
        why = shown.suspicion(page, url, final)
        beside = await self._look_beside(url) if why or shown.says_parked(page) else None
        if told := shown.parked(page, url, final, beside):
            return replace(check, doubt=Doubt.PARKED, told=told)
        if why and (told := shown.gone(page, url, final, why, beside)):
            return replace(check, doubt=Doubt.GONE, told=told)
        return check

    async def _look_beside(self, url: str) -> shown.Beside | None:
        """None where it could not be found out."""
        address = shown.beside(url)
        async with self._locks.setdefault(address, asyncio.Lock()):
            if address not in self._beside:
                self._beside[address] = await self._look(address)
            return self._beside[address]

    async def _look(self, address: str) -> shown.Beside | None:
        fetched = await self._http.fetch(address, self._http.budget(address), page_bytes=PAGE_BYTES)
        seen = fetched.observation
        if seen.is_gone:
            return shown.Beside(honest=True)
        if not seen.is_good or not fetched.content:
            return None
        return shown.Beside(honest=False, url=address, final_url=seen.asked, page=_page(fetched))


def _page(fetched: Fetched) -> shown.Page:
    return shown.scan(shown.decoded(fetched.content, fetched.content_type), complete=fetched.complete)
