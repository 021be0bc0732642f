"""
Markup in titles and names, read as plain text: LaTeX, HTML entities, formatting tags.

Knows what a sign stands for, not what a title or a name is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

from enrich.matching.latex import LossyError, without_latex
from enrich.patterns import pattern

_INVISIBLE = pattern("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Only tags that format, for a title may hold others as words: "<think> So let's replace this phrase".
_TAG = pattern(
    r"</?(?:i|b|u|em|strong|su[bp]|inf|tt|scp?|span|italic|bold|(?:mml|jats|m):[a-z]+)"
    r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""",
    re.IGNORECASE,
)
_FORMULA = pattern(r"<(?:mml|m):", re.IGNORECASE)


def plain_text(text: str) -> str | None:
    r"""
    *text* as it may be written: without LaTeX, HTML entities and formatting tags, on one line, in NFC.

    None where that would lose something: an unknown command, a fraction or an
    exponent that can't be told from its neighbours, unbalanced braces. `$` stays
    where it is money.

    >>> plain_text(r"PanGu-$\alpha$ by Lov\'asz &amp; others for $100K")
    'PanGu-α by Lovász & others for $100K'
    >>> plain_text(r"Wave equations on $\RR^{1+3}$") is None
    True
    """
    if _FORMULA.search(text):
        return None
    try:
        return " ".join(unicodedata.normalize("NFC", _decoded(text, strict=True)).split())
    except LossyError:
        return None


def loose_text(text: str) -> str:
    """*text* without markup, for comparing only: what can't be decoded leaves its letters behind."""
    return _decoded(text, strict=False)


def _decoded(text: str, *, strict: bool) -> str:
    if "&" in text:
        text = _without_entities(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return _INVISIBLE.sub("", without_latex(text, strict=strict))


def _without_entities(text: str) -> str:
    # Some harvests escape twice: `&amp;amp;`. Every round is shorter, so this ends.
    while (decoded := _ENTITY.sub(_entity, text)) != text:
        text = decoded
    return text


def _entity(found: re.Match[str]) -> str:
    # Not html.unescape for names: it also decodes a name's beginning, `&notes;` as `¬es;`.
    name = found[0][1:]
    return html.unescape(found[0]) if name.startswith("#") else html5.get(name, found[0])
