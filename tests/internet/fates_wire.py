"""Fates below HTTP: connections, handshakes and bodies that go wrong."""

from __future__ import annotations

import functools
import struct
import zlib

from tests.internet.named_fates import fate
from tests.internet.network import NO_SUCH_NAME
from tests.internet.replies import DROP, HANG, OK, RESET, Fate, Framing, Raw, Reply, Then, page
from tests.internet.tls import Tls

_REFUSED = page("Connection refused", "502 Bad Gateway", 502)
_KNOWN = "The status line came, so the page is there; what is read of the body is bounded."
_MIB = 1 << 20
_BOMB_MIB = 64


@functools.cache
def _bomb() -> bytes:
    """Zeros in gzip. One MiB is packed and repeated: packing them all would hold up everybody else."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    block = packer.compress(bytes(_MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    check = functools.reduce(lambda sum_, _: zlib.crc32(bytes(_MIB), sum_), range(_BOMB_MIB), 0)
    head, last_block = b"\x1f\x8b\x08" + bytes(6) + b"\xff", b"\x03\x00"
    return head + block * _BOMB_MIB + last_block + struct.pack("<II", check, _BOMB_MIB * _MIB)


def _gzip_bomb(_: object) -> Fate:
    return Reply(200, (("Content-Encoding", "gzip"),), _bomb())


CONNECTIONS = (
    fate(
        "no-such-name",
        "unverified: network",
        "ProxyError",
        "CONNECT is answered with 502: it may be the name, the host or the proxy. No evidence of absence.",
        gate=NO_SUCH_NAME["apache"],
    ),
    fate(
        "no-such-name-drop",
        "unverified: network",
        "RemoteProtocolError",
        "The proxy closes without a word.",
        gate=NO_SUCH_NAME["drop"],
    ),
    fate(
        "no-such-name-http",
        "unverified: server-error",
        "502",
        "Over plain http the proxy's 502 looks like the host's own.",
        scheme="http",
        gate=NO_SUCH_NAME["apache"],
    ),
    fate("refused", "unverified: network", "ProxyError", "Nobody listens at 443.", gate=_REFUSED),
    fate(
        "reset-at-connect",
        "unverified: network",
        "ReadError|RemoteProtocolError",
        "Reset before the tunnel stands.",
        gate=RESET,
    ),
    fate(
        "hang-at-connect",
        "unverified: timeout",
        "ReadTimeout|ConnectTimeout",
        "The tunnel never stands.",
        gate=HANG,
    ),
    fate(
        "reset-in-handshake", "unverified: network", "ConnectError", "Reset where TLS begins.", tls=Tls.RESET
    ),
    fate(
        "close-in-handshake", "unverified: network", "ConnectError", "Closed where TLS begins.", tls=Tls.CLOSE
    ),
    fate(
        "hang-in-handshake", "unverified: timeout", "ConnectTimeout", "Silent where TLS begins.", tls=Tls.HANG
    ),
    fate(
        "reset-after-request",
        "unverified: network",
        "ReadError|RemoteProtocolError",
        "Reset instead of an answer.",
        RESET,
    ),
    fate(
        "reset-after-request-http",
        "unverified: network",
        "ReadError|RemoteProtocolError",
        "The same without TLS.",
        RESET,
        scheme="http",
    ),
    fate("empty-reply", "unverified: network", "RemoteProtocolError", "Closed instead of an answer.", DROP),
    fate(
        "garbage",
        "unverified: network",
        "RemoteProtocolError",
        "Bytes that are no HTTP.",
        Raw(b"220 mail.example ESMTP ready\r\n"),
    ),
    fate(
        "hang-before-headers",
        "unverified: timeout",
        "ReadTimeout",
        "The request is read and never answered.",
        HANG,
    ),
    fate(
        "dripping-headers",
        "unverified: timeout",
        "deadline",
        "A byte of the headers now and then: every read succeeds, so only a limit over all ends it.",
        Raw(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"z" * 20_000, drip_s=0.05),
    ),
)

CERTIFICATES = (
    fate(
        "expired",
        "unverified: tls",
        "ConnectError",
        "Whose page it would be nobody can know.",
        tls=Tls.EXPIRED,
    ),
    fate(
        "not-yet-valid",
        "unverified: tls",
        "ConnectError",
        "As expired; often our own clock.",
        tls=Tls.NOT_YET_VALID,
    ),
    fate(
        "wrong-host", "unverified: tls", "ConnectError", "A certificate for another name.", tls=Tls.WRONG_HOST
    ),
    fate(
        "untrusted",
        "unverified: tls",
        "ConnectError",
        "Signed by an authority that nobody knows.",
        tls=Tls.UNTRUSTED,
    ),
    fate("self-signed", "unverified: tls", "ConnectError", "Signed by itself.", tls=Tls.SELF_SIGNED),
    fate(
        "no-shared-cipher",
        "unverified: tls",
        "ConnectError",
        "The server ends the handshake with an alert.",
        tls=Tls.ALERT,
    ),
    fate(
        "plain-at-443", "unverified: tls", "ConnectError", "Plain HTTP where TLS is expected.", tls=Tls.PLAIN
    ),
)

BODIES = (
    fate("reset-in-body", "ok", "200", _KNOWN, Reply(200, (), OK.body, claims=1 << 20, then=Then.RESET)),
    fate("short-body", "ok", "200", _KNOWN, Reply(200, (), OK.body, claims=1 << 20, then=Then.CLOSE)),
    fate("long-body", "ok", "200", _KNOWN, Reply(200, (), OK.body, claims=10, then=Then.CLOSE)),
    fate("hang-in-body", "ok", "200", _KNOWN, Reply(200, (), OK.body, claims=1 << 20, then=Then.HANG)),
    fate("dripping-body", "ok", "200", _KNOWN, Reply(200, (), OK.body * 100, drip_s=0.05)),
    fate("endless-body", "ok", "200", _KNOWN, Reply(200, (), b"all work and no play " * 1000, endless=True)),
    fate(
        "endless-chunks",
        "ok",
        "200",
        _KNOWN,
        Reply(200, (), b"z" * 4096, framing=Framing.CHUNKED, endless=True),
    ),
    fate(
        "unended-chunks",
        "ok",
        "200",
        _KNOWN,
        Reply(200, (), OK.body, framing=Framing.CHUNKED, then=Then.CLOSE),
    ),
    fate(
        "bad-chunks",
        "ok",
        "200",
        _KNOWN,
        Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a number\r\n"),
        head=("200", Reply(200, (("Transfer-Encoding", "chunked"),))),
    ),
    fate(
        "gzip-bomb",
        "ok",
        "200",
        "64 MiB of zeros in 70 kB; the first megabyte is the last that is read.",
        _gzip_bomb,
    ),
    fate("not-gzip", "ok", "200", _KNOWN, Reply(200, (("Content-Encoding", "gzip"),), OK.body)),
)
