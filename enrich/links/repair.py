"""
What an address with debris was meant to be.

Pure. Each step looks at one kind of damage and knows nothing of the others; they are
tried in order until none finds anything, so `\\url{https://x.org/a\\_b}.` takes three.
A step is *certain* only where what it drops can't belong to any address and nothing
else is lost; the whole repair only where the text is no address besides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enrich.links.canonical import canonical_url, host_key, unpaired
from enrich.links.cut import complete_from
from enrich.links.hosts import is_local
from enrich.links.writing import is_address
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class UrlRepair:
    """An address that *text* may have been meant to be. Nobody has asked whether it works."""

    url: str
    title: str
    """An imperative clause: `drop the stray `)``."""
    start: int
    """Where the damaged part of the text begins …"""
    end: int
    """… and ends; equal to `start` where something is missing."""
    certain: bool
    """Grammar alone proves that the text is no address, and nothing but debris was dropped or rewritten."""


@dataclass(frozen=True, slots=True)
class Step:
    text: str
    title: str
    certain: bool


_LONGEST = 8_192
"""Longer texts are no damaged addresses."""
_MOST_STEPS = 6


def repair_url(text: str, body: str = "") -> UrlRepair | None:
    """
    The address that *text* was meant to be; None where it shows no damage or no one repair.

    A repair that isn't certain is worth a look only where the text itself does not
    work: `https://x.org/a)` may be an address. *body* is the text around it, in which
    an address that was cut short may stand whole.

    >>> repair_url("https://github.com/THUDM/GLM-4,").url
    'https://github.com/THUDM/GLM-4'
    """
    if len(text) > _LONGEST or text.strip().endswith(("...", "…")):
        return None  # cut short by whoever wrote it: what is missing can't be known
    current, steps = text.strip(), list[Step]()
    for _ in range(_MOST_STEPS):
        step = next((found for find in _STEPS if (found := find(current)) and found.text != current), None)
        if step is None:
            break
        steps.append(step)
        current = step.text
    if url := complete_from(current if is_address(current) else text, body):
        steps.append(Step(url, "write the whole address, as in the text", certain=False))
        current = url
    if not steps or canonical_url(current) is None:
        return None
    start, end = _difference(text, current)
    titles = dict.fromkeys(step.title for step in steps)
    certain = all(step.certain for step in steps) and canonical_url(text) is None
    return UrlRepair(current, ", ".join(titles), start, end, certain)


def _difference(before: str, after: str) -> tuple[int, int]:
    """The part of *before* that is gone or stands for something else in *after*."""
    shorter = min(len(before), len(after))
    start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    rest = shorter - start
    tail = next((back for back in range(rest) if before[-1 - back] != after[-1 - back]), rest)
    return start, len(before) - tail


# -- before the address ----------------------------------------------------------------------

_INVISIBLE = pattern(r"[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_MARKDOWN = pattern(r"!?\[[^\[\]]*\]\(\s*<?(https?://[^\s<>]+?)>?\s*\)", re.IGNORECASE)
_WRAPPING = pattern(
    r"[\s<>(\[{\"'`“‘«*|,;:\-]*(?:\\(?:url|href|path|nolinkurl)\s*\{?)?(?=https?:)", re.IGNORECASE
)
_WORDS = pattern(r"[^/:]{1,80}[:\s]\s*(?=https?://)", re.IGNORECASE)


def _invisible(text: str) -> Step | None:
    return Step(_INVISIBLE.sub("", text), "drop the invisible characters", certain=True)


def _wrapping(text: str) -> Step | None:
    if markdown := _MARKDOWN.fullmatch(text):
        return Step(markdown[1], "keep the address alone", certain=True)
    if (found := _WRAPPING.match(text)) and found.end():
        return Step(text[found.end() :], "drop what stands before the address", certain=True)
    if found := _WORDS.match(text):
        return Step(text[found.end() :], "drop what stands before the address", certain=False)
    return None


# -- the scheme ------------------------------------------------------------------------------

_SCHEME = pattern(
    r"(h{1,2}[tx]{1,3}p{1,2}|ttp|hp{1,2}t{1,2})(s{0,2})(\s*[:;.]?\s*)([/\\]*)\s*"
    r"(?=[\w-]+(?:\.[\w-]+)+(?:[:/?#\\]|\W*$))",
    re.IGNORECASE | re.ASCII,
)
_DOUBLED = pattern(r"(?:https?:?/{0,3}(?:www\.)?)+(?=https?:?/{1,3}[\w-]+\.)", re.IGNORECASE | re.ASCII)
_NO_SCHEME = pattern(r"(?:www\.|(?:github|gitlab|arxiv|doi|huggingface)\.(?:com|org|co)/)\S+", re.IGNORECASE)


def _doubled_scheme(text: str) -> Step | None:
    found = _DOUBLED.match(text)
    return Step(text[found.end() :], "write the scheme once", certain=True) if found else None


def _scheme(text: str) -> Step | None:
    found = _SCHEME.match(text)
    if not found or not (found[3].strip() or len(found[4]) > 1):
        return None
    letters, secure, colon, slashes = found.groups()
    rest = text[found.end() :]
    if "\\" in slashes:
        rest = rest.replace("\\", "/")
    secure = "s" if secure else ""
    known = letters.lower() == "http" and len(found[2]) < 2
    if known and (colon, slashes) == (":", "//") and text[found.start() : found.end()] == found[0].strip():
        return None
    return Step(f"http{secure}://{rest}", f"write the scheme as `http{secure}://`", certain=known)


def _no_scheme(text: str) -> Step | None:
    return (
        Step(f"https://{text}", "write `https://` before it", certain=False)
        if _NO_SCHEME.fullmatch(text)
        else None
    )


# -- escapes ---------------------------------------------------------------------------------

_TILDE = pattern(r"\{?\\textasciitilde\s*(?:\{\})?\}?|\$\\sim\$|\{?\\~(?:\{\})?\}?|\{\\sim\}")
_UNDERSCORE = pattern(r"\\textunderscore(?:\{\})?\s?|\{\\?_\}")
_ESCAPED = pattern(r"\\([_%#&$/.])")


def _escapes(text: str) -> Step | None:
    plain = _ESCAPED.sub(r"\1", _UNDERSCORE.sub("_", _TILDE.sub("~", text)))
    return Step(plain, "undo the escapes", certain=True)


def _entity(text: str) -> Step | None:
    return Step(text.replace("&amp;", "&"), "write `&` for `&amp;`", certain=False)


# -- after the address -----------------------------------------------------------------------

_DEBRIS = pattern(r"[\\{}\[\]()<>\"'`“”’».,;:!*|$\s]*")
_TAGS = pattern(r"(?:[\"']?>|</?[a-zA-Z]{1,6}\s*/?>|\s)+")
_STRUCTURE = pattern(r"[\\\s]|</?(?:a|b|br|em|i|li|p|span|strong|sub|sup|td|u)\s*/?>", re.IGNORECASE)
_INNER_SPACE = pattern(r"\s+")
_NEXT_URL = pattern(r"https?://", re.IGNORECASE)
_ENCODED_DEBRIS = pattern(r"%(?:5C|7B|7D|5B|5D|22|3E|3C|E2%80%9D|2C)$", re.IGNORECASE)
_TRAILING = frozenset(",;:.!*'\"`|>]}\\”’»，。；：、）」』】》")


def _tail(text: str) -> Step | None:
    """Cut where no address can go on, if what follows is debris or the same address once more."""
    place = _first_break(text)
    if place is None or text[place].isspace():
        return None
    head, tail = text[:place], text[place:]
    if canonical_url(head) is None:
        return None
    said_again = _DEBRIS.sub("", tail.replace(head, "")) == ""
    if said_again or _DEBRIS.fullmatch(tail) or _TAGS.fullmatch(tail):
        title = "keep one of two equal addresses" if head in tail else _drop(tail)
        return Step(head, title, certain=True)
    return None if _NEXT_URL.search(tail) else Step(head, "drop what follows the address", certain=False)


def _first_break(text: str) -> int | None:
    scheme = text.find("//") + 2
    places = [found.start() for found in (_STRUCTURE.search(text, scheme),) if found]
    if flaw := unpaired(text[: min(places, default=len(text))]):
        places.append(flaw.start)
    return min(places, default=None)


def _drop(tail: str) -> str:
    if "\\" in tail or "{" in tail or "}" in tail:
        return "drop the LaTeX debris"
    return (
        f"drop the stray `{tail}`" if len(tail) < 5 and "`" not in tail else "drop what follows the address"
    )


def _glued(text: str) -> Step | None:
    """One address twice. Of two different ones nobody can tell which was meant."""
    for found in _NEXT_URL.finditer(text, 8):
        head, rest = text[: found.start()].rstrip(",;|"), text[found.start() :]
        if rest.rstrip("/") == head.rstrip("/"):
            return Step(head, "keep one of two equal addresses", certain=False)
    return None


def _spaces(text: str) -> Step | None:
    space = _INNER_SPACE.search(text)
    if space is None:
        return None
    head, tail = text[: space.start()], text[space.end() :]
    if tail.startswith(head) and _DEBRIS.sub("", tail.replace(head, "")).strip() == "":
        return Step(head, "keep one of two equal addresses", certain=True)
    if _DEBRIS.fullmatch(tail):
        return Step(head, f"drop the stray `{tail}`" if len(tail) < 5 else _drop(tail), certain=True)
    if _NEXT_URL.search(tail):
        return None
    if _has_public_host(head) and not _goes_on(head, tail):
        return Step(head, "drop what follows the address", certain=False)
    if re.search(r"\.\w{2,5}$", tail) and not head.endswith("/"):
        return Step(_INNER_SPACE.sub("%20", text), "write spaces as `%20`", certain=False)
    return Step(_INNER_SPACE.sub("", text), "drop the spaces", certain=False)


def _has_public_host(text: str) -> bool:
    url = canonical_url(text)
    return url is not None and not is_local(host_key(url))


def _goes_on(head: str, tail: str) -> bool:
    """Whether *tail*, after a space, looks like the rest of the address *head* and not like prose."""
    if head.endswith(("/", "-", "_", "=", "&", "?")) or tail.startswith(("/", "-", "_", "?", "&", "=", "#")):
        return not re.search(r"\s", tail)
    return bool(re.fullmatch(r"[^\s()]*(?:\s[^\s()]+){0,3}\.\w{2,5}", tail))


def _trailing(text: str) -> Step | None:
    """Punctuation that the sentence around an address left behind; legal at an address' end, but rare."""
    end, unopened = len(text), text.count(")") - text.count("(")
    while end:
        if encoded := _ENCODED_DEBRIS.search(text, max(0, end - 9), end):
            end = encoded.start()
        elif text[end - 1] in _TRAILING:
            end -= 1
        elif text[end - 1] == ")" and unopened > 0:
            end -= 1
            unopened -= 1
        else:
            break
    head, tail = text[:end], text[end:]
    if not tail or canonical_url(head) is None:
        return None
    return Step(head, _drop(tail), certain=canonical_url(text) is None)


_STEPS: tuple[Callable[[str], Step | None], ...] = (
    _invisible,
    _wrapping,
    _escapes,
    _doubled_scheme,
    _scheme,
    _tail,
    _spaces,
    _glued,
    _trailing,
    _entity,
    _no_scheme,
)
