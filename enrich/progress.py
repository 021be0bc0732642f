"""
How a run shows that it goes on: a bar on a terminal, a line now and then elsewhere, or nothing.

Fed with counts and lanes; asks nobody. Movement is for a real terminal without
`CI` only, whatever `FORCE_COLOR` says: a log that the cursor moves in is unreadable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from enrich.text import printable
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self, TextIO

    from rich.live import Live
    from rich.text import Text

LINE_EVERY_S = 30.0
FRAMES_PER_S = 4
_MOST_LANES = 8
_MOST_BAR = 24
"""Columns; also on a wide terminal, for an eye has to get from one end to the other."""
_LEAST_BAR = 8


@dataclass(frozen=True, slots=True)
class Counts:
    """Where a run stands."""

    entries: int = 0
    """Finished."""
    total: int = 0
    links: int = 0
    broken: int = 0
    fixable: int = 0
    to_review: int = 0
    not_verified: int = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """Where something stands that is one thing: a file, a list."""

    what: str
    """So far, for people: `1,204,000 papers`."""
    done: int = 0
    of: int = 0
    """In the measure of `done`; 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A host and what is under way there."""

    host: str
    done: int
    """Requests, or the questions that were answered by them."""
    in_flight: int
    """Requests under way; 0 where `note` says all there is to say."""
    note: str = ""
    """`by API, 250 ids a call`, `waiting 12 s (429)`."""


class Progress(Protocol):
    """Between `with` and its end, fed as often as one likes."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def update(self, counts: Counts | Amount, lanes: Sequence[Lane] = ()) -> None:
        """Newer numbers. Cheap: nothing is drawn here."""

    def say(self, line: str) -> None:
        """A line that stays, above whatever moves."""


def progress(
    kind: str, stream: TextIO, environ: Mapping[str, str], clock: Callable[[], float], *, colour: bool
) -> Progress:
    """
    *kind* is `auto`, `bar`, `plain` or `none`; *clock* counts seconds and never goes back.

    A bar that nobody could see moving becomes plain lines, also where it was asked for.
    """
    if kind == "none":
        return Quiet(stream)
    if kind == "plain" or not _can_move(stream, environ):
        return Plain(stream, clock)
    return Bar(stream, clock, colour=colour)


def _can_move(stream: TextIO, environ: Mapping[str, str]) -> bool:
    return stream.isatty() and not environ.get("CI") and environ.get("TERM") != "dumb"


class Quiet:
    """Says only what it is told to say."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.flush()

    def update(self, counts: Counts | Amount, lanes: Sequence[Lane] = ()) -> None:
        """Nobody looks."""

    def say(self, line: str) -> None:
        self._stream.write(f"{encodable(printable(line), self._stream)}\n")
        self._stream.flush()


class Plain(Quiet):
    """At most one line per half minute; a run that is over before has none."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        super().__init__(stream)
        self._clock = clock
        self._last = clock()

    def update(self, counts: Counts | Amount, lanes: Sequence[Lane] = ()) -> None:  # noqa: ARG002
        now = self._clock()
        if now - self._last >= LINE_EVERY_S:
            self._last = now
            self.say(plain_line(counts))


class Bar:
    """Drawn anew some times a second by a thread of its own; gone when the run is over."""

    def __init__(self, stream: TextIO, clock: Callable[[], float], *, colour: bool) -> None:
        self._stream, self._clock, self._colour = stream, clock, colour
        self._seen: tuple[Counts | Amount, tuple[Lane, ...]] = (Counts(), ())
        self._live: Live | None = None
        self._start = clock()

    def __enter__(self) -> Self:
        from rich.console import Console  # noqa: PLC0415 - 50 ms that a run without a bar need not spend
        from rich.live import Live  # noqa: PLC0415

        # That the stream is a terminal was decided by `_can_move`; rich would ask FORCE_COLOR.
        console = Console(
            file=self._stream,
            force_terminal=True,
            force_interactive=self._stream.isatty(),
            no_color=not self._colour,
            highlight=False,
            markup=False,
            emoji=False,
        )
        self._live = Live(
            console=console,
            get_renderable=self._frame,
            refresh_per_second=FRAMES_PER_S,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            vertical_overflow="crop",
        )
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def update(self, counts: Counts | Amount, lanes: Sequence[Lane] = ()) -> None:
        self._seen = (counts, tuple(lanes))  # one assignment, so the drawing thread sees a whole state

    def say(self, line: str) -> None:
        if self._live:
            self._live.console.print(encodable(printable(line), self._stream), soft_wrap=True)

    def _frame(self) -> Text:
        from rich.text import Text  # noqa: PLC0415

        width, height = self._live.console.size if self._live else (80, 24)
        counts, lanes = self._seen
        lines = frame(counts, lanes, self._clock() - self._start, width, height)
        return Text(encodable("\n".join(lines), self._stream), no_wrap=True, overflow="crop", end="")


# -- what is drawn ---------------------------------------------------------------------------


def plain_line(counts: Counts | Amount) -> str:
    if isinstance(counts, Amount):
        return f"{counts.what}, {_percent(counts)}" if counts.of else counts.what
    return (
        f"{counts.entries:,}/{counts.total:,} entries, {counts.links:,} links: {counts.broken:,} broken,"
        f" {counts.fixable:,} fixable, {counts.not_verified:,} not verified"
    )


def frame(
    counts: Counts | Amount, lanes: Sequence[Lane], elapsed_s: float, width: int, height: int
) -> list[str]:
    """The lines of one picture, none wider than *width* columns, fewer than *height*."""
    if isinstance(counts, Amount):
        lines = [_head(counts, elapsed_s, width)]
    else:
        found = list(_found(counts, width))
        room = max(0, min(_MOST_LANES, height - len(found) - 3))
        amount = Amount(f"{counts.entries:,}/{counts.total:,} entries", counts.entries, counts.total)
        lines = [_head(amount, elapsed_s, width), *_lanes(lanes, width, room), *found]
    return [line if len(line) <= width else f"{line[: width - 1]}…" for line in lines]


def _head(amount: Amount, elapsed_s: float, width: int) -> str:
    """What doesn't fit is left out: first the bar, then the time that has gone by, then the time left."""
    share, percent = _share(amount), _percent(amount)
    elapsed = f"{_clock_time(elapsed_s)} elapsed"
    left = f"about {_clock_time(elapsed_s / share - elapsed_s)} left" if 0.0 < share < 1.0 else ""
    for texts in ([elapsed, left], [left], []):
        words = [amount.what, *([percent] if amount.of else []), *filter(None, texts)]
        free = width - len(" ".join(words)) - 1
        if free >= _LEAST_BAR and amount.of:
            return " ".join([amount.what, _bar(share, min(_MOST_BAR, free)), *words[1:]])
        if free >= -1:
            return " ".join(words)
    return amount.what


def _share(amount: Amount) -> float:
    return min(1.0, amount.done / amount.of) if amount.of else 0.0


def _percent(amount: Amount) -> str:
    return f"{int(_share(amount) * 100)} %"


def _bar(share: float, size: int) -> str:
    full = int(share * size)
    return "━" * full + ("╸" + "━" * (size - full - 1) if full < size else "")


def _clock_time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _lanes(lanes: Sequence[Lane], width: int, most: int) -> Iterator[str]:
    """The busiest hosts; a host where nothing is left to do is nobody's reason to wait."""
    alive = sorted(
        (lane for lane in lanes if lane.in_flight or lane.note), key=lambda lane: (-lane.done, lane.host)
    )
    shown = alive if len(alive) <= most else alive[: max(0, most - 1)]
    hosts = [_tail(printable(lane.host), max(16, width // 3)) for lane in shown]
    counts = [f"{lane.done:,} done" for lane in shown]
    host_size, count_size = max(map(len, hosts), default=0), max(map(len, counts), default=0)
    for lane, host, count in zip(shown, hosts, counts, strict=True):
        busy = f"{lane.in_flight} at once" if lane.in_flight else ""
        doing = ", ".join(filter(None, (busy, printable(lane.note))))
        yield f"  {host:<{host_size}}  {count:<{count_size}}  {doing}"
    if len(shown) < len(alive) and most:
        yield f"  and {len(alive) - len(shown):,} more hosts"


def _tail(host: str, room: int) -> str:
    """The end of a host's name says more than its beginning."""
    return host if len(host) <= room else f"…{host[len(host) - room + 1 :]}"


def _found(counts: Counts, width: int) -> Iterator[str]:
    """On as many lines as the width needs."""
    line = ""
    for name, number in (
        ("broken", counts.broken),
        ("fixable", counts.fixable),
        ("to review", counts.to_review),
        ("not verified", counts.not_verified),
    ):
        text = f"{name} {number:,}"
        if line and len(line) + 3 + len(text) > width:
            yield line
            line = ""
        line += f"   {text}" if line else f"  {text}"
    yield line


def encodable(text: str, stream: TextIO) -> str:
    """*text* as a stream without Unicode can show it: the bar of `-` and `>`, the rest escaped."""
    encoding = stream.encoding or "utf-8"
    if encoding.lower().replace("-", "") == "utf8":
        return text
    plain = text.replace("━", "-").replace("╸", ">").replace("…", "~")
    return plain.encode(encoding, "backslashreplace").decode(encoding)
