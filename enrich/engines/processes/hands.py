"""All workers as one: which of them asks what, or judges which entry, and how things stand there."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Self

from enrich.engines.processes.hand import Hand
from enrich.engines.processes.lines import PROCESSES, Manners, NotBegun
from enrich.engines.processes.messages import Begin
from enrich.links import host_key
from enrich.worker import converse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from enrich.config import Links, Network
    from enrich.engines.processes.lines import Reach
    from enrich.engines.processes.places import Places
    from enrich.http import Http, LaneState
    from enrich.http.errands import Brought, Errand
    from enrich.models import Document, Plan
    from enrich.proposing import Memories
    from enrich.rule import Context
    from enrich.worker import Fetch


class Hands:
    """Use as an asynchronous context manager, which starts and ends the processes."""

    def __init__(
        self,
        places: Places,
        networks: tuple[Network, ...],
        links: Links,
        *,
        version: str,
        reach: Sequence[Reach],
        manners: Manners = PROCESSES,
        context: Context | None = None,
    ) -> None:
        """
        *networks* are the settings of each worker, with its share of `concurrency`; *reach* gets each.

        Entries are judged there where there is a *context* of theirs.
        """
        self._places = places
        self._context = context
        self._hands = tuple(
            Hand(Begin(network, links, version, places, place, context), self.carry, reaching, manners)
            for place, (network, reaching) in enumerate(zip(networks, reach, strict=True), 1)
        )
        self._http: Http | None = None
        self._when_lost: Callable[[str], None] = lambda _: None

    async def __aenter__(self) -> Self:
        for hand in self._hands:
            hand.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(hand.close() for hand in self._hands))

    def here(self, http: Http) -> None:
        """What is asked in this process is asked by *http*."""
        self._http = http

    def of(self, host: str) -> Hand | None:
        """The process that asks *host*; None where this one does."""
        place = self._places.of(host)
        hand = self._hands[place - 1] if place else None
        return hand if hand is not None and hand.is_able else None

    def when_lost(self, told: Callable[[str], None]) -> None:
        """*told* is given a sentence once there are no workers any more, and will be none."""
        self._when_lost = told

    def lose(self, why: str) -> None:
        """There are none any more; called before what they were asked is given up."""
        self._when_lost(why)

    # -- for the driver's `Http` -------------------------------------------------------------

    def has(self, host: str) -> bool:
        return self.of(host) is not None

    async def ask(self, errand: Errand) -> Brought:
        return await self.carry(errand)

    async def carry(self, errand: Errand) -> Brought:
        """Wherever its host is asked."""
        if self._http is None:
            raise ValueError("nobody is here to ask")
        hand = self.of(host_key(errand.url))
        if hand is not None:
            try:
                return await hand.run(errand)
            except NotBegun:
                pass  # and is not able any more
        return await self._http.run(errand)

    # -- for entries -------------------------------------------------------------------------

    async def converse(
        self, document: Document, context: Context, fetch: Fetch, memories: Memories | None = None
    ) -> Plan:
        """As `worker.converse`, at whichever worker has the fewest entries; here where there is none."""
        if context is self._context:
            while able := [hand for hand in self._hands if hand.is_able]:
                try:
                    return await min(able, key=lambda hand: hand.judging).judge(
                        document, memories or {}, fetch
                    )
                except NotBegun:
                    pass  # and is not able any more
        return await converse(document, context, fetch, memories)

    # -- how things stand --------------------------------------------------------------------

    def stop(self) -> None:
        for hand in self._hands:
            hand.stop()

    def abandon(self) -> None:
        for hand in self._hands:
            hand.abandon()

    async def tell(self) -> None:
        """Returns once the following tells how things stand now."""
        await asyncio.gather(*(hand.tell() for hand in self._hands))

    @property
    def requests(self) -> Counter[str]:
        return sum((hand.requests for hand in self._hands), Counter())

    @property
    def lanes(self) -> tuple[LaneState, ...]:
        return tuple(state for hand in self._hands for state in hand.lanes.values())

    @property
    def held_back(self) -> int:
        return sum(hand.held_back for hand in self._hands)

    def news(self) -> list[tuple[str, str]]:
        """Those that were not told yet."""
        told = [sentence for hand in self._hands for sentence in hand.sentences]
        for hand in self._hands:
            hand.sentences.clear()
        return told
