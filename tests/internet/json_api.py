"""An API that answers in JSON, and its bad days."""

from __future__ import annotations

import dataclasses
import json
from collections import deque
from typing import TYPE_CHECKING

from tests.internet.moods import MOODS, Mood, honest
from tests.internet.replies import Fate, Reply, Then

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.internet.traffic import Request

JSON = ("Content-Type", "application/json; charset=utf-8")


class JsonApi:
    """What it knows is in its subclasses; how it feels, a test may change while it serves."""

    def __init__(self) -> None:
        self._coming: deque[Mood] = deque()
        self._mood: Mood = honest

    def next(self, *moods: Mood) -> None:
        """The coming requests meet *moods* in turn."""
        self._coming.extend(moods)

    def always(self, mood: Mood) -> None:
        """Every request that meets none of the coming moods meets this one."""
        self._mood = mood

    def answer(self, request: Request) -> Fate:
        mood = self._coming.popleft() if self._coming else self._mood
        return mood(request, self.honest(request))

    def honest(self, request: Request) -> Reply:
        raise NotImplementedError


def told(value: object, status: int = 200, *headers: tuple[str, str]) -> Reply:
    return Reply(status, (JSON, *headers), json.dumps(value, separators=(",", ":")).encode())


def cut(_: Request, answer: Reply) -> Fate:
    """Half of the JSON, with a content length that fits."""
    return dataclasses.replace(answer, body=answer.body[: len(answer.body) // 2])


def broken_off(_: Request, answer: Reply) -> Fate:
    """The connection breaks in the middle; the content length tells."""
    half = len(answer.body) // 2
    return dataclasses.replace(answer, body=answer.body[:half], claims=len(answer.body), then=Then.RESET)


def another(value: object) -> Mood:
    """JSON, and none that was asked for."""
    return lambda _request, _answer: told(value)


GARBLED: Mapping[str, Mood] = {
    "cut": cut,
    "empty": MOODS["empty-body"],
    "page": MOODS["html-page"],
    "list": another([]),
    "object": another({}),
    "null": another(None),
    "number": another(7),
}
"""Answers with status 200 that say nothing."""
DOWN: Mapping[str, Mood] = {
    "unavailable": MOODS["unavailable"],
    "server-error": MOODS["server-error"],
    "reset": MOODS["reset"],
    "broken-off": broken_off,
}
"""No answers."""
