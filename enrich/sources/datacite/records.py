"""
What DataCite's REST API answered about DOIs.

Pure. A record of arXiv's own (10.48550) holds what arXiv says of the paper: authors
as `Family, Given`, each version's date, categories among the subjects, the comment among
the descriptions, and the DOI of the published version as a related identifier.

Source: https://support.datacite.org/docs/api, https://datacite-metadata-schema.readthedocs.io/
and recorded answers
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from enrich.identifiers import is_preprint_doi
from enrich.links import phrase
from enrich.matching.names import clean_name
from enrich.models import Failure, Reason, Record, WorkKind
from enrich.sources import told
from enrich.sources.arxiv.feed import is_withdrawn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from enrich.http import ApiResponse


def read_answer(answer: ApiResponse, dois: Sequence[str]) -> dict[str, Mapping[str, Any]] | Failure:
    """What the list says of each of *dois* (canonical); who is missing is not there."""
    if answer.status != HTTPStatus.OK:
        return Failure(Reason.SERVER_ERROR, f"datacite: {phrase(answer.status)}")
    read = answer.json_object() or {}
    data, total = read.get("data"), told.whole(told.mapping(read.get("meta")).get("total"))
    if not isinstance(data, list) or total is None:
        return Failure(Reason.SERVER_ERROR, "datacite: the answer is no list of DOIs")
    if len(data) < min(total, len(dois)):
        return Failure(Reason.SERVER_ERROR, f"datacite: the answer holds {len(data)} of {total} DOIs")
    asked, found = set(dois), {}
    for item in told.mappings(data):
        attributes = told.mapping(item.get("attributes"))
        doi = told.named_doi(attributes.get("doi"))
        if doi not in asked:
            return Failure(Reason.SERVER_ERROR, "datacite: the answer is about another DOI")
        if told.text(attributes.get("state")) in ("", "findable"):
            found[doi] = attributes
    return found


def record(doi: str, attributes: Mapping[str, Any]) -> Record:
    """What *attributes* say of the work; its title is empty where they have none."""
    kind = WorkKind.PREPRINT if is_preprint_doi(doi) else _kind(told.mapping(attributes.get("types")))
    is_preprint = kind is WorkKind.PREPRINT
    return Record(
        scheme="doi",
        id=doi,
        title=_title(attributes),
        authors=tuple(filter(None, map(_name, told.mappings(attributes.get("creators"))))),
        doi=_published_as(attributes) if is_preprint else doi,
        abstract=_described(attributes, "Abstract"),
        license=_license(attributes),
        kind=kind,
        venue=_venue(attributes, kind),
        year=told.year(attributes.get("publicationYear")),
        arxiv=None if is_preprint else next(_related(attributes, "arXiv", told.arxiv_id), None),
    )


def arxiv_record(arxiv: str, attributes: Mapping[str, Any]) -> Record | None:
    """
    What DataCite says of arXiv's paper *arxiv*, in arXiv's words; None where that is no whole record.

    The dates are those of the versions. Categories are left out: nobody says that subjects
    stand in arXiv's order, and catalogues keep that. Journal references are not kept there.
    """
    of_doi = record(f"10.48550/arxiv.{arxiv.lower()}", attributes)
    dates = _versions(attributes)
    if not (of_doi.title and of_doi.authors and dates):
        return None
    newest = told.whole(attributes.get("version"))
    comment = _described(attributes, "Other")
    return Record(
        scheme="arxiv",
        id=arxiv,
        title=of_doi.title,
        authors=of_doi.authors,
        published=dates[0],
        updated=dates[-1],
        version=newest,
        doi=of_doi.doi,
        comment=comment,
        abstract=of_doi.abstract,
        withdrawn=is_withdrawn(comment, of_doi.abstract),
        license=of_doi.license,
        versions=dates if newest == len(dates) else (),
    )


_KINDS = {
    "preprint": WorkKind.PREPRINT,
    "journalarticle": WorkKind.ARTICLE,
    "conferencepaper": WorkKind.PROCEEDINGS,
    "book": WorkKind.BOOK,
    "conferenceproceeding": WorkKind.BOOK,
    "bookchapter": WorkKind.CHAPTER,
    "dissertation": WorkKind.THESIS,
}
_IN_A_CONTAINER = (WorkKind.ARTICLE, WorkKind.PROCEEDINGS, WorkKind.CHAPTER)


def _kind(types: Mapping[str, Any]) -> WorkKind:
    """Until 2021 all of them were `Text`; what it was stands in the free field beside it."""
    general, free = (
        re.sub("[^a-z]", "", told.text(types.get(field)).lower())
        for field in ("resourceTypeGeneral", "resourceType")
    )
    return _KINDS.get(free if general == "text" else general, WorkKind.OTHER)


def _title(attributes: Mapping[str, Any]) -> str:
    titles = told.mappings(attributes.get("titles"))
    own = (told.plain(one.get("title")) for one in titles if not one.get("titleType"))
    return next(filter(None, own), "")


def _name(creator: Mapping[str, Any]) -> str:
    given, family = told.text(creator.get("givenName")), told.text(creator.get("familyName"))
    if given and family:
        return clean_name(f"{given} {family}")
    name = told.text(creator.get("name"))
    return clean_name(told.turned(name) if creator.get("nameType") == "Personal" else name)


def _described(attributes: Mapping[str, Any], kind: str) -> str | None:
    descriptions = told.mappings(attributes.get("descriptions"))
    of_kind = (one.get("description") for one in descriptions if one.get("descriptionType") == kind)
    return next(filter(None, (told.text(one, told.LONGEST_ABSTRACT) for one in of_kind)), None)


def _license(attributes: Mapping[str, Any]) -> str | None:
    """`info:eu-repo/semantics/openAccess` and its kin are no licences."""
    addresses = (told.address(one.get("rightsUri")) for one in told.mappings(attributes.get("rightsList")))
    return next(filter(None, addresses), None)


def _venue(attributes: Mapping[str, Any], kind: WorkKind) -> str | None:
    if kind not in _IN_A_CONTAINER:
        return None
    return told.plain(told.mapping(attributes.get("container")).get("title")) or None


_SAME_WORK = frozenset({"IsVersionOf", "HasVersion", "IsVariantFormOf", "IsIdenticalTo", "IsPublishedIn"})


def _related(attributes: Mapping[str, Any], kind: str, read: Callable[[object], str | None]) -> Iterator[str]:
    for one in told.mappings(attributes.get("relatedIdentifiers")):
        if one.get("relatedIdentifierType") == kind and one.get("relationType") in _SAME_WORK:
            identifier = read(one.get("relatedIdentifier"))
            if identifier:
                yield identifier


def _published_as(attributes: Mapping[str, Any]) -> str | None:
    """
    The DOI of the published version, where the record of a preprint states it.

    A repository's own DOIs for all versions together have the prefix of the record's.
    """
    prefix = told.text(attributes.get("doi")).partition("/")[0]
    related = _related(attributes, "DOI", told.doi)
    return next(
        (doi for doi in related if not is_preprint_doi(doi) and doi.partition("/")[0] != prefix), None
    )


def _versions(attributes: Mapping[str, Any]) -> tuple[dt.date, ...]:
    """When each version was submitted, the first first."""
    dates: dict[int, dt.date] = {}
    for one in told.mappings(attributes.get("dates")):
        number = re.fullmatch(r"v([0-9]{1,4})", told.text(one.get("dateInformation")))
        submitted = told.day(one.get("date"))
        if one.get("dateType") == "Submitted" and number and submitted:
            dates[int(number[1])] = submitted
    return tuple(dates[number] for number in sorted(dates)) if 1 in dates else ()
