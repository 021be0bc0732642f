"""Why a text is no TOML, or none that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enrich.text import Span


class Trouble(Exception):  # noqa: N818 - leaves this package as a value
    """It is no TOML; *problem* is a clause, *span* where to look."""

    def __init__(self, problem: str, span: Span) -> None:
        super().__init__(problem, span)
        self.problem = problem
        self.span = span


class TooMuch(Trouble):
    """It is more than is read; *problem* continues a sentence that begins with *front matter*."""
