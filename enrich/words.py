"""
`dataclass`, which writes what a class needs when it is first needed.

The standard library compiles six functions for each class while it is defined, half a
millisecond in all. A short run defines two hundred classes and makes objects of a few:
a third of its time would go there. Here fields and slots are laid at once, and each
method is compiled by the first call of it. For a type checker it is the standard one.

Knows frozen classes with nothing special about them; the others are left to the standard library.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

    Write = Callable[[str, tuple[dataclasses.Field[Any], ...]], Any]
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, **others):
        """As `dataclasses.dataclass`."""
        if cls is None:
            return lambda cls: dataclass(cls, frozen=frozen, slots=slots, **others)
        if others or not frozen or hasattr(cls, "__post_init__"):
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **others)
        own = vars(cls).keys()
        # Else the standard library works one out from a signature that is not there yet.
        cls.__doc__ = cls.__doc__ or cls.__name__
        made = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=slots)
        for name, write in _WRITTEN.items():
            if name not in own:
                setattr(made, name, _at_first_call(made, name, write))
        made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
        made.__getstate__, made.__setstate__ = _state, _restore
        return made


def _at_first_call(cls: type, name: str, write: Write) -> Any:
    """A method that puts the one that *write* makes into its own place, and calls that."""

    def first(self: object, *args: object, **options: object) -> object:
        method = write(cls.__qualname__, dataclasses.fields(cls))
        setattr(cls, name, method)
        return method(self, *args, **options)

    return first


def _init(name: str, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    known: dict[str, object] = {"_set": object.__setattr__, "_missing": dataclasses.MISSING}
    parameters, lines = ["self"], ["pass"]
    for field in fields:
        value = field.name
        if field.default is not dataclasses.MISSING:
            known[f"_default_{field.name}"] = field.default
            parameters.append(f"{field.name}=_default_{field.name}")
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_make_{field.name}"] = field.default_factory
            parameters.append(f"{field.name}=_missing")
            value = f"_make_{field.name}() if {field.name} is _missing else {field.name}"
        else:
            parameters.append(field.name)
        lines.append(f"_set(self, {field.name!r}, {value})")
    return _compiled(name, "__init__", parameters, lines, known)


def _eq(name: str, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    mine, yours = _values("self", fields), _values("other", fields)
    lines = [
        "if other.__class__ is self.__class__:",
        f"    return {mine} == {yours}",
        "return NotImplemented",
    ]
    return _compiled(name, "__eq__", ["self", "other"], lines, {})


def _hash(name: str, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    return _compiled(name, "__hash__", ["self"], [f"return hash({_values('self', fields)})"], {})


def _repr(name: str, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    shown = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in fields if field.repr)
    line = f"return f'{{self.__class__.__qualname__}}({shown})'"
    return _compiled(name, "__repr__", ["self"], [line], {})


_WRITTEN: dict[str, Write] = {"__init__": _init, "__eq__": _eq, "__hash__": _hash, "__repr__": _repr}


def _values(of: str, fields: tuple[dataclasses.Field[Any], ...]) -> str:
    compared = (f"{of}.{field.name}," for field in fields if field.compare)
    return f"({' '.join(compared)})"


def _compiled(
    owner: str, name: str, parameters: list[str], lines: list[str], known: dict[str, object]
) -> Any:
    body = "\n    ".join(lines)
    exec(f"def {name}({', '.join(parameters)}):\n    {body}", known)  # noqa: S102 - names of fields alone
    method: Any = known[name]
    method.__qualname__ = f"{owner}.{name}"
    return method


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
