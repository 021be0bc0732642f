"""
What arXiv's API does on a bad day: each mood makes something else of the honest answer.

`MOODS` names those that need no argument. Source: reports of 2026, see the project's notes on arXiv.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, TypeAlias

from tests.internet.replies import HANG, RESET, Fate, Reply, Then, page, status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.internet.traffic import Request

Mood: TypeAlias = "Callable[[Request, Reply], Fate]"
"""From the request and the honest answer to what the client meets."""

_PLAIN = ("Content-Type", "text/plain; charset=utf-8")
_ENTRY = re.compile(rb"  <entry>.*?</entry>\n", re.DOTALL)


def honest(_: Request, answer: Reply) -> Fate:
    return answer


def rate_limited(retry_after: str | None = None) -> Mood:
    """429 with `Rate exceeded.`; no recording shows Retry-After, so it is sent only where one is named."""
    wait = (("Retry-After", retry_after),) if retry_after is not None else ()
    return _always(Reply(429, (_PLAIN, *wait), b"Rate exceeded."))


def unavailable(retry_after: str | None = None) -> Mood:
    """503 with an HTML page, from the machine in front."""
    wait = (("Retry-After", retry_after),) if retry_after is not None else ()
    return _always(status(503, *wait))


def slow(seconds: float) -> Mood:
    """The honest answer, *seconds* late."""
    return lambda _, answer: dataclasses.replace(answer, wait_s=seconds)


def truncated(_: Request, answer: Reply) -> Fate:
    """
    Cut in the middle of an author list, with a content length that fits what is left.

    A parser that recovers sees a whole paper with too few authors. Answers without an entry stay whole.
    """
    entries = [(found.group().count(b"<name>"), found.start()) for found in _ENTRY.finditer(answer.body)]
    if not entries:
        return answer
    authors, begin = max(entries)
    end = begin
    for _turn in range(authors // 2 + 1):
        end = answer.body.index(b"<name>", end + 1)
    return dataclasses.replace(answer, body=answer.body[:end])


def cut_off(_: Request, answer: Reply) -> Fate:
    """The connection breaks in the middle; the content length tells."""
    half = len(answer.body) // 2
    return dataclasses.replace(answer, body=answer.body[:half], claims=len(answer.body), then=Then.RESET)


def empty_page(_: Request, answer: Reply) -> Fate:
    """A feed without entries whose counts say that there are some."""
    return dataclasses.replace(answer, body=_ENTRY.sub(b"", answer.body))


def empty_later_page(request: Request, answer: Reply) -> Fate:
    """As `empty_page`, from the second page on."""
    is_later = re.search(r"[?&]start=0*[1-9]", request.path + "&" + request.body.decode("latin-1"))
    return empty_page(request, answer) if is_later else answer


def short_page(_: Request, answer: Reply) -> Fate:
    """The last entry is missing though the counts include it."""
    entries = list(_ENTRY.finditer(answer.body))
    if not entries:
        return answer
    begin, end = entries[-1].span()
    return dataclasses.replace(answer, body=answer.body[:begin] + answer.body[end:])


def _always(fate: Fate) -> Mood:
    return lambda _request, _answer: fate


MOODS: Mapping[str, Mood] = {
    "honest": honest,
    "rate-limited": rate_limited(),
    "rate-limited-seconds": rate_limited("2"),
    "rate-limited-ok": _always(Reply(200, (_PLAIN,), b"Rate exceeded.")),
    "unavailable": unavailable(),
    "server-error": _always(status(500)),
    "empty-body": _always(Reply(200, (("Content-Type", "application/atom+xml; charset=utf-8"),))),
    "html-page": _always(page("<p>Please try again later.</p>", "arXiv is busy")),
    "too-long": _always(status(414)),
    "truncated": truncated,
    "cut-off": cut_off,
    "empty-page": empty_page,
    "empty-later-page": empty_later_page,
    "short-page": short_page,
    "hang": _always(HANG),
    "reset": _always(RESET),
}
"""Moods by name: what `--mood` takes, and what a test may parametrise over."""
