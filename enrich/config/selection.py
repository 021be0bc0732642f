"""
Which rules are meant: by code, by name, by the beginning of a code, by `DEFAULT` and `ALL`.

Knows no rule. Whoever knows them hands them in.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Protocol

from enrich.config.mistakes import Mistake, config_error
from enrich.config.places import places
from enrich.errors import UsageError
from enrich.text import Span, printable
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enrich.config.kinds import Steps
    from enrich.config.options import Config


class NamedRule(Protocol):
    @property
    def code(self) -> str:
        """`IDN202`."""

    @property
    def name(self) -> str:
        """`unknown-arxiv-id`."""

    @property
    def on_by_default(self) -> bool:
        """Whether `DEFAULT` means it."""


def selected(
    rules: Sequence[NamedRule],
    select: Sequence[str],
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> frozenset[str]:
    """
    The codes of the rules that run.

    The closer name wins: `ignore = ["MET"]` with `extend-select = ["MET305"]`
    leaves MET305. Of two that are equally close, `ignore` wins. Raises
    UsageError for a selector that names no rule.
    """
    chosen = [*select, *extend_select]
    _refuse_unknown(rules, (*chosen, *ignore))
    return frozenset(
        rule.code for rule in rules if _closest(rule, chosen) > max(_closest(rule, ignore), _NOT_MEANT)
    )


def expand(rules: Sequence[NamedRule], selectors: Iterable[str]) -> frozenset[str]:
    """The codes of all rules that any of *selectors* means."""
    return selected(rules, tuple(selectors))


def check_rules(
    rules: Sequence[NamedRule], config: Config, text: str = "", name: str = "enrich.toml"
) -> None:
    """
    Raises UsageError or ConfigError, with every selector in *config* that names no rule.

    *config* was read from *text*, the content of the file *name*, and perhaps from more; what
    stands in the file is shown there.
    """
    wrong = [one for one in _used(config) if _is_unknown(rules, one.selector)]
    base: Steps = ("tool", "enrich") if name.rpartition("/")[2] == "pyproject.toml" else ()
    standing = places(text) if wrong else {}
    mistakes: list[Mistake] = []
    elsewhere: list[str] = []
    for one in wrong:
        place = standing.get((*base, *one.at))
        span = (place.key if one.is_key else place.value) if place else Span(0, 0)
        if span.of(text).strip("\"'") == one.selector:
            message = f"unknown rule `{one.selector}`{one.where}"
            mistakes.append(Mistake(name, text, span, message, _meant(rules, one.selector)))
        else:
            elsewhere.append(_unknown(rules, one.selector, one.where))
    _refuse(elsewhere, [str(config_error(mistakes))] if mistakes else [])


@dataclass(frozen=True, slots=True)
class _Used:
    selector: str
    where: str
    """` in `select` of [rules]`."""
    at: Steps
    """Where it stands if it was written in the file."""
    is_key: bool = False


def _used(config: Config) -> Iterator[_Used]:
    of_rules = config.rules
    for key, selectors in (
        ("select", of_rules.select),
        ("extend-select", of_rules.extend_select),
        ("ignore", of_rules.ignore),
        ("safe-fixes", of_rules.safe_fixes),
        ("unsafe-fixes", of_rules.unsafe_fixes),
    ):
        for number, selector in enumerate(selectors):
            yield _Used(selector, f" in `{key}` of [rules]", ("rules", key, number))
    for selector, _ in of_rules.severity:
        yield _Used(selector, " in `severity` of [rules]", ("rules", "severity", selector), is_key=True)
    for pattern, selectors in config.per_entry_ignores:
        for number, selector in enumerate(selectors):
            yield _Used(selector, " in [per-entry-ignores]", ("per-entry-ignores", pattern, number))
    for number, ignore in enumerate(config.ignore):
        yield _Used(ignore.rule, " in [[ignore]]", ("ignore", number, "rule"))


_NOT_MEANT = -1
_EXACTLY = 6
"""The length of a code, which is as close as a name can be."""


def _closest(rule: NamedRule, selectors: Iterable[str]) -> int:
    return max((_closeness(rule, selector) for selector in selectors), default=_NOT_MEANT)


def _closeness(rule: NamedRule, selector: str) -> int:
    if selector == "ALL" or (selector == "DEFAULT" and rule.on_by_default):
        return 0
    if selector == rule.name:
        return _EXACTLY
    return len(selector) if re.match("[A-Z]{3}", selector) and rule.code.startswith(selector) else _NOT_MEANT


def _refuse_unknown(rules: Sequence[NamedRule], selectors: Iterable[str]) -> None:
    _refuse([_unknown(rules, selector) for selector in selectors if _is_unknown(rules, selector)])


def _refuse(wrong: Iterable[str], shown: Iterable[str] = ()) -> None:
    """*shown* are whole errors already, with their places."""
    told = tuple(dict.fromkeys((*wrong, *shown)))
    if told:
        raise UsageError("\nerror: ".join(told))


def _is_unknown(rules: Sequence[NamedRule], selector: str) -> bool:
    return selector not in ("ALL", "DEFAULT") and all(
        _closeness(rule, selector) == _NOT_MEANT for rule in rules
    )


def _unknown(rules: Sequence[NamedRule], selector: str, where: str = "") -> str:
    meant = _meant(rules, selector)
    return f"unknown rule `{printable(selector)}`{where}{f'; {meant}' if meant else ''}"


def _meant(rules: Sequence[NamedRule], selector: str) -> str:
    known = {rule.code: f"`{rule.code}` ({rule.name})" for rule in rules}
    known |= {rule.name.upper(): f"`{rule.name}` ({rule.code})" for rule in rules}
    known |= {rule.code[:3]: f"`{rule.code[:3]}`" for rule in rules}
    close = difflib.get_close_matches(selector.upper(), known, n=1)
    return f"did you mean {known[close[0]]}?" if close else ""
