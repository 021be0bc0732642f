"""
How values stand in JSON: written by `write`, and looked at by `read` before they are believed.

Pure. A cache may be a stranger's: what is of another type than it should be is
refused with ValueError, and so is what could not come back as it was.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import Enum, IntEnum


class Form(NamedTuple):
    """How a field stands in JSON. `read` raises ValueError where the value is of another type."""

    write: Callable[[Any], object]
    read: Callable[[object], Any]


def exactly(kind: type) -> Form:
    def read(value: object) -> Any:
        # Not isinstance: True is an int to Python, and no version number.
        if type(value) is not kind:
            raise ValueError(f"{value!r} is not of type {kind.__name__}")
        return value

    return Form(lambda value: value, read)


def each(form: Form) -> Form:
    """A tuple of what *form* writes."""
    write_one, read_one = form

    def read(values: object) -> tuple[Any, ...]:
        if type(values) is not list:
            raise ValueError(f"{values!r} is not a list")
        return tuple([read_one(value) for value in values])

    return Form(lambda values: [write_one(value) for value in values], read)


def maybe(form: Form) -> Form:
    """What *form* writes, or None."""
    write_one, read_one = form
    return Form(
        lambda value: None if value is None else write_one(value),
        lambda value: None if value is None else read_one(value),
    )


def one_of(choices: type[Enum]) -> Form:
    return Form(lambda choice: choice.value, choices)


def numbered(choices: type[IntEnum]) -> Form:
    """As `one_of`, for values that are numbers: neither True nor 1.0 is one."""
    return Form(lambda choice: choice.value, lambda value: choices(NUMBER.read(value)))


def pair(first: Form, second: Form) -> Form:
    def read(values: object) -> tuple[Any, Any]:
        if type(values) is not list or len(values) != 2:
            raise ValueError(f"{values!r} is no pair")
        return first.read(values[0]), second.read(values[1])

    return Form(lambda pair: [first.write(pair[0]), second.write(pair[1])], read)


def word(kind: type, /, **forms: Form) -> Form:
    """
    A dataclass as the list of its fields.

    Raises TypeError where *forms* are not those of its fields, in their order: a field
    that is added to a word is not forgotten here.
    """
    names = [field.name for field in fields(kind)]
    if names != list(forms):
        raise TypeError(f"{kind.__name__} has the fields {names}, not {list(forms)}")
    writes = [(name, form.write) for name, form in forms.items()]
    reads = [form.read for form in forms.values()]

    def read(values: object) -> Any:
        if type(values) is not list or len(values) != len(reads):
            raise ValueError(f"{values!r} is no {kind.__name__}")
        return kind(*[read(value) for read, value in zip(reads, values, strict=True)])

    return Form(lambda value: [write(getattr(value, name)) for name, write in writes], read)


def microseconds(moment: dt.datetime) -> int:
    """Since 1970, UTC. Raises ValueError for a time without time zone, whose meaning is a guess."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return (moment - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> dt.datetime:
    return _EPOCH + microseconds * _MICROSECOND


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def _read_date(value: object) -> dt.date:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a date")
    return dt.date.fromisoformat(value)


def _read_real(value: object) -> float:
    if type(value) is int or type(value) is float:
        return value
    raise ValueError(f"{value!r} is no number")


def _read_moment(value: object) -> dt.datetime:
    try:
        return moment(NUMBER.read(value))
    except OverflowError as error:
        raise ValueError(f"{value!r} is no time") from error


TEXT = exactly(str)
NUMBER = exactly(int)
TRUTH = exactly(bool)
REAL = Form(lambda number: number, _read_real)
"""As it is: reports write 1 and 1.0 differently."""
DATE = Form(dt.date.isoformat, _read_date)
MOMENT = Form(microseconds, _read_moment)
