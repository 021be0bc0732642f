"""A report that was saved is every other report as well; what is no report is told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.models import Applicability, Outcome, Severity, State
from enrich.reports import FORMATS
from enrich.reports.comment import LARGEST, MARK, comment_text
from enrich.reports.parts.reading import Unreadable
from enrich.reports.pull_request import MOST_BYTES, TooMany, pull_request_text
from enrich.reports.saved import Saved, only, read_saved
from tests.reports.golden_file import assert_golden
from tests.reports.samples import (
    CHECK,
    GPT_CHECK,
    GPT_RUN,
    PAGE,
    PULL_REQUEST,
    PULL_REQUEST_TOTALS,
    RABIN,
    RUN,
    TOTALS,
    change,
    fix,
    render,
    result,
)

LIMITED = replace(TOTALS, complete=False)


def saved(run: Any = CHECK, outcomes: Any = PULL_REQUEST, totals: Any = PULL_REQUEST_TOTALS) -> Saved:
    return read_saved(render("json", run, outcomes, totals)[0])


def rendered(name: str, again: Saved, records: bool = False) -> str:
    return render(name, again.run, again.outcomes, again.totals, replace(PAGE, records=records))[0]


@pytest.mark.parametrize("run", [RUN, CHECK, replace(CHECK, since="main", offline=True)])
@pytest.mark.parametrize("outcomes", [PULL_REQUEST, (GPT_RUN,), (GPT_CHECK,), ()])
def test_a_report_that_was_saved_is_the_report(run: Any, outcomes: Any) -> None:
    text, _ = render("json", run, outcomes, PULL_REQUEST_TOTALS, replace(PAGE, records=True))

    again = read_saved(text)

    if outcomes != (GPT_RUN,):  # there changes are counted that no finding tells of
        assert rendered("json", again, records=True) == text
    assert again.run == run
    assert again.totals == replace(
        PULL_REQUEST_TOTALS, seconds=again.totals.seconds, requests=again.totals.requests
    )


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_can_be_made_of_it(name: str) -> None:
    for outcomes in (PULL_REQUEST, (GPT_RUN,), (GPT_CHECK,), ()):
        again = saved(outcomes=outcomes)
        out, err = render(name, again.run, again.outcomes, again.totals)
        assert out or err or name == "github"


REPORT = json.loads(render("json", CHECK, (*PULL_REQUEST, GPT_CHECK), PULL_REQUEST_TOTALS)[0])


@pytest.mark.parametrize(
    ("way", "value", "why"),
    [
        (["version"], 2, "a report of version 2 is not known to this enrich"),
        (["tool"], None, "`tool` is not an object"),
        (["tool", "started_at"], "now", "`tool.started_at` is not a text of that kind"),
        (["tool", "started_at"], "2027-13-01T00:00:00Z", "`tool.started_at` is not a time"),
        (["summary", "entries"], -1, "`summary.entries` is not a whole number from 0 on"),
        (["summary", "entries"], True, "`summary.entries` is not a whole number from 0 on"),
        (["findings"], {}, "`findings` is not a list"),
        (["findings", 0, "rule"], "[x](y)", "`findings[0].rule` is not a text of that kind"),
        (["findings", 0, "message"], None, "`findings[0].message` is not a text"),
        (["findings", 0, "severity"], "fatal", "`findings[0].severity` is not one of notice, "),
        (["findings", 0, "status"], 1, "`findings[0].status` is not one of open, "),
        (["links", 0, "status"], "dead", "`links[0].status` is not one of ok, "),
        (["links", 0, "reason"], "timeout", "`links[0].reason` is not what its status asks for"),
        (["links", 0, "cached"], 0, "`links[0].cached` is not true or false"),
    ],
)
def test_what_is_not_as_it_should_be_is_told_with_its_place(way: list[Any], value: Any, why: str) -> None:
    report = json.loads(json.dumps(REPORT))
    part = report
    for step in way[:-1]:
        part = part[step]
    part[way[-1]] = value

    with pytest.raises(Unreadable, match=re.escape(why)):
        read_saved(json.dumps(report))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON from line 1, column 1 on"),
        ("[]", "`the whole` is not an object"),
        ("{}", "`version` is missing"),
        ("[" * 100_000, "nested too deep"),
        ('{"version": NaN}', "`NaN` is no JSON"),
    ],
)
def test_what_is_no_report_is_told(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(why)):
        read_saved(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


def places(part: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [way, *(deep for key, inner in steps for deep in places(inner, (*way, key)))]


PLACES = places(REPORT)[1:]


@given(st.sampled_from(PLACES), JSON)
@settings(deadline=None)
def test_whatever_a_stranger_puts_into_a_report_it_is_read_or_refused(way: Any, value: Any) -> None:
    report = json.loads(json.dumps(REPORT))
    part = report
    for step in way[:-1]:
        part = part[step]
    part[way[-1]] = value

    try:
        again = read_saved(json.dumps(report))
    except Unreadable:
        return
    assert harmless(comment_text(again, PAGE)) == []
    assert harmless(pull_request_text(again, PAGE)) == []


# -- pull requests ---------------------------------------------------------------------------


def harmless(text: str) -> list[str]:
    """What, outside code, would ping a person or link to an issue; with lines that were cut short."""
    bare = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    return re.findall(
        r"@\w|#\d|github\.com/[^ )]*/(?:issues|pull)/|<(?!/?details|/?summary|!-- enrich: )", bare
    )


def written(number: int, **other: Any) -> list[Outcome]:
    """So many entries, in each of which a title was written."""
    outcomes = []
    for each in range(number):
        path = f"_publications/{each:04}.md"
        made = change("MET310", fix(("title",), f"Gpt-{each}", f"GPT-{each}", **other), path, f"{each:08x}")
        found = result(
            "MET310", "its case is lost", path=path, made=made, state=State.FIXED, severity=Severity.INFO
        )
        outcomes.append(Outcome(path, (found,), written=(made,), lines_changed=1))
    return outcomes


def test_the_text_of_a_pull_request_stays_as_it_was_read_last() -> None:
    repaired = replace(
        GPT_RUN.results[0],
        finding=replace(GPT_RUN.results[0].finding, evidence=("title 1.00", "419 of 419 authors")),
    )
    outcomes = [replace(GPT_RUN, results=(repaired, GPT_RUN.results[1])), *written(2)]

    text = pull_request_text(
        saved(RUN, outcomes, LIMITED), PAGE, run_url="https://github.com/a/b/actions/runs/1"
    )

    assert_golden("pull-request", text)


def test_a_comment_stays_as_it_was_read_last() -> None:
    assert_golden("comment", comment_text(saved(replace(CHECK, since="main")), PAGE))


def test_rows_are_cut_so_that_the_text_fits_and_the_last_lines_stay() -> None:
    text = pull_request_text(saved(RUN, written(1_000), TOTALS), PAGE)

    assert 55_000 < len(text.encode()) <= MOST_BYTES
    assert re.search(r"\n\n\d+ more are in the diff\.\n\n</details>\n", text)
    trailer = text.splitlines()[-1]
    assert trailer.startswith("<!-- enrich: plan=")
    assert trailer.count(",") == 999
    assert all(line.count(" | ") == 4 for line in text.splitlines() if line.startswith("| `` 0"))


def test_more_changes_than_a_text_can_name_are_refused() -> None:
    with pytest.raises(TooMany, match="7,000 changes are too many for one pull request"):
        pull_request_text(saved(RUN, written(7_000), TOTALS), PAGE)


def test_what_was_not_written_yet_is_proposed_if_it_is_safe() -> None:
    unsafe = fix(("title",), "a", "b", applicability=Applicability.UNSAFE)
    outcomes = [
        replace(GPT_CHECK, links=()),
        Outcome(RABIN, (result("MET303", "x", path=RABIN, made=change("MET303", unsafe, RABIN, "0" * 8)),)),
    ]

    text = pull_request_text(saved(RUN, outcomes, TOTALS), PAGE)

    assert text.startswith("enrich proposes 2 safe changes in 1 entry.\n")
    assert "00000000" not in text
    assert "re-read" not in text


def test_without_changes_there_is_nothing_to_propose() -> None:
    assert pull_request_text(saved(RUN, [], TOTALS), PAGE) == "enrich proposes no changes.\n"


def test_a_part_says_how_many_wait() -> None:
    outcomes = [*written(2), replace(GPT_CHECK, links=())]

    first = pull_request_text(saved(RUN, outcomes, LIMITED), PAGE)
    unknown = pull_request_text(saved(RUN, written(2), LIMITED), PAGE)

    assert first.startswith(
        "enrich proposes 2 safe changes in 2 entries: 4 are waiting, this is the first part.\n"
    )
    assert unknown.startswith("enrich proposes 2 safe changes in 2 entries; this is the first part.\n")


def test_only_the_rules_that_are_asked_for_are_in_it() -> None:
    text = pull_request_text(only(saved(RUN, [GPT_RUN], TOTALS), frozenset({"MET301"})), PAGE)

    assert "IDN201" not in text
    assert "changes=b7d4015e -->" in text


def test_entries_of_the_same_name_are_told_by_their_paths() -> None:
    one, other = written(1)[0], written(2)[1]
    moved = [
        replace(one, path=path, results=tuple(
            replace(each, path=path, change=replace(each.change, path=path, id=f"{number:08x}"))
            for each in one.results if each.change
        ))
        for number, path in enumerate(("a/index.md", "b/x.md", "c/x.md"), 5)
    ]  # fmt: skip

    text = pull_request_text(saved(RUN, [*moved, other], TOTALS), PAGE)

    assert re.findall(r"^\| `` (\S+) `` \|", text, re.MULTILINE) == ["0001", "a/index.md", "b/x.md", "c/x.md"]


def test_a_link_to_the_run_is_only_made_of_what_is_one() -> None:
    report = saved(RUN, written(1), TOTALS)

    assert "[this run](https://github.com/o/r/actions/runs/7)" in pull_request_text(
        report, PAGE, run_url="https://github.com/o/r/actions/runs/7"
    )
    for hostile in ("https://github.com/o/r/issues/7", "javascript:x", "https://a/b/c/actions/runs/1) @x"):
        assert "this run" not in pull_request_text(report, PAGE, run_url=hostile)


HOSTILE = st.text(
    st.sampled_from(list("`|\\@#<>!-[]()_*~&;:/ \n\r\t\x1b\u202ea1")) | st.characters(), max_size=30
) | st.sampled_from(
    [
        "@octocat",
        "`@octocat`",
        "``` @octocat",
        "\\`@octocat",
        "https://github.com/o/r/issues/1",
        "o/r#1",
        "GH-1",
        "--> @octocat",
        "</details>@octocat",
        "<!-- enrich: plan=0 changes=00000000 -->",
        "a|@octocat|b",
        "\\|@octocat",
    ]
)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
@settings(deadline=None, max_examples=300)
def test_nobody_is_pinged_whatever_an_entry_holds(title: str, value: str, why: str, name: str) -> None:
    path = f"_publications/{name}.md"
    made = change("MET310", fix(("title",), value, f"{value}x", title or "t"), path)
    found = result("MET310", why, path=path, made=made, state=State.FIXED, evidence=(why, value))
    broken = result("LNK101", why, path=path, field="links[0].url", url=value)
    outcomes = [Outcome(path, (found, broken), written=(made,))]

    report = saved(RUN, outcomes, TOTALS)

    for text in (pull_request_text(report, PAGE), comment_text(report, PAGE)):
        assert harmless(text) == []
        assert all(line.isprintable() for line in text.split("\n"))
    last = pull_request_text(report, PAGE).splitlines()[-1]
    assert re.fullmatch(r"<!-- enrich: plan=[0-9a-f]{12} changes=f2e756fe -->", last)


# -- comments --------------------------------------------------------------------------------


def test_a_comment_can_be_found_again_and_fits() -> None:
    many = [
        Outcome(f"{number}.md", (result("LNK101", "gone " * 50, path=f"{number}.md"),))
        for number in range(1_000)
    ]

    text = comment_text(saved(outcomes=many), PAGE)

    assert text.splitlines()[-1] == MARK
    assert 50_000 < len(text.encode()) <= MOST_BYTES
    assert LARGEST == 262_144
