"""
What a source of answers asks of an API and what it gets back, as values.

Sources depend on `Api` alone, so a test hands in a table of answers. Knows nothing
of httpx.
"""

from __future__ import annotations

import json
from dataclasses import field
from typing import TYPE_CHECKING, Any, Protocol

from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import Failure

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and how densely one API or host may be asked."""

    concurrency: int = 8
    """Most requests in flight."""
    between_s: float = 0.0
    """Seconds from the start of one request to the start of the next; grows while the host refuses."""
    after_s: float = 0.0
    """Seconds from the end of one request to the start of the next."""
    per_run: int | None = None
    """Most requests of one run; what is over waits for the next."""


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One question to a configured endpoint, which may be local: the address guard is for links."""

    url: str
    source: str
    """Who asks (`arxiv`); requests are counted under it and share its lane."""
    params: tuple[tuple[str, str], ...] = ()
    """The query of a GET, the form of a POST."""
    method: str = "GET"
    body: bytes | None = None
    """Instead of a form; name its type in `headers`."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """May hold credentials, so they are never shown; redirects are not followed, so they go nowhere else."""
    pace: Pace = field(default_factory=Pace)
    """Of the lane `source`; the first request's holds for the run. Not used where `lane` is set."""
    connect_s: float = 10.0
    timeout_s: float = 60.0
    """Seconds for one read of the answer; the whole answer may take twice that."""
    retry: int = 3
    """Most further tries after 429, 5xx, a timeout or a connection fault."""
    max_body: int = 64 * MEGABYTE
    """Bytes, after decompression."""
    lane: str | None = None
    """The host whose lane and pace hold instead, where its pages are asked as well: `huggingface.co`."""


@dataclass(frozen=True, slots=True)
class ApiResponse:
    """What an API answered: any status but 429 and 5xx, which are a `Failure` once the tries are used up."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        """The header of that *name*, however it is capitalised; several of one name are joined by commas."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def json_object(self) -> dict[str, Any] | None:
        """The body, where it is a JSON object; None where it is anything else."""
        read = self._json()
        return read if isinstance(read, dict) else None

    def json_list(self) -> list[Any] | None:
        """The body, where it is a JSON array; None where it is anything else."""
        read = self._json()
        return read if isinstance(read, list) else None

    def _json(self) -> object:
        try:
            read: object = json.loads(self.content)
        except (ValueError, RecursionError):
            return None
        return read


class Api(Protocol):
    """What a source needs of the network; `enrich.http.Http` is one."""

    async def call(self, request: ApiRequest) -> ApiResponse | Failure:
        """
        The answer, once the lane of `request.source` allows it.

        Never raises for what a network can do: a lane that was set aside, 429 and 5xx
        after all tries, a timeout, a body over its bound, a certificate fault and a
        connection fault are a Failure with their reason.
        """
        ...
