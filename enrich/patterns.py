"""
Regular expressions that are compiled when they are first used.

Three hundred of them stand in the modules that a check of one entry loads, 40 ms to
compile, and such a check uses some dozens. For a type checker `pattern` is `re.compile`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

__all__ = ["pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:
    _OFFERED = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))

    class pattern:  # noqa: N801 - called as `re.compile` is
        """What `re.compile` gives, one call later; from then on nothing stands between."""

        __slots__ = ("_arguments", *_OFFERED)

        def __init__(self, text: str, flags: int = 0) -> None:
            self._arguments = text, flags

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            compiled = re.compile(*self._arguments)
            for each in _OFFERED:
                setattr(self, each, getattr(compiled, each))
            return getattr(compiled, name)
