from __future__ import annotations

import itertools
import json

from enrich.matching import Anchor, Verdict, capitalised, clean_authors, fold, judge, plain_text, restored
from enrich.models import Record
from tests.shared_data import shared


def records(step: int) -> list[Record]:
    with shared("arxiv", "records.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, 0, None, step)]
    return [Record("arxiv", row["id"], row["title"], *clean_authors(row["authors"])) for row in rows]


def test_the_mangled_entry_of_every_record_is_recognised() -> None:
    for record in records(20):
        match = judge(capitalised(record.title), record.authors, record, anchor=Anchor.ID)

        assert match.verdict is Verdict.SAME, record


def test_plain_text_folds_as_the_record_does() -> None:
    for record in records(20):
        plain = plain_text(record.title)

        assert plain is None or fold(plain) == fold(record.title)
        assert restored(record.title, record.title) is None


def test_no_record_is_taken_for_another() -> None:
    for record, other in itertools.combinations(records(400), 2):
        assert judge(record.title, record.authors, other, anchor=Anchor.ID).verdict is not Verdict.SAME
