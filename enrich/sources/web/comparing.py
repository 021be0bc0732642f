"""
Two looks at one page: whether its https form serves the same, whether it has the place a fragment leads to.

A host whose https form is not to be had at all is asked once, whatever its http links.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import unquote

from enrich.links import Trouble, host_key, phrase, verdict
from enrich.models import Failure, NotFound, Reason, Shown
from enrich.pages import shown

if TYPE_CHECKING:
    from enrich.http import Fetched, Http
    from enrich.links import Observation
    from enrich.models import AnchorQuery, SecureQuery

PAGE_BYTES = 256 * 1024
"""Of each form of a page that are compared."""
WHOLE_BYTES = 1 << 20
"""Of a page in which a place is looked for; `network.max-body` may allow less."""

_NO_HTTPS = frozenset({Trouble.TLS, Trouble.REFUSED, Trouble.NOT_HTTP})
"""Trouble that every address of a host meets."""


class Comparer:
    """Compares pages; one object serves one run."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._without_https: dict[str, NotFound] = {}
        self._with_https: set[str] = set()
        self._locks: dict[str, asyncio.Lock] = {}

    async def is_secure(self, query: SecureQuery) -> Shown | NotFound | Failure:
        """Whether the https form of an address serves what its http form does, by a valid certificate."""
        host = host_key(query.url)
        if host in self._with_https:
            return await self._compared(query.url, host)
        async with self._locks.setdefault(host, asyncio.Lock()):
            known = self._without_https.get(host)
            return known or await self._compared(query.url, host)

    async def _compared(self, url: str, host: str) -> Shown | NotFound | Failure:
        secure = await self._fetch(f"https{url.removeprefix('http')}", PAGE_BYTES)
        seen = secure.observation
        if seen.trouble in _NO_HTTPS and not seen.hops:
            absent = NotFound(f"no https: {seen.detail or seen.trouble.value}")
            return self._without_https.setdefault(host, absent)
        if seen.trouble is not None:
            return _failure(seen)
        self._with_https.add(host)
        if not seen.is_good:
            return NotFound(f"the https form answers {phrase(seen.code or 0)}")
        if any(hop.url.startswith("http:") for hop in seen.hops):
            return NotFound("the https form leads back to http")
        plain = await self._fetch(url, PAGE_BYTES)
        if not plain.observation.is_good:
            return _failure(plain.observation)
        return _likeness(plain, secure)

    async def has_anchor(self, query: AnchorQuery) -> Shown | NotFound | Failure:
        """
        Whether a page has the place that a fragment leads to.

        NotFound only of a page that was read to its end and has no programs, which might make it.
        """
        fetched = await self._fetch(query.url, WHOLE_BYTES)
        if not fetched.observation.is_good:
            return _failure(fetched.observation)
        if not shown.is_page(fetched.content_type):
            return Shown("what is there is no page of HTML")
        page = _page(fetched, whole=True)
        if {query.fragment, unquote(query.fragment)} & page.anchors:
            return Shown("the page has the place")
        if page.has_programs or not fetched.complete or shown.is_wall(page, fetched.observation.asked):
            return Shown("the page may have the place")
        return NotFound(f"the page has no place `{query.fragment}`")

    async def _fetch(self, url: str, page_bytes: int) -> Fetched:
        return await self._http.fetch(url, self._http.budget(url), page_bytes=page_bytes)


def _failure(seen: Observation) -> Failure:
    check = verdict([seen])
    return Failure(check.reason or Reason.BLOCKED, check.detail)


def _page(fetched: Fetched, *, whole: bool = False) -> shown.Page:
    text = shown.decoded(fetched.content, fetched.content_type)
    return shown.scan(text, complete=fetched.complete, whole=whole)


def _likeness(plain: Fetched, secure: Fetched) -> Shown | NotFound:
    ends = plain.observation.asked, secure.observation.asked
    if ends[0] == ends[1]:
        return Shown(f"both forms lead to {ends[1]}")
    if not shown.is_page(plain.content_type):
        return _files(plain, secure)
    if plain.content and plain.content == secure.content:
        return Shown("both forms serve the same page, byte for byte")
    ours, theirs = _page(plain), _page(secure)
    if ours.text and shown.is_same(ours, ends[0], theirs, ends[1]):
        return Shown("both forms show the same page")
    return NotFound("the two forms show different pages")


def _files(plain: Fetched, secure: Fetched) -> Shown | NotFound:
    """A file is the same by its length and its date or tag."""
    length, *marks = plain.marks
    same_kind = plain.content_type == secure.content_type and plain.marks == secure.marks
    if same_kind and length and any(marks):
        return Shown("both forms serve a file of the same length and date")
    return NotFound("the two forms can't be compared")
