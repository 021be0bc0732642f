"""
Ctrl-C once: stop asking, finish what is under way, report, keep. Twice: leave at once.

The end of a run's time stops it in the same way, and so does the loss of its workers.
"""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from types import TracebackType

GRACE_S = 10.0
"""How long requests that are under way may still take; then their entries count as not looked at."""

_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


class Stoppable(Protocol):
    def stop(self) -> None: ...

    def abandon(self) -> None: ...


class Interruption:
    """Within `async with`, SIGINT and SIGTERM set `stopping` instead of ending the program."""

    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self.exit_code: int | None = None
        """130 or 143 once a signal came."""
        self.time_is_up = False
        """The run was stopped because its time was over."""
        self.cut_off_because: str | None = None
        """Why nobody is left who could go on."""
        self._network: Stoppable | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_early(self) -> bool:
        """The run was stopped, and not because its time was over."""
        return self.exit_code is not None or self.cut_off_because is not None

    def stops(self, network: Stoppable) -> None:
        """*network* is told when the first signal comes, and again when the grace is over."""
        self._network = network

    def stops_after(self, seconds: float) -> None:
        """Stop as after a first signal, *seconds* from now; that is no failure, so there is no exit code."""
        self._timer = asyncio.get_running_loop().call_later(seconds, self._time_over)

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        for number in _CODES:
            try:
                loop.add_signal_handler(number, self._came, number)
            except (NotImplementedError, RuntimeError):  # Windows, or a thread: signals keep their meaning
                return self
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer:
            self._timer.cancel()
        for number in _CODES:
            asyncio.get_running_loop().remove_signal_handler(number)

    def _came(self, number: signal.Signals) -> None:
        if self.exit_code is not None:
            os._exit(_CODES[number])
        self.exit_code = _CODES[number]
        self._stop()

    def _time_over(self) -> None:
        self.time_is_up = True
        self._stop()

    def cut_off(self, why: str) -> None:
        """Stop as after a first signal: whoever the run needs is gone."""
        self.cut_off_because = why
        self._stop()

    def _stop(self) -> None:
        self.stopping.set()
        if self._network:
            self._network.stop()
            asyncio.get_running_loop().call_later(GRACE_S, self._network.abandon)
