"""
An island: a network of its own in which every address there is leads to servers that count.

    unshare --user --map-root-user --net --mount python -m tests.end_to_end.island TABLE COMMAND…

`--without-ipv6` before the table leaves IPv6 out: its addresses lead nowhere.

Inside, every IPv4 and IPv6 address is local to the machine, names are resolved by a server
of DNS on 127.0.0.1 by *TABLE*, and whoever connects to a TCP port in `PORTS`, at whatever
address, is counted by that address and answered: 200, or a redirect where the path says so.
The command runs unmodified; a line of JSON with what was counted follows its standard output.
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import socketserver
import struct
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

PUBLIC = "93.184.216.34"
PORTS = (80, 443, 8080)
MARK = "island: "

_LINKS = """
ip link set lo up
ip route add local 0.0.0.0/0 dev lo
mount --bind {resolv} /etc/resolv.conf
"""
_IPV6 = "ip -6 route add local ::/0 dev lo"


class Names:
    """
    Addresses by name; of a name with several lists, each question gets the next, the last one for ever.

    What is not in the table does not exist.
    """

    def __init__(self, table: dict[str, list[list[str]]]) -> None:
        self._table = table
        self._asked: Counter[tuple[str, int]] = Counter()

    def addresses(self, name: str, version: int) -> list[bytes] | None:
        turns = self._table.get(name)
        if turns is None:
            return None
        turn = min(self._asked[name, version], len(turns) - 1)
        self._asked[name, version] += 1
        parsed = [ipaddress.ip_address(address) for address in turns[turn]]
        return [address.packed for address in parsed if address.version == version]


class _Dns(socketserver.BaseRequestHandler):
    """Source: RFC 1035, 4.1."""

    names: Names

    def handle(self) -> None:
        question, reply = self.request
        labels, place = [], 12
        while length := question[place]:
            labels.append(question[place + 1 : place + 1 + length].decode("ascii", "replace"))
            place += 1 + length
        (kind,) = struct.unpack_from("!H", question, place + 1)
        asked = question[12 : place + 5]
        version = {1: 4, 28: 6}.get(kind)
        found = self.names.addresses(".".join(labels).lower(), version) if version else []
        code = 3 if found is None else 0
        answers = [struct.pack("!HHHIH", 0xC00C, kind, 1, 0, len(packed)) + packed for packed in found or []]
        head = question[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, len(answers), 0, 0)
        reply.sendto(head + asked + b"".join(answers), self.client_address)


class _Counting(socketserver.BaseRequestHandler):
    counted: Counter[str]

    def handle(self) -> None:
        address, port = self.request.getsockname()[:2]
        self.counted[f"{address} {port}"] += 1
        received = b""
        while b"\r\n\r\n" not in received and (part := self.request.recv(65_536)):
            received += part
        if received.startswith((b"GET ", b"HEAD ")):
            path = received.split(b" ", 2)[1].decode("ascii", "replace")
            self.request.sendall(_answer(path))


def _answer(path: str) -> bytes:
    if path.startswith("/to/"):
        to = unquote(path[4:]).encode("utf-8", "surrogateescape")
        return (
            b"HTTP/1.1 302 Found\r\nLocation: " + to + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
    return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256


class _Server6(_Server):
    address_family = socket.AF_INET6

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()


def main(table: Path, command: list[str], *, has_ipv6: bool) -> int:
    resolv = table.with_name("resolv.conf")
    resolv.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    for line in _LINKS.format(resolv=resolv).strip().splitlines() + [_IPV6] * has_ipv6:
        subprocess.run(line.split(), check=True)
    _Dns.names = Names(json.loads(table.read_text(encoding="utf-8")))
    _Counting.counted = Counter()
    servers: list[socketserver.BaseServer] = [socketserver.ThreadingUDPServer(("127.0.0.1", 53), _Dns)]
    for port in PORTS:
        servers += [_Server(("0.0.0.0", port), _Counting), _Server6(("::", port), _Counting)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    code = subprocess.run(command, check=False).returncode
    sys.stdout.write(MARK + json.dumps({"code": code, "counted": _Counting.counted}) + "\n")
    sys.stdout.flush()
    os._exit(0)  # threads that still wait for a client end with it


if __name__ == "__main__":
    arguments = sys.argv[1:]
    without = arguments[0] == "--without-ipv6"
    sys.exit(main(Path(arguments[without]), arguments[without + 1 :], has_ipv6=not without))
