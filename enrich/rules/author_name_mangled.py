"""
What: an author's name is the record's, but lost capitals or accents, or was cut at a comma.

Why: people care how their names are written.

Example:

    - Alex Baker-whitcomb
    + Alex Baker-Whitcomb

Applicability: safe when the record is verified and the whole list pairs up with
the record's, in order. Only the damaged names are touched; of authors that are mappings
(`given`, `family`) each scalar by itself. A citation in prose is left alone. `Seung-won` is right
as it stands where the record writes it so. A field that is a function of the
authors (`short_authors`) follows, if it was that function before. Of an entry that has
a DOI and no identifier of arXiv, the DOI's record gives back capitals inside words only
(`Mcgrew`, `Baker-whitcomb`), and nothing where any other name differs: agencies have
surnames in capitals, particles in any case, and names without accents.

Source: the record's list of authors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.identity import identity
from enrich.matching import derive_short_authors, fold, restored_authors
from enrich.models import AuthorForm, Finding, Severity, format_path
from enrich.patterns import pattern
from enrich.publication import own_work
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enrich.evidence import Evidence
    from enrich.identity import Judged
    from enrich.matching import NameChange, RestoredAuthors
    from enrich.models import Authors, Entry, Text, Value
    from enrich.publication import Work
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    if "authors" not in context.config.metadata.restore or entry.authors is None:
        return
    if entry.authors.form is AuthorForm.CITATION:
        return  # a citation has a style of its own
    known: Judged | Work | None = identity(entry, evidence, context.today)
    own = own_work(entry, evidence, context) if known is None else None
    known = known or own
    if known is None or known.record is None:
        return
    record = known.record
    restoration = restored_authors(entry.authors.names, record.authors, collaboration=record.collaboration)
    if restoration is None or not restoration.changes:
        return
    if own and not all(map(_only_capitals, restoration.changes)):
        return
    if entry.authors.parts and len(entry.authors.names) == len(restoration.names):
        yield from _findings_of_parts(entry, entry.authors, restoration, known)
        return
    values = _values(entry.authors, restoration)
    yield _finding(entry.authors, restoration.changes, values, known)
    if values:
        yield from _derived(entry, restoration.names, known)


_SHOUTED = pattern(r"[^\W\d_a-z]{3}")
"""`McGREW`, `Baker-WHITCOMB`; `OpenAI` is none. What has lower case outside ASCII is shouted too soon."""


def _only_capitals(change: NameChange) -> bool:
    """
    Whether the name was the record's with every word capitalised, so that capitals inside a word were lost.

    Publishers write surnames in capitals and particles either way, so less is believed than of arXiv's.
    """
    after = change.after or ""
    words = zip(" ".join(change.before).split(), after.split(), strict=False)
    raised = [(old, new) for old, new in words if old != new]
    return len(" ".join(change.before)) == len(after) and all(
        old == new.capitalize() and not _SHOUTED.search(new) for old, new in raised
    )


def _finding(
    authors: Authors, changes: Sequence[NameChange], values: tuple[Value, Value] | None, known: Judged | Work
) -> Finding:
    count = len(changes)
    shown = ", ".join(
        f"“{change.after}”" if change.after else f"nobody is called “{change.before[0]}”"
        for change in changes[:3]
    )
    return Finding(
        "MET311",
        f"{count} {'name is' if count == 1 else 'names are'} spelled otherwise in the record: "
        f"{shown}{', …' if count > 3 else ''}",
        authors.span,
        field=format_path(authors.path),
        because=(known.answer,),
        evidence=known.evidence,
        fix=known.fix("restore the record's spelling", authors.path, *values) if values else None,
    )


def _findings_of_parts(
    entry: Entry, authors: Authors, restoration: RestoredAuthors, known: Judged | Work
) -> Iterator[Finding]:
    """Of names that are mappings, one for each scalar that lost something."""
    left = []
    for change in restoration.changes:
        parts = _split_as(authors.parts[change.position], change.after or "")
        left += [] if parts else [change]
        for part, value in parts:
            yield Finding(
                "MET311",
                f"spelled otherwise in the record: “{change.after}”",
                part.span,
                field=format_path(part.path),
                because=(known.answer,),
                evidence=known.evidence,
                fix=known.fix("restore the record's spelling", part.path, part.value, value),
            )
    if left:
        yield _finding(authors, left, None, known)
    else:
        yield from _derived(entry, restoration.names, known)


def _split_as(parts: Sequence[Text], name: str) -> tuple[tuple[Text, str], ...]:
    """*name* in the words of *parts*, those alone that it changes; nothing where they can't be told apart."""
    words = name.split()
    if len(words) != sum(len(part.value.split()) for part in parts) or "[[" in parts[0].value:
        return ()
    changed, start = [], 0
    for part in parts:
        end = start + len(part.value.split())
        before, after = part.value.strip(), " ".join(words[start:end])
        if fold(before) != fold(after):
            return ()
        if before != after:
            changed.append((part, part.value.replace(before, after)))
        start = end
    return tuple(changed)


def _values(authors: Authors, restoration: RestoredAuthors) -> tuple[Value, Value] | None:
    """The field before and after, None where its form can't hold the new names one by one."""
    if any("[[" in name for change in restoration.changes for name in change.before):
        return None  # the name of a page of the catalogue's own
    match authors.form:
        case AuthorForm.COMMA:
            return authors.text, _in_place(authors.text, restoration.names)
        case AuthorForm.LIST:
            return authors.names, restoration.names
    return None


def _in_place(text: str, names: tuple[str, ...]) -> str:
    """The names written where the old ones stand, with the blanks and commas that are there."""
    parts = text.split(",")
    if len(parts) != len(names):
        return ", ".join(names)
    return ",".join(part.replace(part.strip(), name) for part, name in zip(parts, names, strict=True))


def _derived(entry: Entry, names: tuple[str, ...], known: Judged | Work) -> Iterator[Finding]:
    short = dict(entry.fields).get("short_authors")
    if short is None or entry.authors is None or short.value != derive_short_authors(entry.authors.names):
        return
    value = derive_short_authors(names)
    if value != short.value:
        yield Finding(
            "MET311",
            f"follows the authors: “{value}”",
            short.span,
            field=format_path(short.path),
            because=(known.answer,),
            fix=known.fix("follow the authors", short.path, short.value, value, source="derived"),
        )


RULE = Rule("MET311", "author-name-mangled", Severity.INFO, check, __doc__)
