"""
Mistakes in a configuration, as a person reads them: what, where, and the cure beside the caret.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from enrich.errors import ConfigError
from enrich.patterns import pattern
from enrich.text import Lines, Span, printable
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enrich.config.kinds import Steps


@dataclass(frozen=True, slots=True)
class Mistake:
    source: str
    """The file, `--set`, or the name of a variable."""
    text: str
    """All that the source says."""
    span: Span
    message: str
    hint: str = ""
    is_file: bool = True
    """Whether lines of the source have numbers."""


MOST_SHOWN = 50
"""Mistakes: who makes more has made one of them many times."""


def config_error(mistakes: Sequence[Mistake]) -> ConfigError:
    """
    All *mistakes* as one error.

    Its text lacks the first `error: `, which whoever prints an error puts before it.
    """
    parts = [_shown(mistake) for mistake in mistakes[:MOST_SHOWN]]
    sources = " and ".join(dict.fromkeys(mistake.source for mistake in mistakes))
    count = "1 error" if len(mistakes) == 1 else f"{len(mistakes):,} errors"
    if len(mistakes) > MOST_SHOWN:
        count += f", of which the first {MOST_SHOWN} are shown,"
    return ConfigError("\nerror: ".join(parts) + f"\n{count} in {printable(sources)}; nothing was run.")


_TOKEN = pattern(r"\b(?:gh[a-z]_\w{16,}|github_pat_\w{16,}|hf_\w{16,}|[0-9a-f]{40})\b", re.ASCII)
"""Tokens of the services that are asked; who writes one into a file shall not find it in a log as well."""


def _without_tokens(text: str) -> str:
    """*text* with `*` for every character of a token: places stay where they are."""
    return _TOKEN.sub(lambda found: "*" * len(found[0]), text)


def _shown(mistake: Mistake) -> str:
    text = _without_tokens(mistake.text)
    lines = Lines(text)
    number, column = lines.place(mistake.span.start)
    source = lines.line(number)
    before = printable(source[: column - 1])
    # Only what stands on the first line is underlined; an empty place still gets its caret.
    marked = printable(mistake.span.of(text).split("\n")[0].rstrip()) or "^"
    label = str(number) if mistake.is_file else " "
    gutter = " " * len(label)
    place = f":{number}:{column}" if mistake.is_file else ""
    caret = f"{' ' * len(before)}{'^' * len(marked)} {printable(mistake.hint)}".rstrip()
    return "\n".join(
        (
            printable(_without_tokens(mistake.message)),
            f"{gutter}--> {printable(mistake.source)}{place}",
            f"{gutter} |",
            f"{label} | {printable(source)}",
            f"{gutter} | {caret}",
        )
    )


def name_of(path: Steps) -> str:
    """
    How a sentence calls a place.

    >>> name_of(("links", "hosts", "huggingface.co", "delay"))
    '`delay` in [links.hosts."huggingface.co"]'
    """
    keys = [step for step in path if isinstance(step, str)]
    if len(keys) == 1 and len(path) == 2:
        return f"[[{keys[0]}]]"
    return f"`{keys[-1]}`{table_of(path)}"


def table_of(path: Steps) -> str:
    """` in [links]` for a key of that table, '' for one at the top."""
    *table, _ = [step for step in path if isinstance(step, str)]
    if not table:
        return ""
    is_listed = len(path) > 2 and isinstance(path[1], int)
    return f" in [[{table[0]}]]" if is_listed else f" in [{dotted(table)}]"


def dotted(keys: Iterable[str]) -> str:
    """*keys* as TOML joins them."""
    return ".".join(key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else quoted(key) for key in keys)


def quoted(text: str) -> str:
    """*text* as a basic string of TOML, which is one of JSON but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
