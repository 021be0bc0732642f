"""
A mirror of arXiv's size: how fast it is filled, how large it gets, how fast and how surely a title is found.

    python -m benchmarks.mirror [PAPERS] [--compare] [--folder FOLDER]

Makes a snapshot of so many papers (three million where nothing is said), imports it with the
real program, and asks the mirror as a run does: for titles as they are, for damaged ones, and
for some that no paper has. It does so in a temporary folder, or in FOLDER, where what is made
stays and is used again. Words are made up, but as often as words are in arXiv's titles: the
rarest word of the usual title is in one of ten thousand, the third in one of a thousand. With
`--compare` the same titles are searched the usual way too, by rank over all their words.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.matching.forms import words
from enrich.matching.titles import likeness
from enrich.mirror.opening import open_to_read
from enrich.mirror.reading import Mirror
from enrich.models import Candidates, RecordQuery, SearchQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SEED = 20261125
ASKED = 1_000
"""Titles of each kind that are searched for."""
ROOT = Path(__file__).parents[1]

# -- papers ------------------------------------------------------------------------------------

STOP_WORDS = ("for", "and", "of", "a", "in", "with", "the", "to", "on", "via", "from", "using", "by")
LENGTHS = {
    1: 5, 2: 32, 3: 144, 4: 249, 5: 550, 6: 917, 7: 1344, 8: 1737, 9: 2066, 10: 2195, 11: 2165, 12: 1880,
    13: 1524, 14: 1121, 15: 745, 16: 514, 17: 320, 18: 204, 19: 133, 20: 63, 22: 60,
}  # fmt: skip
"""Words of a title: how many of 18,000 titles of arXiv's have so many."""
VOCABULARY = 40000
TOPICS = 300
OF_A_TOPIC = 150
SHARE_OF_TOPIC = 0.55
SHARE_OF_STOP_WORDS = 0.27
SHARE_OF_NAMES = 0.015
"""Words that hardly any other title has."""
_EXPONENT = 1.1
_ONSETS = (*"bcdfghjklmnprstvwz", "br", "cl", "dr", "gr", "pl", "st", "tr")
_ENDINGS = ("", *"nrslmt")
_SYLLABLES = [onset + vowel for onset in _ONSETS for vowel in "aeiou"]


class Papers:
    """Papers without end, the same ones every time."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = self._made_up(VOCABULARY)
        self._weights = list(accumulate(1 / (rank + 8) ** _EXPONENT for rank in range(VOCABULARY)))
        self._topics = [self._drawn(OF_A_TOPIC) for _ in range(TOPICS)]
        self._of_topic = list(accumulate(1 / (rank + 4) for rank in range(OF_A_TOPIC)))
        self._surnames = [word.capitalize() for word in self._made_up(60_000)]
        self._sentences = [f"{' '.join(self._drawn(22)).capitalize()}." for _ in range(3_000)]
        self._lengths = list(accumulate(LENGTHS.values()))

    def _made_up(self, count: int) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < count:
            length = self._chance.choices((2, 3, 4, 5), (2, 5, 4, 1))[0]
            made[self._word(length)] = None
        return list(made)

    def _word(self, syllables: int) -> str:
        stem = "".join(self._chance.choices(_SYLLABLES, k=syllables))
        return f"{stem}{self._chance.choice(_ENDINGS)}"

    def _drawn(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)

    def title(self) -> str:
        chance = self._chance
        length = chance.choices(tuple(LENGTHS), cum_weights=self._lengths)[0]
        topic = chance.choice(self._topics)
        drawn: list[str] = []
        for _ in range(length):
            sort = chance.random()
            if sort < SHARE_OF_STOP_WORDS and drawn:
                drawn.append(chance.choice(STOP_WORDS))
            elif sort < SHARE_OF_STOP_WORDS + SHARE_OF_TOPIC:
                drawn.append(chance.choices(topic, cum_weights=self._of_topic)[0].capitalize())
            elif sort > 1 - SHARE_OF_NAMES:
                drawn.append(self._word(6).capitalize())
            else:
                drawn += self._drawn(1)
        text = " ".join(drawn)
        kind = chance.random()
        if kind < 0.2:
            head, _, tail = text.partition(" ")
            return f"{head.upper()}: {tail}" if tail else head
        if kind < 0.3 and len(drawn) > 3:
            return text.replace(" ", "-", 1)
        return f"{text} in $L^{chance.randint(2, 9)}$ Spaces" if kind < 0.34 else text

    def paper(self, number: int) -> dict[str, object]:
        chance = self._chance
        since = dt.date(2015, 1, 1) + dt.timedelta(days=number // 750)
        names = [
            (chance.choice(self._surnames), f"{chance.choice('ABCDEFGHJKLMNPRSTVWYZ')}.")
            for _ in range(chance.choices((1, 2, 3, 4, 5, 6, 8, 12), (15, 20, 20, 15, 10, 8, 8, 4))[0])
        ]
        return {
            "id": f"{since:%y%m}.{1 + number % 99_999:05}",
            "submitter": names[0][0],
            "authors": ", ".join(f"{given} {family}" for family, given in names),
            "title": self.title(),
            "comments": "12 pages, 3 figures",
            "journal-ref": None,
            "doi": f"10.5555/{number}" if number % 3 == 0 else None,
            "report-no": None,
            "categories": "cs.LG stat.ML",
            "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
            "abstract": "  " + " ".join(chance.choices(self._sentences, k=6)) + "\n",
            "versions": [{"version": "v1", "created": f"{since:%a, %d %b %Y} 10:00:00 GMT"}],
            "update_date": since.isoformat(),
            "authors_parsed": [[family, given, ""] for family, given in names],
        }


# -- damage ------------------------------------------------------------------------------------


def _typo(title: str, chance: random.Random) -> str:
    """One letter wrong in the second half of a long word."""
    places = [at for at in range(4, len(title)) if title[at - 4 : at + 1].isalpha()]
    if not places:
        return title
    at = chance.choice(places)
    return title[:at] + chance.choice("xqy") + title[at + 1 :]


def _plural(title: str, chance: random.Random) -> str:
    own = [word for word in title.split() if word.isalpha() and len(word) > 3]
    return title.replace(word := chance.choice(own), f"{word}s", 1) if own else title


def _two_typos(title: str, chance: random.Random) -> str:
    return _typo(_typo(title, chance), chance)


def _spelling(title: str, _chance: random.Random) -> str:
    """Case, hyphens, TeX and a colon lost."""
    return title.lower().replace("-", " ").replace("$", "").replace(":", "")


def _stop_word(title: str, chance: random.Random) -> str:
    own = [word for word in title.split() if word in STOP_WORDS]
    return title.replace(f" {chance.choice(own)} ", " ", 1) if own else title


DAMAGE: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda title, _chance: title,
    "case, hyphens and TeX lost": _spelling,
    "one letter wrong": _typo,
    "two letters wrong": _two_typos,
    "a plural": _plural,
    "a stop word lost": _stop_word,
}


# -- measured ----------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("papers", nargs="?", type=int, default=3_000_000)
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    folder = args.folder or Path(tempfile.mkdtemp(prefix="mirror-"))
    try:
        asked = snapshot(folder / "snapshot.jsonl", args.papers)
        if not (folder / "arxiv.sqlite").exists():
            fill(folder, args.papers)
        search(folder / "arxiv.sqlite", asked)
        if args.compare:
            compare(folder, asked)
    finally:
        if not args.folder:
            shutil.rmtree(folder)


def snapshot(file: Path, count: int) -> list[tuple[str, str, str]]:
    """Makes the snapshot, if it isn't there; identifier, title and first surname of some papers of it."""
    if not file.exists():
        papers = Papers(SEED)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(papers.paper(number)) + "\n" for number in range(count))
    every = max(1, count // ASKED)
    with file.open(encoding="utf-8") as lines:
        some = (json.loads(line) for line in islice(lines, every - 1, None, every))
        return [(paper["id"], paper["title"], paper["submitter"]) for paper in some][:ASKED]


def fill(folder: Path, count: int) -> None:
    file = folder / "snapshot.jsonl"
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "enrich", "mirror", "import", str(file),
         "--set", f"mirror.path={folder}/arxiv.sqlite"],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    mirror = folder / "arxiv.sqlite"
    print("\n| import | |\n|-|-:|")
    print(f"| papers | {count:,} |")
    print(f"| snapshot | {file.stat().st_size / 1e6:,.0f} MB |")
    print(f"| time | {seconds:,.0f} s, {used.ru_utime + used.ru_stime:,.0f} s of CPU |")
    print(
        f"| papers a second | {count / seconds:,.0f}, {count / (used.ru_utime + used.ru_stime):,.0f} of CPU |"
    )
    print(f"| peak memory | {used.ru_maxrss / 1024:,.0f} MiB |")
    print(f"| mirror | {mirror.stat().st_size / 1e6:,.0f} MB |")
    database = open_to_read(mirror)
    if database:
        for name, size in _sizes(database):
            print(f"| … {name} | {size / 1e6:,.0f} MB |")
        database.close()


def _sizes(database: sqlite3.Connection) -> list[tuple[str, int]]:
    try:
        return database.execute(
            "SELECT name, sum(pgsize) FROM dbstat GROUP BY name HAVING sum(pgsize) > 1e6 ORDER BY 2 DESC"
        ).fetchall()
    except sqlite3.OperationalError:
        return []  # an SQLite without `dbstat`


def search(file: Path, asked: Sequence[tuple[str, str, str]]) -> None:
    mirror, chance = Mirror(file), random.Random(SEED)
    print("\n| asked for | p50 | p95 | p99 | worst | found | by others' title |\n|-|-:|-:|-:|-:|-:|-:|")
    times, right = _timed(lambda one: mirror.get(RecordQuery("arxiv", one[0])) is not None, asked)
    print(_row("an identifier", times, right, "–"))
    for name, damage in DAMAGE.items():
        spoilt = [(arxiv, title, damage(title, chance), surname) for arxiv, title, surname in asked]
        # What the rule itself calls another title is not looked for.
        damaged = [(one[0], one[2], one[3]) for one in spoilt if likeness(one[1], one[2]).near]
        others = Counter[str]()
        times, right = _timed(lambda one: _found(mirror, one, others), damaged)  # noqa: B023 - used at once
        print(_row(f"{name} ({len(damaged):,})", times, right, str(others["others"])))
    strange = Papers(SEED + 1)
    absent = [("", strange.title(), surname) for _, _, surname in asked]
    times, found = _timed(lambda one: mirror.get(SearchQuery(one[1], one[2])) is not None, absent)
    print(_row("a title of no paper", times, found, "–"))
    for note in mirror.notes:
        print(note)


def _found(mirror: Mirror, one: tuple[str, str, str], others: Counter[str]) -> bool:
    answer = mirror.get(SearchQuery(one[1], one[2]))
    listed = answer.outcome.records if answer and isinstance(answer.outcome, Candidates) else ()
    is_there = any(record.id == one[0] for record in listed)
    others["others"] += bool(listed) and not is_there
    return is_there


def _timed(
    ask: Callable[[tuple[str, str, str]], bool], asked: Sequence[tuple[str, str, str]]
) -> tuple[list[float], int]:
    """Milliseconds of CPU of each, sorted, and how many were answered."""
    times, right = [], 0
    for one in asked:
        began = time.process_time()
        right += ask(one)
        times.append(1_000 * (time.process_time() - began))
    return sorted(times), right


def _row(name: str, times: Sequence[float], right: int, others: str) -> str:
    p50, p95, p99 = (times[int(share * (len(times) - 1))] for share in (0.5, 0.95, 0.99))
    return (
        f"| {name} | {p50:.1f} ms | {p95:.1f} ms | {p99:.1f} ms | {times[-1]:.0f} ms "
        f"| {100 * right / len(times):.1f} % | {others} |"
    )


# -- the usual way -------------------------------------------------------------------------------


def compare(folder: Path, asked: Sequence[tuple[str, str, str]]) -> None:
    """The likeliest ten of all that have any word of the title, by bm25, and of all that have every word."""
    database = sqlite3.connect(folder / "usual.sqlite")
    for name, options in (
        ("unicode61", "tokenize='unicode61'"),
        ("porter", "tokenize='porter unicode61'"),
    ):
        database.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(title, content='', {options})")
        began = time.perf_counter()
        database.executemany(f"INSERT INTO {name} (rowid, title) VALUES (?, ?)", _titles(folder))
        database.commit()
        seconds = time.perf_counter() - began
        print(f"\n{name}: indexed in {seconds:,.0f} s")
        print("| | p50 | p95 | p99 | worst | found | by others' title |\n|-|-:|-:|-:|-:|-:|-:|")
        for damaged in ("as it is", "one letter wrong"):
            for joint in (" OR ", " AND "):
                chance = random.Random(SEED)
                some = [
                    (arxiv, DAMAGE[damaged](title, chance), surname) for arxiv, title, surname in asked[:100]
                ]
                every = max(1, _count(folder) // ASKED)
                wanted = {title: (1 + at) * every for at, (_, title, _) in enumerate(some)}
                statement = f"SELECT rowid FROM {name} WHERE {name} MATCH ? ORDER BY rank LIMIT 10"

                def ask(one: tuple[str, str, str]) -> bool:
                    match = joint.join(f'"{word}"' for word in words(one[1]))  # noqa: B023 - used at once
                    rows = database.execute(statement, (match,)).fetchall()  # noqa: B023
                    return (wanted[one[1]],) in rows  # noqa: B023

                times, right = _timed(ask, some)
                print(_row(f"{damaged},{joint}by rank", times, right, "–"))
    database.close()


def _titles(folder: Path) -> Iterator[tuple[int, str]]:
    with (folder / "snapshot.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield number, json.loads(line)["title"]


def _count(folder: Path) -> int:
    with (folder / "snapshot.jsonl").open("rb") as lines:
        return sum(1 for _ in lines)


if __name__ == "__main__":
    main()
