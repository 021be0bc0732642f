"""
What a kind of value is, and how one says that a value is wrong.

Pure. A kind reads one value of TOML, says what is wrong with it, spells a value
of the program in TOML's terms, and describes itself as JSON Schema. The kinds
themselves are in `scalars`, `measures`, `texts` and `tables`.
"""

from __future__ import annotations

import difflib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, NoReturn, TypeAlias, TypeVar, cast

from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")

Steps: TypeAlias = "tuple[str | int, ...]"
"""Where a value stands in TOML: keys, and positions in lists."""

Schema: TypeAlias = "dict[str, object]"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong, at a place relative to the value that was read."""

    at: Steps
    message: str
    """`takes a whole number, not "three"`: what the place does, for its name goes before."""
    hint: str = ""
    """The cure, as it stands beside the caret."""
    on_key: bool = False
    """Points to the key and not to its value."""
    unknown: str | None = None
    """The key, where it isn't known; `message` is a whole sentence then."""


class Wrong(Exception):  # noqa: N818 - never leaves this package
    """A value that can't be taken, with everything that is wrong in it."""

    def __init__(self, *flaws: Flaw) -> None:
        super().__init__(flaws)
        self.flaws = flaws


class Kind(ABC, Generic[T]):
    """What one option takes. `T` is what the program gets."""

    suffix: ClassVar[str] = ""
    """The unit, as it ends the attribute's name: `_s`, `_bytes`."""

    @property
    @abstractmethod
    def takes(self) -> str:
        """What people may write: `a duration such as "20s"`."""

    @abstractmethod
    def read(self, value: object) -> object:
        """*value* as `settle` wants it; raises Wrong."""

    def settle(self, default: T, read: object) -> T:  # noqa: ARG002 - tables need the default
        """What the program gets, where *read* was written over *default*."""
        return cast("T", read)

    def spell(self, value: T) -> object:
        """*value* as TOML and JSON hold it."""
        return value

    @abstractmethod
    def schema(self) -> Schema:
        """The same as JSON Schema."""

    def from_words(self, text: str) -> object:
        """What *text* means where TOML's quotes and brackets were left out, as in a shell."""
        return text

    def refuse(self, value: object, hint: str = "") -> NoReturn:
        raise Wrong(Flaw((), f"takes {self.takes}, not {shown(value)}", hint))


def listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


_LEAST_BEGUN = 3
"""Characters of a word that is only begun."""


def did_you_mean(word: object, words: Sequence[str]) -> str:
    """The closest of *words*, or failing that the only one that begins as *word* does."""
    close = difflib.get_close_matches(str(word), words, n=1)
    begun = [each for each in words if each.startswith(str(word)) and len(str(word)) >= _LEAST_BEGUN]
    found = close or (begun if len(begun) == 1 else [])
    return f"did you mean `{found[0]}`?" if found else ""


def shown(value: object) -> str:
    """*value* in a sentence, as TOML spells it where that is short."""
    match value:
        case dict():
            return "a table"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"' if len(value) <= 40 else f'"{value[:39]}…"'
        case _:
            return str(value)[:40]
