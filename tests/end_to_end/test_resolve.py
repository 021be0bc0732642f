"""`enrich resolve` as other programs use it: thousands of lines, or one at a time."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.internet import Internet
from tests.internet.samples import SAMPLES

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

NUMBERS = range(10_000, 15_000)
RECORDS = [
    {"id": f"2410.{number}", "title": f"A Paper on {number} Things", "authors": ["Ada Sleepwell"]}
    for number in NUMBERS
]
RESOLVE = ("resolve", "--format", "json", *NO_PAUSE, "-")


def test_five_thousand_lines_cost_twenty_requests_and_keep_their_order(catalogue: Catalogue) -> None:
    lines = [f"arXiv:2410.{number}" if number % 2 else f"hf2410.{number}" for number in NUMBERS]

    with Internet(RECORDS) as internet:
        catalogue.on(internet)
        done = catalogue.python("-m", "enrich", *RESOLVE, stdin="\n".join(lines))
        requests = internet.log.count("export.arxiv.org")

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [answer["input"] for answer in answers] == lines
    assert [answer["id"] for answer in answers] == [record["id"] for record in RECORDS]
    assert requests <= 22


def test_a_line_is_answered_before_the_next_is_written(catalogue: Catalogue) -> None:
    with Internet(RECORDS[:9]) as internet:
        catalogue.on(internet)
        process = catalogue.start(*RESOLVE, stdin=subprocess.PIPE)
        answers = [_ask(process, f"2410.{number}") for number in (10_000, 10_001, 99_999)]
        _, errors = process.communicate(timeout=300)

    assert [answer["id"] for answer in answers] == ["2410.10000", "2410.10001", "2410.99999"]
    assert [bool(answer["record"]) for answer in answers] == [True, True, False]
    assert (process.returncode, errors) == (1, "")


def _ask(process: subprocess.Popen[str], item: str) -> dict[str, Any]:
    assert process.stdin
    assert process.stdout
    process.stdin.write(item + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def test_grammar_alone_answers_line_by_line_too(catalogue: Catalogue) -> None:
    process = catalogue.start(*RESOLVE, "--offline", stdin=subprocess.PIPE)
    answers = [_ask(process, item) for item in ("hf2410.21276", "no identifier")]
    process.communicate(timeout=300)

    assert [answer["id"] for answer in answers] == ["2410.21276", None]
    assert process.returncode == 1


def test_whoever_has_read_enough_ends_it_without_an_error(catalogue: Catalogue) -> None:
    with Internet(RECORDS) as internet:
        catalogue.on(internet)
        process = catalogue.start(*RESOLVE, stdin=subprocess.PIPE)
        _ask(process, "2410.10000")
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write("".join(f"2410.{number}\n" for number in NUMBERS[:500]))
        process.stdin.close()
        process.wait(timeout=300)
        errors = process.stderr.read()
        process.stderr.close()

    assert (process.returncode, errors) == (0, "")


def test_a_citation_is_searched_for_and_a_title_alone_is_not_enough(catalogue: Catalogue) -> None:
    title = "Counting Sheep with Neural Networks"
    with Internet(SAMPLES) as internet:
        catalogue.on(internet)
        cited = catalogue.enrich("resolve", f"Sleepwell, A. and Årnes, B. {title}. 2024.", *NO_PAUSE)
        alone = catalogue.enrich("resolve", title, *NO_PAUSE, code=1)
        authored = ("--author", "Ada Sleepwell", "--author", "Bo Årnes", "--author", "Chen Wei")
        decided = catalogue.enrich("resolve", title, *authored, *NO_PAUSE)

    assert "→ arXiv 2401.90001" in cited
    assert alone.startswith("1 candidate; the title alone does not decide\n")
    assert "Add an author: `enrich resolve" in alone
    assert "→ arXiv 2401.90001" in decided
