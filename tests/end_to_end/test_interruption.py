"""A run that is stopped: nothing half written, nothing asked twice, the same bytes in the end."""

from __future__ import annotations

import json
import re
import signal
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.internet.moods import slow

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

COUNT = 60
SMALL_BATCHES = ("--set", "sources.arxiv.pace=0s", "--set", "sources.arxiv.batch=5")


def record(number: int) -> dict[str, Any]:
    return {
        "id": f"2410.{number + 1:05}",
        "title": f"A Paper About GPT-{number}",
        "authors": ["Alex Baker-Whitcomb", "Bob McGrew"],
        "categories": ["cs.CL"],
        "primary_category": "cs.CL",
        "published": "2024-10-01",
    }


def entry(number: int) -> str:
    return (
        f"---\ntitle: A Paper About Gpt-{number}\nauthors: Alex Baker-whitcomb, Bob Mcgrew\nyear: 2024\n"
        f"additional_links:\n  - {{name: Paper, url: 'https://arxiv.org/abs/hf2410.{number + 1:05}'}}\n"
        "---\nText.\n"
    )


@pytest.fixture
def sixty(catalogue: Catalogue, internet: Internet) -> Catalogue:
    """Sixty entries, and an arXiv that takes its time."""
    internet.arxiv.load([record(number) for number in range(COUNT)])
    internet.arxiv.always(slow(0.15))
    for number in range(COUNT):
        catalogue.write(f"_publications/entry{number:02}.md", entry(number))
    catalogue.commit()
    catalogue.on(internet)
    return catalogue


def asked_ids(internet: Internet) -> list[str]:
    """Every identifier that arXiv has answered about, as often as it has."""
    answered = [request for request in internet.requests if request.status == 200]
    queries = [parse_qs(urlsplit(request.path).query) for request in answered]
    return [name for query in queries for names in query.get("id_list", []) for name in names.split(",")]


def when(process: subprocess.Popen[str], condition: Callable[[], bool], then: signal.Signals) -> int:
    """Sends *then* once *condition* holds; the exit code."""
    limit = time.monotonic() + 30
    while not condition() and time.monotonic() < limit:
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()
    process.send_signal(then)
    process.communicate(timeout=300)
    return process.returncode


def written(root: Path) -> int:
    return sum("hf2410" not in path.read_text() for path in (root / "_publications").glob("*.md"))


def remembered(catalogue: Catalogue) -> set[str]:
    """Entries of which the next run knows what enrich wrote, so that a person's edit stays theirs."""
    lines = (catalogue.root / ".enrich" / "written.jsonl").read_text().splitlines()
    return {json.loads(line)["path"] for line in lines}


def whole_files(catalogue: Catalogue, reference: dict[str, bytes], before: dict[str, bytes]) -> bool:
    """Every file is as it was or as it shall be, and there is no other file."""
    content = catalogue.content()
    return content.keys() == before.keys() and all(
        content[path] in (before[path], reference[path]) for path in content
    )


@pytest.fixture
def reference(sixty: Catalogue, internet: Internet) -> dict[str, bytes]:
    """What a run that nobody stops writes; afterwards everything is as before, the cache included."""
    sixty.enrich("run", *SMALL_BATCHES)
    content = sixty.content()
    sixty.git("checkout", "--quiet", "--", ".")
    sixty.git("clean", "-xdff", "--quiet")
    internet.requests.clear()
    return content


def test_a_killed_run_leaves_whole_files_and_the_next_asks_nothing_twice(
    sixty: Catalogue, internet: Internet, reference: dict[str, bytes]
) -> None:
    before = sixty.content()

    code = when(sixty.start("run", *SMALL_BATCHES), lambda: written(sixty.root) >= 10, signal.SIGKILL)
    killed_whole = whole_files(sixty, reference, before)
    answered = len(asked_ids(internet))
    sixty.enrich("run", *SMALL_BATCHES)

    assert code == -signal.SIGKILL
    assert killed_whole
    assert sixty.content() == reference
    assert remembered(sixty) == {f"_publications/entry{number:02}.md" for number in range(COUNT)}
    # The batch whose answer was on its way when the process died is all that may be asked again.
    assert 10 <= answered < COUNT
    assert len(asked_ids(internet)) <= COUNT + 5
    assert set(asked_ids(internet)) == {record(number)["id"] for number in range(COUNT)}


def test_ctrl_c_keeps_what_is_done_and_the_next_run_goes_on(
    sixty: Catalogue, internet: Internet, reference: dict[str, bytes]
) -> None:
    before = sixty.content()

    code = when(sixty.start("run", *SMALL_BATCHES), lambda: written(sixty.root) >= 10, signal.SIGINT)
    some = written(sixty.root)
    stopped_whole = whole_files(sixty, reference, before)
    sixty.enrich("run", *SMALL_BATCHES)

    assert code == 130
    assert stopped_whole
    assert 10 <= some < COUNT
    assert sixty.content() == reference
    assert sorted(asked_ids(internet)) == sorted(record(number)["id"] for number in range(COUNT))


def test_ctrl_c_before_the_first_entry_is_no_fault_of_the_catalogue(
    sixty: Catalogue, internet: Internet
) -> None:
    internet.arxiv.always(slow(60))
    process = sixty.start("check")

    while not internet.requests:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)

    assert process.returncode == 130
    assert out == "Nothing was checked: no entry was looked at.\n"
    assert "Interrupted after 0 of 60 entries." in err


def test_a_terminated_run_says_how_to_go_on(sixty: Catalogue) -> None:
    process = sixty.start("run", *SMALL_BATCHES)

    while written(sixty.root) < 5:
        time.sleep(0.01)
    process.terminate()
    _, err = process.communicate(timeout=300)

    assert process.returncode == 143
    assert re.search(r"Terminated after \d+ of 60 entries\. Files written are complete", err)
    assert "Run the same command to go on." in err


def test_a_run_whose_time_is_over_stops_like_one_that_is_interrupted_and_is_no_failure(
    sixty: Catalogue, internet: Internet, reference: dict[str, bytes]
) -> None:
    internet.arxiv.always(slow(0.4))

    _, err = sixty.outcome("run", *SMALL_BATCHES, "--max-minutes", "0.04")
    some = written(sixty.root)
    sixty.enrich("run", *SMALL_BATCHES)

    assert 0 < some < COUNT
    assert f"Stopped at its limit after {some} of 60 entries. Files written are complete" in err
    assert "Run the same command to go on." in err
    assert sixty.content() == reference
    assert sorted(asked_ids(internet)) == sorted(record(number)["id"] for number in range(COUNT))


def test_a_check_whose_time_is_over_says_that_it_is_not_complete(
    sixty: Catalogue, internet: Internet
) -> None:
    internet.arxiv.always(slow(0.4))

    limited = sixty.report("check", *SMALL_BATCHES, "--max-minutes", "0.04", "--fail-on", "never")
    enough = sixty.report("check", *SMALL_BATCHES, "--max-minutes", "5", "--fail-on", "never")

    assert limited["tool"]["complete"] is False
    assert 0 < limited["summary"]["entries"] < COUNT
    assert enough["tool"]["complete"] is True
    assert enough["summary"]["entries"] == COUNT


def test_where_no_entry_was_finished_in_time_nothing_is_green(sixty: Catalogue, internet: Internet) -> None:
    internet.arxiv.always(slow(60))

    report = sixty.report("check", "--max-minutes", "0.001", code=3)

    assert [finding["message"] for finding in report["findings"]] == ["no entry was finished in time"]


@pytest.mark.parametrize("written", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_that_is_none_is_wrong_use(catalogue: Catalogue, written: str) -> None:
    _, err = catalogue.outcome("run", "--max-minutes", written, code=2)

    assert f"{written} is not a number above 0" in err
