"""`enrich diff` in its forms, and what it says beside the patch."""

from __future__ import annotations

import importlib.resources
import json
import subprocess
from typing import TYPE_CHECKING

import jsonschema

from tests.end_to_end.queues import item, queue, titles

if TYPE_CHECKING:
    from enrich.ledger import Pending
    from tests.end_to_end.catalogues import Catalogue

GPT = "_publications/2024gpt.markdown"


def test_findings_without_a_patch_are_told(examples_waiting: Catalogue) -> None:
    _, err = examples_waiting.outcome("diff")
    _, elsewhere = examples_waiting.outcome("diff", GPT)
    _, rule = examples_waiting.outcome("diff", "--rule", "MET310")

    assert err == "18 pending changes in 3 files.\n1 finding has no patch: `enrich check`.\n"
    assert elsewhere == "7 pending changes in 1 file.\n"
    assert rule == "3 pending changes in 3 files.\n"


def test_a_run_and_the_patch_after_it_count_what_is_left_for_a_person_alike(catalogue: Catalogue) -> None:
    for name in ("a", "b"):
        catalogue.write(
            f"_publications/{name}.md",
            f"---\ntitle: Title {name}\nyear: 2024\nadditional_links:\n"
            "  - {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}\n"
            "  - {name: Code, url: 'https://example.com/'}\n---\n",
        )
    catalogue.write("enrich.toml", "[rules]\nseverity = {LNK120 = 'info'}\n")
    catalogue.commit()

    ran = catalogue.enrich("run", "--offline")
    _, err = catalogue.outcome("diff")

    assert (
        "4 need a person: 2 duplicate-entry, 2 placeholder-link. `enrich check --show info` lists them."
        in ran
    )
    assert "4 findings have no patch: `enrich check --show info`." in err


def test_what_the_last_run_wrote_can_be_seen_and_put_upon_what_was(examples_waiting: Catalogue) -> None:
    before = examples_waiting.content()
    nothing = examples_waiting.outcome("diff", "--applied")
    examples_waiting.enrich("apply", "--safe")
    after = examples_waiting.content()

    patch, err = examples_waiting.outcome("diff", "--applied", "--exit-code", code=1)
    titles_alone = examples_waiting.enrich("diff", "--applied", "--rule", "MET310", "--no-reasons")
    examples_waiting.enrich("undo")
    undone = examples_waiting.content()
    subprocess.run(["git", "apply"], cwd=examples_waiting.root, input=patch, text=True, check=True)

    assert nothing == ("", "There is no run of which something stands.\n")
    assert err == "The last run wrote 18 changes in 3 files. Take back: `enrich undo`\n"
    assert undone == before
    assert examples_waiting.content() == after
    lines = [line for line in titles_alone.splitlines() if line[:3] not in ("---", "+++")]
    assert {line[:7] for line in lines if line[0] in "+-"} == {"-title:", "+title:"}


def test_a_file_that_went_on_since_the_last_run_is_named(examples_waiting: Catalogue) -> None:
    examples_waiting.enrich("apply", "--safe", GPT)
    examples_waiting.write(GPT, b"mine")

    out, err = examples_waiting.outcome("diff", "--applied")

    assert out == ""
    assert err.count(f"stale: {GPT}: ") == 7


def test_as_json_it_is_a_report_of_what_waits(examples_waiting: Catalogue) -> None:
    text = examples_waiting.enrich("diff", "--output-format", "json")
    again = examples_waiting.enrich("diff", "--output-format", "json", "--exit-code", code=1)

    report = json.loads(text)
    schema = importlib.resources.files("enrich").joinpath("schemas", "report.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator(json.loads(schema)).validate(report)
    assert report["links"] == []
    assert (report["tool"]["command"], report["tool"]["exit_code"]) == ("diff", 0)
    assert report["summary"]["changes"] == {"written": 0, "pending": 18}
    (link,) = [each for each in report["findings"] if each["rule"] == "IDN201" and each["path"] == GPT]
    assert (link["line"], link["status"], link["severity"]) == (83, "open", "error")
    assert link["because"][0]["query"] == "arxiv:2410.21276"
    assert link["change"]["after"] == "https://arxiv.org/abs/2410.21276"
    (absent,) = [each for each in report["findings"] if each["path"] == GPT and each["field"] == "arxiv_id"]
    assert (absent["column"], absent["end_column"]) == (1, 1)
    assert json.loads(again)["tool"]["exit_code"] == 1


def test_a_run_and_the_queue_tell_the_same_of_a_change(examples_waiting: Catalogue) -> None:
    run = examples_waiting.report("run", "--dry-run", "--offline")
    diff = json.loads(examples_waiting.enrich("diff", "--output-format", "json"))

    told = {each["change"]["id"]: each for each in run["findings"] if each["change"]}
    for finding in diff["findings"]:
        same = ("rule", "severity", "path", "line", "field", "message", "url", "fingerprint", "change")
        ours = told[finding["change"]["id"]]
        assert [finding[key] for key in same] == [ours[key] for key in same]
    assert len(diff["findings"]) == len(told)


def test_words_can_be_had(catalogue: Catalogue) -> None:
    queue(catalogue, titles(catalogue, 1))

    out = catalogue.enrich("diff", "--word-diff", "--no-reasons")

    assert out == "_publications/entry00.md\n@@ -2 +2 @@\ntitle: [-Old-]{+New+} 0\n"


def test_two_changes_that_share_a_name_are_told_apart_everywhere(catalogue: Catalogue) -> None:
    path = "_publications/a.md"
    catalogue.write(path, "---\ntitle: T\n---\n")
    seen: dict[str, Pending] = {}
    for number in range(1_000_000):
        made = item(path, (f"key{number}",), None, "x")
        if (first := seen.setdefault(made.change.id, made)) is not made:
            break
    queue(catalogue, [first, made])
    short = first.change.id

    _, err = catalogue.outcome("review", "--reject", short, code=2)
    names = [line.split()[1] for line in catalogue.enrich("diff").splitlines() if line.startswith("# ")]
    explained = catalogue.enrich("explain", names[0])

    assert err.startswith(f"error: `{short}` begins the names of several changes: `{short}")
    assert all(name.startswith(short) and len(name) > 8 for name in names)
    assert len(set(names)) == 2
    assert explained.count("entry ") == 1
