from __future__ import annotations

from itertools import pairwise

import h11
import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enrich.http import wire
from enrich.http.faults import Refusal
from enrich.links import Trouble

Read = tuple[int, list[tuple[bytes, bytes]], bytes, bool]
"""Status, headers with names in lower case, body, and whether the body has ended."""


def read(portions: list[bytes], method: str = "GET", *, closed: bool = True) -> Read:
    """What *portions* say, as they come; raises RemoteProtocolError for what is no answer."""
    received = bytearray()
    head = body = None
    content = b""
    for portion in portions:
        received += portion
        while head is None and (found := wire.take_head(received, method)):
            if found.status >= 200:
                head, body = found, wire.BodyReader(found.length)
        if body is not None:
            content += body.take(received)
    if head is None or body is None:
        raise httpx.RemoteProtocolError("incomplete")
    if closed and not body.ended:
        body.closed()
    return head.status, [(name.lower(), value) for name, value in head.headers], content, body.ended


def read_by_h11(portions: list[bytes], method: str = "GET") -> Read:
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=10**9)
    connection.send(h11.Request(method=method, target="/", headers=[("Host", "acme.org")]))
    connection.send(h11.EndOfMessage())
    answer, content = None, b""
    for portion in (*portions, b""):
        connection.receive_data(portion)
        while True:
            event = connection.next_event()
            if isinstance(event, h11.Response):
                answer = event
            elif isinstance(event, h11.Data):
                content += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                assert answer is not None
                return answer.status_code, list(answer.headers), content, True
            elif event in (h11.NEED_DATA, h11.PAUSED) or isinstance(event, h11.ConnectionClosed):
                break
    raise h11.RemoteProtocolError("incomplete")


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    portions = (data[begin:end] for begin, end in pairwise(edges))
    return [portion for portion in portions if portion]  # an empty one would be the end of the connection


NAMES = st.sampled_from([b"Server", b"x-thing", b"Location", b"Set-Cookie", b"Retry-After"])
VALUES = st.sampled_from([b"", b"a", b"a b", b"\xc3\xa4", b"0", b"close, x", b"a\tb"])


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    status = draw(st.sampled_from([200, 204, 301, 304, 404, 429, 503, 999]))
    reason = draw(st.sampled_from([b"", b" ", b" OK", b" Not Found"]))
    end = draw(st.sampled_from([b"\r\n", b"\n"]))
    headers = [name + b": " + value for name, value in draw(st.lists(st.tuples(NAMES, VALUES), max_size=4))]
    body = draw(st.binary(max_size=60))
    match draw(st.sampled_from(["length", "chunks", "close"])):
        case "length":
            headers.append(b"Content-Length: %d" % len(body))
            sent = body
        case "chunks":
            headers.append(b"Transfer-Encoding: chunked")
            parts = cut(body, draw(st.lists(st.integers(0, 99), max_size=4)))
            sent = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        case _:
            sent = body
    interim = draw(st.sampled_from([b"", b"HTTP/1.1 103 Early Hints" + end + b"Link: x" + end + end]))
    lines = [b"HTTP/1.1 %d" % status + reason, *headers, b"", b""]
    return interim + end.join(lines) + sent


@given(answers(), st.lists(st.integers(0, 400), max_size=6), st.sampled_from(["GET", "HEAD"]))
def test_an_answer_is_read_as_h11_reads_it_in_whatever_portions_it_comes(
    answer: bytes, places: list[int], method: str
) -> None:
    assert read(cut(answer, places), method) == read_by_h11(cut(answer, places), method)


@given(answers(), st.integers(0, 400), st.binary(max_size=3), st.integers(0, 3))
@example(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", 24, b"3", 1)
def test_what_h11_refuses_is_refused_and_what_it_reads_is_read_alike(
    answer: bytes, place: int, put: bytes, dropped: int
) -> None:
    place %= len(answer)
    spoilt = answer[:place] + put + answer[place + dropped :]
    try:
        expected: Read | None = read_by_h11([spoilt])
    except h11.RemoteProtocolError:
        expected = None

    try:
        found: Read | None = read([spoilt])
    except httpx.RemoteProtocolError:
        found = None

    assert found == expected


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nname : value\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
        b"HTTP/1.1 099 Low\r\n\r\n",
    ],
)
def test_what_is_no_answer_is_told_at_once(answer: bytes) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        wire.take_head(bytearray(answer), "GET")


def test_headers_without_end_are_refused() -> None:
    with pytest.raises(Refusal) as raised:
        wire.take_head(bytearray(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 20_000), "GET")

    assert raised.value.mishap.trouble is Trouble.OVERSIZE


@pytest.mark.parametrize(
    "body",
    [
        b"zz\r\n",
        b"-1\r\n",
        b"1\r\nab\r\n",
        b"1" + b";" * 5_000,
        b"0\r\n" + b"trailer: more\r\n" * 9_000,
    ],
)
def test_chunks_that_are_none_are_refused(body: bytes) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        wire.BodyReader(wire.CHUNKED).take(bytearray(body))


@pytest.mark.parametrize("length", [10, wire.CHUNKED])
def test_a_body_that_is_cut_off_is_told(length: int) -> None:
    body = wire.BodyReader(length)
    body.take(bytearray(b"3\r\nabc"))

    with pytest.raises(httpx.RemoteProtocolError, match="peer closed"):
        body.closed()


@pytest.mark.parametrize(
    ("answer", "keeps_alive"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n", False),
    ],
)
def test_a_connection_is_used_again_only_where_the_end_of_the_answer_is_certain(
    answer: bytes, keeps_alive: bool
) -> None:
    head = wire.take_head(bytearray(answer), "GET")

    assert head is not None
    assert head.keeps_alive is keeps_alive


@pytest.mark.parametrize(
    ("target", "header"),
    [
        (b"/ HTTP/1.1\r\nHost: inside", (b"Host", b"acme.org")),
        (b"/a b", (b"Host", b"acme.org")),
        (b"", (b"Host", b"acme.org")),
        (b"/", (b"User-Agent", b"x\r\nCookie: y")),
        (b"/", (b"User-Agent", b"x\nCookie: y")),
        (b"/", (b"User-Agent", b"x\ry")),
        (b"/", (b"User-Agent", b"x\0y")),
    ],
)
def test_nothing_is_smuggled_into_a_request(target: bytes, header: tuple[bytes, bytes]) -> None:
    with pytest.raises(httpx.LocalProtocolError):
        wire.written("GET", target, [header])


def test_a_request_is_written_as_it_is_asked() -> None:
    written = wire.written("HEAD", b"/a?b", [(b"Host", b"acme.org"), (b"Accept", b"*/*")])

    assert written == b"HEAD /a?b HTTP/1.1\r\nHost: acme.org\r\nAccept: */*\r\n\r\n"


def test_a_folded_header_is_one_header() -> None:
    answer = b"HTTP/1.1 200 OK\r\nLocation: a\r\n  b \r\n\tc\r\nContent-Length: 0\r\n\r\n"

    assert read([answer])[1][0] == (b"location", b"a b c")
