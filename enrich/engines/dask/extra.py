"""Whether Dask is there; by itself, so that who asks loads nothing of it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from enrich.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


def require_dask(found: Callable[[str], object | None] = find_spec) -> None:
    """Raises UsageError where the extra is not *found*."""
    if not all(map(found, ("distributed", "cryptography"))):
        raise UsageError(
            "--engine dask needs Dask, which is not installed: "
            "pip install 'distributed>=2025.1' 'cryptography>=42'"
        )
