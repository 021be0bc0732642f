"""What programs that were killed left beside entries is cleared away; what is somebody's is not."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from enrich.files import clear_leftovers, document_of, replace_file, write_atomically
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LEFT = ".enrich-0123456789abcdef.tmp"
HOLDING = """
import sys
from pathlib import Path
from enrich.files.beside import beside
with beside(Path(sys.argv[1]), b"new", mode=0o600) as place:
    print(place.name, flush=True)
    sys.stdin.read()
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="without locks nobody can tell whose a file is")


def names(folder: Path) -> set[str]:
    return {place.name for place in folder.iterdir()}


def test_what_nobody_holds_is_removed(tmp_path: Path) -> None:
    for name in (LEFT, "a.md", ".enrich-0123.tmp", "notes.tmp"):
        (tmp_path / name).write_text("")

    clear_leftovers(tmp_path, [tmp_path])

    assert names(tmp_path) == {"a.md", ".enrich-0123.tmp", "notes.tmp"}


def test_what_another_program_is_writing_stays_until_that_one_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "a.md")]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writing:
        assert writing.stdout
        name = writing.stdout.readline().strip()

        clear_leftovers(tmp_path, [tmp_path])
        held = names(tmp_path)
        writing.kill()
        writing.wait()
        left = names(tmp_path)
        clear_leftovers(tmp_path, [tmp_path])

    assert held == left == {name}
    assert names(tmp_path) == set()


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_stays(tmp_path: Path, kind: str) -> None:
    place = tmp_path / LEFT
    match kind:
        case "folder":
            place.mkdir()
        case "link":
            place.symlink_to("nowhere")
        case _:
            os.mkfifo(place)

    clear_leftovers(tmp_path, [tmp_path, tmp_path / "missing"])

    assert names(tmp_path) == {LEFT}


def test_nothing_is_removed_outside_of_the_catalogue(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "catalogue", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (elsewhere / LEFT).write_text("")
    (root / "linked").symlink_to(elsewhere)

    clear_leftovers(root, [root / "linked", elsewhere])

    assert names(elsewhere) == {LEFT}


def test_a_file_that_was_replaced_leaves_nothing_beside_it(tmp_path: Path) -> None:
    replace_file(tmp_path / "a.md", b"old")

    write_atomically(tmp_path, document_of("a.md", b"old"), "new")

    assert names(tmp_path) == {"a.md"}
    assert (tmp_path / "a.md").read_bytes() == b"new"
