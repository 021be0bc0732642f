"""
The query language of arXiv's API: a tolerant rewriter, then a strict parser.

Pure. Where an operator lacks, OR is meant; where a field lacks, `all:`; `ti:(a b)` is `ti:a OR ti:b`;
NOT is ANDNOT; `title:` is `ti:`. Operators bind equally, from left to right (the order that the service
gives them is not documented).
Source: https://info.arxiv.org/help/api/user-manual.html (5.1); arXiv/arxiv-search (2026).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import TypeAlias

FIELDS = ("abs", "all", "au", "cat", "co", "doi", "id", "jr", "rn", "submittedDate", "ti")
_ALIASES = {"title": "ti", "lastUpdatedDate": "submittedDate"}
_PREFIX = "|".join((*FIELDS, *_ALIASES))
_TOKEN = re.compile(rf'"[^"]*"|[()]|\b(?:ANDNOT|AND|NOT|OR)\b(?=[()\s]|$)|(?:{_PREFIX}):|[^"()\s]+')
_DATES = re.compile(r"((?:submittedDate|lastUpdatedDate):)\[([\d-]+) TO ([\d-]+)\]")
_MOMENT = re.compile(r"\d{12}")


class BadQueryError(ValueError):
    """The query has no meaning, even after it was rewritten."""


@dataclass(frozen=True, slots=True)
class Term:
    field: str
    value: str
    quoted: bool = False

    def __str__(self) -> str:
        return f'{self.field}:"{self.value}"' if self.quoted else f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class Pair:
    operator: str
    """`AND`, `OR` or `ANDNOT`."""
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Without:
    """Everything but *node*."""

    node: Node


Node: TypeAlias = Term | Pair | Without
Item: TypeAlias = Term | str
"""A term, an operator or a parenthesis."""


def rewrite(text: str) -> tuple[Item, ...]:
    """What the service takes *text* for; empty where nothing is asked."""
    items: list[Item] = []
    groups: list[str | None] = []
    field: str | None = None
    for token in _TOKEN.findall(_whole_dates(" ".join(text.split("\n")))):
        if token in ("AND", "OR", "ANDNOT", "NOT"):
            if items and items[-1] in ("AND", "OR", "ANDNOT"):
                items.pop()  # of several operators the last one counts
            items.append("ANDNOT" if token == "NOT" else token)
            field = None
        elif token.endswith(":") and token[:-1] in (*FIELDS, *_ALIASES):
            field = _ALIASES.get(token[:-1], token[:-1])
        elif token == ")":
            items.append(token)
            field = None
            if groups:
                groups.pop()
        else:
            if items and (isinstance(items[-1], Term) or items[-1] == ")"):
                items.append("OR")
            inherited = field or next((group for group in reversed(groups) if group), None)
            if token == "(":
                groups.append(inherited)
                items.append(token)
            else:
                items.append(_term(inherited or "all", token))
            field = None
    return tuple(items)


def spelled(items: tuple[Item, ...]) -> str:
    """The rewritten query as the service repeats it in the title of its feed."""
    return " ".join(map(str, items)).replace("( ", "(").replace(" )", ")")


def parse(items: tuple[Item, ...]) -> Node:
    """Raises BadQueryError where an operator lacks a side or a parenthesis its other half."""
    node, rest = _expression(items)
    if rest:
        raise BadQueryError(f"unexpected {rest[0]}")
    return node


def _expression(items: tuple[Item, ...]) -> tuple[Node, tuple[Item, ...]]:
    left, rest = _operand(items)
    while rest and rest[0] in ("AND", "OR", "ANDNOT"):
        operator = str(rest[0])
        right, rest = _operand(rest[1:])
        left = Pair(operator, left, right)
    return left, rest


def _operand(items: tuple[Item, ...]) -> tuple[Node, tuple[Item, ...]]:
    match items:
        case (Term() as term, *rest):
            return term, tuple(rest)
        case ("ANDNOT", *rest):
            node, left_over = _operand(tuple(rest))
            return Without(node), left_over
        case ("(", *rest):
            node, left_over = _expression(tuple(rest))
            if not left_over or left_over[0] != ")":
                raise BadQueryError("a parenthesis is not closed")
            return node, left_over[1:]
        case _:
            raise BadQueryError("an operator without its second side")


def _term(field: str, token: str) -> Term:
    quoted = token.startswith('"')
    value = token.strip('"') if quoted else token
    if field == "au" and "_" in value:
        return Term(field, value.replace("_", " "), quoted=True)
    return Term(field, value, quoted)


def _whole_dates(text: str) -> str:
    """Date ranges as one quoted value, filled up to the minute: `[2024 TO 202402]`."""
    return _DATES.sub(
        lambda found: f'{found[1]}"{_first_minute(found[2])} TO {_last_minute(found[3])}"', text
    )


def _first_minute(digits: str) -> str:
    return digits[:12] + "200001010000"[len(digits[:12]) :] if digits.isdigit() else digits


def _last_minute(digits: str) -> str:
    if not digits.isdigit() or len(digits) < 4:
        return digits
    if len(digits) == 4:
        digits += "12"
    if len(digits) == 6:
        month = int(digits[4:6])
        days = calendar.monthrange(int(digits[:4]), month)[1] if 1 <= month <= 12 else 31
        digits += f"{days:02d}"
    return digits[:12] + "999912312359"[len(digits[:12]) :]


def date_range(value: str) -> tuple[str, str]:
    """Both ends of a submittedDate, as `YYYYMMDDHHMM`. Raises BadQueryError where it is none."""
    begin, mark, end = value.partition(" TO ")
    if not mark or not _MOMENT.fullmatch(begin) or not _MOMENT.fullmatch(end):
        raise BadQueryError(f"no range of dates: {value}")
    return begin, end
