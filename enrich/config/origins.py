"""Where each option of a configuration was said: in the file, by a variable, by `--set`, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from enrich.config.mistakes import dotted
from enrich.config.options import ROOT
from enrich.config.places import key_lines
from enrich.config.schema import toml
from enrich.config.tables import leaves
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enrich.config.kinds import Steps
    from enrich.config.options import Config
    from enrich.config.reading import Override

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Said:
    key: str
    """`links.confirm-after`."""
    value: str
    """As TOML spells it."""
    origin: str
    """`enrich.toml:3`, `--set`, the name of a variable, or `default`."""


def origins(config: Config, text: str, name: str, overrides: Sequence[Override]) -> Iterator[Said]:
    """
    Every option that is set or has a default, as *config* has it, in the order of the manual.

    *config* was parsed from *text*, the content of the file *name*, and from *overrides*, the last
    of which counts.
    """
    lines = key_lines(text, name)
    spelled = cast("dict[str, object]", ROOT.spell(config))
    for at, _, _ in leaves(ROOT, free_keys=False):
        value = _at(spelled, at)
        if value is not None:
            key = dotted(str(step) for step in at)
            yield Said(key, toml(value), _origin(at, key, lines, name, overrides))


def _origin(at: Steps, key: str, lines: dict[Steps, int], name: str, overrides: Sequence[Override]) -> str:
    for override in reversed(overrides):
        written = override.text.partition("=")[0].strip()
        if written == key or written.startswith(f"{key}."):
            return override.source
    return f"{name}:{lines[at]}" if at in lines else DEFAULT


def _at(spelled: object, at: Steps) -> object:
    for step in at:
        spelled = cast("dict[object, object]", spelled).get(step)
    return spelled
