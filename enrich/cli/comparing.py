"""`--changed-from`: only entries that changed, each weighed against what it was."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich import vcs
from enrich.files import document_of
from enrich.introduced import NOTHING, before, weighed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enrich.cli.catalogue import Catalogue
    from enrich.models import Outcome
    from enrich.rule import Context
    from enrich.setting import Setting


class Base:
    """What the entries of a run were at an earlier state."""

    def __init__(self, comparison: vcs.Comparison, held: Mapping[str, bytes], context: Context) -> None:
        self.name = comparison.name
        self._origins = dict(comparison.paths)
        self._held = held
        self._context = context

    def weighed(self, outcome: Outcome) -> Outcome:
        origin = self._origins.get(outcome.path)
        content = self._held.get(origin) if origin else None
        if content is None:
            return weighed(outcome, NOTHING)
        return weighed(outcome, before(document_of(outcome.path, content), self._context))


def compared(setting: Setting, ref: str) -> vcs.Comparison:
    """Raises UsageError where the base of the comparison can't be reached."""
    return vcs.compare(setting.root, ref, os.environ)


def narrowed(catalogue: Catalogue, comparison: vcs.Comparison) -> Catalogue:
    """*catalogue* with the entries alone that changed."""
    changed = dict(comparison.paths)
    return replace(catalogue, paths=tuple(path for path in catalogue.paths if path in changed))


def base_of(setting: Setting, catalogue: Catalogue, comparison: vcs.Comparison, context: Context) -> Base:
    """What the entries of *catalogue* were; git is asked once, for all of them."""
    changed = dict(comparison.paths)
    origins = [origin for path in catalogue.paths if (origin := changed[path])]
    return Base(comparison, vcs.contents(setting.root, comparison.base, origins), context)
