"""
Made-up works, and how each service that knows works would describe them.

The shapes (names of fields, nulls, numbers as text) are those of recorded answers; the works are ours.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

CROSSREF_TYPES = {
    "article": "journal-article",
    "proceedings": "proceedings-article",
    "preprint": "posted-content",
    "chapter": "book-chapter",
}
DATACITE_TYPES = {
    "article": "JournalArticle",
    "proceedings": "ConferencePaper",
    "preprint": "Preprint",
    "software": "Software",
}
OPENALEX_TYPES = {"article": "article", "proceedings": "conference-paper", "preprint": "preprint"}
DBLP_TYPES = {
    "article": "Journal Articles",
    "proceedings": "Conference and Workshop Papers",
    "preprint": "Informal and Other Publications",
}
S2_TYPES = {"article": ["JournalArticle"], "proceedings": ["JournalArticle", "Conference"], "preprint": None}


@dataclass(frozen=True, slots=True)
class Work:
    title: str
    authors: tuple[tuple[str, str], ...]
    """Given and family names."""
    kind: str = "article"
    doi: str = ""
    agency: str = "crossref"
    """`crossref` or `datacite`: who registered the DOI."""
    arxiv: str = ""
    venue: str = ""
    year: int = 2020
    key: str = ""
    """DBLP's."""
    acl: str = ""
    notice: tuple[str, str] | None = None
    """What was said of it later, and where: `("retraction", "10.5555/notice")`."""
    license: str = ""
    cited: int = 0
    """How many works cite it, as OpenAlex counts; Semantic Scholar counts one more."""
    versions: tuple[str, ...] = ("2019-02-07T09:22:51Z",)
    """When each was submitted, where it is a preprint."""

    @property
    def arxiv_doi(self) -> str:
        return f"10.48550/arxiv.{self.arxiv.lower()}"

    @property
    def is_preprint(self) -> bool:
        return self.kind == "preprint"


SAMPLES = (
    Work(
        "Gentle Gradients for Impatient Machines",
        (("Ada", "Example"), ("Émile", "Exemple")),
        doi="10.5555/gentle.2021",
        arxiv="2001.00001",
        venue="Journal of Invented Results",
        year=2021,
        key="journals/jir/ExampleE21",
        license="https://creativecommons.org/licenses/by/4.0/",
    ),
    Work(
        "On Walking Backwards Through Trees",
        (("Wei", "Muster"), ("Grace", "van der Probe")),
        kind="proceedings",
        doi="10.5555/3579999.3580001",
        arxiv="2002.00002",
        venue="Proceedings of the 9th Conference on Invented Systems",
        year=2022,
        key="conf/cis/MusterP22",
        acl="2022.cis-1.7",
    ),
    Work(
        "Everything Converges Eventually",
        (("Bob", "Bogus"),),
        doi="10.5555/converges",
        venue="Annals of Optimism",
        year=2018,
        notice=("retraction", "10.5555/converges.r1"),
    ),
    Work(
        "A Preprint That Stayed One",
        (("Ada", "Example"), ("Noah", "Nobody")),
        kind="preprint",
        doi="10.48550/arxiv.2003.00003",
        agency="datacite",
        arxiv="2003.00003",
        year=2020,
        key="journals/corr/abs-2003-00003",
        license="https://creativecommons.org/licenses/by/4.0/legalcode",
        versions=("2020-03-01T10:00:00Z", "2020-05-02T11:00:00Z"),
    ),
    Work(
        "Tools for Walking Backwards",
        (("Wei", "Muster"),),
        kind="software",
        doi="10.5281/zenodo.9990001",
        agency="datacite",
        year=2022,
    ),
)


def crossref(work: Work) -> dict[str, Any]:
    date = {"date-parts": [[work.year, 4, 2]]}
    described: dict[str, Any] = {
        "indexed": {
            "date-parts": [[2026, 7, 23]],
            "date-time": "2026-07-23T04:02:32Z",
            "timestamp": 1784779352000,
        },
        "reference-count": 0,
        "publisher": "Test accounts",
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "DOI": work.doi,
        "type": CROSSREF_TYPES[work.kind],
        "title": [work.title],
        "author": [
            {
                "given": given,
                "family": family,
                "sequence": "additional" if number else "first",
                "affiliation": [],
            }
            for number, (given, family) in enumerate(work.authors)
        ],
        "container-title": [work.venue] if work.venue else [],
        "issued": date,
        "published": date,
        "URL": f"https://doi.org/{work.doi}",
        "relation": {},
    }
    if work.arxiv:
        preprint = {"id-type": "doi", "id": f"10.48550/arXiv.{work.arxiv}", "asserted-by": "object"}
        described["relation"] = {"has-preprint": [preprint]}
    if work.license:
        start = {"date-parts": [[work.year, 4, 2]]}
        described["license"] = [
            {"start": start, "content-version": "vor", "delay-in-days": 0, "URL": work.license}
        ]
    if work.notice:
        kind, doi = work.notice
        described["updated-by"] = [
            {
                "DOI": doi,
                "type": kind,
                "source": source,
                "label": kind.title(),
                "updated": {
                    "date-parts": [[work.year + 1, 1, 9]],
                    "date-time": f"{work.year + 1}-01-09T00:00:00Z",
                    "timestamp": 0,
                },
            }
            for source in ("publisher", "retraction-watch")
        ]
    return described


def datacite(work: Work) -> dict[str, Any]:
    kind = DATACITE_TYPES[work.kind]
    rights = {"rights": "A licence", "rightsUri": work.license, "rightsIdentifierScheme": "SPDX"}
    identifiers = (
        [{"identifier": work.arxiv, "identifierType": "arXiv"}] if work.arxiv and work.is_preprint else []
    )
    attributes = {
        "doi": work.doi,
        "prefix": work.doi.partition("/")[0],
        "suffix": work.doi.partition("/")[2],
        "identifiers": identifiers,
        "creators": [
            {
                "name": f"{family}, {given}",
                "nameType": "Personal",
                "givenName": given,
                "familyName": family,
                "affiliation": [],
                "nameIdentifiers": [],
            }
            for given, family in work.authors
        ],
        "titles": [{"title": work.title}],
        "publisher": "arXiv" if work.is_preprint else "Zenodo",
        "container": {},
        "publicationYear": work.year,
        "subjects": [{"lang": "en", "subject": "Machine Learning (cs.LG)", "subjectScheme": "arXiv"}],
        "contributors": [],
        "dates": [
            {"date": date, "dateType": "Submitted", "dateInformation": f"v{number}"}
            for number, date in enumerate(work.versions, start=1)
        ],
        "language": None,
        "types": {"ris": "GEN", "bibtex": "misc", "resourceType": "Article", "resourceTypeGeneral": kind},
        "relatedIdentifiers": [],
        "version": str(len(work.versions)),
        "rightsList": [rights] if work.license else [],
        "descriptions": [{"description": "It is made up.", "descriptionType": "Abstract"}],
        "url": f"https://arxiv.org/abs/{work.arxiv}",
        "state": "findable",
        "reason": None,
    }
    return {"id": work.doi, "type": "dois", "attributes": attributes, "relationships": {}}


def openalex(work: Work) -> dict[str, Any]:
    """A published work with its preprint in one, as OpenAlex keeps them."""
    number = f"W{zlib.crc32(work.title.encode())}"
    locations = [_location(work)] if work.venue else []
    if work.arxiv:
        locations.append(_location_at_arxiv(work))
    return {
        "id": f"https://openalex.org/{number}",
        "doi": f"https://doi.org/{work.doi}" if work.doi else None,
        "title": work.title,
        "display_name": work.title,
        "publication_year": work.year,
        "type": OPENALEX_TYPES[work.kind],
        "primary_location": locations[0],
        "locations": locations,
        "authorships": [
            {
                "author_position": "middle",
                "author": {
                    "id": "https://openalex.org/A1",
                    "display_name": f"{given} {family}",
                    "orcid": None,
                },
                "institutions": [],
                "countries": [],
                "is_corresponding": False,
                "raw_author_name": f"{family}, {given}",
                "affiliations": [],
            }
            for given, family in work.authors
        ],
        "is_retracted": work.notice is not None,
        "cited_by_count": work.cited,
    }


def _location(work: Work) -> dict[str, Any]:
    in_a_journal = work.kind == "article"
    return {
        "id": f"doi:{work.doi}",
        "is_oa": False,
        "landing_page_url": f"https://doi.org/{work.doi}",
        "pdf_url": None,
        "source": {"id": "https://openalex.org/S1", "display_name": work.venue, "type": "journal"}
        if in_a_journal
        else None,
        "license": None,
        "license_id": None,
        "version": "publishedVersion",
        "is_accepted": True,
        "is_published": True,
        "raw_source_name": work.venue,
        "raw_type": CROSSREF_TYPES[work.kind],
    }


def _location_at_arxiv(work: Work) -> dict[str, Any]:
    source = {
        "id": "https://openalex.org/S4306400194",
        "display_name": "arXiv (Cornell University)",
        "type": "repository",
    }
    return {
        "id": f"pmh:oai:arXiv.org:{work.arxiv}",
        "is_oa": True,
        "landing_page_url": f"http://arxiv.org/abs/{work.arxiv}",
        "pdf_url": f"https://arxiv.org/pdf/{work.arxiv}",
        "source": source,
        "license": None,
        "license_id": None,
        "version": "submittedVersion",
        "is_accepted": False,
        "is_published": False,
        "raw_source_name": None,
        "raw_type": "text",
    }


def semanticscholar(work: Work) -> dict[str, Any]:
    identifiers: dict[str, Any] = {"ArXiv": work.arxiv, "CorpusId": 1}
    identifiers |= {"DBLP": work.key} if work.key else {}
    identifiers |= {"ACL": work.acl} if work.acl else {}
    identifiers |= {"DOI": work.doi} if work.doi else {}
    of_venue = "conference" if work.kind == "proceedings" else "journal"
    venue = {"id": "1", "name": work.venue, "type": of_venue, "alternate_names": []} if work.venue else None
    return {
        "paperId": f"{zlib.crc32(work.title.encode()):040x}",
        "externalIds": identifiers,
        "publicationVenue": venue,
        "title": work.title,
        "venue": work.venue or "arXiv.org",
        "year": work.year,
        "publicationTypes": S2_TYPES.get(work.kind),
        "citationCount": work.cited + 1,
        "journal": {"name": work.venue} if work.venue else {"name": "ArXiv", "volume": f"abs/{work.arxiv}"},
        "authors": [{"authorId": "1", "name": f"{given} {family}"} for given, family in work.authors],
    }


def dblp(work: Work) -> dict[str, Any]:
    """One hit; a single author is no list there, and a namesake has a number."""
    authors = [
        {"@pid": f"0/{number}", "text": f"{given} {family}" + (" 0009" if family == "Muster" else "")}
        for number, (given, family) in enumerate(work.authors)
    ]
    info = {
        "authors": {"author": authors[0] if len(authors) == 1 else authors},
        "title": f"{work.title}.",
        "venue": work.venue or "CoRR",
        "year": str(work.year),
        "type": DBLP_TYPES[work.kind],
        "access": "open",
        "key": work.key,
        "ee": f"https://doi.org/{work.doi}",
        "url": f"https://dblp.org/rec/{work.key}",
    }
    info |= {"doi": work.doi.upper()} if work.doi else {}
    return {"@score": "4", "@id": "1", "info": info, "url": "URL#1"}
