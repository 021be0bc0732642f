"""
Texts that a test compares with a file beside it.

`ENRICH_UPDATE_GOLDEN=1 pytest tests/reports` writes them anew; the diff is then for a person to read.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    path = FOLDER / f"{name}.txt"
    if os.environ.get("ENRICH_UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text
