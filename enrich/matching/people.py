"""
How many of two lists of authors are the same people.

Knows how one person's name is written in several ways; knows nothing of titles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from enrich.matching.forms import letters
from enrich.patterns import pattern
from enrich.text import is_slip
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_ORGANISATION = pattern(
    r"\b(?:ai|collaboration|community|consortium|foundation|group|inc|institute|labs?|project|research|team)\b",
    re.IGNORECASE,
)
_PARENTHESIS = pattern(r"\s*\([^()]*(?:\)|$)")
"""An affiliation (`Guy Barles (LMPT)`) or a nickname (`Xin (Eric) Wang`)."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_TAIL = pattern(r"(?:^|[\s,]+)(?:et\.? al\.?|(?:and |& )?others|…|\.\.\.)$", re.IGNORECASE)
_INITIALS_LAST = pattern(r"(.*\w{2})\s+(?!II|IV)((?:[A-Z]\.?[ -]?){1,3})", re.DOTALL)
_UMLAUT = pattern(r"([aou])e")
_LONGEST = 1_000
"""Characters of a name that are looked at: nobody's has more, and these patterns take their square."""
_LONG_SURNAME = 6
"""Shorter surnames one letter apart are other people: Wang and Yang, Zhang and Zheng."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two lists of authors agree. Symmetric in the lists."""

    agreeing: int
    shorter: int
    """The length of the shorter list: of so many, `agreeing` agree."""
    longer: int
    first: bool
    """The first authors agree, a collaboration before them aside."""
    comparable: bool
    """Both lists name persons; `OpenAI` alone neither confirms nor denies them."""

    @property
    def over(self) -> float:
        """Of the shorter list, from 0 to 1: a list that was cut still agrees."""
        return self.agreeing / self.shorter if self.shorter else 0.0

    @property
    def full(self) -> bool:
        """Most of both lists is the same, by two authors at least or by the only one."""
        either = self.shorter + self.longer - self.agreeing
        enough = self.agreeing >= 2 or self.agreeing == self.longer == 1
        return enough and self.agreeing / either >= 0.6

    @property
    def sure(self) -> bool:
        """Most of both lists is the same, or most of the shorter one, the first author among them."""
        return self.full or (self.over >= 0.6 and self.first)


def same_people(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether two lists surely name the same authors."""
    return agreement(ours, theirs).sure


def agreement(ours: Iterable[str], theirs: Iterable[str]) -> Agreement:
    """
    How many authors two lists share, in time linear in their length.

    Two names agree by surname and initial, by equal letters (*Jia Hao Li*,
    *Jiahao Li*), by swapped order, by a surname of six letters or more that is one
    letter off, or by the surname where one side has nothing else.
    """
    left, right = _people(ours), _people(theirs)
    shorter, longer = sorted((left, right), key=lambda people: (len(people), [one.letters for one in people]))
    first = bool(left and right) and _count(_leading(left)[:1], _leading(right)[:1]) == 1
    comparable = any(one.is_person for one in left) and any(one.is_person for one in right)
    return Agreement(_count(shorter, longer), len(shorter), len(longer), first, comparable)


def leading_surname(names: Iterable[str]) -> str:
    """
    The last word of the first person's name, small and without accents; '' where nobody is named.

    >>> leading_surname(["OpenAI", "Aleksander Mądry", "Ada Lovelace"])
    'madry'
    """
    named = [words for name in names if (words := _words(name))]
    people = (words for words in named if len(words) > 1 and not _ORGANISATION.search(" ".join(words)))
    return next(people, named[0] if named else [""])[-1]


@dataclass(frozen=True, slots=True)
class _Person:
    given: str
    """The first word, '' where the name is one word."""
    surname: str
    letters: str
    """All of them, sorted."""
    is_person: bool


def _people(names: Iterable[str]) -> list[_Person]:
    return [person for name in names if (person := _person(name)) is not None]


def _person(name: str) -> _Person | None:
    """None where *name* names nobody: `:`, `et al.`, the number after a DBLP name."""
    words = _words(name)
    if not words:
        return None
    surname = _UMLAUT.sub(r"\1", words[-1]) if len(words[-1]) >= _LONG_SURNAME else words[-1]
    is_person = len(words) > 1 and not _ORGANISATION.search(name)
    return _Person(words[0] if len(words) > 1 else "", surname, "".join(sorted("".join(words))), is_person)


def _words(name: str) -> list[str]:
    """The words of *name* as letters alone, the surname last."""
    name = " ".join(name[:_LONGEST].split())
    name = _TAIL.sub("", _PARENTHESIS.sub("", name)).strip()
    if found := _INITIALS_LAST.fullmatch(name):
        name = f"{' '.join(found[2])} {found[1]}"  # `Vaswani AN`, as medicine cites
    parts = [parts for part in name.split(",") if (parts := _parts(part))]
    if len(parts) > 1 and parts[-1][0] in _SUFFIXES:
        parts.pop()
    words = [*parts[1], *parts[0]] if len(parts) > 1 else [word for part in parts for word in part]
    while len(words) > 2 and words[-1] in _SUFFIXES:
        words.pop()
    return words


def _parts(name: str) -> list[str]:
    """The words of *name* as letters alone: numbers go, hyphens join."""
    plain = letters(name).replace(".", " ").split()
    return [part for word in plain if (part := "".join(filter(str.isalpha, word)))]


def _leading(people: list[_Person]) -> list[_Person]:
    """*people* from the first person on, a collaboration before aside."""
    return next((people[at:] for at, one in enumerate(people) if one.is_person), people)


_Key = tuple[str, ...]


def _by_initial(person: _Person) -> _Key | None:
    return person.surname, person.given[:1]


def _by_letters(person: _Person) -> _Key | None:
    return (person.letters,)


def _by_order(person: _Person) -> _Key | None:
    return (person.given, person.surname) if person.given else None


def _by_swapped_order(person: _Person) -> _Key | None:
    return (person.surname, person.given) if person.given else None


def _by_surname(person: _Person) -> _Key | None:
    return (person.surname,)


def _by_only_name(person: _Person) -> _Key | None:
    return None if person.given else (person.surname,)


_WAYS: tuple[tuple[Callable[[_Person], _Key | None], Callable[[_Person], _Key | None]], ...] = (
    (_by_initial, _by_initial),
    (_by_letters, _by_letters),
    (_by_order, _by_swapped_order),
    (_by_only_name, _by_surname),
    (_by_surname, _by_only_name),
)
"""From the surest on; each way takes out whom it pairs."""


def _count(left: Sequence[_Person], right: Sequence[_Person]) -> int:
    """How many of *left* find one of *right*, nobody counted twice."""
    most = min(len(left), len(right))
    for ours, theirs in _WAYS:
        left, right = _without_pairs(left, right, ours, theirs)
    left, right = _without_pairs_of_one_letter_off(left, right)
    return most - min(len(left), len(right))


def _without_pairs(
    left: Sequence[_Person],
    right: Sequence[_Person],
    ours: Callable[[_Person], _Key | None],
    theirs: Callable[[_Person], _Key | None],
) -> tuple[list[_Person], list[_Person]]:
    waiting: defaultdict[_Key | None, list[_Person]] = defaultdict(list)
    for person in right:
        waiting[theirs(person)].append(person)
    unnamed = waiting.pop(None, [])
    alone = []
    for person in left:
        key = ours(person)
        if key is not None and waiting.get(key):
            waiting[key].pop()
        else:
            alone.append(person)
    return alone, [*unnamed, *(person for people in waiting.values() for person in people)]


def _is_near(surname: str, other: str) -> bool:
    return surname == other or is_slip(surname, other)


def _without_pairs_of_one_letter_off(
    left: Sequence[_Person], right: Sequence[_Person]
) -> tuple[list[_Person], list[_Person]]:
    # Two words one edit apart share a word that either becomes by losing a letter.
    waiting: defaultdict[_Key, list[int]] = defaultdict(list)
    for at, person in enumerate(right):
        for key in _shortened(person):
            waiting[key].append(at)
    taken: set[int] = set()
    alone = []
    for person in left:
        found = (at for key in _shortened(person) for at in waiting.get(key, ()) if at not in taken)
        match = next((at for at in found if _is_near(person.surname, right[at].surname)), None)
        if match is None:
            alone.append(person)
        else:
            taken.add(match)
    return alone, [person for at, person in enumerate(right) if at not in taken]


def _shortened(person: _Person) -> Iterator[_Key]:
    if person.given and len(person.surname) >= _LONG_SURNAME:
        yield person.given[0], person.surname
        for at in range(len(person.surname)):
            yield person.given[0], person.surname[:at] + person.surname[at + 1 :]
