"""What a worker is reached by, and how it is with the workers of an engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias

from enrich.words import dataclass


class NotBegun(Exception):  # noqa: N818 - says who did not ask, and is no error
    """The worker was never there: its hosts were not asked."""


class Line(Protocol):
    """To one worker and back, in packed messages."""

    @property
    def name(self) -> str:
        """What people call the worker."""

    def send(self, frame: bytes) -> None: ...

    async def receive(self) -> bytes | None:
        """None where the worker has ended."""

    def hang_up(self) -> None:
        """Tell the worker that nothing more will come: it ends."""

    def kill(self) -> None:
        """It is not waited for."""

    async def ended(self) -> str:
        """How, once it has; empty where that is told elsewhere."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How it is with the workers of an engine."""

    called: str = "a process that asks links"
    """In news of it; `{}` is the worker's name."""
    lane: str = "web"
    """Under what news of them are told."""
    lives: int = 2
    """How many times a worker is reached, one after the other, until its place is given up."""
    tries: int = 2
    """Workers that may end over one question."""


PROCESSES = Manners()

Reach: TypeAlias = Callable[[], Awaitable[Line]]
"""Gets a worker, each time another; raises OSError where none can be had."""
