"""Standard streams that are closed, or that nobody reads to the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import clean_environ
from tests.end_to_end.queues import SNAPSHOT
from tests.end_to_end.terminals import PATIENCE_S, terminal
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

WITHOUT = """
import os, sys
for number in map(int, sys.argv[1]):
    os.close(number)
os.execv(sys.executable, [sys.executable, "-m", "enrich", *sys.argv[2:]])
"""
"""Starts enrich with some of its streams closed."""


@pytest.fixture
def examples(catalogue: Catalogue) -> Catalogue:
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", SNAPSHOT)
    catalogue.commit()
    return catalogue


@pytest.mark.parametrize("closed", ["0", "1", "2", "012"])
def test_a_run_whose_streams_are_closed_writes_all_the_same_and_into_no_wrong_file(
    examples: Catalogue, closed: str
) -> None:
    done = examples.python("-c", WITHOUT, closed, "run", "--offline")

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert ("Wrote 18 changes in 3 files" in done.stdout) is ("1" not in closed)
    assert examples.enrich("undo") == "Took back 18 changes in 3 files.\n"
    assert examples.git("status", "--short", "_publications") == ""


@pytest.mark.parametrize(
    ("args", "code"),
    [(("review",), 2), (("report", "-", "--format", "full"), 2), (("resolve", "-"), 0), (("init",), 2)],
)
def test_where_there_is_nothing_to_read_a_command_says_so(
    examples: Catalogue, args: tuple[str, ...], code: int
) -> None:
    done = examples.python("-c", WITHOUT, "0", *args)

    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_run_goes_on_when_nobody_listens_any_more(examples: Catalogue, stream: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "enrich", "run", "--offline", "--output-format", "json-lines"],
        cwd=examples.root,
        env=clean_environ(),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=writing if stream == "stdout" else subprocess.DEVNULL,
        stderr=writing if stream == "stderr" else subprocess.DEVNULL,
    )
    os.close(writing)

    assert done.returncode == 0
    assert examples.enrich("undo") == "Took back 18 changes in 3 files.\n"


def test_a_terminal_that_closes_loses_nothing_that_was_written(examples: Catalogue) -> None:
    with terminal(examples.root, "run", "--offline", environ=clean_environ()) as shown:
        shown.until("5 entries")
        shown.hang_up()
        ended = shown.process.wait(PATIENCE_S)

    assert ended == -signal.SIGHUP
    examples.enrich("run", "--offline")
    left = examples.enrich("run", "--offline")

    assert "Wrote" not in left
    assert {path.name for path in (examples.root / "_publications").iterdir()} == {
        path.name for path in (ROOT / "examples" / "_publications").iterdir()
    }
