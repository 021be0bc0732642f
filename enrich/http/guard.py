"""
Where connections are made: names are resolved once, and only public addresses are dialled.

The guard sits here, and not before the request, because only here the address that
was checked is the address that is dialled: a name that changes its mind between two
look-ups (DNS rebinding) finds no gap.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import httpx

from enrich.http.connection import Connection, dial
from enrich.http.faults import Refusal
from enrich.links import Trouble, is_public

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Lookup = Callable[[str], Awaitable[Sequence[str]]]
    Dial = Callable[[str, int, float], Awaitable[Connection]]
    """Opens a connection to an address and a port within so many seconds; see `connection.dial`."""

MOST_DIALLED = 4
"""Addresses of one name that are tried before its host counts as unreachable."""


WITNESSES = ("export.arxiv.org", "doi.org", "github.com")
"""Names that exist: if none of them can be resolved, the network is at fault and not a host."""


async def look_up(host: str) -> tuple[str, ...]:
    """The addresses of *host*, as the system resolves it. Raises socket.gaierror."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))


class Names:
    """The addresses of names, each asked for once per run, however many wait for it."""

    def __init__(self, lookup: Lookup = look_up) -> None:
        self._lookup = lookup
        self._known: dict[str, asyncio.Future[tuple[str, ...]]] = {}

    async def addresses(self, host: str) -> tuple[str, ...]:
        """Raises socket.gaierror; that a name does not exist is remembered, that nobody knew is not."""
        known = self._known.get(host)
        if known is None:
            known = self._known[host] = asyncio.ensure_future(self._resolve(host))
            known.add_done_callback(_heard)
        # Shielded, for others may wait for the same name longer than this caller.
        return await asyncio.shield(known)

    async def _resolve(self, host: str) -> tuple[str, ...]:
        try:
            return tuple(await self._lookup(host))
        except (OSError, UnicodeError) as error:
            if not isinstance(error, socket.gaierror) or error.errno != socket.EAI_NONAME:
                self._known.pop(host, None)
            raise

    async def work(self) -> bool:
        """
        Whether any name can be resolved at all: one has been, or a witness can be.

        Without a network some resolvers say of every name that it does not exist.
        """
        if any(known.done() and not known.exception() for known in self._known.values()):
            return True
        for witness in WITNESSES:
            try:
                await self.addresses(witness)
            except (OSError, UnicodeError):
                continue
            return True
        return False

    def forget(self, host: str) -> None:
        """The next connection to *host* asks for its addresses anew."""
        self._known.pop(host, None)

    def close(self) -> None:
        for known in self._known.values():
            known.cancel()


def _heard(known: asyncio.Future[tuple[str, ...]]) -> None:
    """Whoever waits is told what went wrong; where nobody does any more, it is no reason for a warning."""
    if not known.cancelled():
        known.exception()


class Guard:
    """Opens connections for links, to public addresses only."""

    def __init__(self, names: Names, *, deny_private: bool = True, dial: Dial = dial) -> None:
        self._names = names
        self._deny_private = deny_private
        self._dial = dial

    async def connect(self, host: str, port: int, timeout_s: float) -> Connection:
        """Raises Refusal where not all addresses of *host* are public, ConnectError where none answers."""
        addresses = await self._checked(host, port)
        dialled = addresses[:MOST_DIALLED]
        share_s = timeout_s / len(dialled)
        failed: Exception = Refusal(Trouble.NAMES, "the name has no address")
        for address in dialled:
            try:
                connection = await self._dial(address, port, share_s)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
                continue
            self._check_peer(connection, address)
            return connection
        raise failed

    async def _checked(self, host: str, port: int) -> tuple[str, ...]:
        if port == 0:
            raise Refusal(Trouble.PRIVATE, "port 0 is never asked")
        try:
            addresses = await self._names.addresses(host)
        except socket.gaierror as error:
            absent = error.errno == socket.EAI_NONAME
            raise Refusal(Trouble.NO_HOST if absent else Trouble.NAMES) from error
        except (OSError, UnicodeError) as error:
            raise Refusal(Trouble.NAMES) from error
        if not addresses:
            raise Refusal(Trouble.NAMES, "the name has no address")
        # One private address among public ones is enough: which one is dialled would be chance.
        if self._deny_private and not all(is_public(address) for address in addresses):
            raise Refusal(Trouble.PRIVATE)
        return addresses

    def _check_peer(self, connection: Connection, dialled: str) -> None:
        peer = connection.peer
        if self._deny_private and (not peer or not is_public(peer) or peer != dialled):
            connection.close()
            raise Refusal(Trouble.PRIVATE, "the connection leads to another address than the one dialled")
