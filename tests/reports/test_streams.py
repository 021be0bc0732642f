"""What reaches a stream: order, colours, encodings, hostile text."""

from __future__ import annotations

import io
import json
import random
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich.models import LinkStatus, Outcome, Place, Reason, Severity
from enrich.reports import FORMATS, LISTING
from tests.reports.samples import (
    CHECK,
    GPT_CHECK,
    GPT_RUN,
    PAGE,
    PULL_REQUEST,
    PULL_REQUEST_TOTALS,
    RECORD,
    RUN,
    TOTALS,
    change,
    fix,
    render,
    result,
    unverified,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = ["full", "concise", "summary"]
ALL = list(FORMATS)
HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\u202egnp.exe",
    "::error file=a::owned",
    "a\n::error::owned",
    "a\r::error::owned",
    "x ##[error]owned",
    "😀 100% @octocat",
    "\x7f\x85\x9b",
    "a\u2028b\u2066c",
    "\udce9\ud83d",
    "</script>",
]


@pytest.mark.parametrize("name", [*TEXTS, "json"])
def test_equal_runs_give_equal_files(name: str) -> None:
    outcomes = [GPT_CHECK, *PULL_REQUEST]
    expected = render(name, CHECK, outcomes, PULL_REQUEST_TOTALS, replace(PAGE, records=True))

    for seed in range(6):
        random.Random(seed).shuffle(outcomes)
        mixed = [replace(each, results=tuple(reversed(each.results))) for each in outcomes]
        assert render(name, CHECK, mixed, PULL_REQUEST_TOTALS, replace(PAGE, records=True)) == expected


@pytest.mark.parametrize("name", ALL)
def test_links_that_are_only_counted_are_told_as_others_or_not_at_all(name: str) -> None:
    outcomes = [GPT_CHECK, *PULL_REQUEST]
    counted = [_counted(each) for each in outcomes]
    assert counted != outcomes

    if name in LISTING:
        with pytest.raises(LookupError):
            render(name, CHECK, counted, PULL_REQUEST_TOTALS)
    else:
        expected = render(name, CHECK, outcomes, PULL_REQUEST_TOTALS)
        assert render(name, CHECK, counted, PULL_REQUEST_TOTALS) == expected


def _counted(outcome: Outcome) -> Outcome:
    if any(placed.use.check.status is LinkStatus.UNVERIFIED for placed in outcome.links):
        return outcome
    counted = {placed.use.url: placed.use.check.status for placed in outcome.links}
    return replace(outcome, links=(), counted=tuple(counted.items()))


def test_findings_stand_by_path_line_column_and_rule() -> None:
    def found(path: str, line: int, column: int, rule: str) -> Outcome:
        return Outcome(path, (result(rule, "m", path=path, place=Place(line, column, column, "x" * 20)),))

    expected = [
        "a.md:9:1: E LNK101 m",
        "a.md:10:2: E IDN201 m",
        "a.md:10:2: E LNK101 m",
        "b.md:1:1: E LNK101 m",
    ]
    outcomes = [
        found("b.md", 1, 1, "LNK101"),
        found("a.md", 10, 2, "LNK101"),
        found("a.md", 10, 2, "IDN201"),
        found("a.md", 9, 1, "LNK101"),
    ]

    out, _ = render("concise", CHECK, outcomes, TOTALS)

    assert out.splitlines() == expected


@pytest.mark.parametrize("name", ALL)
def test_without_colour_no_escape_is_written(name: str) -> None:
    assert "\x1b" not in "".join(render(name, RUN, [GPT_RUN, *PULL_REQUEST], TOTALS))


@pytest.mark.parametrize("name", TEXTS)
def test_colours_add_nothing_to_the_words(name: str) -> None:
    plain = render(name, RUN, [GPT_RUN, *PULL_REQUEST], TOTALS)

    out, err = render(name, RUN, [GPT_RUN, *PULL_REQUEST], TOTALS, replace(PAGE, colour=True))

    assert "\x1b[" in out
    assert (re.sub(r"\x1b\[[\d;]*m", "", out), re.sub(r"\x1b\[[\d;]*m", "", err)) == plain


def test_machine_formats_have_no_colours() -> None:
    for name in ("json", "json-lines"):
        assert render(name, CHECK, [GPT_CHECK], TOTALS, replace(PAGE, colour=True)) == render(
            name, CHECK, [GPT_CHECK], TOTALS
        )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ALL)
def test_hostile_text_steers_nothing(name: str, text: str) -> None:
    odd = change("LNK101", fix(("a", 0, text), text, text, title=text), path=text)
    found = result(
        "LNK101",
        text,
        path=text,
        place=Place(1, 1, 2, text),
        made=odd,
        url=text,
        evidence=(text, text),
        help_text=text,
        field=text,
    )
    run_level = result("RUN604", text, path="", severity=Severity.NOTICE, evidence=(text,), help_text=text)
    outcome = Outcome(
        text,
        (found, run_level),
        links=(unverified(f"https://{text}/", Reason.BLOCKED),),
        written=(odd,),
        pending=(odd,),
        records=(replace(RECORD, title=text),),
        bug=text,
    )
    run = replace(RUN, profile=text, config=text)

    for command in ("run", "check"):
        page = replace(PAGE, records=True, show=Severity.NOTICE)
        for written in render(name, replace(run, command=command), [outcome], TOTALS, page):
            assert written.encode()
            assert "##[" not in written
            for line in written.split("\n"):
                assert line.isprintable()
                assert not _steers(line)


def _steers(line: str) -> bool:
    """Whether *line* is a workflow command that this program doesn't mean."""
    ours = r"::(error|warning|notice) (file=[^:,]*,)?(line=\d+,col=\d+,endColumn=\d+,)?title=[^:,]*::.*"
    return line.lstrip().startswith("::") and not re.fullmatch(ours, line)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("name", ALL)
def test_a_stream_of_any_encoding_can_take_a_report(name: str, encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    report = FORMATS[name](PAGE, stream, stream)

    report.begin(CHECK, 1)
    report.entry(GPT_CHECK)
    report.end(TOTALS)
    stream.flush()

    told = b"1 entry" if name == "summary" else b"2024gpt.markdown"
    assert told in raw.getvalue()


def test_the_answer_is_flushed_before_the_other_stream_goes_on() -> None:
    raw = io.BytesIO()

    class Unbuffered(io.StringIO):
        def write(self, text: str, /) -> int:
            return raw.write(text.encode())

    out = io.TextIOWrapper(raw, encoding="utf-8")
    report = FORMATS["concise"](PAGE, out, Unbuffered())
    report.begin(CHECK, 3)
    for outcome in PULL_REQUEST:
        report.entry(outcome)
    report.end(PULL_REQUEST_TOTALS)

    lines = raw.getvalue().decode().splitlines()
    assert [line[:6] for line in lines[:3]] == ["_publi", "_publi", "2 erro"]


def test_concise_writes_findings_alone_to_its_answer() -> None:
    out, _ = render("concise", CHECK, PULL_REQUEST, PULL_REQUEST_TOTALS, replace(PAGE, show=Severity.NOTICE))

    lines = out.splitlines()
    assert all(re.fullmatch(r"[^:]+(:\d+:\d+)?: [EWIN] [A-Z]{3}\d{3} .+", line) for line in lines)
    assert "enrich: N RUN602 the host refuses automated requests" in lines
    assert sum(" [*] " in line for line in lines) == 7


@pytest.mark.parametrize("name", ALL)
def test_ten_thousand_findings(name: str, record_property: Callable[[str, object], None]) -> None:
    line = "Abstract: " + "wörter und words " * 100
    outcomes = [
        Outcome(
            f"_publications/{number}.md",
            (
                result(
                    "LNK101",
                    "404 Not Found",
                    path=f"_publications/{number}.md",
                    place=Place(9, 900, 920, line),
                ),
                result(
                    "IDN201", "not one", path=f"_publications/{number}.md", place=Place(8, 9, 12, "x: y" * 20)
                ),
            ),
        )
        for number in range(5_000)
    ]

    started = time.perf_counter()
    out, _ = render(name, CHECK, outcomes, replace(TOTALS, entries=5_000))
    record_property("milliseconds", round((time.perf_counter() - started) * 1000))

    if name == "json":
        assert len(json.loads(out)["findings"]) == 10_000
    else:
        assert "10,000" in out or out.count("LNK101") >= 1
