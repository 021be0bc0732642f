"""Garbage that only a search finds, objects in circles: a run makes hardly any, so it searches rarely."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

YOUNG = 20_000
"""Objects more than before, after which a search begins: Python's own 700 take a twentieth of a run."""


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Within the block; what there is before it is never looked through."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
