"""
Connections that wait for their next request: one list per origin, and a bound over all of them.

The newest is used first, so that those which are not needed grow old and are closed.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    import ssl
    from collections.abc import Hashable

    from enrich.http.connection import Connection

KEEP_ALIVE_S = 15.0
MOST_IDLE = 512
"""
Idle connections that are kept, all hosts together, and no more than a quarter of what may be open.

With 256 of them, 256 requests in flight to 250 hosts make 30 new connections for 100 links; with
512 they make 7, and with 1,024 no fewer.
"""
MOST_SESSIONS = 512
"""Hosts whose TLS sessions are remembered; each takes some 5 KB."""


def most_idle() -> int:
    """As many as the system's bound on open files allows, which on some is 256."""
    try:
        import resource  # noqa: PLC0415 - not on Windows, where sockets are no files
    except ImportError:
        return MOST_IDLE
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_IDLE if allowed == resource.RLIM_INFINITY else min(MOST_IDLE, allowed // 4)


class Pool:
    """Belongs to one event loop. An origin is whatever tells two connections apart."""

    def __init__(self) -> None:
        self._most = most_idle()
        self._idle: dict[Hashable, list[Connection]] = {}
        self._by_age: OrderedDict[Connection, Hashable] = OrderedDict()
        self._opened: WeakSet[Connection] = WeakSet()
        self._sweeping: asyncio.TimerHandle | None = None
        self._is_closed = False

    def watch(self, connection: Connection) -> None:
        """Close *connection* at the end, wherever it is then: one may still let in the rest of a body."""
        self._opened.add(connection)

    def take(self, origin: Hashable) -> Connection | None:
        """A connection to *origin* that can be used, if one waits."""
        waiting = self._idle.get(origin)
        while waiting:
            connection = waiting[-1]
            self._remove(connection)
            if connection.is_usable:
                return connection
            connection.close()
        return None

    def put(self, origin: Hashable, connection: Connection) -> None:
        """Keep *connection* for the next request to *origin*."""
        if self._is_closed:
            connection.close()
            return
        self._idle.setdefault(origin, []).append(connection)
        self._by_age[connection] = origin
        while len(self._by_age) > self._most:
            self._close_oldest()
        if self._sweeping is None:
            self._sweeping = asyncio.get_running_loop().call_later(KEEP_ALIVE_S, self._sweep)

    def close(self) -> None:
        self._is_closed = True
        if self._sweeping is not None:
            self._sweeping.cancel()
        while self._by_age:
            self._close_oldest()
        for connection in tuple(self._opened):
            connection.close()

    def _remove(self, connection: Connection) -> None:
        origin = self._by_age.pop(connection)
        waiting = self._idle[origin]
        waiting.remove(connection)
        if not waiting:
            del self._idle[origin]

    def _close_oldest(self) -> None:
        oldest = next(iter(self._by_age))
        self._remove(oldest)
        oldest.close()

    def _sweep(self) -> None:
        """Closes what has waited too long; comes again while anything waits."""
        loop = asyncio.get_running_loop()
        self._sweeping = None
        while self._by_age:
            due = next(iter(self._by_age)).idle_since + KEEP_ALIVE_S
            if due > loop.time():
                self._sweeping = loop.call_at(due, self._sweep)
                return
            self._close_oldest()


class Sessions:
    """TLS sessions that the next connection to the same origin goes on with: no certificate is sent again."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, ssl.SSLSession] = OrderedDict()

    def keep(self, origin: Hashable, session: ssl.SSLSession | None) -> None:
        if session is None:
            return
        self._known[origin] = session
        if len(self._known) > MOST_SESSIONS:
            self._known.popitem(last=False)

    def of(self, origin: Hashable) -> ssl.SSLSession | None:
        return self._known.get(origin)
