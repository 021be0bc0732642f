"""Reading an entry to the byte, and replacing it as a whole or not at all."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.files import (
    NotWritten,
    Stale,
    Unread,
    Written,
    document_of,
    read,
    read_head,
    replace_file,
    write_atomically,
    write_named,
)
from enrich.files.content import HEAD_BYTES, SIZE_LIMIT_BYTES
from enrich.models import Document
from tests.files.disk import full_disk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path.resolve()


def document(root: Path, path: str, content: bytes = b"old") -> Document:
    (root / path).write_bytes(content)
    found = read(root, path)
    assert isinstance(found, Document)
    return found


def names(root: Path) -> list[str]:
    return sorted(file.name for file in root.iterdir())


# -- reading ---------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=100))
def test_any_bytes_are_read_and_given_back(root: Path, content: bytes) -> None:
    found = document(root, "a.md", content)

    assert found.encode() == content
    assert found.digest == hashlib.sha256(content).hexdigest()


def test_newlines_and_marks_stay_as_they_are(root: Path) -> None:
    assert document(root, "a.md", b"\xef\xbb\xbfa\r\nb\rc\n").text == "\ufeffa\r\nb\rc\n"


def test_what_cannot_be_read_is_a_reason(root: Path) -> None:
    (root / "folder.md").mkdir()
    os.mkfifo(root / "pipe.md")
    (root / "loop.md").symlink_to("loop.md")
    (root / "large.md").write_bytes(b"x" * (SIZE_LIMIT_BYTES + 1))
    (root / "out.md").symlink_to("/etc/passwd")

    assert read(root, "gone.md") == Unread("gone.md", "no such file")
    assert read(root, "folder.md") == Unread("folder.md", "is a directory")
    assert read(root, "pipe.md") == Unread("pipe.md", "not a regular file")
    assert read(root, "loop.md") == Unread("loop.md", "too many levels of symbolic links")
    assert read(root, "large.md") == Unread("large.md", "larger than 10 MB")
    assert read(root, "out.md") == Unread("out.md", "leads out of the catalogue")
    assert read(root, "../x.md") == Unread("../x.md", "leads out of the catalogue")
    assert read(root, "folder.md/x") == Unread("folder.md/x", "no such file")


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_of_the_head_of_a_file_there_are_whole_lines(root: Path, newline: bytes) -> None:
    header = newline.join([b"---", b"title: A", b"---", b""])
    (root / "a.md").write_bytes(header + (b"x" * 99 + newline) * 1_000)
    (root / "b.md").write_bytes(header)

    head, whole = read_head(root, "a.md"), read_head(root, "b.md")

    assert isinstance(head, Document)
    assert isinstance(whole, Document)
    assert HEAD_BYTES - 101 <= len(head.text) <= HEAD_BYTES
    assert head.text.encode().endswith(b"x" * 99 + newline)
    assert whole.text.encode() == header


def test_of_a_file_that_is_too_large_for_an_entry_there_is_a_head(root: Path) -> None:
    (root / "a.md").write_bytes(b"---\n" + b"x" * SIZE_LIMIT_BYTES)

    assert read_head(root, "a.md") == document_of("a.md", b"---\n")
    assert read_head(root, "gone.md") == Unread("gone.md", "no such file")
    assert read_head(root, "../x.md") == Unread("../x.md", "leads out of the catalogue")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_one_may_not_read_is_a_reason(root: Path) -> None:
    document(root, "a.md")
    (root / "a.md").chmod(0)

    assert read(root, "a.md") == Unread("a.md", "permission denied")


# -- writing ---------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.binary(max_size=100), st.binary(max_size=100))
def test_what_is_written_stands_there_and_nothing_beside_it(root: Path, before: bytes, after: bytes) -> None:
    found = document(root, "a.md", before)

    outcome = write_atomically(root, found, after.decode("utf-8", "surrogateescape"))

    assert outcome == Written(hashlib.sha256(after).hexdigest())
    assert (root / "a.md").read_bytes() == after
    assert names(root) == ["a.md"]


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664])
def test_the_mode_stays(root: Path, mode: int) -> None:
    found = document(root, "a.md")
    (root / "a.md").chmod(mode)

    write_atomically(root, found, "new")

    assert stat.S_IMODE((root / "a.md").stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(root: Path) -> None:
    found = document(root, "a.md")
    os.chown(root / "a.md", 1234, 5678)

    write_atomically(root, found, "new")

    assert ((root / "a.md").stat().st_uid, (root / "a.md").stat().st_gid) == (1234, 5678)


def test_a_file_that_changed_since_it_was_read_is_left_alone(root: Path) -> None:
    found = document(root, "a.md")
    (root / "a.md").write_text("mine")

    assert write_atomically(root, found, "new") == Stale()
    assert (root / "a.md").read_text() == "mine"
    assert names(root) == ["a.md"]


def test_a_file_that_is_gone_is_not_made_anew(root: Path) -> None:
    found = document(root, "a.md")
    (root / "a.md").unlink()

    assert write_atomically(root, found, "new") == Stale()
    assert names(root) == []


def test_a_folder_that_is_gone_is_not_made_anew(root: Path) -> None:
    (root / "x").mkdir()
    found = document(root, "x/a.md")
    (root / "x" / "a.md").unlink()
    (root / "x").rmdir()

    assert write_atomically(root, found, "new") == Stale()


def test_a_read_only_file_is_left_alone(root: Path) -> None:
    found = document(root, "a.md")
    (root / "a.md").chmod(0o444)

    assert write_atomically(root, found, "new") == NotWritten("read-only")
    assert (root / "a.md").read_text() == "old"


def test_a_link_stays_a_link_and_its_target_is_written(root: Path) -> None:
    (root / "link.md").symlink_to("a.md")
    document(root, "a.md")
    found = read(root, "link.md")
    assert isinstance(found, Document)

    assert isinstance(write_atomically(root, found, "new"), Written)

    assert (root / "link.md").is_symlink()
    assert (root / "a.md").read_text() == "new"


def test_nothing_is_written_through_a_link_out_of_the_catalogue(root: Path) -> None:
    (root / "in").mkdir()
    (root / "secret.md").write_text("old")
    found = document(root / "in", "a.md")
    (root / "in" / "a.md").unlink()
    (root / "in" / "a.md").symlink_to(root / "secret.md")

    assert write_atomically(root / "in", found, "new") == NotWritten("leads out of the catalogue")
    assert (root / "secret.md").read_text() == "old"


def test_a_folder_in_the_way_is_a_reason(root: Path) -> None:
    found = document(root, "a.md")
    (root / "a.md").unlink()
    (root / "a.md").mkdir()

    assert write_atomically(root, found, "new") == NotWritten("is a directory")
    assert names(root) == ["a.md"]


def test_on_a_full_disk_the_file_stays_as_it_was(root: Path) -> None:
    found = document(root, "a.md")

    with full_disk():
        outcome = write_atomically(root, found, "x" * 5_000)

    assert outcome == NotWritten("file too large")
    assert (root / "a.md").read_text() == "old"
    assert names(root) == ["a.md"]


def test_a_file_of_state_is_replaced_or_made(root: Path) -> None:
    replace_file(root / "a.jsonl", b"1")
    replace_file(root / "a.jsonl", b"2")

    assert (root / "a.jsonl").read_bytes() == b"2"
    assert names(root) == ["a.jsonl"]
    with full_disk(), pytest.raises(OSError, match="File too large"):
        replace_file(root / "a.jsonl", b"x" * 5_000)
    assert names(root) == ["a.jsonl"]


KILLED = """
import sys, itertools
from pathlib import Path
from enrich.files import Written, read, write_atomically

root = Path(sys.argv[1])
print("ready", flush=True)
for number in itertools.count():
    document = read(root, "a.md")
    assert isinstance(write_atomically(root, document, f"{number}\\n" * 20_000), Written)
"""


def test_killed_at_any_moment_it_leaves_a_whole_file(root: Path) -> None:
    (root / "a.md").write_text("start\n" * 20_000)

    command = [sys.executable, "-c", KILLED, str(root)]
    for attempt in range(8):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.01 + attempt * 0.007)
            process.send_signal(signal.SIGKILL)

        lines = (root / "a.md").read_text().splitlines()
        assert len(lines) == 20_000
        assert len(set(lines)) == 1


def test_what_a_person_named_is_written_through_a_link_and_into_a_pipe(tmp_path: Path) -> None:
    page, link, pipe = tmp_path / "page.html", tmp_path / "link.html", tmp_path / "pipe"
    link.symlink_to(page)
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_named(link, b"one")
    write_named(pipe, b"two")

    assert (page.read_bytes(), link.is_symlink()) == (b"one", True)
    assert (os.read(reader, 9), pipe.is_fifo()) == (b"two", True)
    os.close(reader)
