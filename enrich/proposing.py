"""
From findings to a plan: what is proposed, what a person has decided, and the new text.

Pure. One field gets one change; what front matter refuses is left out; what is
left is made together and verified by `frontmatter.edit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from enrich import suppressions
from enrich.applying import current_value, edit_all, whole
from enrich.frontmatter import source_span
from enrich.globs import matches_path
from enrich.models import Applicability, Change, Memory, Owner, Plan, Severity, parse_path
from enrich.naming import before_removals, change_id, rejection_key, value_hash
from enrich.provenance import Action, field_state, untold
from enrich.text import Lines, Span
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enrich.frontmatter import Edited, FrontMatter
    from enrich.models import Document, Entry, Finding, Fix, Path, Value
    from enrich.rule import Context
    from enrich.suppressions import Comment

Memories: TypeAlias = Mapping[str, Memory]
"""What is remembered of the fields of one entry, by field."""


TAKEN_BACK = "taken back by hand, so it is not made again; its line in .enrich/ remembers that"


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry with the front matter that it was read from; made once, however often it is advanced."""

    front_matter: FrontMatter
    entry: Entry
    memories: Memories


def without_changes(
    document: Document, findings: Iterable[Finding], context: Context, written: tuple[Comment, ...] = ()
) -> Plan:
    """The plan that only says what is wrong; *written* are the entry's own suppressions."""
    lines = Lines(document.text if written else "")
    shown = (
        _stamped(finding, document.path, context, suppressions.hidden(finding, written, lines, context.today))
        for finding in findings
        if finding.rule in context.selected and not _is_ignored(finding.rule, document.path, context)
    )
    return Plan(document, tuple(shown), changes=(), written=(), text=document.text)


def _stamped(finding: Finding, path: str, context: Context, hidden: bool) -> Finding:
    return replace(
        finding,
        severity=max(context.severity(finding.rule), finding.at_least),
        suppressed=hidden
        or any(
            finding.rule in codes and suppressions.sets_aside(ignore, finding, path)
            for codes, ignore in context.ignores
        ),
    )


def _is_ignored(code: str, path: str, context: Context) -> bool:
    return any(code in codes and matches_path(pattern, path) for pattern, codes in context.per_entry_ignores)


def plan(subject: Subject, findings: Iterable[Finding], context: Context, *, is_certain: bool = True) -> Plan:
    """
    What is to be said and done about *subject*, verified.

    Safe changes make the new text, unless they are so many that a person should
    look. A field that a person has decided about is neither changed nor proposed.
    *is_certain*: everything that could be asked was answered.
    """
    subject = _with_items_back(subject)
    placed = [_placed(finding, subject) for finding in findings]
    written = suppressions.comments(subject.front_matter)
    if written:
        lines = Lines(subject.entry.document.text)
        placed += suppressions.about(written, placed, lines, context, is_certain=is_certain)
    drawn = without_changes(subject.entry.document, placed, context, written)
    shown = tuple(kept for finding in drawn.findings if (kept := _undecided(finding, subject, context)))
    changes = _followed(_changes(subject, shown, context))
    edited, refused = _made(_safe(changes), subject, context)
    if edited and _lines_touched(edited, subject) > context.config.metadata.max_lines:
        changes, edited, refused = _all_unsafe(changes), None, ()
    possible = tuple(change for change in changes if change not in refused and _can_be_made(change, subject))
    changes = _followed(possible)
    if changes != possible:
        edited, _ = _made(_safe(changes), subject, context)
    memories_now = tuple(_memories_now(subject, drawn.findings))
    refused_before = tuple(dict.fromkeys(_refused_by_name(subject, drawn.findings, context)))
    return replace(
        drawn,
        findings=tuple(finding for finding in shown if not _follows_nothing(finding, changes)),
        changes=changes,
        written=_safe(changes) if edited else (),
        text=edited.text if edited else subject.entry.document.text,
        memories=memories_now,
        taken_back=sum(
            memory.owner is not Owner.OURS and subject.memories[field].owner is Owner.OURS
            for field, memory in memories_now
        )
        + len(refused_before),
        refused=refused_before,
        is_certain=is_certain,
    )


def _made(
    changes: tuple[Change, ...], subject: Subject, context: Context
) -> tuple[Edited | None, tuple[Change, ...]]:
    # Where nothing is written, nobody looks at the customs.
    return edit_all(subject.front_matter, changes, context.customs.habits) if changes else (None, ())


def _can_be_made(change: Change, subject: Subject) -> bool:
    """The safe ones were made together; each of the others must be possible by itself."""
    return _is_safe(change) or edit_all(subject.front_matter, [change])[0] is not None


# -- fields that follow another ---------------------------------------------------------------

_DERIVED = "derived"


def _followed(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """*changes* without those of fields that go with others, where these stay as they are."""
    leading = {change.rule for change in changes if change.fix.source != _DERIVED}
    return whole(change for change in changes if change.rule in leading)


def _follows_nothing(finding: Finding, changes: Iterable[Change]) -> bool:
    fix = finding.fix
    is_derived = fix is not None and fix.source == _DERIVED
    return is_derived and all(change.fix.field != finding.field for change in changes)


# -- what a person has decided ---------------------------------------------------------------


def _undecided(finding: Finding, subject: Subject, context: Context) -> Finding | None:
    """*finding*, or what is left of it where a person doesn't want its fix: an error stays, without a fix."""
    fix = finding.fix
    if fix is None or finding.suppressed:
        return replace(finding, fix=None)
    memory = subject.memories.get(fix.field)
    if memory and _is_of_another_item(fix.field, memory, fix.before):
        memory = None
    state = field_state(memory, fix.before, fix.after)
    change = _change(finding, fix, subject, context)
    refused = change.id in context.rejected or rejection_key(change) in context.rejected
    if state.action in (Action.PROPOSE, Action.FOLLOW) and not refused:
        return finding
    return replace(finding, fix=None, help=TAKEN_BACK) if finding.severity is Severity.ERROR else None


def _refused_by_name(subject: Subject, findings: Iterable[Finding], context: Context) -> Iterator[Change]:
    """Changes of which, until now, only the name was known to be unwanted."""
    for finding in findings:
        if finding.fix and not finding.suppressed:
            change = _change(finding, finding.fix, subject, context)
            if change.id in context.rejected and rejection_key(change) not in context.rejected:
                yield change


def _memories_now(subject: Subject, findings: Iterable[Finding]) -> Iterator[tuple[str, Memory]]:
    """What is remembered of each field from now on, if nothing is written."""
    wanted = {finding.fix.field: finding.fix for finding in findings if finding.fix}
    for field, memory in subject.memories.items():
        fix = wanted.get(field)
        current = fix.before if fix else current_value(subject.front_matter, parse_path(field))
        if _is_of_another_item(field, memory, current):
            yield field, replace(memory, stood=True)
            continue
        now = field_state(memory, fix.before, fix.after).memory if fix else untold(memory, current)
        if now is not None:
            yield field, now


def _with_items_back(subject: Subject) -> Subject:
    """*subject*, what is remembered of it at its places of now: items that a person put back move others."""
    back = [
        parse_path(field)
        for field, memory in subject.memories.items()
        if memory.owner is Owner.OURS
        and _was_removed(field, memory)
        and value_hash(current_value(subject.front_matter, parse_path(field))) == memory.original
    ]
    memories = {before_removals(field, back): memory for field, memory in subject.memories.items()}
    return replace(subject, memories=memories) if back else subject


def _was_removed(field: str, memory: Memory) -> bool:
    """Whether an item was taken out of a list."""
    return field.endswith("]") and memory.written == value_hash(None)


def _is_of_another_item(field: str, memory: Memory, current: Value) -> bool:
    """Whether an item was taken out of a list, and *current* is what has moved to its place since."""
    return _was_removed(field, memory) and value_hash(current) != memory.original


# -- changes ---------------------------------------------------------------------------------


def _is_safe(change: Change) -> bool:
    return change.fix.applicability is Applicability.SAFE


def _safe(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(change for change in changes if _is_safe(change))


def _all_unsafe(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(
        replace(change, fix=replace(change.fix, applicability=Applicability.UNSAFE)) for change in changes
    )


def _lines_touched(edited: Edited, subject: Subject) -> int:
    """Lines of the file that change or are added, those of the authors not counted."""
    authors = subject.entry.authors.path[0] if subject.entry.authors else None
    lines = Lines(subject.entry.document.text)
    touched: set[int] = set()
    added = 0
    for operation, edits in edited.edits:
        for edit in edits if operation.path[0] != authors else ():
            if edit.span.start < edit.span.end:
                touched |= {lines.place(edit.span.start)[0], lines.place(edit.span.end)[0]}
            added += edit.replacement.count("\n")
    return len(touched) + added


def _placed(finding: Finding, subject: Subject) -> Finding:
    """*finding* with its span narrowed to the part that is wrong; for an absent field, where it would go."""
    if finding.fix and finding.span is None and finding.fix.before is None:
        return replace(finding, span=where_it_goes(finding.fix.anchor, subject.front_matter))
    if finding.span is None or finding.part is None:
        return finding
    node = subject.front_matter.node_at(finding.span)
    part = source_span(subject.front_matter, node, finding.part.start, finding.part.end) if node else None
    return replace(finding, span=part) if part else finding


def where_it_goes(anchor: tuple[str, ...], front_matter: FrontMatter) -> Span:
    """The start of the line after which a field with this *anchor* would be added."""
    keys = {key.text: value for key, value in front_matter.lines}
    value = next((keys[key] for key in anchor if key in keys), None)
    if front_matter.format == "toml":
        last = max((each.span.end for each in keys.values()), default=0)
    else:
        last = front_matter.header.end - 1
    end = value.span.end if value else max(last, front_matter.header.start)
    start = front_matter.document.text.rfind("\n", 0, end) + 1
    return Span(start, start)


def _changes(subject: Subject, findings: Iterable[Finding], context: Context) -> tuple[Change, ...]:
    """One change a field: the most certain fix, among equals that of the rule that stands first."""
    by_field: dict[str, Change] = {}
    for finding in findings:
        fix = finding.fix
        if fix is None or fix.applicability is Applicability.DISPLAY or _is_protected(fix.field, context):
            continue
        change = _change(finding, fix, subject, context)
        standing = by_field.get(fix.field)
        if standing is None or change.fix.applicability > standing.fix.applicability:
            by_field[fix.field] = change
    return tuple(change for change in by_field.values() if not _is_overtaken(change, by_field.values()))


def _is_overtaken(change: Change, others: Iterable[Change]) -> bool:
    """Whether another takes out what *change* is about, or changes what it takes out, and is more certain."""
    path, certainty = change.fix.path, change.fix.applicability
    around = (other for other in others if other is not change and _holds(other.fix.path, path))
    within = (other for other in others if other is not change and _holds(path, other.fix.path))
    return any(other.fix.applicability >= certainty for other in around) or any(
        other.fix.applicability > certainty for other in within
    )


def _holds(outer: Path, inner: Path) -> bool:
    return inner[: len(outer)] == outer


def _change(finding: Finding, fix: Fix, subject: Subject, context: Context) -> Change:
    path = subject.entry.path
    fix = replace(fix, applicability=context.applicability(finding.rule, fix))
    return Change(change_id(path, fix.field, fix.before, fix.after), path, finding.rule, fix)


def _is_protected(field: str, context: Context) -> bool:
    return field.split("[", maxsplit=1)[0].split(".", maxsplit=1)[0] in context.config.metadata.protect
