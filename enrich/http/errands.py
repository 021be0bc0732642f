"""
One hop of a link's way, asked in another process: that which asks the hop's host.

A host's lane is in one process only, and redirects lead from host to host.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Protocol

from enrich.words import dataclass

if TYPE_CHECKING:
    from http.cookiejar import Cookie

    from enrich.http.faults import Mishap
    from enrich.http.sending import Received


@dataclass(frozen=True, slots=True)
class Errand:
    method: str
    url: str
    """Canonical."""
    cookies: tuple[Cookie, ...] = field(repr=False)
    """Set on the way so far."""
    at_home: bool
    """No other host was asked on the way."""
    page_bytes: int
    seconds: float
    """What the link may still cost."""
    retries: int


@dataclass(frozen=True, slots=True)
class Brought:
    """What an errand came to, and what is left of the link's budget."""

    outcome: Received | Mishap
    seconds: float
    retries: int


class Elsewhere(Protocol):
    """The hosts that other processes ask."""

    def has(self, host: str) -> bool: ...

    async def ask(self, errand: Errand) -> Brought:
        """Never raises for what a network, a server, or the other process can do."""
