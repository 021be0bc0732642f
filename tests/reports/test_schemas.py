"""What platforms read: as the specifications of the formats have it, and within the limits at any size."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from jsonschema import Draft4Validator

from enrich.models import Outcome, Place, Reason, Severity, State
from tests.reports.samples import (
    CHECK,
    GPT,
    GPT_CHECK,
    MALFORMED,
    PULL_REQUEST,
    PULL_REQUEST_TOTALS,
    RUN,
    TOTALS,
    render,
    result,
    unverified,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from enrich.models import Run, Totals

HOSTILE = "\x1b[31m</failure>]]>&<\u202e\ud83d\x00%0A::error::##[x]😀"
RUNS = {
    "a pull request": (CHECK, [*PULL_REQUEST, GPT_CHECK], PULL_REQUEST_TOTALS),
    "nothing at all": (CHECK, [], TOTALS),
    "what was written": (RUN, [Outcome(GPT, (replace(MALFORMED, state=State.FIXED),))], TOTALS),
    "what is set aside, and a bug": (
        CHECK,
        [
            Outcome(GPT, (replace(MALFORMED, state=State.SUPPRESSED), MALFORMED), bug="ValueError: x"),
            Outcome("old.md", (replace(MALFORMED, path="old.md", state=State.BASELINED),)),
        ],
        replace(TOTALS, complete=False, exit_code=130),
    ),
    "what could not be verified": (
        CHECK,
        [
            Outcome("a.md", (), links=(unverified("https://a.org/", Reason.BLOCKED),)),
            Outcome(
                "", (result("RUN602", "refused", path="", severity=Severity.NOTICE, url="https://a.org/"),)
            ),
        ],
        TOTALS,
    ),
    "a hostile entry": (CHECK, [Outcome("ä b/\udce9.md", (result("LNK101", HOSTILE),))], TOTALS),
}
every_run = pytest.mark.parametrize(("run", "outcomes", "totals"), RUNS.values(), ids=list(RUNS))


# -- SARIF -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sarif_schema(npm: Callable[[str], Path]) -> Draft4Validator:
    """That of the standard, which Microsoft's matchers for Jest bring with them."""
    path = npm("@microsoft/jest-sarif@1.0.0-beta.0") / "lib/schemas/sarif-2.1.0-rtm.5.json"
    return Draft4Validator(json.loads(path.read_text(encoding="utf-8")))


@every_run
def test_sarif_is_as_the_standard_has_it(
    sarif_schema: Draft4Validator, run: Run, outcomes: list[Outcome], totals: Totals
) -> None:
    log = json.loads(render("sarif", run, outcomes, totals)[0])

    assert [error.message for error in sarif_schema.iter_errors(log)] == []


def test_the_schema_of_the_standard_would_find_a_fault(sarif_schema: Draft4Validator) -> None:
    log = json.loads(render("sarif", CHECK, [GPT_CHECK], TOTALS)[0])
    log["runs"][0]["results"][0]["level"] = "fatal"

    assert not sarif_schema.is_valid(log)


# -- JUnit -------------------------------------------------------------------------------------


class Element(NamedTuple):
    """What an element may have; the order of children is free."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OUTCOME = Element(optional=words("type message"))
JUNIT = {
    "testsuites": Element(optional=words("name time tests failures errors"), children=words("testsuite")),
    "testsuite": Element(
        words("name tests failures errors"),
        words("group time skipped timestamp hostname id package file log url"),
        words("testsuite properties testcase system-out system-err"),
    ),
    "testcase": Element(
        words("name"),
        words("time classname group"),
        words("skipped error failure rerunFailure rerunError flakyFailure flakyError system-out system-err"),
    ),
    "failure": _OUTCOME,
    "error": _OUTCOME,
    "skipped": _OUTCOME,
    "system-out": Element(),
    "system-err": Element(),
}
"""
What Jenkins takes, of the elements that enrich writes.

Source: https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""


def junit_faults(element: ET.Element) -> Iterator[str]:
    known = JUNIT.get(element.tag)
    if known is None:
        yield f"<{element.tag}> is not known"
        return
    given = frozenset(element.attrib)
    yield from (f"<{element.tag}> lacks {name}" for name in sorted(known.required - given))
    yield from (f"<{element.tag} {name}=…>" for name in sorted(given - known.required - known.optional))
    for child in element:
        if child.tag not in known.children:
            yield f"<{child.tag}> in <{element.tag}>"
        yield from junit_faults(child)


@every_run
def test_junit_is_as_jenkins_takes_it(run: Run, outcomes: list[Outcome], totals: Totals) -> None:
    out, _ = render("junit", run, outcomes, totals)

    assert list(junit_faults(ET.fromstring(out))) == []


def test_what_jenkins_does_not_take_is_found() -> None:
    case = '<testcase name="c" file="f"><skip/></testcase>'

    assert list(junit_faults(ET.fromstring(f'<testsuite name="s">{case}</testsuite>'))) == [
        "<testsuite> lacks errors",
        "<testsuite> lacks failures",
        "<testsuite> lacks tests",
        "<testcase file=…>",
        "<skip> in <testcase>",
        "<skip> is not known",
    ]


# -- GitLab ------------------------------------------------------------------------------------


@every_run
def test_gitlab_gets_what_it_requires(run: Run, outcomes: list[Outcome], totals: Totals) -> None:
    findings = json.loads(render("gitlab", run, outcomes, totals)[0])

    for finding in findings:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(finding)
        assert finding["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not finding["location"]["path"].startswith(("./", "/"))
        assert finding["location"]["lines"]["begin"] >= 1
    assert len({finding["fingerprint"] for finding in findings}) == len(findings)


# -- at any size -------------------------------------------------------------------------------

LONG = "the address of a link that is broken, with a reason as long as a title: " * 4
MANY = [
    Outcome(
        path := f"_publications/{number:05}.md",
        (
            result(
                "LNK101",
                f"{number} {LONG}",
                path=path,
                place=Place(9, 3, 9, "x" * 170),
                severity=Severity(number % 3 + 1),
                evidence=(LONG,),
            ),
        ),
    )
    for number in range(30_000)
]


def test_sarif_of_thirty_thousand_findings_is_taken_whole() -> None:
    out, _ = render("sarif", CHECK, MANY, TOTALS)

    assert len(gzip.compress(out.encode(), 1)) < 10_000_000
    assert len(json.loads(out)["runs"][0]["results"]) <= 5_000


def test_junit_of_thirty_thousand_findings_is_read_by_gitlab() -> None:
    """
    30 MB a file.

    Source: https://docs.gitlab.com/ci/testing/unit_test_reports/#file-format-and-size-limits
    """
    out, _ = render("junit", CHECK, MANY, TOTALS)

    assert len(out) < 30_000_000


def test_no_two_of_thirty_thousand_findings_are_one_to_gitlab() -> None:
    out, _ = render("gitlab", CHECK, MANY, TOTALS)

    findings = json.loads(out)
    assert len({finding["fingerprint"] for finding in findings}) == len(findings) == 30_000
    assert len(out) < 100 * 1024 * 1024
