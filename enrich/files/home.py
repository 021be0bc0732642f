"""
Where the configuration is, and with it the catalogue's root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import vcs
from enrich.config import holds_configuration
from enrich.errors import ConfigError, UsageError
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAMES = ("enrich.toml", ".enrich.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Home:
    root: Path
    """Absolute, with links resolved; all paths of entries are relative to it."""
    config: str | None = None
    """The configuration's name in `root`; None where there is no such file."""
    text: str = ""
    """What it says."""


def find_home(paths: Sequence[str], cwd: Path, config: str | None = None) -> Home:
    """
    The catalogue that *paths* are in; without any, the one that *cwd* is in.

    The first configuration from the first path up to the top of the git work
    tree, or outside git up to the file system's; its folder is the root, else
    that top, else *cwd* where they are in it, else where they are. A *config*
    that is named is taken. Raises UsageError where that one isn't there,
    ConfigError where a file isn't UTF-8.
    """
    if config is not None:
        named = (cwd / config).resolve()
        if not named.is_file():
            raise UsageError(f"{config}: no such file")
        return _home(named)
    start = (cwd / paths[0] if paths else cwd).resolve()
    while not start.is_dir():
        start = start.parent
    top = vcs.work_tree(start)
    for folder in (start, *start.parents):
        for name in NAMES:
            if (home := _home_at(folder / name)) is not None:
                return home
        if folder == top:
            break
    here = cwd.resolve()
    return Home(top or (here if start.is_relative_to(here) else start))


def _home_at(file: Path) -> Home | None:
    if not file.is_file():
        return None
    home = _home(file)
    return home if file.name != "pyproject.toml" or holds_configuration(home.text) else None


def _home(file: Path) -> Home:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    try:
        return Home(file.parent, file.name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{file}:{line}: not UTF-8, as TOML must be") from error
