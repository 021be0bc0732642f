"""What a person decides is kept: accepted changes are written, rejected ones never come back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from enrich.ledger import StateFolder, Verdict, add_decisions, decision_about, read_pending
from tests.end_to_end.queues import item, queue, titles, waiting

if TYPE_CHECKING:
    from enrich.models import Value
    from tests.end_to_end.catalogues import Catalogue

GPT = "_publications/2024gpt.markdown"
REPAIRED = "https://arxiv.org/abs/2410.21276"


def ids(catalogue: Catalogue) -> dict[str, str]:
    """Names of what waits, by path and field."""
    return {f"{each['path']} {_field(each['field'])}": each["id"] for each in _waiting(catalogue)}


def _waiting(catalogue: Catalogue) -> list[dict[str, Any]]:
    lines = (catalogue.root / ".enrich" / "pending.jsonl").read_text(encoding="utf-8").splitlines()
    return [made for made in map(json.loads, lines) if "id" in made]


def _field(steps: list[str | int]) -> str:
    text = str(steps[0])
    return text + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps[1:])


def accept(catalogue: Catalogue, *names: str) -> None:
    """By a file of decisions, as a review page writes it."""
    decisions = [_decision(catalogue, name, "accepted") for name in names]
    page = {"version": 1, "plan": "0" * 12, "decisions": decisions}
    catalogue.write("../decisions.json", json.dumps(page))
    catalogue.enrich("review", "--import", "../decisions.json")


def _decision(catalogue: Catalogue, name: str, verdict: str) -> dict[str, object]:
    (found,) = [each for each in _waiting(catalogue) if each["id"] == name]
    field = _field(found["field"])
    return {
        "id": name,
        "verdict": verdict,
        "path": found["path"],
        "field": field,
        "rule": found["rule"],
        "before": found["before"],
        "after": found["after"],
        "why": "",
    }


def decisions(catalogue: Catalogue) -> list[dict[str, object]]:
    file = catalogue.root / ".enrich" / "decisions.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


# -- what is accepted ------------------------------------------------------------------------


def test_what_was_accepted_is_written_and_nothing_else(examples_waiting: Catalogue) -> None:
    names = ids(examples_waiting)
    accept(examples_waiting, names[f"{GPT} title"])

    out = examples_waiting.enrich("apply")

    assert out == (f"Wrote 1 change in 1 file.\nSee them: `git diff -- {GPT}`   Take back: `enrich undo`\n")
    lines = examples_waiting.git("diff", "-U0", "--", "_publications").splitlines()
    assert [line for line in lines if line[:1] in "+-" and line[:3] not in ("---", "+++")] == [
        "-title: Gpt-4o System Card",
        "+title: GPT-4o System Card",
    ]
    assert f"{GPT} title" not in ids(examples_waiting)
    assert decisions(examples_waiting) == []


def test_with_safe_the_safe_ones_are_written_as_a_run_writes_them(examples_waiting: Catalogue) -> None:
    examples_waiting.enrich("apply", "--safe")
    applied = examples_waiting.content()
    examples_waiting.git("checkout", "--quiet", "--", "_publications")
    examples_waiting.git("clean", "-xdfq")
    examples_waiting.enrich("run", "--offline")

    assert applied == examples_waiting.content()


def test_after_applying_a_run_has_nothing_to_write(examples_waiting: Catalogue) -> None:
    examples_waiting.enrich("apply", "--safe")
    applied = examples_waiting.content()

    out = examples_waiting.enrich("run", "--offline")

    assert out.startswith("Nothing to write.")
    assert examples_waiting.content() == applied


def test_a_dry_run_of_applying_writes_nothing(examples_waiting: Catalogue) -> None:
    before = examples_waiting.content()

    out = examples_waiting.enrich("apply", "--safe", "--dry-run")

    assert out == "Would write 18 changes in 3 files.\n"
    assert examples_waiting.content() == before
    assert len(ids(examples_waiting)) == 18


def test_a_stale_change_is_named_and_the_others_are_written(catalogue: Catalogue) -> None:
    items = titles(catalogue, 3)
    queue(catalogue, [*items, item("_publications/entry00.md", ("year",), "2024", 2025)])
    accept(catalogue, *(each.change.id for each in items))
    catalogue.write("_publications/entry00.md", "---\ntitle: Mine\nyear: 2024\n---\nText.\n")
    (catalogue.root / "_publications/entry01.md").unlink()
    catalogue.commit()

    out, err = catalogue.outcome("apply", code=4)

    assert out == "Wrote 1 change in 1 file.\n"
    assert err.splitlines() == [
        "stale: _publications/entry00.md: the file changed since this was proposed"
        f" ({items[0].change.id}); run `enrich run _publications/entry00.md` again",
        f"not written: _publications/entry01.md: no such file ({items[1].change.id})",
    ]
    assert (
        catalogue.root / "_publications/entry02.md"
    ).read_text() == "---\ntitle: New 2\nyear: 2024\n---\nText.\n"
    assert len(ids(catalogue)) == 3


def test_a_file_with_changes_of_a_persons_own_is_not_written(catalogue: Catalogue) -> None:
    items = titles(catalogue, 2)
    queue(catalogue, items)
    accept(catalogue, items[0].change.id)
    path = "_publications/entry00.md"
    catalogue.write(path, "---\ntitle: Old 0\nyear: 2024\nmine: 1\n---\nText.\n")
    catalogue.write("_publications/entry01.md", "of no concern")

    _, err = catalogue.outcome("apply", code=4)
    allowed = catalogue.enrich("apply", "--allow-dirty")

    assert f"these files have changes that are not committed:\n   M {path}\n" in err
    assert "entry01" not in err
    assert allowed.startswith("Wrote 1 change in 1 file.\n")
    assert "title: New 0\nyear: 2024\nmine: 1\n" in (catalogue.root / path).read_text()


def test_without_a_decision_it_says_what_to_do(catalogue: Catalogue) -> None:
    nothing = catalogue.enrich("apply")
    queue(catalogue, titles(catalogue, 1))
    undecided = catalogue.enrich("apply")

    assert nothing == "No pending changes. `enrich run --dry-run` looks for some.\n"
    assert undecided == "Nothing is accepted. `enrich review` decides.\n"


def test_what_follows_the_authors_is_not_written_without_them(catalogue: Catalogue) -> None:
    path = "_publications/a.md"
    catalogue.write(path, "---\nauthors: Ann Kim\nshort_authors: Ann Kim\n---\n")
    authors = item(path, ("authors",), "Ann Kim", "Änn Kim", rule="MET311", safe=True)
    short = item(path, ("short_authors",), "Ann Kim", "Änn Kim", rule="MET311", safe=True, source="derived")
    queue(catalogue, [authors, short])
    before = "---\nauthors: Mine\nshort_authors: Ann Kim\n---\n"
    catalogue.write(path, before)
    catalogue.commit()

    out, err = catalogue.outcome("apply", "--safe", code=4)

    assert out == "Nothing was written.\n"
    assert err.startswith(f"stale: {path}: ")
    assert (catalogue.root / path).read_text() == before


PUBLISHED: dict[str, tuple[Value, Value]] = {
    "conference": ("Arxiv", "ICML"), "year": (2020, 2021), "doi": (None, "10.1145/1"),
}  # fmt: skip
PREPRINT = "---\ntitle: A\nconference: Arxiv\nyear: 2020\n---\n"


def published(catalogue: Catalogue) -> dict[str, str]:
    """Venue, year and DOI that wait as one decision, by field and name."""
    path = "_publications/a.md"
    catalogue.write(path, PREPRINT)
    items = [
        item(path, (key,), before, after, rule="MET305", source="openalex", together=3)
        for key, (before, after) in PUBLISHED.items()
    ]
    queue(catalogue, items)
    return {each.change.fix.field: each.change.id for each in items}


def test_a_published_version_is_written_whole(catalogue: Catalogue) -> None:
    accept(catalogue, *published(catalogue).values())

    out = catalogue.enrich("apply")

    assert out.startswith("Wrote 3 changes in 1 file.\n")
    assert "conference: ICML\nyear: 2021\ndoi: 10.1145/1\n" in (
        catalogue.root / "_publications/a.md"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("left_out", PUBLISHED)
def test_a_part_of_a_published_version_is_not_written(catalogue: Catalogue, left_out: str) -> None:
    names = published(catalogue)
    state = StateFolder(catalogue.root)
    changes = [each.change for each in read_pending(state) if each.change.id != names[left_out]]
    add_decisions(state, [decision_about(change, Verdict.ACCEPTED, "") for change in changes])

    out, _ = catalogue.outcome("apply", code=4)

    assert out == "Nothing was written.\n"
    assert (catalogue.root / "_publications/a.md").read_text(encoding="utf-8") == PREPRINT


def test_where_a_person_has_corrected_the_year_no_part_of_it_is_written(catalogue: Catalogue) -> None:
    accept(catalogue, *published(catalogue).values())
    mine = PREPRINT.replace("2020", "2019")
    catalogue.write("_publications/a.md", mine)
    catalogue.commit()

    out, err = catalogue.outcome("apply", code=4)

    assert out == "Nothing was written.\n"
    assert err.startswith("stale: _publications/a.md: ")
    assert (catalogue.root / "_publications/a.md").read_text(encoding="utf-8") == mine


def test_whoever_accepts_a_part_of_it_and_rejects_another_rejects_it_all(catalogue: Catalogue) -> None:
    names = published(catalogue)
    said = [
        _decision(catalogue, names["conference"], "accepted"),
        _decision(catalogue, names["doi"], "rejected"),
    ]
    catalogue.write("../decisions.json", json.dumps({"version": 1, "plan": "0" * 12, "decisions": said}))

    catalogue.enrich("review", "--import", "../decisions.json")

    assert ids(catalogue) == {}
    assert {decision["verdict"] for decision in decisions(catalogue)} == {"rejected"}


@pytest.mark.parametrize("part", PUBLISHED)
def test_whoever_rejects_a_part_of_it_rejects_it_all(catalogue: Catalogue, part: str) -> None:
    name = published(catalogue)[part]

    out = catalogue.enrich("review", "--reject", name)

    assert out == "Rejected 3 changes; they will not be proposed again.\n"
    assert ids(catalogue) == {}


def test_only_what_is_below_a_path_is_applied(examples_waiting: Catalogue) -> None:
    out = examples_waiting.enrich("apply", "--safe", GPT)

    assert out.startswith("Wrote 7 changes in 1 file.\n")


# -- the way back ----------------------------------------------------------------------------


def test_undo_takes_back_what_was_applied_to_the_byte_and_it_waits_undecided(
    examples_waiting: Catalogue,
) -> None:
    before, names = examples_waiting.content(), ids(examples_waiting)
    accept(examples_waiting, names[f"{GPT} title"], names[f"{GPT} additional_links[1].url"])
    examples_waiting.enrich("apply")

    out = examples_waiting.enrich("undo")

    assert out == "Took back 2 changes in 1 file.\n"
    assert examples_waiting.content() == before
    assert ids(examples_waiting) == names
    assert examples_waiting.enrich("apply").startswith("Nothing is accepted.")
    assert not (examples_waiting.root / ".enrich" / "written.jsonl").read_text()


def test_a_file_that_changed_after_applying_is_not_taken_back(examples_waiting: Catalogue) -> None:
    accept(examples_waiting, ids(examples_waiting)[f"{GPT} title"])
    examples_waiting.enrich("apply")
    mine = (examples_waiting.root / GPT).read_bytes() + b"more"
    examples_waiting.write(GPT, mine)

    _, err = examples_waiting.outcome("undo", code=4)

    assert err == f"not taken back: {GPT}: changed since\n"
    assert (examples_waiting.root / GPT).read_bytes() == mine


def test_what_a_person_reverts_after_a_commit_is_never_applied_or_proposed_again(
    examples_waiting: Catalogue,
) -> None:
    accept(examples_waiting, ids(examples_waiting)[f"{GPT} title"])
    examples_waiting.enrich("apply")
    examples_waiting.commit()
    text = (examples_waiting.root / GPT).read_text(encoding="utf-8")
    examples_waiting.write(GPT, text.replace("GPT-4o System", "Gpt-4o System"))
    examples_waiting.commit()

    out = examples_waiting.enrich("run", "--dry-run", "--offline")

    assert "1 change was taken back by hand; it will not be made again." in out
    assert f"{GPT} title" not in ids(examples_waiting)


def test_what_a_person_takes_back_with_git_revert_is_not_written_again(examples_waiting: Catalogue) -> None:
    examples_waiting.enrich("apply", "--safe")
    examples_waiting.commit()
    examples_waiting.git("revert", "--no-edit", "HEAD")
    mine = examples_waiting.content()

    for options in ((), ("--select", "MET"), ()):
        examples_waiting.enrich("run", "--offline", *options)

    assert examples_waiting.content() == mine


def test_who_reverts_the_revert_has_the_changes_back(examples_waiting: Catalogue) -> None:
    examples_waiting.enrich("apply", "--safe")
    examples_waiting.commit()
    enriched = examples_waiting.content()
    examples_waiting.git("revert", "--no-edit", "HEAD")
    examples_waiting.git("revert", "--no-edit", "HEAD")

    out = examples_waiting.enrich("run", "--offline")

    assert examples_waiting.content() == enriched
    assert "taken back" not in out


# -- what is rejected ------------------------------------------------------------------------


def test_a_rejected_change_never_comes_back_until_its_line_is_deleted(examples_waiting: Catalogue) -> None:
    name = ids(examples_waiting)[f"{GPT} title"]

    out = examples_waiting.enrich("review", "--reject", name)
    at_once = waiting(examples_waiting)
    examples_waiting.enrich("run", "--dry-run", "--offline")
    later = ids(examples_waiting)
    (examples_waiting.root / ".enrich" / "decisions.jsonl").write_text("")
    examples_waiting.enrich("run", "--dry-run", "--offline")

    assert out == "Rejected 1 change; it will not be proposed again.\n"
    assert len(at_once) == 17
    assert f"{GPT} title" not in later
    assert ids(examples_waiting)[f"{GPT} title"] == name


def test_a_rejection_of_another_machine_holds_for_what_waits_here(examples_waiting: Catalogue) -> None:
    name = ids(examples_waiting)[f"{GPT} title"]
    line = json.dumps(_decision(examples_waiting, name, "rejected"))
    accept(examples_waiting, name)
    file = examples_waiting.root / ".enrich" / "decisions.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    examples_waiting.enrich("apply", "--safe")

    assert b"title: Gpt-4o System Card" in (examples_waiting.root / GPT).read_bytes()


def test_the_authors_are_rejected_with_what_follows_them(examples_waiting: Catalogue) -> None:
    name = ids(examples_waiting)[f"{GPT} short_authors"]

    out = examples_waiting.enrich("review", "--reject", name[:6])

    assert out == "Rejected 2 changes; they will not be proposed again.\n"
    assert not {f"{GPT} authors", f"{GPT} short_authors"} & ids(examples_waiting).keys()


def test_a_change_of_a_pull_request_is_rejected_by_its_name(examples_waiting: Catalogue) -> None:
    name = ids(examples_waiting)[f"{GPT} title"]
    (examples_waiting.root / ".enrich" / "pending.jsonl").unlink()

    out = examples_waiting.enrich("review", "--reject", name)
    examples_waiting.enrich("run", "--offline")

    assert out == (
        "Rejected 1 change; it will not be proposed again.\n"
        f"{name} is not in the queue here; it is remembered by its name.\n"
    )
    assert b"title: Gpt-4o System Card" in (examples_waiting.root / GPT).read_bytes()


@pytest.mark.parametrize("name", ["0000000", "f2e", "x", "../../etc"])
def test_a_name_of_nothing_rejects_nothing(examples_waiting: Catalogue, name: str) -> None:
    known = ids(examples_waiting)[f"{GPT} title"]

    _, err = examples_waiting.outcome("review", "--reject", known, name, code=2)

    assert err == f"error: no pending change `{name}`; `enrich diff` lists them\n"
    assert ids(examples_waiting)[f"{GPT} title"] == known


# -- decisions from elsewhere ----------------------------------------------------------------


def test_json_lines_are_read_from_standard_input(examples_waiting: Catalogue) -> None:
    names = ids(examples_waiting)
    lines = [
        _decision(examples_waiting, names[f"{GPT} title"], "rejected"),
        _decision(examples_waiting, names[f"{GPT} authors"], "accepted"),
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)

    out, _ = examples_waiting.outcome("review", "--import", "-", given=text)

    # What follows the authors is decided with them.
    assert out == (
        "Took over 3 decisions: 2 accepted, 1 rejected. `enrich apply` writes the accepted ones.\n"
    )
    assert examples_waiting.enrich("apply").startswith("Wrote 2 changes in 1 file.\n")
    assert f"{GPT} title" not in ids(examples_waiting)


def test_changes_that_are_gone_are_named_and_their_rejections_kept(examples_waiting: Catalogue) -> None:
    names = ids(examples_waiting)
    gone = _decision(examples_waiting, names[f"{GPT} title"], "accepted")
    refused = _decision(examples_waiting, names[f"{GPT} arxiv_id"], "rejected")
    examples_waiting.enrich("apply", "--safe", GPT)
    text = json.dumps({"version": 1, "plan": "x", "decisions": [gone, refused]})

    out, err = examples_waiting.outcome("review", "--import", "-", given=text)

    assert out == "Took over 0 decisions: 0 accepted, 0 rejected.\n"
    assert err.splitlines() == [
        f"gone: {GPT}: title ({names[f'{GPT} title']}) is not proposed any more",
        f"gone: {GPT}: arxiv_id ({names[f'{GPT} arxiv_id']}) is not proposed any more",
    ]
    assert [each["field"] for each in decisions(examples_waiting)] == ["arxiv_id"]


def test_a_decision_about_something_else_under_a_known_name_is_gone(examples_waiting: Catalogue) -> None:
    decision = _decision(examples_waiting, ids(examples_waiting)[f"{GPT} title"], "accepted")

    _, err = examples_waiting.outcome(
        "review", "--import", "-", given=json.dumps(decision | {"field": "year"})
    )

    assert err.startswith(f"gone: {GPT}: year ")
    assert examples_waiting.enrich("apply").startswith("Nothing is accepted.")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", None),
        ("[]", None),
        ("{", "line 1: not JSON from column 2 on"),
        ("[1]", "neither decisions of a review page nor a list of pull requests"),
        ('{"version": 2, "decisions": []}', "version 2 is not known to this enrich"),
        ('{"version": 1, "decisions": [{}]}', "decision 1: `verdict` is missing"),
        ('{"version": 1, "decisions": [{"verdict": "merged"}]}', "decision 1: `verdict` is merged"),
        ('{"verdict": "accepted", "id": 3}', "decision 1: `id` is no text"),
        ('{"version": 1, "decisions": [3]}', "decision 1: not a JSON object"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_file_of_decisions_is_told(catalogue: Catalogue, text: str, why: str | None) -> None:
    _, err = catalogue.outcome("review", "--import", "-", given=text, code=2 if why else 0)

    assert err == (f"error: -: {why}\n" if why else "")


def test_a_file_that_is_not_there_is_named(catalogue: Catalogue) -> None:
    _, err = catalogue.outcome("review", "--import", "nope.json", code=2)

    assert err == "error: nope.json: No such file or directory\n"


# -- pull requests ---------------------------------------------------------------------------


def pull_request(number: int, names: list[str], state: str = "CLOSED") -> dict[str, object]:
    body = f"enrich proposes …\r\n\r\n<!-- enrich: plan=0 changes={','.join(names)} -->\r\n"
    return {
        "number": number,
        "state": state,
        "body": body,
        "headRefName": "enrich/metadata",
        "isCrossRepository": False,
    }


def learn(catalogue: Catalogue, *pull_requests: dict[str, object]) -> str:
    return catalogue.outcome("review", "--import", "-", given=json.dumps(pull_requests))[0]


def test_closing_a_pull_request_is_a_no_to_its_changes(examples_waiting: Catalogue) -> None:
    names = ids(examples_waiting)
    closed = pull_request(7, [names[f"{GPT} title"], names[f"{GPT} authors"]])

    out = learn(examples_waiting, closed)
    examples_waiting.enrich("run", "--offline")

    assert out == "Learned from 1 closed pull request: 3 changes will not be proposed again.\n"
    text = (examples_waiting.root / GPT).read_text(encoding="utf-8")
    assert "title: Gpt-4o System Card" in text
    assert "short_authors: Openai et al." in text
    assert REPAIRED in text


def test_a_fresh_checkout_knows_only_the_names_and_refuses_them_all_the_same(
    examples_waiting: Catalogue,
) -> None:
    names = ids(examples_waiting)
    (examples_waiting.root / ".enrich" / "pending.jsonl").unlink()

    learn(examples_waiting, pull_request(7, [names[f"{GPT} title"]]))
    first = examples_waiting.enrich("run", "--offline")
    second = examples_waiting.enrich("run", "--offline")

    assert b"title: Gpt-4o System Card" in (examples_waiting.root / GPT).read_bytes()
    assert "1 change was taken back by hand; it will not be made again." in first
    assert "taken back" not in second
    assert decisions(examples_waiting)[-1]["field"] == "title"


def test_what_was_merged_and_would_be_proposed_again_was_taken_back(examples_waiting: Catalogue) -> None:
    names = ids(examples_waiting)
    merged = pull_request(8, [names[f"{GPT} title"], names[f"{GPT} authors"]], "MERGED")

    out = learn(examples_waiting, merged)
    examples_waiting.enrich("apply", "--safe")

    assert out == (
        "Learned from 0 closed pull requests: 0 changes will not be proposed again."
        " 1 merged: what is taken back of them will not be made again.\n"
    )
    assert "title" not in examples_waiting.git("diff", "-U0", "--", GPT)


@pytest.mark.parametrize(
    "other",
    [
        {"isCrossRepository": True},
        {"isCrossRepository": None},
        {"headRefName": "metadata"},
        {"headRefName": "evil/enrich/metadata"},
        {"state": "OPEN"},
        {"body": "<!-- enrich: plan=0 changes=00000000 -->\nmore"},
        {"body": "no word of it"},
    ],
)
def test_nobody_elses_pull_request_decides_anything(
    examples_waiting: Catalogue, other: dict[str, object]
) -> None:
    name = ids(examples_waiting)[f"{GPT} title"]

    out = learn(examples_waiting, pull_request(7, [name]) | other)

    assert out == "No pull request of enrich was closed or merged since.\n"
    assert ids(examples_waiting)[f"{GPT} title"] == name


def test_a_pull_request_is_learned_from_once_so_that_a_deleted_line_stays_deleted(
    examples_waiting: Catalogue,
) -> None:
    closed = pull_request(7, [ids(examples_waiting)[f"{GPT} title"]])
    learn(examples_waiting, closed)
    file = examples_waiting.root / ".enrich" / "decisions.jsonl"
    *_, last = file.read_text(encoding="utf-8").splitlines()
    file.write_text(last, encoding="utf-8")

    again = learn(examples_waiting, closed)
    examples_waiting.enrich("run", "--offline")

    assert again == "No pull request of enrich was closed or merged since.\n"
    assert b"title: GPT-4o System Card" in (examples_waiting.root / GPT).read_bytes()
