"""What a run over entries is given: where it works, which entries it looks at, and what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import vcs
from enrich.cli.catalogue import open_catalogue
from enrich.cli.comparing import base_of, compared, narrowed
from enrich.cli.setting import setting_of
from enrich.ledger import (
    finish_interrupted,
    read_baseline,
    read_rejected,
    read_written,
    recovered,
    with_reverted,
)
from enrich.models import Run
from enrich.planning import context_for
from enrich.words import dataclass

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from enrich.cli.catalogue import Catalogue
    from enrich.cli.comparing import Base
    from enrich.ledger import Known, Memories
    from enrich.rule import Context
    from enrich.setting import Setting
    from enrich.writing import Scribe


@dataclass(frozen=True, slots=True)
class Given:
    """All that holds for a run from its first entry to its last."""

    args: argparse.Namespace
    setting: Setting
    catalogue: Catalogue
    context: Context
    memories: Memories
    """By path: entries that enrich wrote."""
    base: Base | None
    """Where only what changed is looked at: what it was."""
    scribe: Scribe | None
    """None for a check, which writes nothing down."""
    baseline: frozenset[Known]
    """What a check counts apart."""

    @property
    def is_dry(self) -> bool:
        return _writes(self.args) and bool(self.args.dry_run)

    @property
    def run(self) -> Run:
        """What reports say of the run before its first entry."""
        return Run(
            command=self.args.command,
            profile=self.catalogue.shape.name,
            config=self.setting.config_name,
            started_at=self.setting.started_at,
            offline=self.args.offline,
            dry_run=self.is_dry,
            detected=self.catalogue.detected is not None,
            since=self.base.name if self.base else None,
        )


def given_to(args: argparse.Namespace) -> Given:
    """
    Finishes what an interrupted run had begun to write.

    Raises UsageError, ConfigError, StateError, and WriteRefused where writing could lose something.
    """
    setting = setting_of(args, args.paths)
    comparison = compared(setting, args.changed_from) if args.changed_from else None
    catalogue = _catalogue(args, setting, comparison)
    if _writes(args) and not args.dry_run:
        finish_interrupted(setting.state)
    memories = recovered(setting.state, with_reverted(setting.state, read_written(setting.state)))
    context = context_for(
        setting.config,
        catalogue.shape,
        setting.started_at.date(),
        select=_listed(args.select),
        ignore=_listed(args.ignore),
        customs=catalogue.customs,
        rejected=read_rejected(setting.state),
    )
    return Given(
        args,
        setting,
        catalogue,
        context,
        memories,
        base_of(setting, catalogue, comparison, context) if comparison else None,
        _scribe(args, setting, catalogue, memories) if _writes(args) else None,
        read_baseline(setting.state) if args.command == "check" else frozenset(),
    )


def _catalogue(args: argparse.Namespace, setting: Setting, comparison: vcs.Comparison | None) -> Catalogue:
    """Raises UsageError where the engine or an entry is not there."""
    is_local = setting.config.engine.name == "local"
    if not is_local:
        from enrich.engines.dask.extra import require_dask

        require_dask()
    few = bool(args.paths or comparison)
    # What is judged elsewhere is told all customs beforehand.
    late = is_local and not _writes(args)
    catalogue = open_catalogue(setting, args.paths, late=late, few=few)
    return narrowed(catalogue, comparison) if comparison else catalogue


def _writes(args: argparse.Namespace) -> bool:
    return bool(args.command == "run")


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip()) if text else ()


def _scribe(args: argparse.Namespace, setting: Setting, catalogue: Catalogue, memories: Memories) -> Scribe:
    """Raises WriteRefused where writing could lose something."""
    from enrich.cli.guarding import guarded_journal
    from enrich.writing import Scribe

    journal = guarded_journal(args, setting, catalogue.paths, "run")
    return Scribe(setting.state, journal, memories, _unclean(setting, memories))


def _unclean(setting: Setting, paths: Iterable[str]) -> frozenset[str]:
    """Which of *paths* git says are not as committed; none where there is no git."""
    if vcs.no_git(setting.root):
        return frozenset()
    return frozenset(file.path for file in vcs.unclean(setting.root, paths))
