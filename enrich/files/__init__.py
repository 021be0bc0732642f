"""
The catalogue's files: where they are, reading them, and writing one without ever leaving half of it.

Knows nothing of front matter, rules or plans.
"""

from __future__ import annotations

from enrich.files.beside import clear_leftovers
from enrich.files.content import (
    HEAD_BYTES,
    SIZE_LIMIT_BYTES,
    NotWritten,
    Stale,
    Unread,
    Written,
    digest_of,
    document_of,
    read,
    read_head,
    replace_file,
    write_atomically,
    write_named,
)
from enrich.files.entries import find_entries
from enrich.files.home import Home, find_home
from enrich.files.signature import Signatures
from enrich.files.targets import Targets

__all__ = [
    "HEAD_BYTES",
    "SIZE_LIMIT_BYTES",
    "Home",
    "NotWritten",
    "Signatures",
    "Stale",
    "Targets",
    "Unread",
    "Written",
    "clear_leftovers",
    "digest_of",
    "document_of",
    "find_entries",
    "find_home",
    "read",
    "read_head",
    "replace_file",
    "write_atomically",
    "write_named",
]
