"""
Decide what to ask and what to change about one entry.

Pure: no I/O, no clock, no randomness. Knows rules and words; knows nothing of
HTTP, files or asyncio. A worker may call `advance` any number of times: answers
may come in any order and any portions, and the plan is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from enrich import checking, frontmatter, proposing, rules
from enrich.catalogues.customs import NO_CUSTOMS
from enrich.catalogues.reading import read
from enrich.config import expand, selected
from enrich.errors import UsageError
from enrich.evidence import Evidence
from enrich.identifiers import is_arxiv_doi, read_doi
from enrich.identity import claims, identity
from enrich.matching import squash
from enrich.models import (
    Answer,
    Ask,
    Failure,
    Finding,
    LinkCheck,
    LinkStatus,
    Plan,
    Query,
    Severity,
    Work,
    format_path,
)
from enrich.proposing import Subject
from enrich.rule import Context
from enrich.text import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from enrich.catalogues.customs import AnyCustoms
    from enrich.catalogues.shape import Shape
    from enrich.config import Config
    from enrich.identity import Claim
    from enrich.models import Document, Entry
    from enrich.proposing import Memories

Answers: TypeAlias = Mapping[Query, Answer]

_UNEXPLAINED = "SUP503"


def context_for(
    config: Config,
    shape: Shape,
    today: dt.date,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    customs: AnyCustoms = NO_CUSTOMS,
    rejected: frozenset[str] = frozenset(),
) -> Context:
    """
    What all entries of a run share; *select* and *ignore* of the command line go over the configuration's.

    Raises UsageError for a selector that names no rule, and where no rule is left.
    """
    chosen = config.rules
    severities = {rule.code: rule.severity for rule in rules.RULES}
    for selector, severity in chosen.severity:
        severities |= dict.fromkeys(expand(rules.RULES, [selector]), severity)
    codes = selected(
        rules.RULES,
        select or chosen.select,
        () if select else (*chosen.extend_select, *_turned_on(config)),
        (*chosen.ignore, *ignore),
    )
    if not codes:
        raise UsageError("no rule is selected: nothing would be looked at, and nothing found")
    if chosen.require_reason:
        codes, severities = codes | {_UNEXPLAINED}, severities | {_UNEXPLAINED: Severity.ERROR}
    return Context(
        config,
        shape,
        today,
        selected=codes | rules.ALWAYS_ON,
        severities=tuple(severities.items()),
        promoted=expand(rules.RULES, chosen.safe_fixes),
        demoted=expand(rules.RULES, chosen.unsafe_fixes),
        per_entry_ignores=tuple(
            (pattern, expand(rules.RULES, selectors)) for pattern, selectors in config.per_entry_ignores
        ),
        ignores=tuple(
            (expand(rules.RULES, [ignore.rule]), ignore)
            for ignore in config.ignore
            if ignore.until is None or today <= ignore.until
        ),
        customs=customs,
        rejected=rejected,
    )


def _turned_on(config: Config) -> tuple[str, ...]:
    """Rules that a setting of their own selects."""
    return () if config.identifiers.arxiv_versions == "keep" else ("IDN205",)


def open_entry(document: Document, context: Context, memories: Memories | None = None) -> Subject | Plan:
    """
    *document* as the shape reads it, or at once the plan that says why it can't be read.

    *memories* is what is remembered of fields that were written before, by field.
    """
    parsed = frontmatter.parse(document)
    if isinstance(parsed, frontmatter.FrontMatter):
        body = context.config.catalogue.check_body == "links"
        return Subject(parsed, read(parsed, context.shape, context.today, body=body), memories or {})
    if context.shape.any_file and type(parsed) is frontmatter.Missing:
        return Plan(document, (), changes=(), written=(), text=document.text, is_entry=False)
    unread = proposing.without_changes(document, [_unread(parsed)], context)
    # What can't be read today says nothing about whose word its fields are.
    return replace(unread, memories=tuple((memories or {}).items()))


def _unread(parsed: frontmatter.Missing | frontmatter.Unreadable) -> Finding:
    if isinstance(parsed, frontmatter.Missing):
        return Finding("FMT402", parsed.detail, Span(0, 0), help="the entry was skipped and left untouched")
    return Finding(
        parsed.code,
        parsed.message,
        parsed.span,
        evidence=(parsed.evidence,) if parsed.evidence else (),
        help="the entry was skipped and left untouched",
    )


def advance(subject: Subject, answers: Answers, context: Context) -> Ask | Plan:
    """
    What must still be known about *subject*, or what is to be done.

    Asks only for what *answers* doesn't hold. A `Failure` among them is an answer:
    it never leads to an edit and never to a verdict of broken.
    """
    evidence = Evidence(answers)
    findings = [
        finding
        for rule in rules.RULES
        if rule.check and rule.code in context.selected
        for finding in rule.check(subject.entry, evidence, context)
    ]
    uses = checking.link_uses(subject.entry, evidence, context)
    known = identity(subject.entry, evidence, context.today)
    if evidence.wanted:
        return Ask(evidence.wanted)
    plan = proposing.plan(
        subject,
        [*findings, *_duplicate_keys(subject)],
        context,
        is_certain=not any(map(is_failure, answers.values())),
    )
    return replace(
        plan,
        links=uses,
        records=(known.record,) if known and known.record else (),
        identifiers=tuple(_identifiers(subject.entry, claims(subject.entry, evidence, context.today))),
        verified=known is not None and known.is_verified,
        key=next((text.value for role, text in subject.entry.fields if role == "key"), ""),
        work=_work(subject.entry),
    )


def is_failure(answer: Answer) -> bool:
    """Whether it could not be found out what was asked."""
    outcome = answer.outcome
    return isinstance(outcome, Failure) or (
        isinstance(outcome, LinkCheck) and outcome.status is LinkStatus.UNVERIFIED
    )


def _duplicate_keys(subject: Subject) -> Iterator[Finding]:
    for path, span in subject.front_matter.duplicates:
        yield Finding(
            "FMT403",
            f"`{path[-1]}` stands twice; readers keep only the last",
            span,
            field=format_path(path),
            help="neither of the two is edited",
        )


def identifiers_of(entry: Entry, today: dt.date) -> frozenset[str]:
    """What *entry* says to be, `arxiv:2410.21276`, without any question."""
    return frozenset(name for name, _ in _identifiers(entry, claims(entry, Evidence({}), today)))


def _identifiers(entry: Entry, stated: Iterable[Claim]) -> Iterator[tuple[str, Span]]:
    seen = set()
    for claim in stated:
        if claim.reading and (name := f"arxiv:{claim.reading.arxiv.id}") not in seen:
            seen.add(name)
            yield name, claim.span
    if entry.doi and (reading := read_doi(entry.doi.value)) and not is_arxiv_doi(reading.doi.id):
        yield f"doi:{reading.doi.id}", entry.doi.span


_COMPARED = 12
"""Authors by which two entries of one title are told apart."""


def _work(entry: Entry) -> Work | None:
    title = squash(entry.title.value) if entry.title else ""
    if entry.title is None or entry.authors is None or not title:
        return None
    return Work(title, entry.authors.names[:_COMPARED], entry.title.span)
