"""
What: a field for a DOI holds none, or a DOI that is wrapped in something; a link goes to
a DOI by way of a library's proxy.

Why: tools that read identifiers pass the entry by, and a proxy lets only its members in.

Example:

    - doi: doi:10.1145/3292500.3330701
    + doi: 10.1145/3292500.3330701
    - {name: Paper, url: 'https://doi-org.proxy.example.edu/10.1145/3292500.3330701'}
    + {name: Paper, url: 'https://doi.org/10.1145/3292500.3330701'}

Applicability: safe where only the wrapping goes: a proxy, and in a catalogue whose
fields hold bare DOIs a label or the resolver's address. To review where marks around
it go, for a DOI may end with one, and where the field holds a publisher's page. A
field with words and no digit (`n/a`, `TBD`) claims nothing. No fix where no DOI can
be read.

Source: https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import links
from enrich.identifiers import read_doi
from enrich.models import Applicability, Finding, Fix, Role, Severity, format_path
from enrich.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.evidence import Evidence
    from enrich.identifiers import DoiReading
    from enrich.models import Entry, Link, Text
    from enrich.rule import Context


def check(entry: Entry, evidence: Evidence, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    if entry.doi and any(map(str.isdigit, entry.doi.value)):
        yield from _of_field(entry.doi, context)
    for link in entry.links:
        reading = read_doi(link.url)
        if reading and reading.proxied and (entry.doi is None or link.path != entry.doi.path):
            yield _of_link(link, reading)


def _of_field(text: Text, context: Context) -> Iterator[Finding]:
    reading = read_doi(text.value)
    if reading is None:
        yield _finding(text, f"`{text.value}` is not a DOI", _inside(text.value), Applicability.UNSAFE)
        return
    doi = _as_written(text.value, reading)
    ends = not text.value[reading.span.end :].strip()
    most = Applicability.SAFE if ends else Applicability.UNSAFE
    if reading.proxied:
        after = doi if context.customs.bare_dois else reading.doi.url
        yield _finding(text, "the DOI is wrapped in the address of a proxy", after, most)
    elif reading.kind != "doi" and context.customs.bare_dois:
        yield _finding(text, "the DOI has a prefix, unlike the catalogue's others", doi, most)
    elif reading.kind == "doi" and text.value.strip().lower() != reading.doi.id:
        yield _finding(text, "marks stand around the DOI", doi, Applicability.UNSAFE)


def _inside(text: str) -> str | None:
    """The DOI at the end of a publisher's address, such as `https://dl.acm.org/doi/10.1145/3292500`."""
    _, slash, rest = text.partition("/10.")
    reading = read_doi(f"10.{rest}") if slash and links.is_address(text) else None
    return _as_written(text, reading) if reading and reading.span.end == len(rest) + 3 else None


def _as_written(text: str, reading: DoiReading) -> str:
    """The DOI in the case in which *text* has it, where it stands there as it is."""
    at = text.lower().find(reading.doi.id)
    return reading.doi.id if at < 0 else text[at : at + len(reading.doi.id)]


def _finding(
    text: Text, message: str, after: str | None = None, applicability: Applicability = Applicability.SAFE
) -> Finding:
    fix = None if after is None else _unwrap(text.path, text.value, after, applicability)
    return Finding("IDN210", message, text.span, field=format_path(text.path), fix=fix)


def _of_link(link: Link, reading: DoiReading) -> Finding:
    is_edited = link.role is not Role.BODY
    return Finding(
        "IDN210",
        "the link goes by way of a proxy, which only its members can pass",
        link.span,
        field=link.field,
        url=link.url,
        help="" if is_edited else "links in the text are not edited",
        fix=_unwrap(link.path, link.url, reading.doi.url) if is_edited else None,
    )


def _unwrap(
    path: tuple[str | int, ...], before: str, after: str, applicability: Applicability = Applicability.SAFE
) -> Fix:
    return Fix("leave the DOI alone", path, before, after, applicability, source="grammar", confidence=1.0)


RULE = Rule("IDN210", "malformed-doi", Severity.ERROR, check, __doc__)
