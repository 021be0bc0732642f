"""
The record's spelling, where the entry's is the same text with something lost.

Nothing is re-cased without a record: `Seung-won` is right as it stands. What
counts as lost is in `restored`; all else is the catalogue's own style.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from enrich.matching.casing import PARTICLES, SMALL_WORDS, Glyph, glyphs, with_proved_capitals
from enrich.matching.forms import fold, squash, with_plain_typography
from enrich.matching.markup import plain_text
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LOWERED = frozenset({"da", "de", "del", "di", "van", "von"})
"""Words of names that catalogues lower, *Di He* among them."""
_ALWAYS_SMALL = 3
"""Letters up to which every Title Case has them small inside a title; *With* some have."""
_LOUD_WORDS = frozenset({"AI", "II", "III", "IV", "VI", "VII"})
_RUN = pattern(r"[^\W\d_]+")
_INNER_CAPITAL = pattern(r"(?<![^\W\d_])[^\W\d_]*[a-z][A-Z][^\W\d_]*")
_SIGN = pattern(r"<(?:super|sub|fraction)>")
_CAPITAL_AT_END = pattern(r"[a-z][A-Z]\b")
_VOWELS = frozenset("AEIOUY")


def capitalised(text: str) -> str:
    """
    *text* as catalogues mangle titles: every word capitalised, its rest lowered, all-capital words kept.

    >>> capitalised("GLM-4.1V-Thinking: Scaling LLMs with RL")
    'Glm-4.1v-thinking: Scaling Llms With RL'
    """
    return " ".join(word if word.isupper() else word.capitalize() for word in text.split())


def restored(entry_value: str, record_value: str) -> str | None:
    """
    The title to write instead of *entry_value*, in the spelling of *record_value* as plain text.

    None where nothing is to be restored. The two must fold to the same, and either

    * capitalising every word of the record's gives the entry's, the record has a capital
      after its first letter, and something shows that the entry went through that
      function: a capital that it lost, or an *Of* that no Title Case has; or
    * at no letter has the record less (capital, accent) than the entry, and somewhere
      it has more, or the entry holds debris that the record has not.

    A capital counts as lost where `with_proved_capitals` says so; in the second case
    the title keeps the entry's small letters elsewhere. All else is the catalogue's
    own style: sentence case is not raised to a record in Title Case, nor Title Case
    lowered to one in sentence case, nor an accent to a record without it, nor a
    curly quote to a straight one; a word with capitals inside (`LLaMA`) and an exponent (`10⁶`)
    were written with care. A title all in capitals is never restored.
    """
    canonical = plain_text(record_value)
    if canonical is None or canonical.isupper():
        return None
    pair = _compared(entry_value, record_value, canonical)
    if pair is None or len(pair.ours) != len(pair.theirs):
        return None
    title = with_proved_capitals(pair.plain, canonical)
    has_lost = pair.sheds_markup or any(map(Glyph.has_more, glyphs(title), pair.ours))
    if pair.is_mangled_by(capitalised):
        return canonical if has_lost or _is_no_title_case(pair.plain, canonical) else None
    return title if has_lost and not any(map(Glyph.has_more, pair.ours, pair.theirs)) else None


@dataclass(frozen=True, slots=True)
class NameChange:
    """The names at `position` of a list become one name, or none."""

    position: int
    before: tuple[str, ...]
    """Two names where one was split at a comma."""
    after: str | None
    """None for what is no name: arXiv's `:`."""


@dataclass(frozen=True, slots=True)
class RestoredAuthors:
    """A list of authors that pairs up with the record's."""

    names: tuple[str, ...]
    """The whole list as it shall be."""
    changes: tuple[NameChange, ...]
    """Where it differs, in order; empty where nothing is to be restored."""


def restored_authors(
    names: Sequence[str], record_authors: Sequence[str], *, collaboration: str | None = None
) -> RestoredAuthors | None:
    """
    *names* with what they lost against *record_authors*; None where the two lists don't pair up in order.

    Names pair by their letters; two neighbouring names pair with one author of the
    record, and then become it, or one with two, and then stay. A pair is restored
    as a title is, but spaces and hyphens are left, and so is a name whose case in
    the record is careless (`Zhanchao XU`). Where the entry leaves out the
    *collaboration*, that is not added.
    """
    pairs = _paired(names, record_authors)
    if pairs is None and collaboration is not None:
        pairs = _paired(names, record_authors[len(collaboration.split(", ")) :])
    if pairs is None:
        return None
    result: list[str] = []
    changes: list[NameChange] = []
    position = 0
    for before, author in pairs:
        after = _respelled(before, author)
        if (after,) != before:
            changes.append(NameChange(position, before, after))
        result += [] if after is None else [after]
        position += len(before)
    return RestoredAuthors(tuple(result), tuple(changes))


_Pair = tuple[tuple[str, ...], str | None]
"""Names of the list, and the record's author whom they name; None where they name nobody."""


def _paired(names: Sequence[str], authors: Sequence[str]) -> list[_Pair] | None:
    ours, theirs = [squash(name) for name in names], [squash(author) for author in authors]
    pairs: list[_Pair] = []
    i = j = 0
    while i < len(names):
        if names[i].strip() == ":":
            pairs.append(((names[i],), None))
            i += 1
        elif not ours[i] or j == len(authors):
            return None
        elif ours[i] == theirs[j]:
            pairs.append(((names[i],), authors[j]))
            i, j = i + 1, j + 1
        elif i + 1 < len(names) and ours[i] + ours[i + 1] == theirs[j] and "," not in authors[j]:
            pairs.append((tuple(names[i : i + 2]), authors[j]))
            i, j = i + 2, j + 1
        elif ours[i] == "".join(theirs[j : j + 2]):
            pairs.append(((names[i],), names[i]))
            i, j = i + 1, j + 2
        else:
            return None
    return pairs if j == len(authors) else None


def _respelled(before: tuple[str, ...], author: str | None) -> str | None:
    if author is None:
        return None
    canonical = plain_text(author) or author
    if len(before) > 1:
        return canonical
    (name,) = before
    if name == canonical or _is_careless(canonical):
        return name
    return canonical if _is_lost(name, author, canonical) else name


def _capitalised_name(name: str) -> str:
    """*name* as catalogues mangle names: *Da Chen* becomes *da Chen*, *AJ Ostrow* *Aj Ostrow*."""
    return " ".join(word.lower() if word.lower() in _LOWERED else word.capitalize() for word in name.split())


def _is_careless(name: str) -> bool:
    """
    Whether the record has a name that no one bears so: `Zhanchao XU`, `Ben allal`, `ChaI`.

    A last word in capitals is a surname if it can be spoken; *Suhas BN* has initials there.
    """
    _, *others = name.split() or [""]
    if not others or not any(map(str.isupper, name)):
        return False
    last = others[-1]
    is_loud = len(last) > 1 and last.isalpha() and last.isupper() and last not in _LOUD_WORDS
    return (
        (is_loud and not _VOWELS.isdisjoint(last))
        or any(word.islower() and word not in PARTICLES for word in others)
        or bool(_CAPITAL_AT_END.search(name))
    )


@dataclass(frozen=True, slots=True)
class _Compared:
    """An entry's value and the record's, which fold to the same."""

    plain: str
    """The entry's as plain text."""
    canonical: str
    ours: tuple[Glyph, ...]
    theirs: tuple[Glyph, ...]
    sheds_markup: bool
    """Whether the entry has markup, and the record none."""

    def is_mangled_by(self, *manglings: Callable[[str], str]) -> bool:
        mangled = {with_plain_typography(mangle(self.canonical)) for mangle in manglings}
        return any(glyph.upper for glyph in self.theirs[1:]) and with_plain_typography(self.plain) in mangled


def _compared(entry_value: str, record_value: str, canonical: str) -> _Compared | None:
    """None where the two are equal, or other texts, or the entry has what is its own."""
    plain = plain_text(entry_value)
    looks = with_plain_typography(entry_value)
    if plain is None or looks in (with_plain_typography(record_value), with_plain_typography(canonical)):
        return None
    if fold(entry_value) != fold(canonical):
        return None
    has_markup, needs_markup = plain != " ".join(entry_value.split()), canonical != record_value
    if has_markup and needs_markup and ("^" in canonical or "_" in canonical):
        return None  # the catalogue shows formulas; plain text would lose the exponent
    if _has_its_own(plain, canonical):
        return None
    ours, theirs = tuple(glyphs(plain)), tuple(glyphs(canonical))
    return _Compared(plain, canonical, ours, theirs, has_markup and not needs_markup)


def _is_lost(name: str, author: str, canonical: str) -> bool:
    """Whether *name* is *canonical* with something lost; see `restored_authors`."""
    pair = _compared(name, author, canonical)
    if pair is None:
        return False
    has_lost = pair.sheds_markup or any(map(Glyph.has_more, pair.theirs, pair.ours))
    if pair.is_mangled_by(capitalised, _capitalised_name):
        return has_lost or _is_no_title_case(pair.plain, canonical)
    if len(pair.ours) != len(pair.theirs) or any(map(Glyph.has_more, pair.ours, pair.theirs)):
        return False
    return has_lost and not _has_small_words(pair.plain, canonical)


def _has_its_own(ours: str, theirs: str) -> bool:
    """Whether *ours* has what no tool makes and *theirs* lacks: capitals inside a word, exponents."""
    signs = {char for char in ours if _SIGN.match(unicodedata.decomposition(char))}
    return not signs <= set(theirs) or not set(_INNER_CAPITAL.findall(ours)) <= set(_RUN.findall(theirs))


def _has_small_words(ours: str, theirs: str) -> bool:
    """Whether *ours* differs from *theirs* by *in* for *In* alone: every style has its own list of them."""
    words, others = ours.split(), theirs.split()
    changed = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    is_small = all(one in SMALL_WORDS and other == one.title() for one, other in changed)
    return bool(changed) and is_small and words[0] == others[0]


def _is_no_title_case(ours: str, theirs: str) -> bool:
    """Whether *ours* has *An Of* inside, and only such words that *theirs* has small."""
    pairs = list(zip(ours.split(), theirs.split(), strict=False))
    lowered = [(before, place) for place, (before, after) in enumerate(pairs) if _has_lowered(before, after)]
    if not all(before.lower() in SMALL_WORDS for before, _ in lowered):
        return False
    inside = [before for before, place in lowered if place and pairs[place - 1][0][-1].isalnum()]
    return any(len(before) <= _ALWAYS_SMALL for before in inside)


def _has_lowered(before: str, after: str) -> bool:
    """Whether *after* differs by more than capitals it gained: `of` for `Of`, not `On-Line` for `On-line`."""
    if len(before) != len(after):
        return True
    return any(old != new and not new.isupper() for old, new in zip(before, after, strict=True))
