"""
`[[ignore]]` in the text of a configuration: where each stands, and how more of them are written.

Pure. They are put at the end, where every other byte stays; what comes of it is read again.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from enrich.config.places import key_lines
from enrich.config.reading import parse
from enrich.config.schema import toml
from enrich.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.config.options import Ignore


def ignore_lines(text: str, name: str) -> tuple[int, ...]:
    """The line of each `[[ignore]]`, from 1, in their order; *text* is the content of the file *name*."""
    lines = key_lines(text, name)
    numbers = sorted(at[1] for at in lines if len(at) == 2 and at[0] == "ignore" and isinstance(at[1], int))
    return tuple(lines["ignore", number] for number in numbers)


def with_ignores(text: str, name: str, added: Iterable[Ignore]) -> str:
    """Raises UsageError where they can't be written without changing what stands there."""
    new = tuple(added)
    newline = "\r\n" if "\r\n" in text else "\n"
    table = "tool.enrich.ignore" if name.rpartition("/")[2] == "pyproject.toml" else "ignore"
    blocks = (newline.join((f"[[{table}]]", *_pairs(ignore))) for ignore in new)
    before = text if not text or text.endswith("\n") else text + newline
    after = (newline if before else "") + (2 * newline).join(blocks) + newline
    try:
        wanted = (*parse(text, name).ignore, *new)
        is_as_meant = parse(before + after, name).ignore == wanted
    except ConfigError:
        is_as_meant = False
    if not is_as_meant:
        raise UsageError(f"{name}: `ignore` stands there as a list in brackets; write each as [[ignore]]")
    return before + after


def _pairs(ignore: Ignore) -> Iterator[str]:
    """The reason always, for a person to say it."""
    for field in fields(ignore):
        value = getattr(ignore, field.name)
        if value or field.name == "reason":
            yield f"{field.name} = {toml(value)}"
