"""TLS spoken in memory, and sessions that the next connection goes on with."""

from __future__ import annotations

import ssl
from functools import cache

import pytest
import trustme

from enrich.http.pool import MOST_SESSIONS, Sessions
from enrich.http.tls import Tls


@cache
def contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The client's, which trusts the server's."""
    authority = trustme.CA()
    client, server = ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.configure_trust(client)
    authority.issue_cert("acme.org").configure_cert(server)
    return client, server


class Server:
    def __init__(self) -> None:
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.end = contexts()[1].wrap_bio(self.incoming, self.outgoing, server_side=True)

    def shake(self, client: Tls) -> None:
        done = False
        while not (done and client.ready):
            client.handshake()
            self.incoming.write(client.to_send())
            if not done:
                try:
                    self.end.do_handshake()
                    done = True
                except ssl.SSLWantReadError:
                    pass
            client.receive(self.outgoing.read())


def shaken(session: ssl.SSLSession | None = None) -> tuple[Tls, Server]:
    client, server = Tls(contexts()[0], "acme.org", session), Server()
    server.shake(client)
    client.receive(b"")
    return client, server


def test_what_one_end_says_the_other_understands() -> None:
    client, server = shaken()

    server.incoming.write(client.encrypt(b"hello"))
    heard = server.end.read(100)
    server.end.write(b"x" * 40_000)

    assert heard == b"hello"
    assert client.receive(server.outgoing.read()) == b"x" * 40_000
    assert not client.ended


def test_an_end_that_is_said_is_known() -> None:
    client, server = shaken()

    server.end.write(b"bye")
    with pytest.raises(ssl.SSLWantReadError):
        server.end.unwrap()

    assert client.receive(server.outgoing.read()) == b"bye"
    assert client.ended
    assert client.fault is None


def test_what_is_no_tls_is_a_fault_and_what_came_before_it_stands() -> None:
    client, server = shaken()

    server.end.write(b"good")
    told = client.receive(server.outgoing.read() + b"\x17\x03\x03\x00\x05spoil")

    assert told == b"good"
    assert client.ended
    assert client.fault is not None
    assert client.receive(b"more") == b""


def test_a_session_is_gone_on_with() -> None:
    first, _ = shaken()
    second, _ = shaken(first.session)

    assert second._object.session_reused


def test_a_host_that_the_certificate_does_not_name_is_refused() -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        Server().shake(Tls(contexts()[0], "other.org"))


def test_so_many_sessions_are_remembered() -> None:
    session = shaken()[0].session
    sessions = Sessions()

    sessions.keep("none", None)
    for number in range(MOST_SESSIONS + 1):
        sessions.keep(number, session)

    assert [sessions.of(origin) is None for origin in ("none", 0, 1)] == [True, True, False]
