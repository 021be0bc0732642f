"""`enrich explain` and `enrich rules`: a rule's page, a change, and the table of all rules."""

from __future__ import annotations

import inspect
import json
import re
import textwrap
from typing import TYPE_CHECKING, Protocol

from enrich.patterns import pattern
from enrich.reports.parts import hints, wire
from enrich.reports.parts.cells import cut
from enrich.reports.parts.page import put
from enrich.reports.parts.style import Style
from enrich.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from enrich.models import Change, Severity, Value
    from enrich.reports.parts.page import Page

_SECTION = pattern(r"^(What|Why|Example|Applicability|Source):[ \t]*", re.MULTILINE)
_KIND = pattern(r"(safe|to review|no fix)(?=[.,:;]|$)")
_HEADINGS = {"Applicability": "What enrich does"}
_SENTENCES = {"What", "Why", "Applicability"}
"""They go on after a colon in the page, and stand under a heading here."""
_READABLE = 88
"""Columns beyond which running text is broken even where the terminal is wider."""


class RulePage(Protocol):
    """What is told of a rule; the registry's own type has it all."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def page(self) -> str:
        """*What · Why · Example · Applicability · Source*, each at the start of a line, with a colon."""

    @property
    def on_by_default(self) -> bool: ...


def sections(page: str) -> tuple[tuple[str, str], ...]:
    """
    The sections of a rule's page, in the order in which they stand there.

    >>> sections("What: a link is dead.\\n\\nWhy: readers\\nget nothing.")
    (('What', 'a link is dead.'), ('Why', 'readers\\nget nothing.'))
    """
    _, *parts = _SECTION.split(inspect.cleandoc(page))
    return tuple(
        (name, text.strip("\n").rstrip()) for name, text in zip(parts[::2], parts[1::2], strict=True)
    )


def write_rule(rule: RulePage, page: Page, out: TextIO) -> None:
    style = Style(page.colour)
    title = style.severity(rule.severity, f"{rule.code} {rule.name}")
    put(out, f"{title}: {rule.severity.word}, {'on' if rule.on_by_default else 'off'} by default")
    for name, text in (*sections(rule.page), ("Silence it", hints.silence(rule.code))):
        told = _sentence(text) if name in _SENTENCES else text
        put(out, "", style("strong", _HEADINGS.get(name, name)), *_indented(told, page.width))


def write_change(
    change: Change, page: Page, out: TextIO, *, line: int | None, evidence: Iterable[str] = ()
) -> None:
    """*line*: where its field stands now, if it does."""
    fix = change.fix
    rows = [
        ("entry", change.path if line is None else f"{change.path}:{line}"),
        ("field", fix.field),
        ("before", _value(fix.before)),
        ("after", _value(fix.after)),
        ("why", fix.title),
        ("source", fix.source),
        *(("evidence", clause) for clause in evidence),
        ("confidence", f"{fix.confidence:.2f}"),
    ]
    put(out, f"{change.id}  {change.rule} {page.name(change.rule)} ({fix.applicability.word})")
    put(out, *(f"  {label:<10}  {printable(text)}" for label, text in rows))


def write_rules(rules: Iterable[RulePage], page: Page, out: TextIO) -> None:
    """One line per rule, cut at the terminal's width; `-` marks the ones that are off by default."""
    known = sorted(rules, key=lambda rule: rule.code)
    size = max((len(rule.name) for rule in known), default=4)
    style = Style(page.colour)
    put(out, style("strong", f"{'rule':<8} {'name':<{size}}      {'fix':<11}  what"))
    for rule in known:
        mark = " " if rule.on_by_default else "-"
        what = " ".join(dict(sections(rule.page)).get("What", "").split())
        named = f"{rule.code:<8} {rule.name:<{size}}  {rule.severity.name[0]}{mark}"
        put(out, cut(f"{named}  {fix_kind(rule.page):<11}  {printable(what)}", page.width).rstrip())


def fix_kind(page: str) -> str:
    """
    What a rule's fix is, by the words with which *Applicability* begins.

    `safe`, `to review`, `no fix`; what depends (`safe when …`, `shown unless …`) is `by evidence`.
    """
    begins = dict(sections(page)).get("Applicability", "")
    found = _KIND.match(" ".join(begins.split()))
    return found[0] if found else "by evidence"


def _indented(text: str, width: int) -> Iterable[str]:
    """Running text is broken anew; indented blocks stay as they are, for they show files."""
    for number, block in enumerate(text.split("\n\n")):
        if number:
            yield ""
        if block.startswith((" ", "\t")):
            yield from (f"  {line}" for line in textwrap.dedent(block).split("\n"))
        else:
            room = max(20, min(width, _READABLE) - 2)
            yield from (
                f"  {line}" for line in textwrap.wrap(" ".join(block.split()), room, break_on_hyphens=False)
            )


def _sentence(text: str) -> str:
    """With a capital, but for words that have their own: `arXiv`."""
    first = text.split(maxsplit=1)[0] if text else ""
    return text if not first.islower() else text[0].upper() + text[1:]


def _value(value: Value) -> str:
    if value is None:
        return "(absent)"
    return value if isinstance(value, str) else json.dumps(wire.plain(value), ensure_ascii=False)
