"""Formats that a platform reads: complete, within its limits, and nothing from outside is more than text."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from enrich.models import Outcome, Place, Reason, Severity, State
from enrich.reports.parts.fitting import Table, fitting
from enrich.reports.parts.markup import cell, code
from tests.reports.golden_file import assert_golden
from tests.reports.samples import (
    CHECK,
    GPT,
    GPT_CHECK,
    MALFORMED,
    PAGE,
    PULL_REQUEST,
    PULL_REQUEST_TOTALS,
    TOTALS,
    both,
    change,
    fix,
    render,
    result,
    unverified,
)


def broken(number: int, severity: Severity = Severity.ERROR) -> Outcome:
    path = f"_publications/{number:05}.md"
    place = Place(9, 3, 9, "x" * 20)
    return Outcome(path, (result("LNK101", f"gone {number}", path=path, place=place, severity=severity),))


MANY = [broken(number, Severity(number % 3 + 1)) for number in range(30_000)]


@pytest.mark.parametrize("name", ["grouped", "github", "gitlab", "sarif", "junit", "markdown"])
def test_a_pull_request_as_each_platform_is_told(name: str) -> None:
    told = render(name, CHECK, [*PULL_REQUEST, GPT_CHECK], PULL_REQUEST_TOTALS)

    assert_golden(f"platform-{name}", both(told))


# -- annotations -----------------------------------------------------------------------------


def test_at_most_ten_annotations_of_a_kind_and_the_tenth_says_how_many_are_missing() -> None:
    out, _ = render("github", CHECK, MANY, TOTALS, replace(PAGE, show=Severity.INFO))

    for kind, noun in (("error", "errors"), ("warning", "warnings"), ("notice", "notes")):
        told = [line for line in out.splitlines() if line.startswith(f"::{kind} ")]
        assert len(told) == 10
        assert told[-1].startswith(f"::{kind} title=enrich::9,991 more {noun}; ")
        assert "file=_publications/0000" in told[0]


def test_ten_annotations_need_no_eleventh() -> None:
    out, _ = render("github", CHECK, [broken(number) for number in range(10)], TOTALS)

    assert len(out.splitlines()) == 10
    assert "more" not in out


def test_what_is_about_the_run_or_set_aside_is_no_annotation() -> None:
    outcome = Outcome(
        GPT,
        (
            result("RUN602", "refused", path="", severity=Severity.NOTICE, url="https://a.org/"),
            replace(MALFORMED, state=State.SUPPRESSED),
            replace(MALFORMED, state=State.BASELINED),
            MALFORMED,
        ),
    )

    out, _ = render("github", CHECK, [outcome], TOTALS, replace(PAGE, show=Severity.NOTICE))

    assert out == ""


def test_a_platform_knows_files_by_their_place_in_the_repository() -> None:
    page = replace(PAGE, prefix="site/")

    told = {name: render(name, CHECK, [broken(1)], TOTALS, page)[0] for name in ("github", "gitlab", "sarif")}

    assert all("site/_publications/00001.md" in text for text in told.values())


# -- SARIF -----------------------------------------------------------------------------------


def test_sarif_keeps_the_worst_and_says_how_many_it_left_out() -> None:
    out, _ = render("sarif", CHECK, MANY, TOTALS)

    run = json.loads(out)["runs"][0]
    assert len(run["results"]) == 4_500
    assert {found["level"] for found in run["results"]} == {"error"}
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert notes[-1]["message"]["text"] == "25,500 results of lesser rank left out"


def test_sarif_offers_a_change_only_where_it_is_certain_to_be_right() -> None:
    line = "  {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}]"

    def fixes(before: object, after: object, source: str = line) -> Any:
        made = change("IDN201", replace(fix(), before=before, after=after))  # type: ignore[arg-type]
        found = result("IDN201", "m", place=Place(83, 45, 57, source), made=made)
        out, _ = render("sarif", CHECK, [Outcome(GPT, (found,))], TOTALS)
        return json.loads(out)["runs"][0]["results"][0].get("fixes")

    old, new = "https://arxiv.org/abs/hf2410.21276", "https://arxiv.org/abs/2410.21276"
    (offered,) = fixes(old, new)
    (replacement,) = offered["artifactChanges"][0]["replacements"]
    assert replacement["deletedRegion"] == {"startLine": 83, "startColumn": 23, "endColumn": 57}
    assert replacement["insertedContent"] == {"text": new}
    assert fixes(old, "it's: new") is None
    assert fixes("a title", "A title") is None
    assert fixes(None, new) is None
    assert fixes(old, new, "an escaped one") is None
    assert fixes(old, new, line + line) is None


def test_sarif_tells_suppressed_findings_as_suppressed_and_bugs_as_notifications() -> None:
    found = (replace(MALFORMED, state=State.SUPPRESSED), MALFORMED)

    out, _ = render("sarif", CHECK, [Outcome(GPT, found, bug="ValueError: x")], TOTALS)

    run = json.loads(out)["runs"][0]
    assert [each["suppressions"] for each in run["results"]] == [
        [{"kind": "external", "justification": "suppressed"}]
    ]
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["level"] == "error"


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a b%.md", "a%20b%25.md"), ("caf\udce9.md", "caf%E9.md"), ("\ud83d.md", "%ED%A0%BD.md")],
)
def test_sarif_names_files_by_their_bytes(path: str, uri: str) -> None:
    out, _ = render("sarif", CHECK, [Outcome(path, (result("LNK101", "m", path=path),))], TOTALS)

    location = json.loads(out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}


# -- JUnit -----------------------------------------------------------------------------------


def test_junit_has_a_case_for_every_entry_and_skips_what_could_not_be_verified() -> None:
    outcomes = [
        Outcome("a.md", ()),
        Outcome("b.md", (), links=(unverified("https://a.org/", Reason.BLOCKED),)),
        Outcome("c.md", (result("LNK101", "gone", path="c.md"),), links=(unverified("x", Reason.TIMEOUT),)),
        Outcome("d.md", (), bug="ValueError: x"),
        Outcome("e.md", (result("LNK104", "home", path="e.md", severity=Severity.WARNING),)),
        Outcome("notes.md", (), is_entry=False),
    ]

    out, _ = render("junit", CHECK, outcomes, TOTALS)

    suite = ET.fromstring(out)[0]
    assert {case.attrib["name"]: [child.tag for child in case] for case in suite} == {
        "a.md": [],
        "b.md": ["skipped"],
        "c.md": ["failure"],
        "d.md": ["error"],
        "e.md": ["system-out"],
    }
    assert suite.attrib["tests"] == "5"
    assert suite.attrib["failures"] == suite.attrib["errors"] == suite.attrib["skipped"] == "1"


# -- Markdown --------------------------------------------------------------------------------


def test_a_summary_is_cut_by_whole_rows_within_its_bytes() -> None:
    page = replace(PAGE, summary_bytes=20_000, show=Severity.INFO)

    out, _ = render("markdown", CHECK, MANY, replace(TOTALS, entries=30_000), page)

    assert len(out.encode()) <= 20_000
    rows = [line for line in out.splitlines() if "| LNK101 |" in line]
    assert 50 < len(rows) < 30_000
    assert all(row.startswith("| ❌ | ") and row.endswith(" |") for row in rows)
    assert f"{30_000 - len(rows):,} more are left out here." in out


def test_a_summary_without_findings_has_no_empty_table() -> None:
    out, _ = render("markdown", CHECK, [Outcome("a.md", ())], TOTALS)

    assert out.startswith("## enrich: ✅ Passed\n1 entry, 0 links.\n")
    assert "###" not in out


@pytest.mark.parametrize(
    "text", ["a `b` c", "``", "`", "a | b", "@octocat", "#12", "<b>", "\n::error::", "a``b`c", "", "\\|"]
)
def test_text_in_code_can_not_leave_it(text: str) -> None:
    written = code(text)

    fence = re.match("`+", written)
    assert fence
    inside = written[len(fence[0]) : -len(fence[0])]
    assert written.endswith(fence[0])
    assert fence[0] not in re.findall("`+", inside)
    assert inside.startswith(" ")
    assert inside.endswith(" ")


def test_a_cell_has_no_bar_of_its_own() -> None:
    for text in ("a | b || c", "\\|", "\\\\| x \\\\\\|"):
        assert not re.search(r"(?<!\\)(\\\\)*\|", cell(text))


def test_heads_are_never_cut() -> None:
    tables = [Table(("head",), ("row " * 100,) * 3), Table(("last",))]

    assert fitting(tables, 10) == ["head", "", "3 more are left out here.", "last"]
    assert fitting(tables, 10_000) == ["head", *["row " * 100] * 3, "last"]
