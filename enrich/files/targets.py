"""
Whether the file is there that a relative link leads to.

What isn't certain is not judged: which root a site has, what a generator makes, what git
ignores, what lies in a folder that isn't here, or behind a link that leaves the catalogue.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import vcs
from enrich.links import relative
from enrich.models import Fault, LinkCheck, LinkStatus

if TYPE_CHECKING:
    from enrich.models import FileQuery


class Targets:
    """Looks for files of one catalogue; remembers what lies in its folders above the entries."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._top = vcs.work_tree(root) or root
        self._sites: dict[str, tuple[relative.Site, str | None]] = {}

    def check(self, query: FileQuery) -> LinkCheck:
        """OK where the file is there, BROKEN where it certainly isn't, else UNSUPPORTED; asks no network."""
        site, site_root = self._site(query.entry)
        if site_root is None and query.target.strip().startswith("/"):
            return _not_judged("the site's root is above the catalogue")
        found = relative.places(query.entry, query.target, site, site_root or "")
        if not found:
            return _not_judged("a place on this site")
        checks = [check for path in found if (check := self._known(path))]
        for check in sorted(checks, key=lambda check: check.status is not LinkStatus.OK):
            return check
        if self._may_be_made(query.entry, found[0]):
            return _not_judged("may be made when the site is built")
        return LinkCheck(LinkStatus.BROKEN, f"there is no file {found[0]}", fault=Fault.MISSING_FILE)

    def _known(self, path: str) -> LinkCheck | None:
        """What is to be said of *path* but that it's missing."""
        place = self._root / path
        try:
            if not Path(os.path.realpath(place)).is_relative_to(self._root):
                return _not_judged("leads out of the catalogue")
            if place.exists():
                return LinkCheck(LinkStatus.OK, "the file is there")
            if not place.parent.is_dir():
                return _not_judged("its folder is not kept here")
        except (OSError, ValueError):
            return _not_judged("no name that a file can have")
        return (
            _not_judged("git ignores it, or keeps it elsewhere")
            if not vcs.would_show(self._root, path)
            else None
        )

    def _may_be_made(self, entry: str, path: str) -> bool:
        if any((self._root / source).exists() for source in relative.made_from(path)):
            return True
        try:
            return b"output-file" in (self._root / entry).read_bytes()
        except OSError:
            return True

    def _site(self, entry: str) -> tuple[relative.Site, str | None]:
        """The site that *entry* is a page of, and its root in the catalogue; None where that is above it."""
        folder = entry.rpartition("/")[0]
        if folder not in self._sites:
            self._sites[folder] = self._looked_up(entry, folder)
        return self._sites[folder]

    def _looked_up(self, entry: str, folder: str) -> tuple[relative.Site, str | None]:
        here = self._root / folder
        for place in (here, *here.parents):
            names = _names(place)
            if names is None:
                return relative.Site.OTHER, None
            if site := relative.site_of(names):
                inside = place.is_relative_to(self._root)
                return site, place.relative_to(self._root).as_posix() if inside else None
            if place == self._top:
                break
        return relative.site_without_root(entry), None


def _names(folder: Path) -> frozenset[str] | None:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - names are all that is wanted
    except OSError:
        return None


def _not_judged(why: str) -> LinkCheck:
    return LinkCheck(LinkStatus.UNSUPPORTED, why)
