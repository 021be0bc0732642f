"""
A few of the faults that `python -m tests.faults` makes at every act on the disk, where most is at stake.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from tests.faults import injecting
from tests.faults.injecting import Fault
from tests.faults.scenes import SCENES
from tests.faults.sweeping import play, reference, stage

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(injecting.library() is None, reason="needs Linux and a C compiler")

DIES, FULL = Fault("half"), Fault("stays", errno.ENOSPC)


@pytest.mark.parametrize(
    ("name", "met"),
    [
        ("run --offline", ((DIES, "write _publications"), (FULL, "write _publications"))),
        ("apply", ((DIES, "rename _publications"), (FULL, "rename .enrich/written"))),
    ],
)
def test_nothing_is_lost_and_the_next_one_completes(
    tmp_path: Path, name: str, met: tuple[tuple[Fault, str], ...]
) -> None:
    scene = next(scene for scene in SCENES if scene.name == name)
    with stage(tmp_path, scene) as place:
        place.prepare()
        whole = reference(place)
        for fault, begins in met:
            at = next(number for number, act in enumerate(whole.acts, 1) if act.startswith(begins))

            act, lost = play(place, fault, at, whole)

            assert act
            assert act.startswith(begins)
            assert lost == []


def test_an_entry_is_on_the_disk_before_it_takes_its_place_and_the_way_back_before_that(
    tmp_path: Path,
) -> None:
    """So a power cut leaves the old one or the new one, and with the new one its way back."""
    scene = next(scene for scene in SCENES if scene.name == "run --offline")
    with stage(tmp_path, scene) as place:
        place.prepare()

        acts = reference(place).acts

    synced: set[str] = set()
    for act in acts:
        kind, _, path = act.partition(" ")
        if kind in ("write", "open"):
            synced -= {path, *([path.rpartition("/")[0]] if kind == "open" else [])}
        elif kind == "fsync":
            synced.add(path)
        elif kind == "rename" and path.startswith("_publications/"):
            assert any(each.startswith("_publications/.enrich-") for each in synced)
            assert {".enrich/journal/000001.jsonl", ".enrich/journal"} <= synced
    assert sum(act.startswith("rename _publications/") for act in acts) == 3
