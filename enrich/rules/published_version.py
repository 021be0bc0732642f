"""
What: the entry is of a preprint, and its published version is known: venue, year and DOI.

Why: the published version is the one to cite, and was often changed in review.

Example:

    - conference: Arxiv
    + conference: Physical Review D
    - year: 2018
    + year: 2019
    + doi: 10.1103/physrevd.98.030001

Applicability: to review, all three as one decision: a catalogue may well list preprints
by their own year. Off by default. Silent where one of the three is not known; where one
of them may not be changed, was changed by somebody, or is written by another rule (MET312
fills a venue that an agency states), none is.

Source: https://developers.openalex.org/api-reference/works
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.catalogues.shape import path_of
from enrich.models import Applicability, Finding, Severity, format_path
from enrich.publication import is_placeholder, own_doi, published
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.models import Entry, Fix, Text
    from enrich.publication import Work
    from enrich.rule import Context


UNSAFE = Applicability.UNSAFE


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:
    if entry.venue is None or not is_placeholder(entry.venue.value, context.shape.unset):
        return
    work = published(entry, evidence, context)
    if work is None or not work.is_verified or not work.record.year or not work.record.doi:
        return
    fixes = tuple(_fixes(entry, entry.venue, work, context))
    for fix in fixes:
        yield Finding(
            "MET305",
            f"published: {work.venue} {work.record.year}, doi {work.record.doi}",
            entry.venue.span,
            field=format_path(fix.path),
            because=(work.answer,),
            evidence=work.evidence,
            fix=replace(fix, together=len(fixes)),
        )


def _fixes(entry: Entry, venue: Text, work: Work, context: Context) -> Iterator[Fix]:
    title = "take the published version"
    yield work.fix(title, venue.path, venue.value, work.venue, most=UNSAFE)
    if entry.year and entry.year.value.strip() != str(work.record.year):
        yield work.fix(title, entry.year.path, entry.year.value, work.record.year, most=UNSAFE)
    added = context.shape.added_key("doi")
    if added and "doi" not in entry.present and own_doi(entry) is None:
        anchor = (added.after, *context.shape.after) if added.after else context.shape.after
        yield work.fix(title, path_of(added.key), None, work.record.doi, most=UNSAFE, anchor=anchor)


RULE = Rule("MET305", "published-version", Severity.INFO, check, __doc__, on_by_default=False)
