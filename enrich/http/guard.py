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

import httpcore

from enrich.http.faults import Refusal
from enrich.links import Trouble, is_public

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    Lookup = Callable[[str], Awaitable[Sequence[str]]]

MOST_DIALLED = 4
"""Addresses of one name that are tried before its host counts as unreachable."""


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


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections for links, to public addresses only."""

    def __init__(
        self,
        names: Names,
        *,
        deny_private: bool = True,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._names = names
        self._deny_private = deny_private
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises Refusal where not all addresses of *host* are public, ConnectError where none answers."""
        addresses = await self._checked(host, port)
        dialled = addresses[:MOST_DIALLED]
        share_s = None if timeout is None else timeout / len(dialled)
        failed: Exception = Refusal(Trouble.NAMES, "the name has no address")
        for address in dialled:
            try:
                stream = await self._inner.connect_tcp(address, port, share_s, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            await self._check_peer(stream, address)
            return stream
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

    async def _check_peer(self, stream: httpcore.AsyncNetworkStream, dialled: str) -> None:
        peer = stream.get_extra_info("server_addr")
        if self._deny_private and (not peer or not is_public(str(peer[0])) or str(peer[0]) != dialled):
            await stream.aclose()
            raise Refusal(Trouble.PRIVATE, "the connection leads to another address than the one dialled")

    async def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - httpcore's interface
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        raise Refusal(Trouble.PRIVATE, "a socket of this machine is never asked")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
