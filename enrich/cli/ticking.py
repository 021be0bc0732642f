"""How things stand, shown while a run goes on, also while every entry waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from enrich.network import Network
    from enrich.progress import Counts, Progress

TICK_S = 0.2
"""Between two looks at how things stand; a screen shows no more."""


class Ticking:
    """*counts* tells how far the run is by now; *quiet* keeps news of hosts to itself."""

    def __init__(
        self, network: Network, shown: Progress, counts: Callable[[], Counts], *, quiet: bool
    ) -> None:
        self._network = network
        self._shown = shown
        self._counts = counts
        self._quiet = quiet
        self.held_back = 0
        """Conversations that only wait for a host, as of the last look."""

    async def go_on(self) -> None:
        """Until it is cancelled."""
        while True:
            self._shown.update(self._counts(), self._network.lanes())
            self.held_back = self._network.held_back()
            self.say_news()
            await asyncio.sleep(TICK_S)

    def say_news(self) -> None:
        for sentence in self._network.news():
            if not self._quiet:
                self._shown.say(sentence)
