"""
Short names: for changes and findings as people meet them, for values as the ledger remembers them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING, assert_never

from enrich.models import (
    AnchorQuery,
    CitationsQuery,
    FileQuery,
    LinkQuery,
    Map,
    PublishedQuery,
    RecordQuery,
    SearchQuery,
    SecureQuery,
    SnapshotQuery,
)
from enrich.naming.values import canonical_json, to_json

if TYPE_CHECKING:
    from enrich.models import Change, Query, Value


_LONGEST = 200
"""Characters of a value in a decision; a longer one is written as its hash."""


ID_DIGITS = 8
"""Of a change's name, as long as no other change in the same queue begins with them."""


def change_id(path: str, field: str, before: Value, after: Value) -> str:
    """
    Eight hexadecimal digits that name a change to a person.

    Short enough to type, and so not unique: among 20,000 changes two share one
    with a probability of 5 %. A queue tells such two apart by more digits of
    their `long_change_id`.
    """
    return _digits([path, field, to_json(before), to_json(after)], ID_DIGITS)


def long_change_id(change: Change) -> str:
    """All 64 digits of the name that *change* has; any beginning of it names the change too."""
    fix = change.fix
    return _digits([change.path, fix.field, to_json(fix.before), to_json(fix.after)], 64)


def fingerprint(rule: str, path: str, field: str, url: str | None = None) -> str:
    """
    Sixteen hexadecimal digits that name a finding from run to run.

    The field counts without its positions, so that moved lines, reordered links
    and an edited title revive nothing that a person has set aside.
    """
    return _digits([rule, path, without_positions(field), url or ""], 16)


def rejection_key(change: Change) -> str:
    """
    Sixteen hexadecimal digits under which a person's no to *change* is remembered.

    A rejection holds for path, field and new value, whatever stands there and
    wherever in its list: reordered links revive nothing.
    """
    return decided_key(change.path, change.fix.field, shortened(change.fix.after))


def decided_key(path: str, field: str, after: object) -> str:
    """The key of a decision as it is written down: *after* as `shortened` gives it."""
    return _digits([path, without_positions(field), after], 16)


def acceptance_key(change: Change) -> str:
    """
    Sixteen hexadecimal digits under which a person's yes to *change* is remembered.

    Narrower than a no: it holds for this place and for what stands there now.
    """
    fix = change.fix
    return accepted_key(change.path, fix.field, shortened(fix.before), shortened(fix.after))


def accepted_key(path: str, field: str, before: object, after: object) -> str:
    """The key of a decision as it is written down: *before* and *after* as `shortened` gives them."""
    return _digits([path, field, before, after], 16)


def shortened(value: Value) -> object:
    """*value* as JSON, or `sha256:…` where that is longer than 200 characters."""
    data = to_json(value)
    text = data if isinstance(data, str) else canonical_json(data)
    if len(text) <= _LONGEST:
        return data
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def value_hash(value: Value) -> str:
    """
    Twelve hexadecimal digits that stand for *value* as a reader of text sees it.

    A date, a number and the text that looks like it have the same one: front
    matter is read as text, and `2024-10-25` is one value however it is typed.
    """
    return _digits(_as_text(value), 12)


def query_name(query: Query) -> str:
    """`arxiv:2410.21276`, the address, or what was searched for."""
    match query:
        case RecordQuery(scheme, name):
            return f"{scheme}:{name}"
        case SearchQuery(title, surname):
            return f"search:{title} {surname}".rstrip()
        case CitationsQuery(scheme=scheme, id=name):
            return f"citations:{scheme}:{name}"
        case PublishedQuery(arxiv=name):
            return f"published:{name}"
        case AnchorQuery(url, fragment):
            return f"{url}#{fragment}"
        case LinkQuery(url) | SnapshotQuery(url) | SecureQuery(url):
            return url
        case FileQuery(target=target):
            return target
        case _:
            assert_never(query)


def without_positions(field: str) -> str:
    """
    >>> without_positions("additional_links[1].url")
    'additional_links[].url'
    """
    return re.sub(r"\[\d+\]", "[]", field)


def _digits(data: object, count: int) -> str:
    return hashlib.sha256(canonical_json(data).encode("ascii")).hexdigest()[:count]


def _as_text(value: Value) -> object:
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case dt.date():
            return value.isoformat()
        case tuple():
            return [_as_text(item) for item in value]
        case Map(pairs):
            return {"map": [[key, _as_text(item)] for key, item in pairs]}
        case _:
            return str(value)
