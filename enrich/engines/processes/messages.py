"""
What the driver and its workers tell each other: frames of several messages.

Pickled: both ends are this program. Whoever may write to one end runs what they like at the
other: a pipe nobody else holds, a cluster is for those who trust it.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, TypeAlias

from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.config import Links, Network
    from enrich.engines.processes.places import Places
    from enrich.http import LaneState
    from enrich.http.errands import Brought, Errand
    from enrich.models import Answer, AnswerOutcome, Document, Plan, Query
    from enrich.proposing import Memories
    from enrich.rule import Context


@dataclass(frozen=True, slots=True)
class Begin:
    """The first message to a worker."""

    network: Network
    """With the worker's share of `concurrency`."""
    links: Links
    version: str
    places: Places
    place: int
    """The worker's own."""
    context: Context | None = None
    """Of the entries that it judges; None where it judges none."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The first message of a worker: it can ask."""


@dataclass(frozen=True, slots=True)
class Ask:
    number: int
    query: Query


@dataclass(frozen=True, slots=True)
class Told:
    """What an `Ask` came to."""

    number: int
    outcome: AnswerOutcome | None
    error: Exception | None = None
    """A bug, where there is no outcome."""


@dataclass(frozen=True, slots=True)
class Carry:
    """Both ways: this host is asked at your end."""

    number: int
    errand: Errand


@dataclass(frozen=True, slots=True)
class Carried:
    number: int
    brought: Brought


@dataclass(frozen=True, slots=True)
class Judge:
    """Have the conversation with an entry."""

    number: int
    document: Document
    memories: Memories


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the conversation asks; the driver finds it out, whoever is asked."""

    number: int
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Given:
    number: int
    answers: Mapping[Query, Answer]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a `Judge` came to."""

    number: int
    plan: Plan | None
    error: Exception | None = None
    """A bug, where there is no plan."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Nobody wants to know any more what a `Judge` comes to."""

    number: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Send nothing more; what is under way goes on."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Say at once how things stand."""


@dataclass(frozen=True, slots=True)
class News:
    """How things stand at a worker."""

    requests: tuple[tuple[str, int], ...]
    """Sent so far, by who asked."""
    lanes: tuple[LaneState, ...]
    """Those that differ from what was told before."""
    held_back: int
    sentences: tuple[tuple[str, str], ...]
    asked_for: bool
    """It answers a `Tell`."""


Message: TypeAlias = (
    Begin | Ready | Ask | Told | Carry | Carried | Judge | Wanted | Given | Judged | Drop | Stop | Tell | News
)


def packed(messages: Sequence[Message]) -> bytes:
    return pickle.dumps(tuple(messages), pickle.HIGHEST_PROTOCOL)


def unpacked(frame: bytes) -> tuple[Message, ...]:
    messages: tuple[Message, ...] = pickle.loads(frame)  # noqa: S301 - from this program's other end
    return messages


def portable(error: Exception) -> Exception:
    """*error* with its traceback, and as an error that the other end has too."""
    import traceback  # noqa: PLC0415 - for bugs alone

    told: Exception = error
    try:
        if type(pickle.loads(pickle.dumps(error))) is not type(error):  # noqa: S301 - written here
            raise TypeError("another error came back")
    except Exception:  # noqa: BLE001 - whatever its own code does
        told = RuntimeError(f"{type(error).__name__}: {error}")
    told.add_note("".join(traceback.format_exception(error)))
    return told
