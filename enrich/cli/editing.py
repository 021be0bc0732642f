"""A new value typed by a person in their own editor, and whether it can stand where it shall."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.applying import apply_changes
from enrich.files import Unread, read
from enrich.links import canonical_url
from enrich.reviewing import edited
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.ledger import Group
    from enrich.models import Value


class Unedited(Exception):  # noqa: N818 - why there is no new value, for the person who typed
    """There is no new value; its text says why."""


def typed_value(value: Value, environ: Mapping[str, str]) -> Value:
    """
    What a person makes of *value* in `$VISUAL` or `$EDITOR`; a list has an item a line.

    Raises Unedited where there is no editor, where it fails, and where what it
    leaves is nothing that a field of this kind can hold.
    """
    command = environ.get("VISUAL") or environ.get("EDITOR")
    if not command:
        raise Unedited("no editor: set EDITOR to one")
    with tempfile.TemporaryDirectory(prefix="enrich-") as folder:
        file = Path(folder) / "value.txt"
        file.write_bytes((as_text(value) + "\n").encode("utf-8", "surrogateescape"))
        try:
            code = subprocess.call([*shlex.split(command), os.fspath(file)])  # noqa: S603 - the person's own
        except (OSError, ValueError) as error:
            raise Unedited(f"{command} can't be started: {error}") from error
        if code:
            raise Unedited(f"{command} ended with {code}")
        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Unedited(f"what {command} left can't be read: {error}") from error
    return read_as(value, text)


def as_text(value: Value) -> str:
    """*value* as it is edited; raises Unedited where it has no such form."""
    match value:
        case None:
            raise Unedited("the field shall go; there is no value to edit")
        case str():
            return value
        case dt.date():
            return value.isoformat()
        case tuple() if all(isinstance(item, str) for item in value):
            return "\n".join(str(item) for item in value)
        case bool() | int() | float():
            return str(value).lower()
    raise Unedited("a value of this kind can't be edited here")


def read_as(value: Value, text: str) -> Value:
    """*text* as a value of the kind that *value* has; raises Unedited."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if not lines:
        raise Unedited("nothing was left; `n` rejects the change")
    if any(printable(line) != line for line in lines):
        raise Unedited("it holds characters that can't be seen")
    if isinstance(value, tuple):
        return tuple(lines)
    if len(lines) > 1:
        raise Unedited("the value is one line")
    return _scalar(value, lines[0])


def _scalar(value: Value, line: str) -> Value:
    if isinstance(value, str):
        if canonical_url(value) is not None and canonical_url(line) is None:
            raise Unedited("it is no address")
        return line
    try:
        match value:
            case bool():
                return {"true": True, "false": False}[line]
            case int():
                return int(line)
            case float():
                return float(line)
            case dt.datetime():
                return dt.datetime.fromisoformat(line)
            case _:
                return dt.date.fromisoformat(line)
    except (ValueError, KeyError):
        raise Unedited(f"not of the kind of {as_text(value)}") from None


def check(root: Path, question: Group, value: Value) -> None:
    """
    Return where *value* can stand in the place of what *question* proposes; else raise Unedited.

    It is held against the file as it is: written, read again, and nothing else may differ.
    """
    change = question.lead.change
    if value == change.fix.after:
        raise Unedited("nothing was changed; `y` accepts it as it is")
    if value == change.fix.before:
        raise Unedited("that is what stands there; `n` leaves it so")
    document = read(root, change.path)
    if isinstance(document, Unread):
        raise Unedited(document.reason)
    made = edited(question, value).lead.change
    if made not in apply_changes(document, [made]).made:
        raise Unedited("it can't be written there so that nothing else changes")
