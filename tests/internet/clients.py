"""The plainest clients: what one question over this internet looks like to httpx, and a bare connection."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from tests.internet.internet import Internet

IMPATIENT_S = 0.25
PATIENT_S = 10.0
_DEADLINE = 2.5
"""Reads that a client waits for before it gives up over all."""


def trust(internet: Internet) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=internet.ca_file)


def client(internet: Internet, read_s: float = PATIENT_S) -> httpx.Client:
    """A client on *internet* whatever the environment says; follows nothing."""
    return httpx.Client(proxy=internet.proxy_url, verify=trust(internet), timeout=read_s, trust_env=False)


def connection(internet: Internet) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(internet.proxy_url.rpartition(":")[2])))


def seen(internet: Internet, url: str, method: str = "GET", *, expected: tuple[str, ...] = ()) -> str:
    """
    What a client sees that asks once and follows nothing: a code, an exception's name, or `deadline`.

    It is patient unless it is *expected* to wait in vain.
    """
    in_vain = any("Timeout" in word or word == "deadline" for word in expected)
    return asyncio.run(_look(internet, method, url, IMPATIENT_S if in_vain else PATIENT_S))


async def _look(internet: Internet, method: str, url: str, patience_s: float) -> str:
    async with httpx.AsyncClient(
        proxy=internet.proxy_url, verify=trust(internet), timeout=patience_s, trust_env=False
    ) as asker:
        try:
            async with asyncio.timeout(_DEADLINE * patience_s), asker.stream(method, url) as response:
                return str(response.status_code)
        except (httpx.HTTPError, httpx.InvalidURL) as error:  # the latter even where nothing is followed
            return type(error).__name__
        except TimeoutError:
            return "deadline"
