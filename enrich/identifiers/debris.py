"""Tier 1 of repair: a well-formed identifier with something that does not belong to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enrich.identifiers.places import PAGES, misspelt_page
from enrich.identifiers.scheme import ANY_CASE, ARCHIVES, OLD_STYLE, canonical_id
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its name, and an imperative clause for people."""

    kind: str
    clause: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A well-formed identifier, and the steps that lead to it."""

    id: str
    version: int | None
    steps: tuple[Step, ...]


_INSIDE = pattern(
    r"(?<![0-9])(?<![0-9]\.)"
    rf"(?P<id>[0-9]{{4}}\.[0-9]{{4,5}}(?!\.?[0-9])|(?<![a-z-]){OLD_STYLE}(?![0-9]))"
    r"(?:v(?P<version>[1-9][0-9]{0,2})(?![0-9]))?",
    ANY_CASE,
)
_EXTENSION = pattern(r"(?:\.(?:pdf|ps|gz|html?|bib))+", ANY_CASE)
_VERSION_APART = pattern(r"[ ._/-]{1,2}v(?P<version>[1-9][0-9]{0,2})", ANY_CASE)
_LONGEST_QUOTE = 30  # code points of debris that a clause repeats


def without_debris(slug: str, today: dt.date) -> Repair | None:
    """The first well-formed identifier inside *slug*."""
    for found in _INSIDE.finditer(slug):
        bare = canonical_id(found["id"], today)
        if bare:
            version, steps = around(slug[: found.start()], slug[found.end() :])
            return Repair(bare, int(found["version"]) if found["version"] else version, steps)
    return None


def around(before: str, after: str) -> tuple[int | None, tuple[Step, ...]]:
    """What to do with the text before and after an identifier, and the version that it has if it is one."""
    before = before.strip(" \"'`*")
    after = after.strip(" \"'`*")
    extension = _EXTENSION.match(after)
    after = after[extension.end() :] if extension else after
    if before and after and not before.strip("{[(<") and not after.strip("}])>"):
        return None, (Step("braces", "remove the braces"),)
    version = _VERSION_APART.fullmatch(after)
    if version:
        step = Step("version-form", f"write the version as `v{version['version']}`")
        return int(version["version"]), (*_of_prefix(before), step)
    return None, (*_of_prefix(before), *_of_suffix(after))


def _of_prefix(before: str) -> tuple[Step, ...]:
    if not before:
        return ()
    word = before.rstrip("/").lower()
    if before.isalpha() and word in PAGES:
        return (Step("path-typo", f"put the slash back after `{before}`"),)
    if word == "hf":
        return (Step("hf-prefix", "remove the `hf` prefix"),)
    if before.endswith("/"):
        page = misspelt_page(word)
        if page:
            return (Step("path-typo", f"write `{page}/` for `{before}`"),)
        if word.partition(".")[0] in ARCHIVES:
            return (Step("mixed-old-new", f"remove the subject class `{before.rstrip('/')}`"),)
    if before.isalpha():
        return (Step("word-prefix", f"remove the {_quoted(before)} prefix"),)
    return (Step("leading-debris", f"remove {_quoted(before)}"),)


def _of_suffix(after: str) -> tuple[Step, ...]:
    if not after:
        return ()
    if after in ("v", "V"):
        return (Step("version-empty", f"remove the empty version `{after}`"),)
    if re.fullmatch("[vV]0+", after):
        return (Step("version-zero", f"remove the version `{after}`"),)
    if after.startswith("/"):
        kind = "trailing-path"
    elif re.search("&#?[0-9a-z]+;", after):
        kind = "html-entity-debris"
    elif re.search(r"[{}\\]", after):
        kind = "latex-debris"
    else:
        kind = "trailing-debris"
    return (Step(kind, f"remove {_quoted(after)}"),)


def _quoted(text: str) -> str:
    return f"`{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + '…'}`"
