"""What `enrich cache prune` drops is told in words."""

from __future__ import annotations

import io

import pytest

from enrich.cache.pruning import Pruned
from enrich.cli.arguments import parse_arguments
from enrich.reports.remembered import write_pruned

SOME = Pruned(links=1_200, works=1, histories=0, outcomes=3, before=5_000_000, after=2_000_000)


def told(pruned: Pruned, *, dry_run: bool = False) -> list[str]:
    out = io.StringIO()
    write_pruned(pruned, out, dry_run=dry_run)
    return out.getvalue().splitlines()


def test_what_was_dropped_is_told_with_what_it_gave_back() -> None:
    assert told(SOME) == [
        "Dropped 1,200 answers about links, 1 answer about works, 3 outcomes of entries.",
        "Freed 3.0 MB; the cache has 2.0 MB now.",
    ]


def test_a_dry_run_frees_nothing() -> None:
    assert told(SOME, dry_run=True) == [
        "Would drop 1,200 answers about links, 1 answer about works, 3 outcomes of entries."
    ]


def test_where_all_is_fresh_nothing_is_said_to_be_freed() -> None:
    assert told(Pruned(0, 0, 0, 0, 10, 10)) == ["Nothing to drop: every answer is fresh."]


def test_an_age_is_written_as_in_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse_arguments(["cache", "prune", "--older-than", "30d"], {}).older_than == 30 * 86_400

    with pytest.raises(SystemExit):
        parse_arguments(["cache", "prune", "--older-than", "soon"], {})
    assert "soon is no duration such as `30d` or `12h`" in capsys.readouterr().err
