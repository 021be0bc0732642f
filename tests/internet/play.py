"""What a fate does on a connection: the answer sent whole, dripped, cut short, or never."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from tests.internet import http1
from tests.internet.replies import Framing, Raw, Reply, Then
from tests.internet.wire import GoneError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.internet.wire import Wire


class Listener(Protocol):
    """Is told how far an answer has come, each time just before the bytes go out."""

    def answered(self, status: int) -> None: ...

    def ended(self) -> None: ...


async def play(
    wire: Wire, act: Reply | Raw, listener: Listener, *, to_head: bool = False, keeps_alive: bool = False
) -> bool:
    """Plays *act*; True where another request may follow on *wire*."""
    # What hangs has not ended, though nothing more is sent.
    ended = _nothing if act.then is Then.HANG else listener.ended
    if isinstance(act, Raw):
        await _drip(wire, act.data, act.drip_s, ended)
        return await _then(wire, act.then)
    closes = not keeps_alive or act.then is Then.CLOSE or _ends_with_connection(act)
    await _pause(wire, act.wait_s)
    listener.answered(act.status)
    head = http1.render_head(act, to_head=to_head, closes=closes)
    body = _framed(act) if http1.has_body(act, to_head=to_head) else b""
    if body and act.endless:
        await wire.send(head)
        while True:
            await _drip(wire, body, act.drip_s, _nothing)
            await asyncio.sleep(0)  # others have their turn, and that the client left is noticed
    elif body and act.drip_s:
        await wire.send(head)
        await _drip(wire, body, act.drip_s, ended)
    else:
        ended()
        await wire.send(head + body)
    return await _then(wire, Then.CLOSE if closes and act.then is Then.KEEP else act.then)


def _nothing() -> None:
    return


def _ends_with_connection(reply: Reply) -> bool:
    return reply.framing is Framing.CLOSE or reply.version == "HTTP/1.0"


def _framed(reply: Reply) -> bytes:
    if reply.framing is not Framing.CHUNKED:
        return reply.body
    # A body that is cut short lacks its last chunk.
    end = b"" if reply.endless or reply.then is not Then.KEEP else http1.chunk(b"")
    return http1.chunk(reply.body) + end


async def _then(wire: Wire, then: Then) -> bool:
    match then:
        case Then.RESET:
            wire.reset()
        case Then.HANG:
            await wire.until_gone()
        case Then.CLOSE:
            wire.close()
        case Then.KEEP:
            return True
    return False


async def _drip(wire: Wire, data: bytes, every_s: float, before_last: Callable[[], None]) -> None:
    step = 1 if every_s else max(1, len(data))
    for start in range(0, len(data), step):
        if start:
            await _pause(wire, every_s)
        if start + step >= len(data):
            before_last()
        await wire.send(data[start : start + step])
    if not data:
        before_last()


async def _pause(wire: Wire, seconds: float) -> None:
    """Sleeps; raises GoneError where the client leaves meanwhile."""
    if seconds:
        try:
            async with asyncio.timeout(seconds):
                await wire.until_gone()
        except TimeoutError:
            return
        raise GoneError
