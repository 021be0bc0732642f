"""A file is known without being read only where it certainly is the one that was read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from enrich.files import Signatures
from enrich.files.signature import CLOCKS_APART_NS, COARSE_NS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "entry.md"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / NAME
    made.write_text("title: One\n")
    return made


def signatures(root: Path, later_ns: int = 0) -> Signatures:
    """Where the time of the file system isn't known, but that it is so much *later* than ours."""
    now_ns = (root / NAME).stat().st_ctime_ns + later_ns
    return Signatures(root, root / "no marker", now_ns=lambda: now_ns)


def rewritten(file: Path) -> None:
    times = file.stat()
    file.write_text("title: Two\n")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def replaced(file: Path) -> None:
    times = file.stat()
    other = file.with_name("other.md")
    other.write_text("title: Two\n")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(file)


def linked(file: Path) -> None:
    file.rename(file.with_name("other.md"))
    file.symlink_to("other.md")


def test_a_file_that_nobody_touches_keeps_its_signature(file: Path) -> None:
    known = signatures(file.parent)

    before = known.of(NAME)
    file.read_text()

    assert before
    assert known.of(NAME) == before


@pytest.mark.parametrize(
    "change",
    [
        rewritten,
        replaced,
        linked,
        os.utime,
        os.unlink,
        lambda file: file.write_text("title: One\nyear: 2024\n"),
        lambda file: file.write_text("title: Two\n"),
    ],
    ids=["same size and time", "replaced by such a file", "a link", "touched", "gone", "longer", "later"],
)
def test_whatever_is_done_to_it_changes_its_signature(file: Path, change: Callable[[Path], object]) -> None:
    known = signatures(file.parent)
    before = known.of(NAME)

    change(file)

    assert known.of(NAME) != before


def test_what_has_just_been_written_could_change_and_keep_it(file: Path) -> None:
    assert not signatures(file.parent, CLOCKS_APART_NS).lasting(NAME)
    assert signatures(file.parent, CLOCKS_APART_NS + 1).lasting(NAME)


def test_an_old_time_that_was_given_to_a_new_file_makes_it_no_older(file: Path) -> None:
    os.utime(file, ns=(0, 0))

    assert not signatures(file.parent, CLOCKS_APART_NS).lasting(NAME)


def test_a_time_to_come_is_never_at_rest(file: Path) -> None:
    ahead_ns = file.stat().st_ctime_ns + 10 * CLOCKS_APART_NS
    os.utime(file, ns=(ahead_ns, ahead_ns))

    assert not signatures(file.parent, 2 * CLOCKS_APART_NS).lasting(NAME)


def test_the_file_systems_own_clock_is_asked_where_it_can_be(file: Path) -> None:
    marker = file.with_name("marker")
    marker.touch()

    assert not Signatures(file.parent, marker, now_ns=lambda: 2**62).lasting(NAME)
    assert marker.stat().st_mtime_ns - file.stat().st_ctime_ns < COARSE_NS


@pytest.mark.parametrize("path", ["missing.md", ".", "a\0b", "missing/entry.md"])
def test_what_is_no_file_has_none(file: Path, path: str) -> None:
    known = signatures(file.parent, 2 * CLOCKS_APART_NS)

    assert known.of(path) == known.lasting(path) == ""
