"""A repair that was proposed, told as done."""

from __future__ import annotations

from enrich.patterns import pattern

_THEN = pattern(r" and (?=[^`]*(?:`[^`]*`[^`]*)*$)")
"""Not between backticks, where the text is the entry's."""
_CLAUSE = pattern(
    r"(?P<verb>insert|move|put|remove|restore|swap|write) (?:the )?"
    r"(?P<what>(?:`[^`]*`|[^`])+?)(?P<rest>(?: back| as| for)\b.*)?"
)
_DONE = {
    "insert": "inserted",
    "move": "moved",
    "put": "put",
    "remove": "removed",
    "restore": "restored",
    "swap": "swapped",
    "write": "written",
}


def done(title: str) -> str:
    """
    The clauses of *title*, imperatives, as what has come of them; any other text as it is.

    >>> done("remove the `hf` prefix and put the dot back")
    '`hf` prefix removed and dot put back'
    """
    return " and ".join(map(_done, _THEN.split(title)))


def _done(clause: str) -> str:
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        return clause
    return f"{match['what']} {_DONE[match['verb']]}{match['rest'] or ''}"
