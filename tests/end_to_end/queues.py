"""Catalogues in which changes wait for a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich.ledger import Pending, StateFolder, write_pending
from enrich.models import Applicability, Change, Fix, Path, Value, format_path
from enrich.naming import change_id
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.end_to_end.catalogues import Catalogue

SNAPSHOT = f'[cache]\nsnapshots = ["{ROOT / "cache" / "starter.jsonl"}"]\n'
"""What is known of the papers of `examples/`, so that no network is needed."""


def item(
    path: str,
    field: Path,
    before: Value,
    after: Value,
    *,
    rule: str = "MET303",
    safe: bool = False,
    source: str = "arxiv",
    evidence: tuple[str, ...] = ("419 of 419 authors",),
    together: int = 0,
) -> Pending:
    safety = Applicability.SAFE if safe else Applicability.UNSAFE
    fix = Fix("take the record's", field, before, after, safety, source, 0.8, together=together)
    name = change_id(path, format_path(field), before, after)
    return Pending(Change(name, path, rule, fix), "it differs", evidence)


def titles(catalogue: Catalogue, number: int, *, rule: str = "MET303") -> list[Pending]:
    """So many entries, whose titles are to be changed."""
    made = []
    for each in range(number):
        path = f"_publications/entry{each:02}.md"
        catalogue.write(path, f"---\ntitle: Old {each}\nyear: 2024\n---\nText.\n")
        made.append(item(path, ("title",), f"Old {each}", f"New {each}", rule=rule))
    return made


def queue(catalogue: Catalogue, items: Iterable[Pending]) -> None:
    """Let *items* wait, in a catalogue that is committed."""
    catalogue.write("enrich.toml", "")
    write_pending(StateFolder(catalogue.root), items)
    catalogue.commit()


def waiting(catalogue: Catalogue) -> list[str]:
    """The paths and fields of what waits, as `enrich diff` names them."""
    lines = catalogue.enrich("diff").splitlines()
    return [line.split(" — ")[0].split(" ", 5)[-1] for line in lines if line.startswith("# ")]


@pytest.fixture
def examples_waiting(catalogue: Catalogue) -> Catalogue:
    """`examples/`, with all that a run would do to it still to be decided."""
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", SNAPSHOT)
    catalogue.commit()
    catalogue.enrich("run", "--dry-run", "--offline")
    return catalogue


def unsafe(made: Pending) -> Pending:
    fix = replace(made.change.fix, applicability=Applicability.UNSAFE)
    return replace(made, change=replace(made.change, fix=fix))
