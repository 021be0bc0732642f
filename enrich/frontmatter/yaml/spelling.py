"""Scalars where none stands yet: what is no string plainly, strings in the manner of their neighbours."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from enrich.frontmatter.nodes import Style
from enrich.frontmatter.yaml.folding import NEVER, folded
from enrich.frontmatter.yaml.strings import may_be_plain, quoting
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.frontmatter.nodes import Node
    from enrich.frontmatter.yaml.manner import Manner


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scalar stands."""

    key: str
    """The key of its mapping; '' for an item of a list."""
    neighbours: tuple[Node, ...]
    """The other values of its mapping or list."""
    in_flow: bool
    indent: int
    """Columns before the other lines of a folded scalar that has none yet."""


def plain_text(value: int | float | dt.date | None) -> str:
    """How YAML writes what is no string."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case dt.date():
            return value.isoformat()
        case _:
            return _float_text(value)


def _float_text(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ".nan" if value != value else ".inf" if value > 0 else "-.inf"
    text = repr(value)
    # YAML 1.1 knows no number with an exponent and without a point.
    return text.replace("e", ".0e", 1) if "." not in text else text


def new_style(value: str, place: Place, manner: Manner) -> Style:
    """For a string where none stands yet: in the manner of its neighbours."""
    needless = manner.needless_quote(place.key, place.neighbours, in_flow=place.in_flow)
    may_be_raw = value.isascii() or not manner.escapes.is_ascii
    if needless is None and may_be_raw and may_be_plain(value, in_flow=place.in_flow):
        return Style.PLAIN
    return quoting(value, needless or manner.quote(place.key, place.neighbours), manner.escapes)


def new_string(value: str, place: Place, manner: Manner) -> str:
    """*value* as a scalar on one line."""
    return folded(value, new_style(value, place, manner), NEVER, 0, manner.escapes)
