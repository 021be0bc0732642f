"""
The hosts, the variables that put a program among them, and the thread in which they are played.

Nothing leaves the machine and no name is ever resolved: a host is what a test described, or what
`everything_else` says.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import threading
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

from tests.internet.proxy import Proxy
from tests.internet.replies import DROP, HANG, NOT_FOUND, OK, RESET, Fate, page
from tests.internet.tls import Authority
from tests.internet.traffic import Request, Traffic
from tests.internet.web import Host
from tests.internet.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

NO_SUCH_NAME: Mapping[str, Fate] = {
    "apache": page("DNS lookup failure", "502 Proxy Error", 502),
    "squid": page(
        "Unable to determine IP address from host name", "ERROR", 503, (("X-Squid-Error", "ERR_DNS_FAIL 0"),)
    ),
    "gateway-timeout": page("Unable to connect", "504 Gateway Timeout", 504),
    "drop": DROP,
    "reset": RESET,
    "hang": HANG,
}
"""How proxies tell a client that a name does not exist; `README.md` says what a client sees of it."""

Else: TypeAlias = Literal["absent", "ok", "not-found"]
_DEFAULTS: Mapping[str, Fate] = {"ok": OK, "not-found": NOT_FOUND}
_PATIENCE_S = 5.0
"""How long the end of the internet waits for its connections to be gone."""


class Network:
    """Hosts behind a proxy on 127.0.0.1. A context manager: it serves inside its `with`."""

    def __init__(
        self, *, everything_else: Else | Fate = "absent", absent: Fate | None = None, port: int = 0
    ) -> None:
        self.log = Traffic()
        self.everything_else = everything_else
        """What a name is that no test described: absent, or a host whose every page is this."""
        self.absent: Fate = NO_SUCH_NAME["apache"] if absent is None else absent
        """What the proxy does where a name does not exist or an address leads nowhere."""
        self._port = port
        self._hosts: dict[str, Host] = {}
        self._addresses: dict[str, str] = {}
        self._authority = Authority.shared()
        self._proxy = Proxy(self, self.log, self._authority)
        self._wires: set[Wire] = set()
        self._departure = asyncio.Event()
        self._count = 0
        self._bugs: list[Exception] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    # -- hosts -------------------------------------------------------------------------------

    def host(self, name: str, *, default: Fate = NOT_FOUND, address: str | None = None) -> Host:
        """
        The host *name*, made where it is new; *default* is then what its undescribed pages are.

        A client that resolves names itself may CONNECT to *address* instead.
        """
        host = self._hosts.setdefault(_normal(name), Host(_normal(name), default))
        if address is not None:
            self._addresses[address] = host.name
        return host

    def find(self, name: str) -> Host | None:
        """The host that a client reaches under *name*; None where there is none."""
        name = self._addresses.get(_normal(name), _normal(name))
        if name in self._hosts or self.everything_else == "absent" or _leads_nowhere(name):
            return self._hosts.get(name)
        other = self.everything_else
        return self.host(name, default=_DEFAULTS[other] if isinstance(other, str) else other)

    # -- what a program and a test need --------------------------------------------------------

    @property
    def requests(self) -> list[Request]:
        """Every request so far; `log` counts and times them."""
        return self.log.requests

    @property
    def proxy_url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def ca_file(self) -> str:
        """A bundle with the internet's authority and no other."""
        return str(self._authority.ca_file)

    @property
    def env(self) -> dict[str, str]:
        """The variables that put a program on this internet."""
        proxies = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
        return dict.fromkeys(proxies, self.proxy_url) | dict.fromkeys(
            ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), self.ca_file
        )

    def environ(self, **more: str) -> dict[str, str]:
        """A whole environment for a subprocess: this process's, with no way around the proxy, and *more*."""
        unwanted = {"no_proxy", "all_proxy", "ssl_cert_dir"}
        kept = {name: value for name, value in os.environ.items() if name.lower() not in unwanted}
        return kept | self.env | more

    # -- life --------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="internet", daemon=True)
        self._thread.start()
        ready.wait()
        if self._loop is None:
            self._join()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._over is not None:
            self._loop.call_soon_threadsafe(self._over.set)
        self._join()

    def _join(self) -> None:
        """Waits for the thread; raises what went wrong in it, which is never a client's doing."""
        if self._thread is not None:
            self._thread.join()
        if self._bugs:
            raise ExceptionGroup("the internet itself failed", self._bugs)

    def _run(self, ready: threading.Event) -> None:
        try:
            asyncio.run(self._serve(ready))
        except Exception as error:  # noqa: BLE001 - raised again by `_join`
            self._bugs.append(error)
        finally:
            ready.set()

    async def _serve(self, ready: threading.Event) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._complain)
        self._over = asyncio.Event()
        server = await loop.create_server(self._connected, "127.0.0.1", self._port, backlog=1024)
        self._port = server.sockets[0].getsockname()[1]
        self._loop = loop
        ready.set()
        await self._over.wait()
        self._loop = None
        server.close()
        await self._hang_up()

    async def _hang_up(self) -> None:
        for wire in tuple(self._wires):
            if wire.task is not None:
                wire.task.cancel()
            wire.reset()
        async with asyncio.timeout(_PATIENCE_S):
            while self._wires:
                self._departure.clear()
                await self._departure.wait()

    def _connected(self) -> Wire:
        self._count += 1
        wire = Wire(self._count, self._proxy.converse, self._lost)
        self._wires.add(wire)
        return wire

    def _lost(self, wire: Wire) -> None:
        self._wires.discard(wire)
        self._departure.set()

    def _complain(self, _: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        self._bugs.append(error if isinstance(error, Exception) else RuntimeError(context["message"]))


def _normal(name: str) -> str:
    return name.lower().rstrip(".")


def _leads_nowhere(name: str) -> bool:
    """
    An address that no test named, or a name that no public internet has.

    Source: RFC 6761 (`localhost`, `invalid`); names without a dot are never public.
    """
    if "." not in name or name.endswith((".localhost", ".invalid")):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
