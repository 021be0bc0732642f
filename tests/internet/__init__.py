"""
An internet of the tests' own: a proxy on 127.0.0.1 behind which every host is played.

See `README.md` beside this file.
"""

from __future__ import annotations

from tests.internet.fates import FATES, UNDECIDED, NamedFate
from tests.internet.internet import Internet
from tests.internet.network import NO_SUCH_NAME
from tests.internet.replies import (
    DROP,
    HANG,
    NOT_FOUND,
    OK,
    RESET,
    Fate,
    Framing,
    InTurn,
    Raw,
    Reply,
    Then,
    in_turn,
    page,
    redirect,
    status,
)
from tests.internet.tls import Tls
from tests.internet.traffic import Request, Traffic, Tunnel
from tests.internet.web import Host

__all__ = [
    "DROP",
    "FATES",
    "HANG",
    "NOT_FOUND",
    "NO_SUCH_NAME",
    "OK",
    "RESET",
    "UNDECIDED",
    "Fate",
    "Framing",
    "Host",
    "InTurn",
    "Internet",
    "NamedFate",
    "Raw",
    "Reply",
    "Request",
    "Then",
    "Tls",
    "Traffic",
    "Tunnel",
    "in_turn",
    "page",
    "redirect",
    "status",
]
