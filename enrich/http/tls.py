"""
TLS as bytes: told what came, it says what was meant and what must be sent. No I/O.

Not asyncio's, which sets aside 256 KiB for each connection and passes every read through
three objects more.
"""

from __future__ import annotations

import ssl

_RECORD = 16 * 1024
"""Bytes; no record holds more. Source: https://www.rfc-editor.org/rfc/rfc8446#section-5.1"""


class Tls:
    """One end of a secure connection: the client's."""

    def __init__(self, context: ssl.SSLContext, host: str, session: ssl.SSLSession | None = None) -> None:
        """*host* is the name that the certificate must have; *session* is one of it that is gone on with."""
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._object = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host, session=session)
        self.ready = False
        """Whether the handshake is done."""
        self.ended = False
        """Whether the other end has said that nothing more comes."""
        self.fault: ssl.SSLError | None = None
        """What made the rest unreadable."""

    @property
    def session(self) -> ssl.SSLSession | None:
        """What the next connection to the same host may go on with, in place of a whole handshake."""
        return self._object.session

    def handshake(self) -> None:
        """One step, with what has come by now. Raises ssl.SSLError; ValueError where the host is no name."""
        try:
            self._object.do_handshake()
        except ssl.SSLWantReadError:
            return
        self.ready = True

    def encrypt(self, content: bytes) -> bytes:
        self._object.write(content)
        return self.to_send()

    def receive(self, data: bytes) -> bytes:
        """*data* came; what it means, which is nothing before the handshake is done."""
        self._incoming.write(data)
        return self._decrypted() if self.ready and not self.ended else b""

    def _decrypted(self) -> bytes:
        parts = []
        try:
            while part := self._object.read(_RECORD):
                parts.append(part)
            self.ended = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            self.ended = True
        except ssl.SSLError as error:
            self.fault, self.ended = error, True
        return b"".join(parts)

    def to_send(self) -> bytes:
        """What must go out for the protocol's own sake, or nothing."""
        return self._outgoing.read() if self._outgoing.pending else b""
