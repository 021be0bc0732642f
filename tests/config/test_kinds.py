"""What each kind of option takes and refuses, and that it spells what it reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.config.addresses import AddressPattern, FromEnvironment, HeaderName, HeaderText, LinkPattern
from enrich.config.kinds import Kind, Wrong
from enrich.config.mapping import MAPPING
from enrich.config.measures import Duration, Share, Size
from enrich.config.scalars import Date, Flag, Named, Whole, Word
from enrich.config.tables import Keyed, Listed
from enrich.config.texts import Address, Glob, Host, Hosts, Line, Selector, Variable, Versions

TAKEN = [
    (Flag(), True, True),
    (Whole(0, 5), 5, 5),
    (Word(("a", "b")), "b", "b"),
    (Named({"one": 1, "none": None}), "none", None),
    (Date(), dt.date(2027, 3, 1), dt.date(2027, 3, 1)),
    (Duration(), "20s", 20.0),
    (Duration(), "5m", 300.0),
    (Duration(), "1.5 h", 5_400.0),
    (Duration(), "14d", 1_209_600.0),
    (Duration(), "250ms", 0.25),
    (Size(), "1MB", 1_000_000),
    (Size(), "64KiB", 65_536),
    (Share(), 0.25, 0.25),
    (Share(), 1, 1.0),
    (Share(), "25%", 0.25),
    (Share(), "100%", 1.0),
    (Line(), "a b", "a b"),
    (Address(), "http://127.0.0.1:8080/api?x=1", "http://127.0.0.1:8080/api?x=1"),
    (Glob(), "_publications/**/*.{md,markdown}", "_publications/**/*.{md,markdown}"),
    (Host(), "huggingface.co", "huggingface.co"),
    (Host(), "127.0.0.1:8080", "127.0.0.1:8080"),
    (Hosts(), "*.example.org", "*.example.org"),
    (Selector(), "LNK", "LNK"),
    (Selector(), "IDN20", "IDN20"),
    (Selector(), "malformed-arxiv-id", "malformed-arxiv-id"),
    (Selector(), "DEFAULT", "DEFAULT"),
    (Variable(), "ENRICH_GITHUB_TOKEN", "ENRICH_GITHUB_TOKEN"),
    (Versions(), ">=1.0,<3", ">=1.0,<3"),
    (Listed(Whole(1, 9)), [1, 2], (1, 2)),
    (LinkPattern(), "*.example.org", "*.example.org"),
    (LinkPattern(), "*://example.org/a*", "*://example.org/a*"),
    (AddressPattern(), "http://localhost:4000/*", "http://localhost:4000/*"),
    (HeaderName(), "X-Api-Key", "X-Api-Key"),
    (HeaderText(), "a b", "a b"),
    (HeaderText(), {"env": "ENRICH_ACME"}, FromEnvironment("ENRICH_ACME")),
]

DATE = "takes a date such as 2027-03-01, without quotes"
DURATION = 'takes a duration such as "20s"'
SHARE = 'takes a share such as 0.25 or "25%"'
ADDRESS = "takes an address with http:// or https://"
GLOB = "takes a pattern of paths such as `_publications/**/*.md`"
HOST = "the name of a host such as `huggingface.co`"
SELECTOR = "takes a rule's code, its name or a group, such as `LNK101`, `broken-link`, `LNK` or `DEFAULT`"
VARIABLE = "takes the name of an environment variable such as `ENRICH_GITHUB_TOKEN`"
VERSIONS = 'takes versions of enrich such as ">=1.0"'
NOON = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)

REFUSED = [
    (Flag(), "true", 'takes true or false, not "true"'),
    (Flag(), 1, "takes true or false, not 1"),
    (Whole(0, 5), 6, "takes a whole number from 0 to 5, not 6"),
    (Whole(0, 5), True, "takes a whole number from 0 to 5, not true"),
    (Whole(0, 5), 1.0, "takes a whole number from 0 to 5, not 1.0"),
    (Word(("a",)), "b", 'takes "a", not "b"'),
    (Word(("a", "b", "c")), [], 'takes "a", "b" or "c", not a list'),
    (Named({"one": 1}), "two", 'takes "one", not "two"'),
    (Date(), NOON, f"{DATE}, not 2027-03-01 12:00:00+00:00"),
    (Date(), "2027-03-01", f'{DATE}, not "2027-03-01"'),
    (Duration(), 20, f"{DURATION}, not 20"),
    (Duration(), "20", f'{DURATION}, not "20"'),
    (Duration(), "-1s", f'{DURATION}, not "-1s"'),
    (Duration(0.1, 600), "1h", f'{DURATION}, from "0.1s" to "10m", not "1h"'),
    (Duration(), "999999999999d", f'{DURATION}, not "999999999999d"'),
    (Size(), True, 'takes a size such as "1MB", not true'),
    (Share(), 1.5, f"{SHARE}, not 1.5"),
    (Share(), "125%", f'{SHARE}, not "125%"'),
    (Share(), True, f"{SHARE}, not true"),
    (Line(), "a\nb", 'takes text on one line, not "a\nb"'),
    (Line(), {}, "takes text on one line, not a table"),
    (Line(), 3, "takes text on one line, not 3"),
    (Line(), "x" * 50 + "\n", f'takes text on one line, not "{"x" * 39}…"'),
    (Address(), "ftp://example.org", f'{ADDRESS}, not "ftp://example.org"'),
    (Address(), "http://example.org:99999/", f'{ADDRESS}, not "http://example.org:99999/"'),
    (Address(), "http://[::1/", f'{ADDRESS}, not "http://[::1/"'),
    (Address(), "http://:80/", f'{ADDRESS}, not "http://:80/"'),
    (Glob(), "!a", f'{GLOB}, not "!a"'),
    (Glob(), "", f'{GLOB}, not ""'),
    (Host(), "*.example.org", f'takes {HOST}, not "*.example.org"'),
    (Selector(), "LN", f'{SELECTOR}, not "LN"'),
    (Variable(), "ghp_0123456789abcdefghij", VARIABLE),
    (Variable(), 3, VARIABLE),
    (Versions(), "1.0", f'{VERSIONS}, not "1.0"'),
    (Versions(), "~=1", f'{VERSIONS}, not "~=1"'),
    (Listed(Whole(1, 9)), 1, "takes a list, each a whole number from 1 to 9, not 1"),
    (Keyed(Host(), Flag(), False, "HOST"), [], f"takes a table: {HOST} = true or false, not a list"),
]


@pytest.mark.parametrize(("kind", "written", "held"), TAKEN)
def test_a_kind_takes_what_it_says(kind: Kind[Any], written: object, held: object) -> None:
    assert kind.read(written) == held


@pytest.mark.parametrize(("kind", "written", "message"), REFUSED)
def test_a_kind_says_what_it_takes_instead(kind: Kind[Any], written: object, message: str) -> None:
    with pytest.raises(Wrong) as caught:
        kind.read(written)

    assert [flaw.message for flaw in caught.value.flaws] == [message]


@pytest.mark.parametrize(
    ("kind", "written", "hint"),
    [
        (Duration(), 20, "a unit is missing: ms, s, m, h, d"),
        (Duration(), True, ""),
        (Word(("error", "never")), "eror", "did you mean `error`?"),
        (Host(), "https://HuggingFace.co/papers", "write `huggingface.co`"),
        (Host(), "a b", ""),
        (Glob(), "!drafts/", "a pattern can't be negated"),
        (Selector(), "lnk101", "did you mean `LNK101`?"),
        (Word(("auto", "jekyll-links", "generic")), "jekyl", "did you mean `jekyll-links`?"),
        (Word(("report-permanent", "report-all")), "rep", ""),
        (Word(("academicpages", "generic")), "ac", ""),
        (Listed(Line()), "a.jsonl", 'in brackets: ["a.jsonl"]'),
        (Listed(Line()), 3, ""),
        (MAPPING, "title", 'such as {path = "title"}'),
        (Line(), 3, ""),
    ],
)
def test_a_kind_knows_the_cure(kind: Kind[Any], written: object, hint: str) -> None:
    with pytest.raises(Wrong) as caught:
        kind.read(written)

    assert caught.value.flaws[0].hint == hint


def test_a_list_names_everything_that_is_wrong_in_it() -> None:
    with pytest.raises(Wrong) as caught:
        Listed(Whole(1, 9)).read([1, "a", 3, 10])

    assert [flaw.at for flaw in caught.value.flaws] == [(1,), (3,)]


def test_a_table_with_free_keys_checks_keys_and_values() -> None:
    with pytest.raises(Wrong) as caught:
        Keyed(Host(), Flag(), False, "HOST").read({"a.org": 1, "B C": True})

    assert [(flaw.at, flaw.on_key) for flaw in caught.value.flaws] == [(("a.org",), False), (("B C",), True)]


@given(st.floats(min_value=0, max_value=36_500 * 86_400))
def test_every_duration_is_spelled_so_that_it_reads_back(seconds: float) -> None:
    assert Duration().read(Duration().spell(seconds)) == seconds


@given(st.integers(min_value=1, max_value=10**9))
def test_every_size_is_spelled_so_that_it_reads_back(size: int) -> None:
    assert Size().read(Size().spell(size)) == size


@pytest.mark.parametrize(
    ("seconds", "spelled"),
    [(0.0, "0s"), (0.25, "0.25s"), (20.0, "20s"), (300.0, "5m"), (86_400.0, "1d"), (90_000.0, "25h")],
)
def test_a_duration_is_spelled_in_the_largest_unit_that_fits(seconds: float, spelled: str) -> None:
    assert Duration().spell(seconds) == spelled
