"""
What a run changed in a file, proved by a reader of its own and by lines: not by the code that wrote it.
"""

from __future__ import annotations

import re
import tomllib
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import yaml

from enrich.models import parse_path

if TYPE_CHECKING:
    from enrich.models import Path

_HEADER = re.compile(
    rb"(---[ \t]*\r?\n)(.*?\r?\n)?(---[ \t]*(?:\r?\n|\Z))|(\+{3}\r?\n)(?P<toml>.*?\r?\n)\+{3}\s", re.DOTALL
)


def written_fields(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The new value of every field that the report says was written, by path."""
    fields: dict[str, dict[str, Any]] = {}
    for finding in report["findings"]:
        if finding["status"] == "fixed":
            change = finding["change"]
            fields.setdefault(finding["path"], {})[change["field"]] = change["after"]
    return fields


def assert_only_these_fields_differ(before: bytes, after: bytes, fields: dict[str, Any]) -> None:
    assert data_of(after) == intended(before, fields)
    assert bytes_elsewhere(before, after, fields) == 0


def data_of(content: bytes) -> Any:
    """The front matter as another reader has it, every scalar a text."""
    load = _toml if content.startswith(b"+++") else _yaml
    return load(split(content)[0])


def intended(before: bytes, fields: dict[str, Any]) -> Any:
    """What the front matter of *before* shall be with *fields* written; None takes an item or a key out."""
    data = data_of(before)
    # Items that go are taken out last and from the end: the others are named by where they stood.
    for field, value in fields.items():
        if value is not None:
            _put(data, field, value)
    for path in sorted((parse_path(field) for field, value in fields.items() if value is None), reverse=True):
        _take_out(data, path)
    return data


def bytes_elsewhere(before: bytes, after: bytes, fields: dict[str, Any]) -> int:
    """Bytes of the lines that hold none of *fields*, and of the text, that came or went."""
    is_toml = before.startswith(b"+++")
    lines_of_others = _toml_lines if is_toml else _lines_of_others
    keys = {step for field in fields for step in parse_path(field)[:: 1 if is_toml else 99]}
    (old_head, old_body), (new_head, new_body) = split(before), split(after)
    old = [*lines_of_others(old_head, keys), old_body]
    new = [*lines_of_others(new_head, keys), new_body]
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return sum(
        len(b"".join(old[start:end])) + len(b"".join(new[new_start:new_end]))
        for what, start, end, new_start, new_end in opcodes
        if what != "equal"
    )


def split(content: bytes) -> tuple[bytes, bytes]:
    """What stands between the fences, and what behind them."""
    found = _HEADER.match(content)
    assert found
    return found["toml"] or found[2] or b"", content[found.end() :]


def _yaml(head: bytes) -> Any:
    return yaml.load(head, Loader=yaml.CBaseLoader)


def _toml(head: bytes) -> Any:
    """As PyYAML's base loader reads: every scalar a text."""
    return _texts(tomllib.loads(head.decode()))


def _texts(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    return list(map(_texts, data)) if isinstance(data, list) else str(data)


def _toml_lines(head: bytes, keys: set[Any]) -> list[bytes]:
    """The lines that begin with none of *keys*; what is written here stands on one line each."""
    return [line for line in head.splitlines() if line.split(b"=")[0].strip().decode() not in keys]


def _take_out(data: dict[Any, Any], path: Path) -> None:
    *way, last = path
    target: Any = data
    for step in way:
        target = target[step]
    del target[last]


def _put(data: dict[Any, Any], field: str, value: Any) -> None:
    *way, last = parse_path(field)
    target: Any = data
    for step in way:
        target = target[step]
    if isinstance(value, list) and isinstance(target.get(last), list) and isinstance(target[last][0], dict):
        for item, name in zip(target[last], value, strict=True):
            item["name"] = name
    else:
        target[last] = value


def _lines_of_others(head: bytes, keys: set[Any]) -> list[bytes]:
    """The lines that hold no part of *keys*, by PyYAML's own marks."""
    lines = head.splitlines(keepends=True)
    mapping = yaml.compose(head, Loader=yaml.SafeLoader)
    assert mapping
    ours: set[int] = set()
    for key, value in mapping.value:
        if key.value in keys:
            end = value.end_mark.line + (value.end_mark.column > 0)
            ours |= set(range(key.start_mark.line, max(end, key.start_mark.line + 1)))
    return [line for number, line in enumerate(lines) if number not in ours and line.strip()]
