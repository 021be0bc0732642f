"""Documents as the program reads them from a disk."""

from __future__ import annotations

import hashlib

from enrich.models import Document


def document(data: bytes, path: str = "entry.md") -> Document:
    return Document(path, data.decode("utf-8", "surrogateescape"), hashlib.sha256(data).hexdigest())
