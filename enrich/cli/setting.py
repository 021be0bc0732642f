"""Where a command works: what its arguments say of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enrich.setting import setting_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from enrich.setting import Setting


def setting_of(args: argparse.Namespace, paths: Sequence[str] = ()) -> Setting:
    """Raises UsageError for a path that isn't there, ConfigError for a configuration with mistakes."""
    overrides = (*args.set, *_of_engine(args))
    return setting_in(Path.cwd(), paths, config=args.config, overrides=overrides, cache_dir=args.cache_dir)


def _of_engine(args: argparse.Namespace) -> Iterator[str]:
    engine, scheduler = getattr(args, "engine", None), getattr(args, "scheduler", None)
    if engine is not None:
        yield f"engine.name={engine}"
    if scheduler is not None:
        yield f"engine.scheduler={scheduler}"
