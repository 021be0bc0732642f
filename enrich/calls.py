"""
What a session does, for programs without an event loop: each call opens one and closes it.

Many items are better given in one call than in many: they share a session, and what is
asked of one source goes to it together.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

from enrich.applying import apply_changes
from enrich.files import document_of
from enrich.session import open_session

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from enrich.applying import Applied
    from enrich.models import Change, Plan
    from enrich.resolution import Resolution
    from enrich.session import CheckedLink, Session

Item = TypeVar("Item")
Result = TypeVar("Result")


class Options(TypedDict, total=False):
    """Those of `open_session`."""

    folder: str | Path
    config: str | None
    overrides: Iterable[str]
    cache_dir: str | None
    offline: bool
    refresh: bool


def plan(text: str, *, path: str = "entry.md", **options: Unpack[Options]) -> Plan:
    """What is to be done about an entry that says *text*; see `Session.plan`."""
    (made,) = _each([text], lambda session, text: session.plan(text, path=path), options)
    return made


def apply(text: str, changes: Iterable[Change]) -> Applied:
    """
    The entry *text* with as many of *changes* made as still fit, verified; asks nobody.

    A change is found again by its field and what stood there, so other parts of the text
    may be others by now.
    """
    return apply_changes(document_of("entry.md", text.encode("utf-8", "surrogateescape")), tuple(changes))


def resolve(items: Iterable[str], **options: Unpack[Options]) -> list[Resolution]:
    """What each of *items* stands for, in their order; see `Session.resolve`."""
    return _each(items, lambda session, item: session.resolve(item), options)


def check(urls: Iterable[str], **options: Unpack[Options]) -> list[CheckedLink]:
    """Whether each of *urls* works, in their order; see `Session.check`."""
    return _each(urls, lambda session, url: session.check(url), options)


def _each(
    items: Iterable[Item], work: Callable[[Session, Item], Awaitable[Result]], options: Options
) -> list[Result]:
    if isinstance(items, str):
        raise TypeError("takes a list of texts, not one text")

    async def all_at_once() -> list[Result]:
        async with open_session(**options) as session:
            return await asyncio.gather(*(work(session, item) for item in items))

    return asyncio.run(all_at_once())
