"""
Tier 2 of repair: undo what machines and keyboards do to an identifier. No digit is invented.

A number read as a float loses the zeros at its ends and may gain rounding noise;
they can be put back, for the month fixes how many digits there are. One public
snapshot holds 162,774 of 721,181 identifiers so damaged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enrich.identifiers.debris import Repair, Step, around
from enrich.identifiers.places import DIGITISH, Setting
from enrich.identifiers.scheme import ANY_CASE, ARCHIVES, canonical_id, number_length
from enrich.patterns import pattern

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

_LETTERS = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"}
_NAMES = {
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    "-": "hyphen",
    "_": "underscore",
    "/": "slash",
    " ": "space",
    ".": "dot",
}
_ONE_ZERO_LESS = Step("extra-zero", "remove one zero")
_SQUASHED = {name.replace("-", ""): name for name in ARCHIVES}

_RUN = pattern(rf"{DIGITISH}+(?:(?: ?[.,;:/_·-]{{1,2}} ?| ){DIGITISH}+)*")
_GAP = pattern("[^0-9]+")
_VERSION = pattern(r"v(?P<version>[1-9][0-9]{0,2})(?![0-9])", ANY_CASE)
_OLD = pattern(
    r"(?P<archive>[a-z]+(?:[-_ ][a-z]+)?)(?:\.[a-z]+(?:-[a-z]+)?)?(?P<gap>[ /:._-]*)"
    rf"(?P<digits>[0-9]{DIGITISH}{{5,7}})(?![0-9])",
    ANY_CASE,
)


def mechanical(slug: str, setting: Setting, today: dt.date) -> list[Repair]:
    """Every well-formed identifier that *slug* may have been, those that take the fewest steps first."""
    old = _old_style(slug)
    drafts = _restored_old(*old) if old else _restored_new(slug, setting)
    repairs = []
    for draft in sorted(drafts, key=lambda draft: len(draft.steps)):
        bare = canonical_id(draft.id, today)
        if bare:
            repairs.append(Repair(bare, draft.version, draft.steps))
    return repairs


def digits_of(slug: str) -> str | None:
    """What *slug* writes for an identifier, letters read as digits: `2410.1276`, `14126980`, `cs/205028`."""
    old = _old_style(slug)
    if old:
        return f"{old[0]}/{_as_digits(old[1]['digits'])[0]}"
    run = _run(slug)
    if run is None:
        return None
    groups = _GAP.split(_as_digits(run[0])[0])
    return ".".join(groups) if len(groups) == 2 else "".join(groups)


# -- the old scheme --------------------------------------------------------------------------


def _old_style(slug: str) -> tuple[str, re.Match[str]] | None:
    """The archive that *slug* begins with, and what follows."""
    found = _OLD.match(slug)
    archive = _SQUASHED.get(re.sub("[-_ ]", "", found["archive"]).lower()) if found else None
    return (archive, found) if archive and found else None


def _restored_old(archive: str, found: re.Match[str]) -> Iterator[Repair]:
    digits, letters = _as_digits(found["digits"])
    steps = list(letters)
    if found["archive"].lower() != archive:
        steps.append(Step("old-style-no-hyphen", f"write the archive as `{archive}`"))
    gap = found["gap"]
    if not gap:
        steps.append(Step("old-style-no-slash", "put the slash back"))
    elif gap != "/":
        steps.append(Step("wrong-separator", f"write a slash for {_named(gap)}"))
    version, after = _after(found.string[found.end() :])
    if len(digits) == 6:
        steps.append(Step("missing-leading-zero", "restore the lost zero"))
    elif len(digits) == 8:
        steps.append(_ONE_ZERO_LESS)
    for number in _without_a_zero(digits) if len(digits) == 8 else [digits.zfill(7)]:
        yield Repair(f"{archive}/{number}", version, (*steps, *after))


# -- the new scheme --------------------------------------------------------------------------

_LED = Step("yaml-lost-leading-zero", "restore the leading zero")


def _restored_new(slug: str, setting: Setting) -> Iterator[Repair]:
    run = _run(slug)
    if run is None:
        return
    digits, letters = _as_digits(run[0])
    _, before = around(slug[: run.start()], "")
    version, after = _after(slug[run.end() :])
    for head, number, steps in _split(digits):
        # On its own a number is an identifier only if little is wrong with it.
        if setting is Setting.BARE and (before or len(steps) > 1):
            continue
        for restored, more in _numbers(head, number, float_first=setting is Setting.BARE):
            if setting is Setting.BARE and more and steps not in ((), (_LED,)):
                continue
            yield Repair(f"{head}.{restored}", version, (*before, *letters, *steps, *more, *after))


def _split(digits: str) -> Iterator[tuple[str, str, tuple[Step, ...]]]:
    """Month and number, the month with four digits, and what was done for it."""
    groups = _GAP.split(digits)
    joined = "".join(groups)
    if len(groups) == 1:
        step = Step("missing-dot", "put the dot back")
        yield joined[:4], joined[4:], (step,)
        if joined[0] in "789":
            yield f"0{joined[:3]}", joined[3:], (_LED, step)
        return
    moved = Step("misplaced-dot", "move the dot")
    if len(groups) > 2:
        yield joined[:4], joined[4:], (moved,)
        return
    head, number = groups
    gap = digits[len(head) : len(digits) - len(number)]
    dot = () if gap == "." else (_dot_for(gap),)
    if len(head) == 4:
        yield head, number, dot
    elif len(head) == 3 and head[0] in "789":
        yield f"0{head}", number, (_LED, *dot)
    elif len(head) == 5:
        for fewer in _without_a_zero(head):
            yield fewer, number, (_ONE_ZERO_LESS, *dot)
    if len(head) != 4:
        yield joined[:4], joined[4:], (moved,)


def _numbers(head: str, number: str, *, float_first: bool) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """The number with as many digits as its month wants."""
    wanted = number_length(head)
    if len(number) == wanted:
        yield number, ()
    elif len(number) < wanted:
        lost = wanted - len(number)
        zeros = "zero" if lost == 1 else f"{lost} zeros"
        padded = Step("yaml-float-lost-zero", f"restore the {zeros} lost at the end")
        led = Step("missing-leading-zero", f"restore the {zeros} lost after the dot")
        ways = (number.ljust(wanted, "0"), (padded,)), (number.zfill(wanted), (led,))
        # arXiv itself reads a short number the second way. Source: arXiv/arxiv-base, identifier/__init__.py
        yield from ways if float_first else reversed(ways)
    elif len(number) == wanted + 1:
        for fewer in _without_a_zero(number):
            yield fewer, (_ONE_ZERO_LESS,)
    elif rounded := _rounded(number, wanted):
        yield rounded, (Step("yaml-float-noise", "remove the noise of a rounded float"),)


def _without_a_zero(digits: str) -> list[str]:
    fewer = (digits[:at] + digits[at + 1 :] for at, digit in enumerate(digits) if digit == "0")
    return list(dict.fromkeys(fewer))


def _rounded(number: str, wanted: int) -> str | None:
    """`0268800000001` with five digits is `02688`; None where rounding would lose more than noise."""
    unit = 10 ** (len(number) - wanted)
    if unit < 10_000:
        return None
    kept, noise = divmod(int(number), unit)
    if noise > unit - unit // 1000:
        kept += 1
    elif noise > unit // 1000:
        return None
    return str(kept).zfill(wanted)


# -- pieces ----------------------------------------------------------------------------------


def _run(slug: str) -> re.Match[str] | None:
    """The longest run of what may be digits, with what may be a dot between them."""
    runs = [run for run in _RUN.finditer(slug) if sum(char in "0123456789" for char in run[0]) >= 5]
    return max(runs, key=lambda run: len(run[0]), default=None)


def _as_digits(text: str) -> tuple[str, tuple[Step, ...]]:
    steps = []
    for letter in dict.fromkeys(char for char in text if char in _LETTERS):
        name = "bar" if letter == "|" else f"letter {letter}"
        steps.append(Step(f"letter-{letter}", f"write the {name} as {_LETTERS[letter]}"))
    return "".join(_LETTERS.get(char, char) for char in text), tuple(steps)


def _after(text: str) -> tuple[int | None, tuple[Step, ...]]:
    version = _VERSION.match(text)
    if version:
        return int(version["version"]), around("", text[version.end() :])[1]
    return around("", text)


def _dot_for(gap: str) -> Step:
    if gap == "..":
        return Step("wrong-separator", "write one dot")
    if gap.strip() == ".":
        return Step("whitespace", "remove the space")
    return Step("wrong-separator", f"write a dot for {_named(gap)}")


def _named(gap: str) -> str:
    return f"the {_NAMES[gap]}" if gap in _NAMES else f"`{gap}`"
