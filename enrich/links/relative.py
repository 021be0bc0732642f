"""
Where in a catalogue the file lies that a relative link leads to, as far as that is certain.

Pure. What a link means is the site generator's choice: Jekyll and Hugo resolve relative ones
against the address of the page, which front matter, permalinks and bundles decide, so only
what certainly names a file is said to be one.

Sources: https://jekyllrb.com/docs/static-files/, https://quarto.org/docs/websites/ and
https://help.obsidian.md/links
"""

from __future__ import annotations

import posixpath
import re
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from enrich.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Site(Enum):
    """What makes pages of the entries, and so decides what a link means."""

    PLAIN = "plain"
    """Nothing: a link is read beside the file, as on GitHub."""
    QUARTO = "quarto"
    """Beside the file, or from the project's root."""
    OBSIDIAN = "obsidian"
    """Beside the file where it begins with a dot; else anywhere in the vault."""
    JEKYLL = "jekyll"
    """From the site's root where it begins with `/`."""
    OTHER = "other"
    """By rules of its own."""


MARKERS: Mapping[str, Site] = MappingProxyType(
    {
        ".obsidian": Site.OBSIDIAN,
        "_quarto.yml": Site.QUARTO,
        "_quarto.yaml": Site.QUARTO,
        "_config.yml": Site.JEKYLL,
        "_config.yaml": Site.JEKYLL,
        "_config.toml": Site.JEKYLL,
    }
    | dict.fromkeys(
        (
            ".eleventy.js", ".vitepress", ".vuepress", "_bookdown.yml", "_toc.yml", "astro.config.mjs",
            "book.json", "book.toml", "conf.py", "config.toml", "config.yaml", "config.yml",
            "docusaurus.config.js", "docusaurus.config.ts", "eleventy.config.js", "gatsby-config.js",
            "go.mod",
            "hugo.json", "hugo.toml", "hugo.yaml", "hugo.yml", "mkdocs.yaml", "mkdocs.yml", "myst.yml",
            "next.config.js", "next.config.mjs", "nuxt.config.ts", "pelicanconf.py", "quartz.config.ts",
            "svelte.config.js", "zensical.toml",
        ),
        Site.OTHER,
    )
)  # fmt: skip
"""Files and folders that tell the root of a site."""

_KINDS = frozenset(
    (
        "avi", "bib", "bz2", "csv", "djvu", "doc", "docx", "epub", "gif", "gz", "ipynb", "jpeg", "jpg", "key",
        "m4a", "md", "mkv", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg", "pdf", "png", "ppt", "pptx",
        "ps", "py", "qmd", "r", "ris", "rmd", "rtf", "svg", "tar", "tex", "tgz", "tif", "tiff", "tsv", "txt",
        "wav", "webm", "webp", "xls", "xlsx", "xz", "zip",
    )
)  # fmt: skip
"""Endings of files that lie in a catalogue as they are served. HTML is made, styles often are."""
_RENDERED = frozenset(("docx", "epub", "odt", "pdf", "pptx", "rtf"))
"""What a generator may make of a page beside it."""
_SOURCES = ("qmd", "md", "ipynb", "rmd", "Rmd", "markdown", "tex")
_TEMPLATE = pattern(r"\{\{|\{%|\{<|<%|\$\{|[\\\r\n\x00]")
_GENERATED_BY_PATH = pattern(r"(?:^|/)(?:_[^/]*|content)/")


def may_be_file(text: str) -> bool:
    """
    Whether the relative link *text* ends like a file, without anything that a generator fills in.

    >>> may_be_file("../raw/a%20b.pdf#page=2"), may_be_file("/about/"), may_be_file("{{ site.url }}/a.pdf")
    (True, False, False)
    """
    if _TEMPLATE.search(text) or text.lstrip().startswith(("//", "[[", "~")):
        return False
    return _ending(_path(text)) in _KINDS


def named(entry: str, target: str) -> str:
    """
    What reports call the relative link *target* of *entry*: two entries may each link a `slides.pdf`.

    >>> named("talks/a/index.qmd", "slides.pdf"), named("talks/a/index.qmd", "/files/a.pdf")
    ('talks/a/slides.pdf', '/files/a.pdf')
    """
    return target if target.startswith("/") else posixpath.join(posixpath.dirname(entry), target)


def site_of(names: Iterable[str]) -> Site | None:
    """The site at whose root *names* lie; None where they tell of none."""
    found = {MARKERS[name] for name in names if name in MARKERS}
    if len(found) > 1:
        return Site.OTHER
    if found:
        return found.pop()
    return None


def site_without_root(entry: str) -> Site:
    """What to make of an entry above which no site's root was found."""
    return Site.OTHER if _GENERATED_BY_PATH.search(entry) else Site.PLAIN


def places(entry: str, target: str, site: Site, root: str = "") -> tuple[str, ...]:
    """
    Where the file may lie that *target* in *entry* leads to; empty where that isn't certain.

    All paths are relative to the catalogue, as is the site's *root*. Where several are told, one
    of them must be there: a name may be percent-encoded or hold a percent sign.

    >>> places("notes/a.md", "../raw/b%20c.pdf", Site.PLAIN)
    ('raw/b c.pdf', 'raw/b%20c.pdf')
    """
    written = _path(target)
    folder = _folder(entry, written, site, root)
    if folder is None:
        return ()
    found = []
    for name in dict.fromkeys((unquote(written), written)):
        path = posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
        if path.startswith("../") or _TEMPLATE.search(path):
            return ()
        found.append(path)
    return tuple(found)


def _folder(entry: str, written: str, site: Site, root: str) -> str | None:
    """Against which *written* is resolved."""
    if written.startswith("/"):
        return root if site in (Site.JEKYLL, Site.QUARTO) else None
    if site in (Site.PLAIN, Site.QUARTO) or (site is Site.OBSIDIAN and written.startswith(("./", "../"))):
        return posixpath.dirname(entry)
    return None


def made_from(path: str) -> tuple[str, ...]:
    """Files of which a generator may make *path*: of `talk.qmd` it makes `talk.pdf`."""
    stem, dot, ending = path.rpartition(".")
    return tuple(f"{stem}{dot}{source}" for source in _SOURCES) if ending.lower() in _RENDERED else ()


def _path(target: str) -> str:
    """Without query and fragment."""
    return re.split(r"[?#]", target.strip(), maxsplit=1)[0]


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem else ""
