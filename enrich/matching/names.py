"""
Names of authors: arXiv's lists made clean, and the short form of a list.

Nothing here is re-cased: that needs a record, see `spelling`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enrich.matching.markup import plain_text
from enrich.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORT_LIST = 3
_COLON = pattern(r"^\s*:\s*|\s*:\s*$")
_SWALLOWED_COLON = pattern(r"(?:collaboration|group|team)$", re.IGNORECASE)


def clean_authors(raw: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """
    arXiv's author list as names, and the collaboration that stands before its colon.

    The API keeps `:` as an author (`OpenAI`, `:`, `Aaron Hurst`), puts a space
    after every dot (`J. -P. Lévy`, `GLM-4. 5 Team`) and leaves braces. What stands
    before the first colon is the collaboration, several names joined by `, `; the
    names stay in the list. The colon is missing after a first name that ends in
    *team*, *group* or *collaboration*. Affiliations in parentheses are no names.

    Source: arxiv-base, `arxiv/authors`, and harvested answers of the API.
    """
    names: list[str] = []
    before_colon: int | None = None
    for item in _without_affiliations(raw):
        name = clean_name(_COLON.sub("", item))
        if before_colon is None and item.lstrip().startswith(":"):
            before_colon = len(names)
        if name:
            names.append(name)
        if before_colon is None and item.rstrip().endswith(":"):
            before_colon = len(names)
    if before_colon is None:
        before_colon = 1 if names and _SWALLOWED_COLON.search(names[0]) else 0
    leads = 0 < before_colon < len(names)
    return tuple(names), ", ".join(names[:before_colon]) if leads else None


_AFFILIATION = pattern(r"\s*\((?:[^()]|\([^()]*\))*\)\s*$")


def _without_affiliations(raw: Sequence[str]) -> Iterator[str]:
    """
    *raw* without what stands in parentheses after a name, which arXiv takes for an affiliation.

    One that holds a comma was split there: `A. Ion (University of Pitesti`, `Romania)`.
    """
    is_open = False
    for item in raw:
        if is_open:
            is_open = item.count(")") <= item.count("(")
            continue
        name = _AFFILIATION.sub("", item)
        is_open = name.count("(") > name.count(")")
        yield name[: name.index("(")] if is_open else name


def clean_name(name: str) -> str:
    """
    One name as arXiv means it.

    >>> clean_name("and J. -P. L{é}vy"), clean_name("GLM-4. 5 Team"), clean_name("MOSI. AI")
    ('J.-P. Lévy', 'GLM-4.5 Team', 'MOSI.AI')
    """
    plain = plain_text(name)
    name = " ".join(re.sub(r"[{}]", "", name).split()) if plain is None else plain
    name = re.sub(r"^and\s+", "", name)
    name = re.sub(r"\.\s+-", ".-", name)
    return re.sub(r"(?<=\d)\.\s+(?=\d)|(?<=\w\w)\.\s+(?=AI$)|\.\s+(?=ai$)", ".", name)


def derive_short_authors(names: Sequence[str]) -> str:
    """
    Up to three names: the list. Else the first author's last word, and `et al.`.

    >>> derive_short_authors(["OpenAI", "Aaron Hurst", "Adam Lerer", "AJ Ostrow"])
    'OpenAI et al.'
    """
    if len(names) <= _SHORT_LIST:
        return ", ".join(names)
    return f"{names[0].split()[-1] if names[0].split() else names[0]} et al."
