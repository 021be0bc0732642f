"""`enrich resolve`: what identifiers, addresses and citations stand for, thousands at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from enrich.cli.feeding import lines_of
from enrich.cli.setting import setting_of
from enrich.network import open_network, utc_now
from enrich.reports.parts.page import put
from enrich.reports.resolution import write_json, write_text
from enrich.resolution import Resolution, Wanted, by_grammar
from enrich.session import Session
from enrich.text import printable

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import AsyncIterator, Callable, Coroutine
    from typing import TextIO


T = TypeVar("T")

WINDOW = 2_048
"""Items under way at once: eight of arXiv's batches, for answers are told in the items'
order, and one slow source must not leave the others idle."""


def resolve(args: argparse.Namespace, stdin: TextIO, out: TextIO, err: TextIO) -> int:
    """One answer an item, in their order; 1 where one of them stands for nothing, or for several works."""
    return asyncio.run(_resolve(args, stdin, out, err))


async def _resolve(args: argparse.Namespace, stdin: TextIO, out: TextIO, err: TextIO) -> int:
    code = 0

    def tell(resolution: Resolution) -> None:
        nonlocal code
        if args.format == "json":
            write_json(resolution, out)
        else:
            write_text(resolution, out, utc_now())
        code |= not resolution.is_one_work

    items = _items(args, stdin)
    setting = setting_of(args)
    if args.offline:
        # Without even a cache.
        await _in_order(items, lambda item: _by_grammar(item, setting.started_at.date()), tell, out.flush)
        return code
    async with open_network(setting, refresh=args.refresh) as network:
        session = Session(setting, network)
        wanted = Wanted(args.title or "", tuple(args.author))
        await _in_order(items, lambda item: session.resolve(item, wanted), tell, out.flush)
        for note in network.notes:
            put(err, printable(note))
    return code


async def _items(args: argparse.Namespace, stdin: TextIO) -> AsyncIterator[str]:
    for item in args.items:
        if item == "-":
            async for line in lines_of(stdin):
                if line.strip():
                    yield line
        else:
            yield item


async def _by_grammar(item: str, today: dt.date) -> Resolution:
    return by_grammar(item, today)


async def _in_order(
    items: AsyncIterator[str],
    work: Callable[[str], Coroutine[None, None, Resolution]],
    tell: Callable[[Resolution], None],
    flush: Callable[[], None],
) -> None:
    """*work* on up to `WINDOW` items at once; they are told in their order, as soon as may be."""
    begun: asyncio.Queue[asyncio.Task[Resolution] | None] = asyncio.Queue(WINDOW)

    async def begin() -> None:
        try:
            async for item in items:
                await begun.put(asyncio.create_task(work(item)))
        finally:
            await begun.put(None)

    beginning = asyncio.create_task(begin())
    while (task := await _next(begun, flush)) is not None:
        if not task.done():
            flush()
        tell(await task)
    await beginning


async def _next(begun: asyncio.Queue[T], flush: Callable[[], None]) -> T:
    """Whoever writes the next line only when the last is answered must see that answer first."""
    if begun.empty():
        flush()
    return await begun.get()
