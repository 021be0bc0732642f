"""
The shape that a catalogue was found to have, remembered beside the answers.

Two hundred entries are read to find it out, which a check of three need not repeat.
It is asked of the memory only where few entries are looked at and none is written;
every other run finds it out again, and a new folder or another configuration does too.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

from enrich.catalogues.detection import SHAPES
from enrich.files import replace_file
from enrich.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.catalogues.shape import Shape
    from enrich.setting import Setting

FILE = "shape.json"
FOR = dt.timedelta(days=7)
"""How long it is believed: the entries may be written anew meanwhile."""


def key_of(setting: Setting, paths: Iterable[str], beside: Iterable[str]) -> str:
    """
    What a shape is found out from, but for what the entries say.

    The folders that *paths* lie in, the configuration, and the names of what lies *beside* them at the root.
    """
    settings = setting.config.catalogue
    folders = sorted({path.rpartition("/")[0] for path in paths})
    markers = {name for shape in SHAPES.values() for name in shape.signs.markers}
    known = [VERSION, sorted(markers.intersection(beside)), folders, settings.include, settings.exclude]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def recalled(setting: Setting, key: str) -> Shape | None:
    """None where nothing is remembered, or what is was found out from something else or too long ago."""
    try:
        told = json.loads((setting.cache_folder / FILE).read_bytes())
        found_on = dt.date.fromisoformat(told["on"])
        known, shape = told["key"], SHAPES[told["shape"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    age = setting.started_at.date() - found_on
    return shape if known == key and dt.timedelta() <= age <= FOR else None


def remember(setting: Setting, key: str, shape: Shape) -> None:
    """Where answers are kept; a folder that can't be written to forgets it."""
    if not setting.cache_folder.is_dir():
        return
    told = {"key": key, "shape": shape.name, "on": setting.started_at.date().isoformat()}
    with contextlib.suppress(OSError):
        replace_file(setting.cache_folder / FILE, json.dumps(told).encode())
