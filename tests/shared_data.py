"""Real entries and records that lie beside the checkout where a developer has them; never committed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def shared(*parts: str) -> Path:
    """The file or folder *parts* of the shared data; skips the test where it is missing."""
    path = Path(os.environ.get("ENRICH_SHARED", ROOT.parent / "shared")).joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no shared data at {path}")
    return path
