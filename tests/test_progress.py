"""Progress moves on a real terminal only, says little elsewhere, and fits any width."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time

import pytest

from enrich.progress import Amount, Bar, Counts, Lane, Plain, Quiet, frame, plain_line, progress

COUNTS = Counts(1_650, 4_722, 1_566, broken=16, fixable=5_551, to_review=41, not_verified=20)
LANES = (
    Lane("aka.ms", 3, 8),
    Lane("arxiv.org", 1_650, 0, "by API, 250 ids a call"),
    Lane("huggingface.co", 243, 1, "waiting 12 s (429)"),
    Lane("done.example", 900, 0),
)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


# -- the picture


def test_one_thing_has_one_line() -> None:
    half = Amount("1,204,000 lines", 50, 100)

    assert frame(half, (), 60, 80, 24) == [
        "1,204,000 lines ━━━━━━━━━━━━╸━━━━━━━━━━━ 50 % 1:00 elapsed about 1:00 left"
    ]
    assert plain_line(half) == "1,204,000 lines, 50 %"


def test_what_has_no_known_end_has_no_share() -> None:
    so_far = Amount("4,000 records, up to 2026-11-03")

    assert frame(so_far, (), 60, 80, 24) == ["4,000 records, up to 2026-11-03 1:00 elapsed"]
    assert plain_line(so_far) == "4,000 records, up to 2026-11-03"


def test_the_picture_is_the_manuals() -> None:
    assert frame(COUNTS, LANES, 11.7, 80, 24) == [
        "1,650/4,722 entries ━━━━━━━━╸━━━━━━━━━━━━━━━ 34 % 0:11 elapsed about 0:21 left",
        "  arxiv.org       1,650 done  by API, 250 ids a call",
        "  huggingface.co  243 done    1 at once, waiting 12 s (429)",
        "  aka.ms          3 done      8 at once",
        "  broken 16   fixable 5,551   to review 41   not verified 20",
    ]


def test_a_narrow_terminal_gets_less() -> None:
    assert frame(COUNTS, LANES, 11.7, 40, 24) == [
        "1,650/4,722 entries 34 % about 0:21 left",
        "  arxiv.org       1,650 done  by API, 2…",
        "  huggingface.co  243 done    1 at once…",
        "  aka.ms          3 done      8 at once",
        "  broken 16   fixable 5,551",
        "  to review 41   not verified 20",
    ]


@pytest.mark.parametrize("width", [10, 20, 40, 80, 120])
@pytest.mark.parametrize("height", [1, 5, 10, 50])
@pytest.mark.parametrize("counts", [COUNTS, Counts(), Counts(5, 5, 5), Counts(1, 10**7)])
def test_a_picture_fits(width: int, height: int, counts: Counts) -> None:
    lanes = [
        Lane(f"host-{number}.a-very-long-domain-name.example.org", 10**number, 1) for number in range(12)
    ]

    lines = frame(counts, lanes, 4_000.0, width, height)

    assert all(0 < len(line) <= width for line in lines)
    assert len(lines) <= max(height, 5)


def test_many_hosts_are_counted() -> None:
    lanes = [Lane(f"host{number}.org", number, 1) for number in range(20)]

    lines = frame(COUNTS, lanes, 1.0, 80, 24)

    assert lines[1].startswith("  host19.org")
    assert lines[8] == "  and 13 more hosts"


def test_times_are_minutes_and_hours() -> None:
    assert "1:06:40 elapsed" in frame(Counts(1, 2), (), 4_000.0, 80, 24)[0]
    assert "left" not in frame(Counts(0, 2), (), 5.0, 80, 24)[0]
    assert "100 % 0:05 elapsed" in frame(Counts(2, 2), (), 5.0, 80, 24)[0]


def test_hostile_hosts_and_notes_steer_nothing() -> None:
    lines = frame(COUNTS, [Lane("\x1b[31m.org", 1, 1, "\x1b]0;x\x07\n")], 1.0, 80, 24)

    assert all(line.isprintable() for line in lines)


# -- plain lines


def test_plain_lines_come_at_most_every_thirty_seconds() -> None:
    clock, stream = Clock(), io.StringIO()

    with Plain(stream, clock) as shown:
        for _ in range(100):
            shown.update(COUNTS, LANES)
            clock.now += 1.0

    assert stream.getvalue() == f"{plain_line(COUNTS)}\n" * 3
    assert plain_line(COUNTS) == "1,650/4,722 entries, 1,566 links: 16 broken, 5,551 fixable, 20 not verified"


def test_a_short_run_has_no_line() -> None:
    clock, stream = Clock(), io.StringIO()

    with Plain(stream, clock) as shown:
        clock.now += 29.9
        shown.update(COUNTS)

    assert stream.getvalue() == ""


# -- which face


@pytest.mark.parametrize(
    ("kind", "stream", "environ", "face"),
    [
        ("auto", Terminal(), {}, Bar),
        ("auto", Terminal(), {"CI": "true"}, Plain),
        ("bar", Terminal(), {"CI": "true"}, Plain),
        ("auto", Terminal(), {"TERM": "dumb"}, Plain),
        ("auto", io.StringIO(), {}, Plain),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, Plain),
        ("bar", io.StringIO(), {"FORCE_COLOR": "1"}, Plain),
        ("plain", Terminal(), {}, Plain),
        ("none", Terminal(), {}, Quiet),
    ],
)
def test_movement_needs_a_terminal_and_no_ci(
    kind: str, stream: io.StringIO, environ: dict[str, str], face: type
) -> None:
    assert type(progress(kind, stream, environ, Clock(), colour=True)) is face


def test_none_says_only_what_it_is_told() -> None:
    stream = io.StringIO()

    with progress("none", stream, {}, Clock(), colour=False) as shown:
        shown.update(COUNTS, LANES)
        shown.say("a\x1bb")

    assert stream.getvalue() == "a\\x1bb\n"


def test_a_stream_without_unicode_gets_other_signs() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")

    with progress("plain", stream, {}, Clock(), colour=False) as shown:
        shown.say("━╸━ “x”")

    assert raw.getvalue() == b"->- \\u201cx\\u201d\n"


def test_without_a_bar_rich_is_not_loaded() -> None:
    code = (
        "import sys, time, enrich.progress as p\n"
        "with p.progress('auto', sys.stderr, {'FORCE_COLOR': '1'}, time.monotonic, colour=True) as shown:\n"
        "    shown.update(p.Counts(1, 2))\n"
        "    shown.say('said')\n"
        "print('rich' in sys.modules)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FORCE_COLOR": "1"},
    )

    assert (done.stdout, done.stderr) == ("False\n", "said\n")


# -- the bar on a terminal

SCRIPT = """
import sys, time
from enrich.progress import Counts, Lane, progress
with progress("auto", sys.stderr, {}, time.monotonic, colour=%s) as shown:
    shown.update(Counts(1_650, 4_722, 1_566, 16, 5_551, 41, 20),
                 [Lane("arxiv.org", 1_650, 0, "by API, 250 ids a call"), Lane("aka.ms", 3, 8)])
    time.sleep(0.4)
    shown.say("huggingface.co: 429 (Retry-After 300 s). 2,198 links of this host wait.")
    time.sleep(0.4)
print("the answer")
"""


def on_a_terminal(columns: int, *, colour: bool, **environ: str) -> str:
    """All that a terminal of *columns* receives while a bar is drawn."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    inherited = {
        key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES", "NO_COLOR", "CI"}
    }
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT % colour],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**inherited, "TERM": "xterm-256color", **environ},
    )
    os.close(follower)
    received = b""
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        ready, _, _ = select.select([leader], [], [], 0.1)
        if ready:
            try:
                received += os.read(leader, 65536)
            except OSError:  # the other end is closed: all was read
                break
        elif process.poll() is not None:
            break
    os.close(leader)
    assert process.wait(timeout=10) == 0
    return received.decode()


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_bar_fits_moves_and_vanishes(columns: int) -> None:
    seen = on_a_terminal(columns, colour=False)

    assert "\x1b[?25l" in seen
    assert "\x1b[?25h" in seen
    assert seen.index("\x1b[?25l") < seen.index("\x1b[?25h")
    drawn = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "\n", seen).replace("\r", "\n").split("\n")
    pictures = [line for line in drawn if line.startswith("1,650/4,722 entries")]
    assert len(pictures) >= 2
    assert all(len(line) <= columns for line in pictures)
    assert "huggingface.co: 429 (Retry-After 300 s)." in seen
    assert seen.rstrip().endswith("the answer")
    assert seen.count("\x1b[2K") >= 3


def test_colours_are_not_what_makes_it_move() -> None:
    plain = on_a_terminal(80, colour=False, FORCE_COLOR="1", TTY_COMPATIBLE="0")

    assert "\x1b[?25l" in plain
    assert re.search(r"\x1b\[[\d;]*m", plain) is None
