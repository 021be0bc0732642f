"""
The blocks of code in a page, with what the comment on the line above says of them.

    <!-- not run: needs a GitHub runner -->
    <!-- exit 1 -->
    <!-- keys: y q -->
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]*?) -->\n)?```(?P<language>\w*)(?: title=\"(?P<title>[^\"\n]+)\")?\n"
    r"(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    language: str
    title: str
    """The file that the block is, or nothing."""
    body: str
    mark: str
    start: int
    """Where the body begins in the page."""

    @property
    def commands(self) -> tuple[str, ...]:
        """Of a transcript: what was typed."""
        return tuple(line[2:] for line in self.body.splitlines() if line.startswith("$ "))

    @property
    def not_run(self) -> str:
        """Why no test runs it; empty where one does."""
        if self.mark == "test command":
            return "runs every test"
        return self.mark.removeprefix("not run: ") if self.mark.startswith("not run: ") else ""

    @property
    def exit_code(self) -> int | None:
        found = re.fullmatch(r"exit (\d+)", self.mark)
        return int(found[1]) if found else None

    @property
    def keys(self) -> str:
        return self.mark.removeprefix("keys: ").replace(" ", "") if self.mark.startswith("keys: ") else ""


def blocks(page: str) -> tuple[Block, ...]:
    return tuple(
        Block(
            found["language"], found["title"] or "", found["body"], found["mark"] or "", found.start("body")
        )
        for found in _BLOCK.finditer(page)
    )
