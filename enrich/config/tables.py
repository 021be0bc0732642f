"""
Kinds that hold other kinds: lists, tables with free keys, and sections with options.

A section is a dataclass whose fields are made by `option`; that one line is all
that reading, schema and manual know of an option.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from enrich.config.kinds import Flaw, Kind, Schema, Steps, Wrong, did_you_mean
from enrich.config.mistakes import quoted
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    key: str
    """As TOML writes it: `confirm-after`."""
    attribute: str
    """As the program calls it, unit included."""
    kind: Kind[T]
    doc: str


@overload
def option(default: T, kind: Kind[T], doc: str, key: str = ...) -> T: ...
@overload
def option(default: None, kind: Kind[T], doc: str, key: str = ...) -> T | None: ...
def option(default: T | None, kind: Kind[T], doc: str, key: str = "") -> T | None:
    """
    A field of a section, as an option of the configuration.

    *doc* is one clause, for the manual and the schema. The key is the field's
    name with `-` for `_` and without the unit, unless *key* says otherwise. A
    default of None is "not configured".
    """
    return dataclasses.field(default=default, metadata={"kind": kind, "doc": doc, "key": key})


def options(section: type) -> tuple[Option[Any], ...]:
    return tuple(
        Option(
            field.metadata["key"] or field.name.removesuffix(field.metadata["kind"].suffix).replace("_", "-"),
            field.name,
            field.metadata["kind"],
            field.metadata["doc"],
        )
        for field in dataclasses.fields(section)
    )


@dataclass(frozen=True)
class Listed(Kind[tuple[T, ...]]):
    item: Kind[T]

    @property
    def takes(self) -> str:
        return f"a list, each {self.item.takes}"

    def read(self, value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            self.refuse(value, f"in brackets: [{quoted(value)}]" if isinstance(value, str) else "")
        return tuple(_each(self.item.read, enumerate(value)))

    def spell(self, value: tuple[T, ...]) -> object:
        return [self.item.spell(item) for item in value]

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema()}

    def from_words(self, text: str) -> object:
        return [self.item.from_words(part.strip()) for part in text.split(",")]


@dataclass(frozen=True)
class Keyed(Kind[tuple[tuple[str, T], ...]]):
    """A table whose keys the curator chooses; what is written later goes over what was written before."""

    key: Kind[str]
    item: Kind[T]
    default: T
    """What an item is where nothing of it is written."""
    placeholder: str
    """Stands for the key in the manual: `HOST`."""
    check: Callable[[str, Any], Iterable[Flaw]] | None = None

    @property
    def takes(self) -> str:
        return f"a table: {self.key.takes} = {self.item.takes}"

    def read(self, value: object) -> dict[str, object]:
        if not isinstance(value, dict):
            self.refuse(value)
        return dict(_each(self._read_item, _pairs(value)))

    def _read_item(self, pair: tuple[str, object]) -> tuple[str, object]:
        key, value = pair
        try:
            self.key.read(key)
        except Wrong as wrong:
            raise Wrong(Flaw((), f"is not {self.key.takes}", wrong.flaws[0].hint, on_key=True)) from None
        read = self.item.read(value)
        if self.check and (flaws := tuple(self.check(key, read))):
            raise Wrong(*flaws)
        return key, read

    def settle(self, default: tuple[tuple[str, T], ...], read: object) -> tuple[tuple[str, T], ...]:
        standing = dict(default)
        for key, item in cast("dict[str, object]", read).items():
            standing[key] = self.item.settle(standing.get(key, self.default), item)
        return tuple(standing.items())

    def spell(self, value: tuple[tuple[str, T], ...]) -> object:
        return {key: self.item.spell(item) for key, item in value}

    def schema(self) -> Schema:
        return {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.item.schema(),
        }


@dataclass(frozen=True)
class Section(Kind[T]):
    """A table with options; a second one of the same section changes only what it names."""

    of: type[T]

    @property
    def takes(self) -> str:
        return f"a table with {', '.join(option.key for option in options(self.of))}"

    def read(self, value: object) -> object:
        if not isinstance(value, dict):
            self.refuse(value)
        return dict(_each(self._read_option, _pairs(value)))

    def _read_option(self, pair: tuple[str, object]) -> tuple[str, object]:
        key, value = pair
        for known in options(self.of):
            if known.key == key:
                return known.attribute, known.kind.read(value)
        what = "section" if isinstance(value, dict) else "key"
        hint = did_you_mean(key, [known.key for known in options(self.of)])
        if key == "tool":
            hint = "[tool.enrich] is for pyproject.toml; here its tables stand alone, such as [links]"
        raise Wrong(Flaw((), f"unknown {what} `{key}`", hint, on_key=True, unknown=key))

    def settle(self, default: T, read: object) -> T:
        written = cast("dict[str, object]", read)
        changed = {
            known.attribute: known.kind.settle(getattr(default, known.attribute), written[known.attribute])
            for known in options(self.of)
            if known.attribute in written
        }
        return cast("T", dataclasses.replace(cast("Any", default), **changed))

    def spell(self, value: T) -> object:
        """Options that are not configured are left out."""
        return {
            known.key: known.kind.spell(held)
            for known in options(self.of)
            if (held := getattr(value, known.attribute)) is not None or _default(self.of, known) is not None
        }

    def schema(self) -> Schema:
        return self.described(self.of())

    def described(self, default: T) -> Schema:
        """The schema, with what holds in *default* where nothing is written."""
        properties = {
            known.key: _described(known, getattr(default, known.attribute)) for known in options(self.of)
        }
        return {"type": "object", "additionalProperties": False, "properties": properties}


@dataclass(frozen=True)
class Record(Kind[T]):
    """A small table that is written as a whole and means something only as a whole."""

    of: type[T]
    check: Callable[[T], Iterable[Flaw]]
    main: str = ""
    """The key that is meant where a text stands in the place of the table."""

    @property
    def takes(self) -> str:
        return Section(self.of).takes

    def read(self, value: object) -> T:
        section = Section(self.of)
        if isinstance(value, str) and self.main:
            self.refuse(value, f"such as {{{self.main} = {quoted(value)}}}")
        record = section.settle(self.of(), section.read(value))
        if flaws := tuple(self.check(record)):
            raise Wrong(*flaws)
        return record

    def spell(self, value: T) -> object:
        """Only what differs from the defaults, so that it reads as a person wrote it."""
        return {
            known.key: known.kind.spell(held)
            for known in options(self.of)
            if (held := getattr(value, known.attribute)) != _default(self.of, known)
        }

    def schema(self) -> Schema:
        return Section(self.of).schema()


def _default(section: type, known: Option[Any]) -> object:
    return next(field.default for field in dataclasses.fields(section) if field.name == known.attribute)


def _described(known: Option[Any], default: object) -> Schema:
    if isinstance(known.kind, Section):
        return {"description": known.doc} | known.kind.described(default)
    schema = {"description": known.doc} | known.kind.schema()
    return schema if default is None else schema | {"default": known.kind.spell(default)}


def _pairs(table: dict[str, object]) -> Iterator[tuple[str, tuple[str, object]]]:
    return ((key, (key, value)) for key, value in table.items())


def _each(read: Callable[[A], B], items: Iterable[tuple[str | int, A]]) -> list[B]:
    """What *read* makes of every item, or everything that is wrong with any of them."""
    values: list[B] = []
    flaws: list[Flaw] = []
    for step, item in items:
        try:
            values.append(read(item))
        except Wrong as wrong:
            flaws += (dataclasses.replace(flaw, at=(step, *flaw.at)) for flaw in wrong.flaws)
    if flaws:
        raise Wrong(*flaws)
    return values


def leaves(section: Section[Any], *, free_keys: bool = True) -> Iterator[tuple[Steps, Option[Any], object]]:
    """
    Every option below *section* with its place and default.

    With *free_keys*, options of a table whose keys are free stand under its
    placeholder, else that table counts as one option.
    """
    yield from _leaves(section, section.of(), (), free_keys)


def _leaves(
    section: Section[Any], defaults: object, at: Steps, free_keys: bool
) -> Iterator[tuple[Steps, Option[Any], object]]:
    for known in options(section.of):
        default = getattr(defaults, known.attribute)
        below = (*at, known.key)
        match known.kind:
            case Section():
                yield from _leaves(known.kind, default, below, free_keys)
            case Keyed(item=Section() as item) if free_keys:
                yield from _leaves(item, known.kind.default, (*below, known.kind.placeholder), free_keys)
            case _:
                yield below, known, default
