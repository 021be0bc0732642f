"""Clocks that are years ahead, or go back between two runs: nothing is fresh for good, nothing is lost."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING

import pytest

from enrich.cache.opening import FILE
from enrich.ledger import StateFolder
from enrich.ledger.journal import read_run, runs
from tests.end_to_end.catalogues import NO_PAUSE
from tests.end_to_end.test_bad_days import ENTRY, PAPER
from tests.faults import injecting
from tests.internet import OK, status

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

pytestmark = pytest.mark.skipif(injecting.library() is None, reason="needs Linux and a C compiler")

YEARS = dt.timedelta(days=14 * 365)
ALONE = (*NO_PAUSE, "--set", "network.processes=0", "--set", "links.retry=0", "--set", "links.archive=off")
LINKS = "  - {name: Code, url: 'https://code.example/a'}\n  - {name: Data, url: 'https://data.example/a'}\n"


@pytest.fixture
def online(catalogue: Catalogue, internet: Internet) -> Catalogue:
    internet.arxiv.load([PAPER])
    internet.host("code.example", default=OK)
    internet.host("data.example", default=status(404))
    catalogue.write("_publications/a.md", ENTRY.replace("---\nText.", f"{LINKS}---\nText."))
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def years_ahead(catalogue: Catalogue, internet: Internet) -> None:
    catalogue.environ = internet.env | injecting.with_clock(YEARS)


def asked(internet: Internet) -> int:
    """How many questions since the last time."""
    number = len(internet.requests)
    internet.requests.clear()
    return number


def moments(catalogue: Catalogue) -> set[int]:
    """The years in which answers were given, as they are kept."""
    with sqlite3.connect(catalogue.root / ".enrich_cache" / FILE) as database:
        found = database.execute(
            "SELECT strftime('%Y', max(retrieved_at, seen_at, failing_since) / 1000000, 'unixepoch')"
            "FROM (SELECT retrieved_at, ifnull(seen_at, 0) AS seen_at,"
            " ifnull(failing_since, 0) AS failing_since FROM answers WHERE retrieved_at IS NOT NULL)"
        ).fetchall()
    database.close()
    return {int(year) for (year,) in found}


def test_what_was_learned_in_another_decade_is_asked_again_and_then_believed(
    online: Catalogue, internet: Internet
) -> None:
    check = ("check", *ALONE, "--fail-on", "never")
    years_ahead(online, internet)
    then = online.report(*check)
    first, learned = asked(internet), moments(online)
    online.on(internet)

    now = online.report(*check)
    second = asked(internet)
    online.enrich(*check)

    assert {year - dt.datetime.now(dt.UTC).year for year in learned} <= {13, 14}
    assert first == second > 3
    assert asked(internet) == 0
    assert max(moments(online)) <= dt.datetime.now(dt.UTC).year
    told = [[(one["rule"], one["message"]) for one in report["findings"]] for report in (then, now)]
    assert told[0] == told[1]


def test_after_a_clock_went_back_the_journals_are_in_order_and_all_is_taken_back(
    online: Catalogue, internet: Internet
) -> None:
    first = online.root / "_publications/a.md"
    before = first.read_bytes()
    years_ahead(online, internet)
    online.enrich("run", *ALONE)
    online.on(internet)
    second = online.write("_publications/b.md", before)

    online.enrich("run", "--allow-dirty", *ALONE)
    journals = {file.stem: read_run(file) for file in runs(StateFolder(online.root))}
    online.enrich("undo")
    after_one = (first.read_bytes() == before, second.read_bytes() == before)
    online.enrich("undo")

    paths = {number: [splice.path for splice in splices] for number, splices in journals.items()}
    assert paths == {"000001": ["_publications/a.md"], "000002": ["_publications/b.md"]}
    assert after_one == (False, True)
    assert first.read_bytes() == second.read_bytes() == before
