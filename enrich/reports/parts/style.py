"""Colours: few, and never the only bearer of a meaning."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.models import Severity

_CODES: Mapping[str, str] = MappingProxyType(
    {
        "error": "1;31",
        "warning": "1;33",
        "info": "1;36",
        "notice": "2",
        "strong": "1",
        "faint": "2",
        "gutter": "34",
        "added": "32",
        "removed": "31",
    }
)


@dataclass(frozen=True, slots=True)
class Style:
    """Gives text one of a handful of roles; with colours off, the text itself."""

    colour: bool

    def __call__(self, role: str, text: str) -> str:
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.colour and text else text

    def severity(self, severity: Severity, text: str) -> str:
        return self(severity.word, text)
