"""
From text to `Config`: a file, and over it what variables and `--set` say.

Pure: text in, frozen object out. All mistakes are found before one is told.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from enrich.config import versions
from enrich.config.kinds import Wrong
from enrich.config.mistakes import Mistake, config_error, dotted, name_of, table_of
from enrich.config.options import ROOT, Config
from enrich.config.places import Place, places
from enrich.config.tables import Keyed, Section, leaves, options
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.config.kinds import Flaw, Kind, Steps


@dataclass(frozen=True, slots=True)
class Override:
    """One option that is set outside the file."""

    source: str
    """`--set`, or the name of a variable."""
    text: str
    """`KEY=VALUE`: `links.confirm-after=1`, `links.hosts."example.org".delay="2s"`."""


def parse(text: str, name: str, *, overrides: Sequence[Override] = (), version: str | None = None) -> Config:
    """
    The configuration that *text* holds, the content of a file called *name*.

    In a `pyproject.toml` it is the table `[tool.enrich]`. Later *overrides* go
    over earlier ones, all over the file. Raises ConfigError with every mistake;
    where *version* is given and the file asks for another, with that alone, for
    the rest may well be right for the version that it asks for.
    """
    mistakes: list[Mistake] = []
    read: dict[str, object] = {}
    for layer in (_file(text, name), *(_override(override) for override in overrides)):
        mistakes += layer.mistakes
        if version and not layer.mistakes and (refused := _other_version(layer, version)):
            raise config_error([refused])
        try:
            read = _merged(read, cast("dict[str, object]", ROOT.read(layer.table)))
        except Wrong as wrong:
            mistakes += sorted(
                (layer.mistake(flaw) for flaw in wrong.flaws), key=lambda mistake: mistake.span
            )
    if mistakes:
        raise config_error(mistakes)
    return ROOT.settle(Config(), read)


def holds_configuration(pyproject: str) -> bool:
    """Whether the text of a `pyproject.toml` has a table `[tool.enrich]`, or seems to where it isn't TOML."""
    try:
        return "enrich" in tomllib.loads(pyproject).get("tool", {})
    except (ValueError, RecursionError):
        return "tool.enrich" in pyproject


def from_environment(environment: Mapping[str, str]) -> tuple[Override, ...]:
    """
    What variables set: `ENRICH_LINKS_CONFIRM_AFTER=1` is `links.confirm-after=1`.

    Every option in a section has one; those at the top have none, since
    `ENRICH_IGNORE` belongs to the command line's `--ignore`. An empty variable is none.
    """
    overrides = []
    for at, _, _ in leaves(ROOT, free_keys=False):
        key = dotted(str(step) for step in at)
        variable = "ENRICH_" + re.sub(r"[.-]", "_", key).upper()
        if len(at) > 1 and environment.get(variable):
            overrides.append(Override(variable, f"{key}={environment[variable]}"))
    return tuple(overrides)


_places = lru_cache(maxsize=1)(places)
"""Of a file with many mistakes, which are looked up one by one."""


@dataclass(frozen=True, slots=True)
class _Layer:
    source: str
    text: str
    table: object
    """What is read; empty where the text is no TOML."""
    base: Steps = ()
    """Where that table stands in the text."""
    is_file: bool = True
    value_from: int | None = None
    """Where the value begins, if it isn't TOML but plain words; before it stands a key."""
    mistakes: tuple[Mistake, ...] = ()

    def mistake(self, flaw: Flaw) -> Mistake:
        path = (*self.base, *flaw.at)
        span = self.span(path, on_key=flaw.on_key)
        if flaw.unknown is None:
            message = f"{name_of(path)} {flaw.message}" if path else f"the configuration {flaw.message}"
            return Mistake(self.source, self.text, span, message, flaw.hint, self.is_file)
        hint = _elsewhere(flaw.unknown) or flaw.hint or _elsewhere_nearly(flaw.unknown)
        return Mistake(self.source, self.text, span, f"{flaw.message}{table_of(path)}", hint, self.is_file)

    def span(self, path: Steps, *, on_key: bool = False) -> Span:
        if self.value_from is not None and not on_key:
            return Span(len(self.text) - len(self.text[self.value_from :].lstrip()), len(self.text))
        text = self.text if self.value_from is None else f"{self.text[: self.value_from]}0"
        found = _places(text)
        while path and path not in found:
            path = path[:-1]
        place = found.get(path, Place(Span(0, 0), Span(0, 0)))
        return place.key if on_key else place.value


def _file(text: str, name: str) -> _Layer:
    # A byte order mark is no TOML, but some editors of Windows write one.
    text = text.removeprefix("\ufeff")
    try:
        table: object = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _Layer(name, text, {}, mistakes=(_syntax(name, text, error, is_file=True),))
    base = ("tool", "enrich") if name.rpartition("/")[2] == "pyproject.toml" else ()
    for step in base:
        table = table.get(step, {}) if isinstance(table, dict) else table
    return _Layer(name, text, table, base)


def _override(override: Override) -> _Layer:
    source, text = override.source, override.text
    try:
        return _Layer(source, text, tomllib.loads(text), is_file=False)
    except (ValueError, RecursionError) as error:
        broken = _syntax(source, text, error, is_file=False)
    key, _, value = text.partition("=")
    words = value.strip()
    # Shells eat quotes: what isn't TOML but has no quote or bracket of its own is taken by its words.
    if not words or words[0] in "\"'[{":
        return _Layer(source, text, {}, mistakes=(broken,))
    try:
        table = _with_words(tomllib.loads(f"{key}=0"), ROOT, words)
    except (ValueError, RecursionError):
        return _Layer(source, text, {}, mistakes=(broken,))
    return _Layer(source, text, table, is_file=False, value_from=len(key) + 1)


def _with_words(table: object, kind: Kind[Any] | None, words: str) -> object:
    """*table* with its one value replaced by what *words* mean to the option there."""
    if not isinstance(table, dict):
        return kind.from_words(words) if kind else words
    return {key: _with_words(value, _kind_below(kind, key), words) for key, value in table.items()}


def _kind_below(kind: Kind[Any] | None, key: str) -> Kind[Any] | None:
    match kind:
        case Section(of):
            return next((known.kind for known in options(of) if known.key == key), None)
        case Keyed(item=item):
            return item
        case _:
            return None


def _syntax(source: str, text: str, error: Exception, *, is_file: bool) -> Mistake:
    if isinstance(error, RecursionError):
        return Mistake(source, text, Span(0, 0), "lists or tables are nested too deeply", "", is_file)
    message = str(error)
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    at = len(text.rstrip())
    if found:
        message = message[: found.start()]
    if message.startswith("Cannot overwrite a value"):
        message = "the key of this line stands twice"
    if found and found[1]:
        before = text.split("\n")[: int(found[1]) - 1]
        at = sum(len(line) + 1 for line in before) + int(found[2]) - 1
    return Mistake(
        source, text, Span(at, at), f"not valid TOML: {message[:1].lower()}{message[1:]}", "", is_file
    )


def _other_version(layer: _Layer, version: str) -> Mistake | None:
    asked = layer.table.get("required-version") if isinstance(layer.table, dict) else None
    if not isinstance(asked, str) or not re.fullmatch(versions.PATTERN, asked):
        return None
    reason = versions.unmet(asked, version)
    at = (*layer.base, "required-version")
    return Mistake(layer.source, layer.text, layer.span(at), reason, "", layer.is_file) if reason else None


def _merged(under: dict[str, object], over: dict[str, object]) -> dict[str, object]:
    merged = dict(under)
    for key, value in over.items():
        standing = under.get(key)
        if isinstance(standing, dict) and isinstance(value, dict):
            merged[key] = _merged(standing, value)
        else:
            merged[key] = value
    return merged


def _homes() -> dict[str, list[str]]:
    """In which tables a key is known."""
    homes: dict[str, list[str]] = {}
    for (*table, key), _, _ in leaves(ROOT):
        homes.setdefault(str(key), []).append(
            f"[{dotted(str(step) for step in table)}]" if table else "the top"
        )
    return homes


def _elsewhere(key: str) -> str:
    homes = _homes().get(key, [])
    if len(homes) > _MOST_HOMES:
        return f"`{key}` belongs to {homes[0]} and its like"
    return f"`{key}` belongs to {' or '.join(homes)}" if homes else ""


_MOST_HOMES = 2
"""Named in a hint."""


def _elsewhere_nearly(key: str) -> str:
    homes = _homes()
    close = difflib.get_close_matches(key, homes, n=1)
    return f"did you mean `{close[0]}` in {' or '.join(homes[close[0]])}?" if close else ""
