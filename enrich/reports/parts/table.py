"""The table of a run: a line per rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from enrich.models import Severity
from enrich.reports.parts.tally import is_about_the_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.models import Run
    from enrich.reports.parts.page import Page
    from enrich.reports.parts.style import Style
    from enrich.reports.parts.tally import Tally

_Row: TypeAlias = "tuple[str, tuple[int, ...]]"


def by_rule(run: Run, tally: Tally, page: Page, style: Style) -> list[str]:
    """
    Changes where the command writes them, else findings; nothing where there is nothing to count.

    What is about the run and not about entries is told below the table.
    """
    columns: tuple[tuple[str, int], ...]
    if run.command == "run":
        columns = (("would write" if run.dry_run else "wrote", 14), ("to review", 9))
        rows = list(_changes(tally))
    else:
        columns = (("found", 8), ("safe", 6), ("to review", 9))
        rows = list(_findings(tally, page))
    if not rows:
        return []
    named = [
        (code, page.name(code), [f"{number:,}" if number else "—" for number in row]) for code, row in rows
    ]
    what = max(26, *(len(name) + 2 for _, name, _ in named))
    sizes = [size for _, size in columns]
    header = _line("rule", "what", what, [title for title, _ in columns], sizes)
    return [style("strong", header), *(_line(code, name, what, row, sizes) for code, name, row in named)]


def _changes(tally: Tally) -> Iterator[_Row]:
    for code, rule in sorted(tally.rules.items()):
        if rule.written or rule.to_review:
            yield code, (rule.written, rule.to_review)


def _findings(tally: Tally, page: Page) -> Iterator[_Row]:
    for code, rule in sorted(tally.rules.items()):
        if rule.found and (page.show is Severity.NOTICE or not is_about_the_run(code)):
            yield code, (rule.found, rule.safe, rule.to_review)


def _line(code: str, name: str, what: int, numbers: list[str], sizes: list[int]) -> str:
    """The last column is flush right, so that the table ends in one line."""
    left = "".join(f"{text:<{size}}" for text, size in zip(numbers[:-1], sizes[:-1], strict=True))
    return f"{code:<9}{name:<{what}}{left}{numbers[-1]:>{sizes[-1]}}"
