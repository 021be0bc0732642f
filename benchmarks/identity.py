"""
Which paper an entry means: how often it is found, and that none is ever taken for another.

    ENRICH_SHARED=… python -m benchmarks.identity [ENTRIES]

Real entries, against an arXiv of 18,027 real records played in this process: the
same mind, the same source, the same distrust as in a run. In each experiment the
identifier is spoilt in one way, and what the program writes and proposes is held
against the identifier that people have given the entry.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from benchmarks.catalogue import RETRIEVED_AT
from enrich.catalogues.detection import SHAPES
from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.catalogues.reading import read
from enrich.config import parse
from enrich.fetcher import Fetcher
from enrich.files import read as read_file
from enrich.frontmatter import FrontMatter
from enrich.frontmatter import parse as parse_front_matter
from enrich.http import ApiRequest, ApiResponse
from enrich.identifiers import read_arxiv_id
from enrich.matching import squash
from enrich.models import Document, Failure, LinkCheck, LinkQuery, LinkStatus, Plan, Reason
from enrich.planning import context_for
from enrich.sources.arxiv import Arxiv
from enrich.worker import converse
from tests.internet import Internet, Reply, Request
from tests.internet.arxiv_api import ArxivApi
from tests.internet.library import Library
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from enrich.models import Answer, AnswerOutcome, Change, Entry, Query
    from enrich.rule import Context

TODAY = RETRIEVED_AT.date()
RULES = ("DEFAULT", "IDN220")
SEED = 20261122


# -- arXiv, in this process ----------------------------------------------------------------------


class Served:
    """The tests' arXiv as an `Api`: requests and answers are those of the wire, without a wire."""

    def __init__(self, library: Library) -> None:
        self._arxiv = ArxivApi(library)
        self.requests = 0

    async def call(self, request: ApiRequest) -> ApiResponse | Failure:
        self.requests += 1
        address, form = urlsplit(request.url), urlencode(request.params)
        is_get = request.method == "GET"
        asked = Request(
            request.method, "https", address.netloc, 443,
            f"{address.path}?{form}" if is_get else address.path,
            (), b"" if is_get else form.encode(), 1, time.monotonic(),
        )  # fmt: skip
        told = self._arxiv.answer(asked)
        if not isinstance(told, Reply):
            return Failure(Reason.SERVER_ERROR, "no answer")
        return ApiResponse(told.status, told.headers, told.body)


class Web:
    """Every other address works: links are not what is measured."""

    name = "web"
    batch = 1

    def accepts(self, query: Query) -> bool:
        return isinstance(query, LinkQuery)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        return [LinkCheck(LinkStatus.OK, "200 OK", code=200) for _ in queries]


class Nobody:
    """Whoever else is asked about works has nothing to say here."""

    name = "nobody"
    batch = 1

    def accepts(self, query: Query) -> bool:
        return not isinstance(query, LinkQuery)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome]:
        return [Failure(Reason.NETWORK, "not asked here") for _ in queries]


class Forgetful:
    """A memory for one run."""

    def __init__(self) -> None:
        self._answers: dict[Query, Answer] = {}

    def get(self, query: Query) -> Answer | None:
        return self._answers.get(query)

    def put(self, answer: Answer) -> Answer:
        return self._answers.setdefault(answer.query, answer)

    def flush(self) -> None:
        """Nothing is kept beyond the run."""


async def plans_of(
    documents: Sequence[Document], context: Context, library: Library
) -> tuple[list[Plan], int]:
    """What would become of *documents*, and how often arXiv was asked."""
    served = Served(library)
    arxiv = Arxiv(served, pace_s=0.0, sleep=_no_pause)
    fetcher = Fetcher((arxiv, arxiv.search, Web(), Nobody()), Forgetful(), now=lambda: RETRIEVED_AT)
    async with fetcher:
        plans = await asyncio.gather(*(converse(one, context, fetcher.answer) for one in documents))
    return list(plans), served.requests


async def _no_pause(_seconds: float) -> None:
    return


# -- entries -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """An entry, and what people say it is."""

    document: Document
    truth: str | None
    """None where arXiv has no such paper here."""
    field: str | None = None
    """The field whose identifier is judged; None where any may."""


def labelled() -> Iterator[tuple[str, dict[str, Any]]]:
    """Catalogue and label of every identifier that stands in a front matter."""
    with shared("corpus", "arxiv_ids.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["file"] and row["field"] != "body" and row["expected"]:
                yield row["file"].partition("/")[0], row


def as_they_are(library: Library) -> list[Case]:
    """Real files whose identifier is mangled."""
    cases = []
    for name, row in labelled():
        if row["tier"] == "repair" and row["file"].endswith((".md", ".markdown")):
            document = read_file(shared("corpus", "entries", name), row["file"].partition("/")[2])
            truth = row["expected"] if row["expected"] in library.papers else None
            if isinstance(document, Document):
                cases.append(Case(document, truth, row["field"]))
    return cases


def entries(library: Library) -> list[tuple[Entry, str | None]]:
    """Entries with a title, authors and one paper, in the spelling of their catalogues."""
    found: dict[str, tuple[Entry, set[str]]] = {}
    for name, row in labelled():
        document = read_file(shared("corpus", "entries", name), row["file"].partition("/")[2])
        parsed = parse_front_matter(document) if isinstance(document, Document) else None
        if not isinstance(parsed, FrontMatter):
            continue
        shape = JEKYLL_LINKS if name in ("allm", "ml4code", "llmbible") else SHAPES["generic"]
        entry = read(parsed, shape, TODAY)
        if entry.title and entry.authors:
            found.setdefault(row["file"], (entry, set()))[1].add(row["expected"])
    return [
        (entry, next(iter(ids)) if next(iter(ids)) in library.papers else None)
        for entry, ids in found.values()
        if len(ids) == 1
    ]


def rewritten(entry: Entry, url: str | None, number: int) -> Document:
    """The entry as the most common shape writes it, with *url* for its paper."""
    title, names = entry.title, entry.authors
    assert title is not None
    assert names is not None
    lines = [f"title: {json.dumps(title.value)}", f"authors: {json.dumps(', '.join(names.names))}"]
    if entry.year:
        lines.append(f"year: {entry.year.value}")
    if url:
        lines += ["additional_links:", f"  - {{name: Paper, url: {json.dumps(url)}}}"]
    text = "---\n" + "\n".join(lines) + "\n---\nText.\n"
    return Document(f"_publications/entry{number}.md", text, f"{number:064x}")


# -- damage --------------------------------------------------------------------------------------


def _places(name: str) -> list[int]:
    return [at for at, char in enumerate(name) if char.isdigit()]


def wrong_digit(name: str, chance: random.Random) -> str:
    at = chance.choice(_places(name))
    return name[:at] + chance.choice([digit for digit in "0123456789" if digit != name[at]]) + name[at + 1 :]


def swapped_digits(name: str, chance: random.Random) -> str:
    pairs = [at for at in _places(name) if name[at + 1 : at + 2].isdigit() and name[at] != name[at + 1]]
    at = chance.choice(pairs)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def dropped_digit(name: str, chance: random.Random) -> str:
    at = chance.choice(_places(name))
    return name[:at] + name[at + 1 :]


def inserted_digit(name: str, chance: random.Random) -> str:
    at = chance.choice(_places(name))
    return name[:at] + chance.choice("0123456789") + name[at:]


DAMAGE: tuple[tuple[str, Callable[[str, random.Random], str]], ...] = (
    ("one digit wrong", wrong_digit),
    ("two digits swapped", swapped_digits),
    ("one digit dropped", dropped_digit),
    ("one digit inserted", inserted_digit),
)


# -- what came of it -----------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    name: str
    entries: int = 0
    requests: int = 0
    known: int = 0
    """Entries whose paper this arXiv has."""
    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, case: Case, plan: Plan, library: Library) -> None:
        self.entries += 1
        self.known += case.truth is not None
        written = _identifier(plan.written, case.field)
        proposed = _identifier(plan.changes, case.field)
        self.counts["noticed"] += any(
            one.rule in ("IDN201", "IDN202", "IDN203", "IDN220", "IDN221") for one in plan.findings
        )
        if written:
            self.counts["written right" if written == case.truth else "written wrong"] += 1
        elif proposed:
            self.counts["proposed right" if proposed == case.truth else "proposed wrong"] += 1
        elif any(one.rule == "IDN221" for one in plan.findings):
            self.counts["ambiguous"] += 1
        if case.truth and proposed != case.truth:
            self.misses.append(f"{case.document.path} {case.truth} {library.papers[case.truth].title}")
        if (proposed or written) and proposed != case.truth:
            self.misses.append(f"WRONG {case.document.path} {proposed} is not {case.truth}")
        self.counts["titles wrong"] += _wrong_title(plan, case, library)

    def row(self) -> str:
        count, right = self.counts, self.counts["written right"] + self.counts["proposed right"]
        wrong = self.counts["proposed wrong"]
        precision = f"{100 * right / (right + wrong + count['written wrong']):.1f} %" if right else "–"
        recall = f"{100 * right / self.known:.1f} %" if self.known else "–"
        return (
            f"| {self.name} | {self.entries:,} | {self.known:,} | {count['noticed']:,} "
            f"| {count['written right']:,} | {count['proposed right']:,} | {wrong} | {count['ambiguous']} "
            f"| **{count['written wrong']}** | **{count['titles wrong']}** "
            f"| {precision} | {recall} | {100 * self.requests / self.entries:.1f} |"
        )


HEADER = (
    "| | entries | arXiv has | noticed | written right | proposed right | proposed wrong | ambiguous "
    "| wrong ids written | wrong titles written | precision | recall | requests per 100 |\n"
    "|-" + "|-:" * 12 + "|"
)


def _identifier(changes: Sequence[Change], name: str | None) -> str | None:
    """The paper that a change of an identifier names."""
    for change in changes:
        if change.rule.startswith("IDN2") and name in (None, change.fix.field):
            reading = read_arxiv_id(str(change.fix.after), today=TODAY)
            if reading:
                return reading.arxiv.id
    return None


def _wrong_title(plan: Plan, case: Case, library: Library) -> bool:
    """Whether a title was written that is not that of the entry's paper."""
    right = squash(library.papers[case.truth].title) if case.truth else None
    return any(
        change.fix.field == "title" and squash(str(change.fix.after)) != right for change in plan.written
    )


def measure(name: str, cases: Sequence[Case], context: Context, library: Library) -> Tally:
    plans, requests = asyncio.run(plans_of([case.document for case in cases], context, library))
    tally = Tally(name, requests=requests)
    for case, plan in zip(cases, plans, strict=True):
        tally.add(case, plan, library)
    print(tally.row(), flush=True)
    for miss in tally.misses if "--misses" in sys.argv else ():
        print("   ", miss, file=sys.stderr)
    return tally


# -- experiments ---------------------------------------------------------------------------------


def main() -> None:
    library = Library(map(json.loads, shared("arxiv", "records.jsonl").read_text("utf-8").splitlines()))
    context = context_for(parse("", "enrich.toml"), JEKYLL_LINKS, TODAY, select=RULES)
    most = next((int(word) for word in sys.argv[1:] if word.isdigit()), 10_000)
    known = [(entry, truth) for entry, truth in entries(library) if truth][:most]
    strange = [(entry, None) for entry, truth in entries(library) if truth is None][:most]
    print(HEADER)
    measure("mangled, as they stand", as_they_are(library), context, library)
    for name, chosen in (("no identifier", known), ("no identifier, and arXiv has no such paper", strange)):
        cases = [Case(rewritten(entry, None, n), truth) for n, (entry, truth) in enumerate(chosen)]
        measure(name, cases, context, library)
    measure("identifiers swapped between entries", list(_exchanged(known)), context, library)
    for name, damage in DAMAGE:
        measure(name, list(_damaged(known, damage)), context, library)
    _whole_catalogue(library)


def _exchanged(known: Sequence[tuple[Entry, str]]) -> Iterator[Case]:
    for number, (entry, truth) in enumerate(known):
        other = known[(number + 1) % len(known)][1]
        if other != truth:
            yield Case(rewritten(entry, f"https://arxiv.org/abs/{other}", number), truth)


def _damaged(
    known: Sequence[tuple[Entry, str]], damage: Callable[[str, random.Random], str]
) -> Iterator[Case]:
    chance = random.Random(SEED)
    for number, (entry, truth) in enumerate(known):
        name = damage(truth, chance)
        if name != truth:
            yield Case(rewritten(entry, f"https://arxiv.org/abs/{name}", number), truth)


def _whole_catalogue(library: Library) -> None:
    """The real program over a real catalogue: who is asked how often, and again when all is remembered."""
    with tempfile.TemporaryDirectory() as folder, Internet(library, everything_else="ok") as internet:
        root = Path(folder)
        shutil.copytree(
            shared("corpus", "entries", "allm"), root, dirs_exist_ok=True, copy_function=shutil.copyfile
        )
        print("\n| 864 entries | requests |\n|-|-|")
        for name in ("cold", "warm"):
            done = subprocess.run(
                [sys.executable, "-m", "enrich", "check", "--set", "sources.arxiv.pace=0s",
                 "--output-format", "json"],
                cwd=root, env=internet.env | {"PYTHONPATH": str(Path(__file__).parents[1])},
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            asked = json.loads(done.stdout)["summary"]["requests"]
            print(
                f"| {name} | {', '.join(f'{source} {count:,}' for source, count in asked.items()) or '0'} |"
            )


if __name__ == "__main__":
    main()
