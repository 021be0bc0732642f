"""What `enrich cache info`, `enrich cache show` and `enrich cache prune` say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.models import Candidates, Failure, LinkCheck, NotFound, Record, Shown, Snapshot
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from enrich.cache import Remembered
    from enrich.cache.census import Freshness, Stats
    from enrich.cache.pruning import Pruned
    from enrich.models import AnswerOutcome


def write_stats(stats: Stats, snapshots: Iterable[tuple[str, int]], out: TextIO) -> None:
    """*snapshots*: the name of each and how many answers it has."""
    put(out, f"{printable(str(stats.path))}  {stats.size / 1e6:.1f} MB")
    put(out, *(f"snapshot {printable(name)} ({counted(number, 'answer')})" for name, number in snapshots))
    put(out, f"{'':<16} {'fresh':>8} {'stale':>8}   oldest")
    put(out, _row("links", stats.links), _row("metadata", stats.metadata))
    streaks = stats.streaks
    confirmed = f"   {streaks.confirmed:,} of them now confirmed broken" if streaks.failing else ""
    put(out, f"{'failing streaks':<16} {streaks.failing:>8,} {'–':>8}   {_days(streaks.longest)}{confirmed}")
    put(out, f"{'whole entries':<16} {stats.entries:>8,} {'–':>8}")


def _row(name: str, kept: Freshness) -> str:
    return f"{name:<16} {kept.fresh:>8,} {kept.stale:>8,}   {_days(kept.oldest)}"


def _days(age: dt.timedelta | None) -> str:
    return "–" if age is None else f"{age.days} d"


def write_pruned(pruned: Pruned, out: TextIO, *, dry_run: bool) -> None:
    """What was dropped, or would be, and what that gave back."""
    dropped = (
        (pruned.links, "answer about links", "answers about links"),
        (pruned.works, "answer about works", "answers about works"),
        (pruned.histories, "history of an address", "histories of addresses"),
        (pruned.outcomes, "outcome of an entry", "outcomes of entries"),
    )
    told = [f"{number:,} {one if number == 1 else many}" for number, one, many in dropped if number]
    if not told:
        put(out, "Nothing to drop: every answer is fresh.")
        return
    put(out, f"{'Would drop' if dry_run else 'Dropped'} {', '.join(told)}.")
    if not dry_run:
        freed = max(0, pruned.before - pruned.after)
        put(out, f"Freed {freed / 1e6:,.1f} MB; the cache has {pruned.after / 1e6:,.1f} MB now.")


def write_remembered(asked: str, found: Remembered | None, confirm_after: int, out: TextIO) -> None:
    """The newest answer and, for an address, every observation that is kept."""
    if found is None:
        put(out, f"Nothing is remembered of {printable(asked)}.")
        return
    put(out, printable(asked))
    if found.answer:
        age = "" if found.fresh else ", no longer fresh"
        told = printable(_told(found.answer.outcome))
        put(out, f"  now       {told} ({found.answer.source}, {found.answer.retrieved_at:%Y-%m-%d}{age})")
    put(out, *(f"  {line}" for line in _streak(found, confirm_after)))
    for seen in found.observations:
        code = f"{seen.code} " if seen.code else ""
        put(out, f"  {seen.seen_at:%Y-%m-%d}  {code}{seen.status.value}: {printable(seen.detail)}")


def _streak(found: Remembered, confirm_after: int) -> Iterator[str]:
    history = found.history
    if history.last_ok:
        yield f"last good {history.last_ok:%Y-%m-%d}"
    if history.failures and history.last_ok:
        yield f"failed    {history.failures} of {confirm_after} times before it is called broken"


def _told(outcome: AnswerOutcome) -> str:
    match outcome:
        case LinkCheck(status=status, detail=detail):
            return f"{status.value}: {detail}"
        case Record(title=title):
            return f"“{title}”"
        case Snapshot(url=url):
            return url
        case Candidates(records):
            return "; ".join(f"“{record.title}”" for record in records)
        case Shown(detail) | NotFound(detail):
            return detail
        case Failure(reason, detail):
            return f"{reason.value}: {detail}"
    raise TypeError(f"no outcome: {outcome!r}")
