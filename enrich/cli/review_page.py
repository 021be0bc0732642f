"""`enrich review --html FILE`: what waits for a person, as one page that works without enrich."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import rules
from enrich.cache import Memory, Snapshot
from enrich.cli.catalogue import open_catalogue
from enrich.errors import UsageError
from enrich.files import Unread, read, write_named
from enrich.ledger import plan_id, read_pending
from enrich.ledger.pending import in_order
from enrich.models import Answer, Applicability, Query, Severity
from enrich.network import open_cache, open_mirror
from enrich.planning import context_for
from enrich.reports.parts.order import order
from enrich.reports.parts.page import put
from enrich.reports.parts.ranking import standing
from enrich.reports.parts.words import counted
from enrich.reports.review_page import Review, Reviewed, Survey, page_text
from enrich.text import printable
from enrich.vcs import within_work_tree
from enrich.version import VERSION
from enrich.writing import pending_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from enrich.ledger import Pending
    from enrich.models import LinkUse, Outcome, Result, Run, Totals
    from enrich.setting import Setting


def write_review_page(
    name: str, setting: Setting, paths: Sequence[str], items: Iterable[Pending], out: TextIO
) -> int:
    """The page of *items*, which wait below *paths*. Raises UsageError where the file can't be written."""
    review = _review(setting, open_catalogue(setting, paths).paths, items)
    try:
        write_named(Path(name), page_text(review).encode("utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{printable(name)}: can't be written: {reason}") from error
    number = sum(len(entry.proposals) for entry in review.entries)
    files = counted(len(review.entries), "file")
    put(out, f"Wrote {printable(name)}: {counted(number, 'pending change')} in {files}.")
    return 0


class PageReport:
    """`--report html=FILE`: what a run or a check proposes and did not write, as a page."""

    def __init__(self, setting: Setting, out: TextIO) -> None:
        self._setting, self._out = setting, out
        self._items: list[Pending] = []
        self._findings: list[Result] = []
        self._looked_at: list[str] = []
        self._uses: list[LinkUse] = []

    def begin(self, run: Run, found: int) -> None:
        """Nothing is known yet."""

    def entry(self, outcome: Outcome) -> None:
        said = {result.change: result.finding for result in outcome.results if result.change}
        self._items += (pending_of(change, said.get(change)) for change in outcome.pending)
        self._findings += (result for result in standing(outcome.results, Severity.INFO) if not result.change)
        self._uses += (placed.use for placed in outcome.links)
        if outcome.path:
            self._looked_at.append(outcome.path)

    def end(self, totals: Totals) -> None:  # noqa: ARG002 - every report is told
        items = in_order(self._items)
        review = _review(self._setting, self._looked_at, items, self._findings, self._uses)
        self._out.write(page_text(replace(review, plan=plan_id(items))))


def _review(
    setting: Setting,
    looked_at: Iterable[str],
    items: Iterable[Pending],
    findings: Iterable[Result] = (),
    uses: Iterable[LinkUse] = (),
) -> Review:
    """Of the entries *looked_at*; *uses* are known better than the cache knows them."""
    by_path: defaultdict[str, list[Pending]] = defaultdict(list)
    for item in items:
        by_path[item.change.path].append(item)
    left: defaultdict[str, list[Result]] = defaultdict(list)
    for result in sorted(findings, key=order):
        left[result.path].append(result)
    with open_cache(setting) as cache, open_mirror(setting) as mirror:
        snapshot = Snapshot.load(setting.snapshots)
        memory = Memory(cache, snapshot=snapshot, mirror=mirror, offline=True)
        catalogue = open_catalogue(setting, ())
        survey = Survey(
            _Remembered(memory), context_for(setting.config, catalogue.shape, setting.started_at.date())
        )
        found = {*looked_at, *by_path}
        entries = tuple(_entries(setting, survey, sorted(found), by_path, left))
    for use in uses:
        survey.count(use)
    return Review(
        catalogue=setting.root.name,
        plan=plan_id(read_pending(setting.state)),
        version=VERSION,
        prefix=within_work_tree(setting.root),
        names=rules.NAMES,
        habits=catalogue.customs.habits,
        entries=entries,
        picture=survey.picture(),
    )


def _entries(
    setting: Setting,
    survey: Survey,
    paths: Sequence[str],
    by_path: Mapping[str, Sequence[Pending]],
    left: Mapping[str, Sequence[Result]],
) -> Iterator[Reviewed]:
    """Those with proposals or findings; all others are only counted."""
    for path in paths:
        document = read(setting.root, path)
        if isinstance(document, Unread):
            continue
        items, findings = by_path.get(path, ()), left.get(path, ())
        title, source = survey.look_at(document, _status(items))
        if items or findings:
            yield Reviewed(document, title, source, tuple(items), tuple(findings))


def _status(items: Sequence[Pending]) -> str:
    kinds = {item.change.fix.applicability for item in items}
    if Applicability.UNSAFE in kinds:
        return "to review"
    return "safe" if kinds else "no change"


class _Remembered(Mapping[Query, Answer]):
    """What the cache knows, as the mind looks at answers."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def __getitem__(self, query: Query) -> Answer:
        answer = self._memory.get(query)
        if answer is None:
            raise KeyError(query)
        return answer

    def __iter__(self) -> Iterator[Query]:
        return iter(())

    def __len__(self) -> int:
        return 0
