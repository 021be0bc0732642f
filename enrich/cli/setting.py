"""Where a command works: what its arguments say of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enrich.setting import setting_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from enrich.setting import Setting


def setting_of(args: argparse.Namespace, paths: Sequence[str] = ()) -> Setting:
    """Raises UsageError for a path that isn't there, ConfigError for a configuration with mistakes."""
    return setting_in(Path.cwd(), paths, config=args.config, overrides=args.set, cache_dir=args.cache_dir)
