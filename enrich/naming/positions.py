"""Where fields are found once items of lists were taken out: what stood behind them has moved up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import format_path, parse_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.models import Fix, Path


def removals(fixes: Iterable[Fix]) -> list[Path]:
    """What *fixes* take out, items of lists and others."""
    return [fix.path for fix in fixes if fix.after is None]


def after_removals(field: str, removed: Iterable[Path]) -> str:
    """
    Where what stands at *field* is found once *removed* is gone; items keep the field that they had.

    >>> after_removals("links[2].url", [("links", 0)]), after_removals("links[2]", [("links", 0)])
    ('links[1].url', 'links[2]')
    """
    path = parse_path(field)
    for *parent, place in sorted(removed, key=_place, reverse=True):
        depth = len(parent)
        here = path[depth] if len(path) > depth + 1 and path[:depth] == tuple(parent) else None
        if isinstance(here, int) and isinstance(place, int) and here > place:
            path = (*path[:depth], here - 1, *path[depth + 1 :])
    return format_path(path)


def before_removals(field: str, removed: Iterable[Path]) -> str:
    """
    The inverse of `after_removals`: where a field is found once *removed* is back.

    >>> before_removals("links[1].url", [("links", 0)])
    'links[2].url'
    """
    path = parse_path(field)
    for *parent, place in sorted(removed, key=_place):
        depth = len(parent)
        here = path[depth] if len(path) > depth + 1 and path[:depth] == tuple(parent) else None
        if isinstance(here, int) and isinstance(place, int) and here >= place:
            path = (*path[:depth], here + 1, *path[depth + 1 :])
    return format_path(path)


def _place(path: Path) -> int:
    return path[-1] if isinstance(path[-1], int) else -1
