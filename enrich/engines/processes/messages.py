"""
What the driver and its processes tell each other: frames of several messages, a length before each.

Pickled: both ends are this program, and nobody else holds the pipe.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.config import Links, Network
    from enrich.engines.processes.places import Places
    from enrich.http import LaneState
    from enrich.http.errands import Brought, Errand
    from enrich.models import AnswerOutcome, Query

LENGTH = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class Begin:
    """The first message to a process."""

    network: Network
    """With the process's share of `concurrency`."""
    links: Links
    version: str
    places: Places
    place: int
    """The process's own."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The first message of a process: it can ask."""


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
class Stop:
    """Send nothing more; what is under way goes on."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Say at once how things stand."""


@dataclass(frozen=True, slots=True)
class News:
    """How things stand in a process."""

    requests: tuple[tuple[str, int], ...]
    """Sent so far, by who asked."""
    lanes: tuple[LaneState, ...]
    """Those that differ from what was told before."""
    held_back: int
    sentences: tuple[tuple[str, str], ...]
    asked_for: bool
    """It answers a `Tell`."""


Message: TypeAlias = Begin | Ready | Ask | Told | Carry | Carried | Stop | Tell | News


def framed(messages: Sequence[Message]) -> bytes:
    pickled = pickle.dumps(tuple(messages), pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(pickled)) + pickled


def unframed(pickled: bytes) -> tuple[Message, ...]:
    """What stands after a length."""
    messages: tuple[Message, ...] = pickle.loads(pickled)  # noqa: S301 - from this program's own process
    return messages
