"""
One way for all sources to ask an API, and to leave it alone for the run once it keeps failing.

A source that is down, slow, garbled or over its quota costs its own answers only, and
few requests: what failed several times in a row would fail a thousand times more.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from enrich.models import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from enrich.http import Api, ApiRequest, ApiResponse

FAILURES = 3
"""In a row, after which a source is left alone for the run."""

T = TypeVar("T")


class Patient:
    """The way to one API; asks one thing at a time, each request retried by `enrich.http` already."""

    def __init__(self, api: Api, *, failures: int = FAILURES) -> None:
        self._api = api
        self._most = failures
        self._failures = 0
        self._given_up: Failure | None = None
        self._one_at_a_time = asyncio.Lock()

    async def ask(self, request: ApiRequest, read: Callable[[ApiResponse], T]) -> T | Failure:
        """What *read* makes of the answer; a Failure without asking where the API was given up."""
        async with self._one_at_a_time:
            if self._given_up:
                return self._given_up
            answer = await self._api.call(request)
            told = answer if isinstance(answer, Failure) else read(answer)
            self._note(told, request.source)
            return told

    def give_up(self, failure: Failure) -> None:
        """Ask nothing more in this run: *failure* is the answer to all."""
        self._given_up = failure

    def _note(self, told: object, name: str) -> None:
        if not isinstance(told, Failure):
            self._failures = 0
            return
        self._failures += 1
        if self._failures >= self._most:
            self.give_up(Failure(told.reason, f"{name}: it keeps failing; not asked again in this run"))
