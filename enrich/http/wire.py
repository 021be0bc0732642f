"""
HTTP/1.1 as bytes: a request written, an answer read. No I/O: told what came, it says what it means.

As strict as h11 about what an answer may be and as lenient about line ends, in a tenth
of its time. What is no answer raises RemoteProtocolError.
Source: https://www.rfc-editor.org/rfc/rfc9112
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from enrich.http.faults import Refusal
from enrich.links import Trouble
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Headers = Sequence[tuple[bytes, bytes]]

MOST_HEADER_BYTES = 64 * 1024
"""Of an answer's head, and of all interim answers (1xx) before it."""
MOST_LINE_BYTES = 4 * 1024
"""Of the line before a chunk."""

_PREFIX = b"HTTP/"
_TARGET = pattern(rb"[\x21-\x7e]+")
_STATUS_LINE = pattern(rb"HTTP/([0-9]\.[0-9]) ([0-9]{3})(?: ([^\x00\n\r\f\v]*))?")
_HEADER = pattern(rb"([-!#$%&'*+.^_`|~0-9a-zA-Z]+):[ \t]*((?:[^\x00\s]+(?:[ \t]+[^\x00\s]+)*)?)[ \t]*")
_LENGTH = pattern(rb"[0-9]{1,20}")
_CHUNK = pattern(rb"([0-9A-Fa-f]{1,20})(?:;[^\n]*)?[ \t]*\r")

CHUNKED = -1
UNTIL_CLOSED = -2


@dataclass(frozen=True, slots=True)
class Head:
    """A status line and the headers under it."""

    status: int
    reason: bytes
    headers: Headers
    length: int
    """Bytes of the body as it is sent, `CHUNKED`, or `UNTIL_CLOSED`."""
    keeps_alive: bool
    """Whether another request may follow on the connection, once the body has ended."""


# -- requests ------------------------------------------------------------------------------------


def written(method: str, target: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The head of a request. Raises LocalProtocolError for what would say more than one request."""
    lines = [b"%b %b HTTP/1.1" % (method.encode("ascii"), target)]
    lines += [b"%b: %b" % header for header in headers]
    head = b"\r\n".join(lines)
    one_request = head.count(b"\n") == head.count(b"\r") == len(lines) - 1 and b"\0" not in head
    if not one_request or not _TARGET.fullmatch(target):
        raise httpx.LocalProtocolError("the request has characters that can't be sent")
    return head + b"\r\n\r\n"


# -- answers -------------------------------------------------------------------------------------


def take_head(received: bytearray, method: str) -> Head | None:
    """
    The head that *received* begins with, taken from it; None while it is incomplete.

    *method* is that of the request, for an answer to HEAD has no body whatever it says.
    Interim answers are taken like others: who asks goes on to the next.
    """
    if not received.startswith(_PREFIX[: len(received)]):
        raise httpx.RemoteProtocolError("the answer is not HTTP")
    end, after = _end_of_head(received)
    if (len(received) if end < 0 else end) > MOST_HEADER_BYTES:
        raise Refusal(Trouble.OVERSIZE, "the answer's headers are larger than allowed")
    if end < 0:
        return None
    lines = bytes(received[:end]).split(b"\n")
    del received[:after]
    return _head(lines, method)


def _end_of_head(received: bytearray) -> tuple[int, int]:
    """Where the empty line begins and where it ends; lines may end in a bare newline."""
    usual, bare = received.find(b"\n\r\n"), received.find(b"\n\n")
    if usual < 0 or 0 <= bare < usual:
        return bare, bare + 2
    return usual, usual + 3


def _head(lines: list[bytes], method: str) -> Head:
    status_line = _STATUS_LINE.fullmatch(lines[0].removesuffix(b"\r"))
    if status_line is None:
        raise httpx.RemoteProtocolError("the answer has no status")
    version, code, reason = status_line.groups()
    status = int(code)
    if status < 100 or status == 101:
        raise httpx.RemoteProtocolError(f"an answer can't have the status {status} here")
    headers = _headers(lines[1:])
    length, is_clear = _framing(headers, method, status)
    closes = any(name == b"connection" and b"close" in value.lower() for name, value in _lowered(headers))
    keeps_alive = version == b"1.1" and not closes and is_clear and length != UNTIL_CLOSED
    return Head(status, reason or b"", headers, length, keeps_alive)


def _headers(lines: list[bytes]) -> Headers:
    headers: list[tuple[bytes, bytes]] = []
    for written in lines:
        line = written.removesuffix(b"\r")
        if line[:1] in (b" ", b"\t") and headers:
            # A folded line, which is no longer allowed and still met.
            name, value = headers[-1]
            headers[-1] = (name, value + b" " + line.strip(b" \t"))
            continue
        match = _HEADER.fullmatch(line)
        if match is None:
            raise httpx.RemoteProtocolError("the answer has a line that is no header")
        headers.append((match[1], match[2]))
    return headers


def _lowered(headers: Headers) -> Iterable[tuple[bytes, bytes]]:
    return ((name.lower(), value) for name, value in headers)


def _framing(headers: Headers, method: str, status: int) -> tuple[int, bool]:
    """How the body ends, and whether that is told in one way only."""
    lengths: set[bytes] = set()
    encodings: list[bytes] = []
    for name, value in _lowered(headers):
        if name == b"content-length":
            lengths.update(part.strip() for part in value.split(b","))
        elif name == b"transfer-encoding":
            encodings.append(value.lower())
    if len(lengths) > 1 or any(not _LENGTH.fullmatch(length) for length in lengths):
        raise httpx.RemoteProtocolError("the answer tells no length, or several")
    if encodings not in ([], [b"chunked"]):
        raise httpx.RemoteProtocolError("the answer is transferred in a way that nobody asked for")
    is_clear = not (lengths and encodings)
    if method == "HEAD" or status < 200 or status in (204, 304) or (method == "CONNECT" and status < 300):
        return 0, is_clear
    if encodings:
        return CHUNKED, is_clear
    return (int(lengths.pop()) if lengths else UNTIL_CLOSED), is_clear


class BodyReader:
    """Tells the bytes of a body from what frames them."""

    def __init__(self, length: int) -> None:
        self.ended = length == 0
        self._left = 0 if length == CHUNKED else length
        """Bytes of the body, or of this chunk, that are still to come."""
        self._is_chunked = length == CHUNKED
        self._after_chunk = False
        self._in_trailer = False
        self._trailer_bytes = 0

    @property
    def left(self) -> int | None:
        """Bytes that are still to come; None where nobody knows."""
        return None if self._is_chunked or self._left == UNTIL_CLOSED else self._left

    def take(self, received: bytearray) -> bytes:
        """What *received* holds of the body, taken from it; what comes after the body stays in it."""
        if not self._is_chunked:
            return self._plain(received)
        parts = []
        while received and not self.ended:
            if self._left:
                parts.append(self._of_chunk(received))
            elif not self._next_line(received):
                break
        return b"".join(parts)

    def closed(self) -> None:
        """The connection has ended. Raises RemoteProtocolError where the body has not."""
        if self._left == UNTIL_CLOSED:
            self.ended = True
        if not self.ended:
            raise httpx.RemoteProtocolError("peer closed connection without sending the whole body")

    def _plain(self, received: bytearray) -> bytes:
        if self._left == UNTIL_CLOSED:
            taken = bytes(received)
            received.clear()
            return taken
        taken = self._of_chunk(received)
        self.ended = self._left == 0
        return taken

    def _of_chunk(self, received: bytearray) -> bytes:
        taken = bytes(received[: self._left])
        del received[: len(taken)]
        self._left -= len(taken)
        if self._is_chunked and not self._left:
            self._after_chunk = True
        return taken

    def _next_line(self, received: bytearray) -> bool:
        """Whether a whole line that frames the body could be taken."""
        end = received.find(b"\n", 0, MOST_LINE_BYTES)
        if end < 0:
            if len(received) >= MOST_LINE_BYTES:
                raise httpx.RemoteProtocolError("a line of the body's framing is too long")
            return False
        line = bytes(received[:end])
        del received[: end + 1]
        if self._in_trailer:
            self._trailer(line.removesuffix(b"\r"))
        elif self._after_chunk:
            self._after_chunk = False
            if line != b"\r":
                raise httpx.RemoteProtocolError("a chunk is longer than it said")
        else:
            self._chunk_begins(line)
        return True

    def _chunk_begins(self, line: bytes) -> None:
        match = _CHUNK.fullmatch(line)
        if match is None:
            raise httpx.RemoteProtocolError("a chunk tells no length")
        self._left = int(match[1], 16)
        self._in_trailer = self._left == 0

    def _trailer(self, line: bytes) -> None:
        self._trailer_bytes += len(line)
        if self._trailer_bytes > MOST_HEADER_BYTES:
            raise httpx.RemoteProtocolError("the trailer is too long")
        self.ended = not line
