"""
One line of arXiv's public metadata snapshot, read with distrust.

Pure. A line is a JSON object that has every key of the snapshot, null where arXiv has nothing.
One from which keys are missing was made by somebody else: what it leaves out would be taken
for what arXiv does not have.

Source: https://www.kaggle.com/datasets/Cornell-University/arxiv
"""

from __future__ import annotations

import json
from typing import Any

from enrich.mirror.authors import divided
from enrich.mirror.papers import Fields, FlawError, Paper, read_day, record_of


def read_line(line: bytes) -> Paper:
    """Raises FlawError where *line* holds no whole paper."""
    try:
        read = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FlawError(f"it is no JSON ({_clause(error)})") from None
    if not isinstance(read, dict):
        raise FlawError("it is no JSON object")
    try:
        fields = Fields(
            id=_text(read, "id"),
            title=_text(read, "title"),
            authors=_authors(read),
            categories=_text(read, "categories"),
            versions=[_text(version, "created") for version in _versions(read)],
            comment=_perhaps(read, "comments"),
            journal_ref=_perhaps(read, "journal-ref"),
            doi=_perhaps(read, "doi"),
            license=_perhaps(read, "license"),
            abstract=_perhaps(read, "abstract"),
        )
        datestamp = read_day(_text(read, "update_date"))
    except KeyError as missing:
        raise FlawError(f"`{missing.args[0]}` is missing") from None
    record = record_of(fields)
    return Paper(record.id, datestamp, record, tells_marks=False)


def _clause(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)


def _text(read: dict[str, Any], key: str) -> str:
    value = read[key]
    if not isinstance(value, str):
        raise FlawError(f"`{key}` is no text")
    return value


def _perhaps(read: dict[str, Any], key: str) -> str | None:
    return None if read[key] is None else _text(read, key)


def _versions(read: dict[str, Any]) -> list[dict[str, Any]]:
    versions = read["versions"]
    if not isinstance(versions, list) or not all(isinstance(one, dict) for one in versions):
        raise FlawError("`versions` is no list of versions")
    if [one.get("version") for one in versions] != [f"v{number}" for number in range(1, len(versions) + 1)]:
        raise FlawError("its versions are not all there")
    return versions


def _authors(read: dict[str, Any]) -> list[str]:
    """As arXiv has divided them, where the snapshot tells that."""
    parsed = read.get("authors_parsed")
    if isinstance(parsed, list) and parsed and all(map(_is_name, parsed)):
        return [" ".join(filter(None, (given, family, suffix))) for family, given, suffix, *_ in parsed]
    return divided(_text(read, "authors"))


def _is_name(value: object) -> bool:
    return isinstance(value, list) and len(value) >= 3 and all(isinstance(part, str) for part in value)
