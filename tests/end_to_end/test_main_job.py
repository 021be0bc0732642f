"""The main job on the entries of `examples/`, by the unmodified program on the tests' internet."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

GPT = "_publications/2024gpt.markdown"
DISCUSSION = "https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d"


@pytest.fixture
def examples(catalogue: Catalogue, internet: Internet) -> Catalogue:
    """`examples/` without its snapshot, on an internet in which arXiv has the papers of the snapshot."""
    internet.arxiv.load(starter_records())
    internet.host("huggingface.co").get("/*", status=200)
    internet.host("github.com").get("/*", status=200)
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", "")
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def starter_records() -> list[dict[str, object]]:
    lines = (ROOT / "cache" / "starter.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["record"] for line in lines]


def test_the_entry_that_lost_its_capitals_and_its_link_comes_out_enriched(
    examples: Catalogue, internet: Internet
) -> None:
    before = (examples.root / GPT).read_bytes()

    examples.enrich("run", *NO_PAUSE)

    after = (examples.root / GPT).read_bytes()
    diff = examples.git("diff", "-U0", "--", GPT)
    assert "+title: GPT-4o System Card\n" in diff
    assert "+  {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}]\n" in diff
    assert "+arxiv_id: '2410.21276'\n+arxiv_published: 2024-10-25\n+arxiv_categories: [\"cs.CL\"," in diff
    assert r"+  \ M\u0105dry, Alex Baker-Whitcomb," in diff
    assert "+short_authors: OpenAI et al.\n" in diff
    for line in (b"year: 2024", b"bibkey: 2024gpt", b'tags: ["Model Architecture"]', b"conference: No Venue"):
        assert line in after
    assert after.split(b"\n---\n")[1] == before.split(b"\n---\n")[1]
    assert not after.endswith(b"\n")
    assert internet.log.count("arxiv.org") == 0


def test_a_second_run_finds_nothing_to_do_and_sends_no_request(
    examples: Catalogue, internet: Internet
) -> None:
    examples.enrich("run", *NO_PAUSE)
    written, asked = examples.content(), len(internet.requests)

    out = examples.enrich("run", *NO_PAUSE)

    assert out.splitlines()[0] == "Nothing to write."
    assert examples.content() == written
    assert len(internet.requests) == asked


def test_a_run_asks_arxiv_once_for_all_entries_and_each_link_once(
    examples: Catalogue, internet: Internet
) -> None:
    report = examples.report("run", *NO_PAUSE)

    # One for all that is written; for the one link to another paper, its guesses twice and a search.
    assert internet.log.count("export.arxiv.org") == 4
    assert internet.log.peak_in_flight("export.arxiv.org") == 1
    assert internet.log.count("huggingface.co") == 1  # in the front matter and again in the text
    assert report["summary"]["requests"] == {"arxiv": 4, "openalex": 1, "web": 2}
    link = next(link for link in report["links"] if link["url"] == DISCUSSION)
    assert [place["field"] for place in link["entries"]] == ["additional_links[0].url", "body"]


def test_a_link_to_another_paper_is_named_and_nothing_of_that_paper_is_written(examples: Catalogue) -> None:
    path = "_publications/zaremba2014learning.markdown"
    before = (examples.root / path).read_bytes()

    examples.enrich("run", *NO_PAUSE)
    out = examples.enrich("check", "--output-format", "concise", path, *NO_PAUSE, code=1)

    assert (examples.root / path).read_bytes() == before
    assert out == f"{path}:8:50: E IDN203 1810.13337 is another paper: “Learning to Represent Edits”\n"


def test_a_dry_run_writes_nothing_and_its_diff_is_what_a_run_writes(examples: Catalogue) -> None:
    before = examples.content()

    examples.enrich("run", "--dry-run", *NO_PAUSE)
    patch = examples.enrich("diff")
    after_dry_run = examples.content()
    subprocess.run(["git", "apply"], cwd=examples.root, input=patch, text=True, check=True)
    patched = examples.content()
    examples.git("checkout", "--", "_publications")
    examples.enrich("run", *NO_PAUSE)

    assert after_dry_run == before
    assert patched == examples.content() != before


def test_undo_restores_the_exact_bytes_and_the_changes_wait_again(examples: Catalogue) -> None:
    before = examples.content()
    examples.enrich("run", *NO_PAUSE)

    out = examples.enrich("undo")

    assert examples.content() == before
    assert out == "Took back 18 changes in 3 files.\n"
    assert examples.enrich("diff", "--stat").count("changes") == 3


def test_a_title_that_a_person_sets_back_is_never_written_again(examples: Catalogue) -> None:
    examples.enrich("run", *NO_PAUSE)
    examples.commit()
    reverted = (examples.root / GPT).read_text(encoding="utf-8").replace("GPT-4o System", "Gpt-4o System")
    examples.write(GPT, reverted)
    examples.commit()

    out = examples.enrich("run", *NO_PAUSE)
    examples.enrich("run", *NO_PAUSE)

    assert "1 change was taken back by hand; it will not be made again." in out
    assert (examples.root / GPT).read_text(encoding="utf-8") == reverted
    assert examples.enrich("diff") == ""


@pytest.mark.parametrize(
    "between", [["--offline", "--refresh"], ["--select", "LNK"], ["--select", "IDN201", *NO_PAUSE]]
)
def test_a_run_that_could_not_know_better_forgets_no_persons_word(
    examples: Catalogue, between: list[str]
) -> None:
    examples.enrich("run", *NO_PAUSE)
    examples.commit()
    reverted = (examples.root / GPT).read_text(encoding="utf-8").replace("GPT-4o System", "Gpt-4o System")
    examples.write(GPT, reverted)
    examples.commit()

    examples.enrich("run", *between)
    examples.enrich("run", *NO_PAUSE)

    assert (examples.root / GPT).read_text(encoding="utf-8") == reverted


def test_an_entry_that_was_broken_for_a_while_keeps_its_persons_word(examples: Catalogue) -> None:
    examples.enrich("run", *NO_PAUSE)
    examples.commit()
    reverted = (examples.root / GPT).read_text(encoding="utf-8").replace("GPT-4o System", "Gpt-4o System")
    examples.write(GPT, reverted.replace("year: 2024", 'year: "2024'))
    examples.commit()
    examples.enrich("run", *NO_PAUSE)
    examples.write(GPT, reverted)
    examples.commit()

    examples.enrich("run", *NO_PAUSE)

    assert (examples.root / GPT).read_text(encoding="utf-8") == reverted


def test_limit_entries_writes_the_first_ones_and_a_second_run_goes_on(examples: Catalogue) -> None:
    examples.enrich("run", "--limit-entries", "1", *NO_PAUSE)
    first = examples.git("diff", "--name-only").split()
    examples.enrich("run", *NO_PAUSE)

    assert first == [GPT]
    assert len(examples.git("diff", "--name-only").split()) == 3


def test_resolve_tells_what_a_mangled_identifier_stands_for(examples: Catalogue) -> None:
    answer = json.loads(examples.enrich("resolve", "hf2410.21276", "--format", "json", *NO_PAUSE))

    assert (answer["id"], answer["tier"], answer["kind"]) == ("2410.21276", "repair", "hf-prefix")
    assert answer["record"]["title"] == "GPT-4o System Card"


def test_a_run_that_is_discarded_before_it_is_committed_decides_nothing(examples: Catalogue) -> None:
    examples.enrich("run", *NO_PAUSE)
    written = examples.content()
    examples.enrich("run", *NO_PAUSE)
    examples.git("checkout", "--", "_publications")

    examples.enrich("run", *NO_PAUSE)

    assert examples.content() == written


def test_a_catalogue_below_the_repository_is_worked_on_from_above(examples: Catalogue) -> None:
    deep = examples.root / "site" / "papers"
    deep.mkdir(parents=True)
    for name in ("_publications", "enrich.toml"):
        (examples.root / name).rename(deep / name)
    examples.commit()

    out = examples.enrich("run", "--dry-run", "site/papers", *NO_PAUSE)
    patch = examples.enrich("diff", "site/papers")
    subprocess.run(["git", "apply", "--check"], cwd=examples.root, input=patch, text=True, check=True)
    wrote = examples.enrich("run", "site/papers", *NO_PAUSE)

    assert "See them: `enrich diff site/papers`" in out
    assert "--- a/site/papers/_publications/2024gpt.markdown" in patch
    assert "Take back: `enrich undo site/papers`" in wrote
    assert "`enrich check site/papers` lists it." in wrote
    assert examples.enrich("undo", "site/papers") == "Took back 18 changes in 3 files.\n"
