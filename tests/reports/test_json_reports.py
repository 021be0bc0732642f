"""`json` and `json-lines` hold what the manual and the schemas say, and nothing else."""

from __future__ import annotations

import copy
import datetime as dt
import importlib.resources
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.models import (
    Answer,
    Applicability,
    Fix,
    Hop,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    Map,
    Outcome,
    Place,
    State,
)
from enrich.reports.parts.wire import dumps
from tests.reports.samples import (
    ADDED,
    AT,
    CHECK,
    GPT,
    GPT_CHECK,
    GPT_RUN,
    MALFORMED,
    PAGE,
    PULL_REQUEST,
    PULL_REQUEST_TOTALS,
    RUN,
    TOTALS,
    catalogue,
    change,
    fix,
    link,
    render,
    result,
)


def schema(name: str) -> Any:
    return json.loads(importlib.resources.files("enrich").joinpath("schemas", name).read_text("utf-8"))


def closed(part: Any) -> Any:
    """The schema without its door for later keys: what is written today is all listed."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    part = {key: closed(each) for key, each in part.items()}
    if part.get("type") == "object" and "properties" in part:
        part.setdefault("additionalProperties", False)
    return part


SCHEMA = schema("report.schema.json")


def document(outcomes: list[Outcome], **changed: Any) -> Any:
    page = replace(PAGE, records=changed.pop("records", False))
    run = replace(CHECK, **changed)
    out, _ = render("json", run, outcomes, replace(TOTALS, exit_code=1), page)
    report = json.loads(out)
    jsonschema.Draft202012Validator(closed(SCHEMA), format_checker=jsonschema.FormatChecker()).validate(
        report
    )
    return report


def lines(outcomes: list[Outcome], records: bool = False) -> list[Any]:
    out, _ = render("json-lines", CHECK, outcomes, TOTALS, replace(PAGE, records=records))
    found = [json.loads(line) for line in out.splitlines()]
    validator = jsonschema.Draft202012Validator({**SCHEMA, **SCHEMA["$defs"]["line"]})
    for line in found:
        validator.validate(line)
    return found


def test_the_schemas_are_schemas() -> None:
    for name in ("report.schema.json", "resolve.schema.json"):
        jsonschema.Draft202012Validator.check_schema(schema(name))


def test_the_manuals_example_comes_out_to_the_letter() -> None:
    report = document([GPT_CHECK])

    because = [
        {
            "source": "arxiv",
            "query": "arxiv:2410.21276",
            "retrieved_at": "2027-01-15T09:12:05Z",
            "cached": False,
        }
    ]
    assert report == {
        "version": 1,
        "tool": {
            "name": "enrich",
            "version": "1.0.0",
            "command": "check",
            "profile": "jekyll-links",
            "config": None,
            "started_at": "2027-01-15T09:12:04Z",
            "offline": False,
            "complete": True,
            "exit_code": 1,
        },
        "summary": {
            "entries": 1,
            "links": 2,
            "findings": {"error": 1, "warning": 0, "info": 1, "notice": 0},
            "changes": {"written": 0, "pending": 2},
            "unverified": 0,
            "requests": {"arxiv": 1, "huggingface": 1},
            "seconds": 4.2,
        },
        "links": [
            {
                "url": "https://arxiv.org/abs/hf2410.21276",
                "status": "broken",
                "reason": None,
                "code": None,
                "final_url": None,
                "chain": [],
                "checked_at": None,
                "cached": False,
                "entries": [{"path": GPT, "line": 83, "column": 23, "field": "additional_links[1].url"}],
            },
            {
                "url": "https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d",
                "status": "ok",
                "reason": None,
                "code": 200,
                "final_url": None,
                "chain": [],
                "checked_at": "2027-01-15T09:12:06Z",
                "cached": False,
                "entries": [
                    {"path": GPT, "line": 82, "column": 39, "field": "additional_links[0].url"},
                    {"path": GPT, "line": 89, "column": 1, "field": "body"},
                ],
            },
        ],
        "findings": [
            {
                "rule": "MET301",
                "name": "missing-field",
                "severity": "info",
                "path": GPT,
                "line": 83,
                "column": 1,
                "end_column": 1,
                "field": "arxiv_id",
                "message": "arxiv_id is absent",
                "url": None,
                "because": because,
                "status": "open",
                "fingerprint": "43ff2b7747939c8e",
                "change": {
                    "id": "b7d4015e",
                    "title": "add the identifier",
                    "safety": "safe",
                    "field": "arxiv_id",
                    "before": None,
                    "after": "2410.21276",
                    "source": "arxiv",
                    "confidence": 1.0,
                },
            },
            {
                "rule": "IDN201",
                "name": "malformed-arxiv-id",
                "severity": "error",
                "path": GPT,
                "line": 83,
                "column": 45,
                "end_column": 57,
                "field": "additional_links[1].url",
                "message": "`hf2410.21276` is not an arXiv identifier",
                "url": "https://arxiv.org/abs/hf2410.21276",
                "evidence": list(MALFORMED.finding.evidence),
                "because": because,
                "status": "open",
                "fingerprint": "43ff2b7747939c8e",
                "change": {
                    "id": "f2e756fe",
                    "title": "remove the `hf` prefix",
                    "safety": "safe",
                    "field": "additional_links[1].url",
                    "before": "https://arxiv.org/abs/hf2410.21276",
                    "after": "https://arxiv.org/abs/2410.21276",
                    "source": "arxiv",
                    "confidence": 1.0,
                },
            },
        ],
    }


def test_an_empty_run_is_a_document() -> None:
    report = document([])

    assert (report["links"], report["findings"]) == ([], [])
    assert "records" not in report


def test_records_come_when_they_are_wanted() -> None:
    report = document([GPT_CHECK, replace(GPT_CHECK, path="b.md")], records=True)

    assert report["records"] == [
        {
            "id": "2410.21276",
            "source": "arxiv",
            "title": "GPT-4o System Card",
            "authors": ["OpenAI", "Aaron Hurst", "Adam Lerer", "Adam P. Goucher"],
            "published": "2024-10-25",
            "updated": "2024-10-25",
            "categories": ["cs.CL", "cs.AI"],
            "doi": None,
            "journal_ref": None,
        }
    ]


def test_a_link_of_many_entries_is_listed_once() -> None:
    report = document([replace(GPT_CHECK, path=path) for path in ("b.md", "a.md")])

    assert report["summary"]["links"] == len(report["links"]) == 2
    assert [place["path"] for place in report["links"][0]["entries"]] == ["a.md", "b.md"]


def test_of_two_answers_about_an_address_the_fresh_one_is_told() -> None:
    url = "https://a.org/"
    gone, fine = (LinkCheck(LinkStatus.OK, "OK", code=code) for code in (203, 200))
    kept = link(url, gone, answer=Answer(LinkQuery(url), gone, "web", AT, cached=True))
    fresh = link(url, fine, answer=Answer(LinkQuery(url), fine, "web", AT))
    outcomes = [Outcome("a.md", (), links=(kept,)), Outcome("b.md", (), links=(fresh,))]

    assert [each["code"] for each in document(outcomes)["links"]] == [200]
    assert document(outcomes) == document(outcomes[::-1])


def test_a_redirect_tells_its_way() -> None:
    check = LinkCheck(
        LinkStatus.MOVED,
        "moved",
        code=200,
        final_url="https://b.org/",
        chain=(Hop("https://a.org/", 301), Hop("https://b.org/", 200)),
    )

    told = document([Outcome("a.md", (), links=(link("https://a.org/", check),))])["links"][0]

    assert told["final_url"] == "https://b.org/"
    assert told["chain"] == [{"url": "https://a.org/", "code": 301}, {"url": "https://b.org/", "code": 200}]


def test_a_finding_about_the_run_has_no_place() -> None:
    found = document([*PULL_REQUEST])["findings"][0]

    assert found["rule"] == "RUN602"
    assert [found[key] for key in ("path", "line", "column", "end_column", "field")] == [None] * 5


def test_a_written_change_makes_a_finding_fixed() -> None:
    report = document([GPT_RUN], command="run")

    assert [found["status"] for found in report["findings"]] == ["fixed", "fixed"]
    assert report["summary"]["changes"] == {"written": 7, "pending": 0, "lines_changed": 14, "lines_added": 3}
    assert report["summary"]["findings"]["error"] == 0


def test_a_dry_run_wrote_nothing() -> None:
    report = document([GPT_RUN], command="run", dry_run=True)

    assert [found["status"] for found in report["findings"]] == ["open", "open"]
    assert report["summary"]["changes"] == {"written": 0, "pending": 7}
    assert report["summary"]["findings"]["error"] == 1


def test_a_fix_that_is_only_shown_has_no_id_and_one_that_cannot_be_made_is_null() -> None:
    shown = fix(applicability=Applicability.DISPLAY)
    results = (
        result("LNK101", "a", place=Place(1, 1, 2, "x"), shown=shown),
        result("LNK101", "b", place=Place(1, 1, 2, "x"), shown=fix()),
    )

    first, second = document([Outcome("a.md", results)])["findings"]

    assert (first["change"]["id"], first["change"]["safety"]) == (None, "display")
    assert second["change"] is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("2410.21270", "2410.21270"),
        (2024, 2024),
        (2410.2127, 2410.2127),
        (float("nan"), "nan"),
        (True, True),
        (dt.date(2024, 10, 25), "2024-10-25"),
        (("cs.CL", "cs.AI"), ["cs.CL", "cs.AI"]),
        ((Map((("name", "A"), ("year", 1))),), [{"name": "A", "year": 1}]),
    ],
)
def test_values_of_front_matter_become_values_of_json(value: Any, expected: Any) -> None:
    made = change("MET301", Fix("t", ("f",), value, value, Applicability.SAFE, "arxiv", 1.0))

    told = document([Outcome("a.md", (result("MET301", "m", place=Place(1, 1, 1, ""), made=made),))])

    assert (told["findings"][0]["change"]["before"], told["findings"][0]["change"]["after"]) == (
        expected,
        expected,
    )


def test_baselined_findings_are_told_but_not_open() -> None:
    report = document([Outcome("a.md", (result("LNK101", "gone", state=State.BASELINED),))])

    assert report["findings"][0]["status"] == "baselined"
    assert report["summary"]["findings"]["error"] == 0


def test_lines_begin_with_the_tool_and_end_with_the_summary() -> None:
    found = lines([GPT_CHECK, *PULL_REQUEST], records=True)

    kinds = [line["type"] for line in found]
    assert (kinds[0], kinds[-1]) == ("tool", "summary")
    assert kinds.count("link") == 2 + 6
    assert kinds.count("finding") == 2 + 1 + 1 + 8
    assert kinds.count("record") == 1
    assert (found[0]["complete"], found[0]["exit_code"]) == (None, None)
    assert (found[-1]["complete"], found[-1]["exit_code"]) == (True, 0)


def test_lines_say_what_the_document_says() -> None:
    found, report = lines([GPT_CHECK]), document([GPT_CHECK])

    for kind, key in (("link", "links"), ("finding", "findings")):
        told = [
            {name: value for name, value in line.items() if name != "type"}
            for line in found
            if line["type"] == kind
        ]
        assert told == report[key]


def test_both_formats_count_the_same() -> None:
    out, _ = render("json", RUN, catalogue(), replace(TOTALS, entries=4_722))
    streamed, _ = render("json-lines", RUN, catalogue(), replace(TOTALS, entries=4_722))

    summary = json.loads(out)["summary"]
    last = json.loads(streamed.splitlines()[-1])
    assert {key: last[key] for key in summary} == summary
    assert summary["changes"] == {
        "written": 18_302,
        "pending": 192,
        "lines_changed": 5_012,
        "lines_added": 13_901,
    }
    assert summary["unverified"] == 65


def test_every_object_of_a_list_stands_on_a_line_of_its_own() -> None:
    out, _ = render("json", CHECK, PULL_REQUEST, PULL_REQUEST_TOTALS)

    assert len([line for line in out.splitlines() if line.startswith('{"rule":')]) == 10


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_is_printable_ascii_and_reads_back(value: Any) -> None:
    line = dumps(copy.deepcopy(value))

    assert line.isascii()
    assert line.isprintable()
    assert "##[" not in line
    assert json.loads(line) == value


@given(st.text(st.characters(categories=["Cs", "Ll"])))
def test_lone_surrogates_become_replacement_characters(text: str) -> None:
    assert json.loads(dumps([text])) == [
        "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    ]


def test_an_added_field_points_at_the_line_after_which_it_goes() -> None:
    found = document([GPT_CHECK])["findings"][0]

    assert found["change"]["id"] == ADDED.id
    assert (found["line"], found["column"], found["end_column"]) == (83, 1, 1)
