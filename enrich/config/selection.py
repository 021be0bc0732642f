"""
Which rules are meant: by code, by name, by the beginning of a code, by `DEFAULT` and `ALL`.

Knows no rule. Whoever knows them hands them in.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Protocol

from enrich.errors import UsageError
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    _refuse_unknown(rules, [(selector, "") for selector in (*chosen, *ignore)])
    return frozenset(
        rule.code for rule in rules if _closest(rule, chosen) > max(_closest(rule, ignore), _NOT_MEANT)
    )


def expand(rules: Sequence[NamedRule], selectors: Iterable[str]) -> frozenset[str]:
    """The codes of all rules that any of *selectors* means."""
    return selected(rules, tuple(selectors))


def check_rules(rules: Sequence[NamedRule], config: Config) -> None:
    """Raises UsageError, with every selector in *config* that names no rule."""
    of_rules = config.rules
    lists = {
        "select": of_rules.select,
        "extend-select": of_rules.extend_select,
        "ignore": of_rules.ignore,
        "safe-fixes": of_rules.safe_fixes,
        "unsafe-fixes": of_rules.unsafe_fixes,
        "severity": [selector for selector, _ in of_rules.severity],
    }
    used = [
        (selector, f" in `{key}` of [rules]") for key, selectors in lists.items() for selector in selectors
    ]
    for _, selectors in config.per_entry_ignores:
        used += ((selector, " in [per-entry-ignores]") for selector in selectors)
    used += ((ignore.rule, " in [[ignore]]") for ignore in config.ignore)
    _refuse_unknown(rules, used)


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


def _refuse_unknown(rules: Sequence[NamedRule], used: Iterable[tuple[str, str]]) -> None:
    wrong = [
        f"unknown rule `{printable(selector)}`{where}{_did_you_mean(rules, selector)}"
        for selector, where in used
        if selector not in ("ALL", "DEFAULT")
        and all(_closeness(rule, selector) == _NOT_MEANT for rule in rules)
    ]
    if wrong:
        raise UsageError("\nerror: ".join(dict.fromkeys(wrong)))


def _did_you_mean(rules: Sequence[NamedRule], selector: str) -> str:
    known = {rule.code: f"`{rule.code}` ({rule.name})" for rule in rules}
    known |= {rule.name.upper(): f"`{rule.name}` ({rule.code})" for rule in rules}
    known |= {rule.code[:3]: f"`{rule.code[:3]}`" for rule in rules}
    close = difflib.get_close_matches(selector.upper(), known, n=1)
    return f"; did you mean {known[close[0]]}?" if close else ""
