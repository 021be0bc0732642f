"""Two programs at once over one catalogue and one cache: nothing of either is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from enrich.ledger import EntryMemory, Memories, StateFolder, read_written
from enrich.models import Memory
from enrich.writing import Scribe
from tests.end_to_end.queues import SNAPSHOT
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue


def remembers(path: str) -> EntryMemory:
    return EntryMemory(path, "arxiv:2410.21276", (("title", Memory("0" * 64, "0" * 64, "1" * 64)),))


def test_what_another_run_remembered_meanwhile_stays(tmp_path: Path) -> None:
    state = StateFolder(tmp_path)
    state.prepare()
    first, second = (Scribe(state, None, Memories()) for _ in range(2))

    first.moved("old.md", remembers("a.md"))
    second.moved("older.md", remembers("b.md"))
    first.close(frozenset())
    second.close(frozenset())

    assert set(read_written(state)) == {"a.md", "b.md"}


def test_two_runs_at_once_come_to_what_one_comes_to(catalogue: Catalogue) -> None:
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", SNAPSHOT)
    catalogue.commit()
    before = catalogue.content()
    catalogue.enrich("run", "--offline")
    alone, memory = catalogue.content(), read_written(StateFolder(catalogue.root))
    catalogue.enrich("undo")
    catalogue.git("clean", "-xdff", "--quiet")

    running = [catalogue.start("run", "--offline", "--allow-dirty") for _ in range(2)]
    ended = [(process, *process.communicate()) for process in running]

    # Where both came to one entry, one of them wrote it, and the other says that it did not.
    assert {process.returncode for process, *_ in ended} <= {0, 4}, ended
    assert all("the file changed while enrich ran" in err for process, _, err in ended if process.returncode)
    assert catalogue.content() == alone
    assert read_written(StateFolder(catalogue.root)) == memory
    while "Took back" in catalogue.enrich("undo"):
        pass
    assert catalogue.content() == before


def test_two_checks_at_once_share_a_cache(catalogue: Catalogue) -> None:
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", SNAPSHOT)

    command = ("check", "--offline", "--fail-on", "never", "--output-format", "json")
    running = [catalogue.start(*command) for _ in range(3)]
    reports = [json.loads(process.communicate()[0]) for process in running]

    assert [process.returncode for process in running] == [0, 0, 0]
    found = [
        [(each["rule"], each["path"], each["message"]) for each in report["findings"]] for report in reports
    ]
    assert found[0] == found[1] == found[2]
