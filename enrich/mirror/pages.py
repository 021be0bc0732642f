"""
One page of OAI-PMH's ListRecords, read with distrust.

Pure. Asked for is `arXivRaw`, the only format with the dates of all versions. A page that is cut
short, or no page at all, is `Unusable`, so that nothing is ever taken for the end of a list.

Source: https://www.openarchives.org/OAI/openarchivesprotocol.html, https://info.arxiv.org/help/oa/,
the service's code (github.com/arXiv/oaipmh, 2026) and recorded answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from enrich.mirror.authors import divided
from enrich.mirror.papers import Fields, FlawError, Paper, canonical_id, read_day, record_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

FORMAT = "arXivRaw"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_RAW = "{http://arxiv.org/OAI/arXivRaw/}"
_PREFIX = "oai:arxiv.org:"


@dataclass(frozen=True, slots=True)
class Page:
    papers: tuple[Paper, ...]
    flaws: tuple[str, ...]
    """
    A sentence for each record that can't be read.

    Where it says whose it is, `papers` has that paper without a record.
    """
    token: str | None
    """By which the next page is asked for; None on the last one."""
    told_on: dt.date
    """The day of the service (UTC)."""


@dataclass(frozen=True, slots=True)
class NothingNew:
    """No record has changed since."""

    told_on: dt.date


@dataclass(frozen=True, slots=True)
class TokenExpired:
    """The service no longer knows the token that was given."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """No answer to what was asked."""

    detail: str
    is_final: bool = False
    """It is what the service has to say: asking again would change nothing."""


def read_page(content: bytes) -> Page | NothingNew | TokenExpired | Unusable:
    root = _root(content)
    if isinstance(root, Unusable):
        return root
    try:
        told_on = read_day(_told(root, f"{_OAI}responseDate"))
    except FlawError:
        return Unusable("the answer does not say when it was given")
    if (error := root.find(f"{_OAI}error")) is not None:
        return _error(error, told_on)
    records = root.find(f"{_OAI}ListRecords")
    if records is None:
        return Unusable("the answer holds no list of records")
    papers: list[Paper] = []
    flaws: list[str] = []
    for element in records.iterfind(f"{_OAI}record"):
        try:
            papers += _papers(element, flaws)
        except FlawError as flaw:
            flaws.append(f"a record can't be read: {flaw}")
    return Page(tuple(papers), tuple(flaws), _told(records, f"{_OAI}resumptionToken") or None, told_on)


def _root(content: bytes) -> ET.Element | Unusable:
    body = content.strip()
    # arXiv's answers declare nothing; a declaration is an HTML page, or entities meant to explode.
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"<!doctype" in body[:200]:
        return Unusable("the answer is a page, no OAI-PMH")
    if not body.endswith(b"</OAI-PMH>"):
        return Unusable("the answer is cut short" if b"<OAI-PMH" in body else "the answer is no OAI-PMH")
    try:
        root = ET.fromstring(body)  # noqa: S314 - without declarations nothing can be expanded
    except (ET.ParseError, LookupError, ValueError) as error:  # an encoding that does not exist
        return Unusable(f"the answer is not well-formed ({error})")
    return root if root.tag == f"{_OAI}OAI-PMH" else Unusable("the answer is no OAI-PMH")


def _error(error: ET.Element, told_on: dt.date) -> NothingNew | TokenExpired | Unusable:
    match error.get("code"):
        case "noRecordsMatch":
            return NothingNew(told_on)
        case "badResumptionToken":
            return TokenExpired()
        case code:
            return Unusable(f"{code}: {' '.join((error.text or '').split())}", is_final=True)


def _papers(element: ET.Element, flaws: list[str]) -> Iterator[Paper]:
    """The paper of a record. Raises FlawError where it does not even say whose record it is."""
    header = element.find(f"{_OAI}header")
    if header is None:
        raise FlawError("it has no header")
    name = _told(header, f"{_OAI}identifier")
    if not name.lower().startswith(_PREFIX):
        raise FlawError(f"`{name[:60]}` is no paper of arXiv's")
    arxiv = canonical_id(name[len(_PREFIX) :])
    datestamp = read_day(_told(header, f"{_OAI}datestamp"))
    if header.get("status") == "deleted":
        yield Paper(arxiv, datestamp, None)
        return
    try:
        record = record_of(_fields(element))
        if record.id != arxiv:
            raise FlawError(f"its metadata are those of {record.id}")
        yield Paper(arxiv, datestamp, record)
    except FlawError as flaw:
        flaws.append(f"the record of {arxiv} can't be read: {flaw}")
        yield Paper(arxiv, datestamp, None)


def _fields(element: ET.Element) -> Fields:
    raw = element.find(f"{_OAI}metadata/{_RAW}arXivRaw")
    if raw is None:
        raise FlawError(f"it has no metadata as {FORMAT}")
    versions = sorted(raw.iterfind(f"{_RAW}version"), key=_number)
    if [_number(version) for version in versions] != list(range(1, len(versions) + 1)):
        raise FlawError("its versions are not all there")
    return Fields(
        id=_told(raw, f"{_RAW}id"),
        title=_told(raw, f"{_RAW}title"),
        authors=divided(_told(raw, f"{_RAW}authors")),
        categories=_told(raw, f"{_RAW}categories"),
        versions=[_told(version, f"{_RAW}date") for version in versions],
        comment=raw.findtext(f"{_RAW}comments"),
        journal_ref=raw.findtext(f"{_RAW}journal-ref"),
        doi=raw.findtext(f"{_RAW}doi"),
        license=raw.findtext(f"{_RAW}license"),
        abstract=raw.findtext(f"{_RAW}abstract"),
        withdrawn=bool(versions) and _is_withdrawn(versions[-1]),
    )


def _number(version: ET.Element) -> int:
    digits = (version.get("version") or "").removeprefix("v")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 5 else 0


def _is_withdrawn(version: ET.Element) -> bool:
    """
    Nothing was submitted, or it is marked to be ignored.

    Source: github.com/arXiv/arxiv-base, `arxiv/document/version.py`: `is_withdrawn`
    """
    return _told(version, f"{_RAW}size") == "0kb" or "I" in _told(version, f"{_RAW}source_type")


def _told(element: ET.Element, path: str) -> str:
    """What stands at *path*, without the space around it; '' where nothing does."""
    return (element.findtext(path) or "").strip()
