"""HTTP/1.1 as bytes: the heads of requests read, replies written. No I/O."""

from __future__ import annotations

from dataclasses import dataclass

from tests.internet.replies import Framing, Reply, phrase_of

_BODILESS = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Head:
    """A request without its body."""

    method: str
    target: str
    version: str
    headers: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """The first header called *name*, written in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def keeps_alive(self) -> bool:
        said = (self.get("connection") or self.get("proxy-connection") or "").lower()
        return "close" not in said and (self.version != "HTTP/1.0" or "keep-alive" in said)


def parse_head(data: bytes) -> Head:
    """Raises ValueError where *data* is no request."""
    first, *rest = data.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, version = first.split(" ")
    pairs = (line.partition(":") for line in rest)
    return Head(method, target, version, tuple((name.strip(), value.strip()) for name, _, value in pairs))


def render_head(reply: Reply, *, to_head: bool, closes: bool) -> bytes:
    """Status line and headers, with the interim answers before them."""
    lines = [f"{reply.version} {reply.status} {_phrase(reply)}".rstrip()]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    given = {name.lower() for name, _ in reply.headers}
    if "content-type" not in given and reply.status not in _BODILESS:
        lines.append("Content-Type: text/html; charset=utf-8")
    lines += _framing(reply, given, to_head)
    if closes and "connection" not in given:
        lines.append("Connection: close")
    interim = "".join(f"HTTP/1.1 {code} {phrase_of(code)}\r\n\r\n" for code in reply.interim)
    return (interim + "\r\n".join(lines) + "\r\n\r\n").encode()


def has_body(reply: Reply, *, to_head: bool) -> bool:
    return not to_head and reply.status not in _BODILESS


def chunk(data: bytes) -> bytes:
    """*data* as one chunk; the last one where it is empty."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def _phrase(reply: Reply) -> str:
    return phrase_of(reply.status) if reply.phrase is None else reply.phrase


def _framing(reply: Reply, given: set[str], to_head: bool) -> list[str]:
    if given & {"content-length", "transfer-encoding"} or reply.status in _BODILESS:
        return []
    match reply.framing:
        case Framing.CHUNKED:
            return ["Transfer-Encoding: chunked"]
        case Framing.LENGTH if not reply.endless or reply.claims is not None or to_head:
            return [f"Content-Length: {len(reply.body) if reply.claims is None else reply.claims}"]
        case _:
            return []
