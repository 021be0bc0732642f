"""
What the services that know works answer: Crossref and DataCite, by DOI.

Shapes and headers are those of recordings; each class names where the rest is from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.internet.json_api import JsonApi, told
from tests.internet.replies import Reply
from tests.internet.works import Work, crossref, datacite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.internet.traffic import Request

SELECTABLE = frozenset(
    [
        "DOI",
        "type",
        "title",
        "subtitle",
        "author",
        "container-title",
        "issued",
        "published",
        "published-print",
        "published-online",
        "posted",
        "license",
        "relation",
        "update-to",
        "updated-by",
    ]
)
"""As many of the fields that Crossref's `select` takes as anybody here asks for."""


class WorkApi(JsonApi):
    """It knows *works*, a list that tests may change."""

    def __init__(self, works: Iterable[Work] = ()) -> None:
        super().__init__()
        self.works = list(works)


class CrossrefApi(WorkApi):
    """Source: https://github.com/CrossRef/rest-api-doc"""

    HOST, PATH = "api.crossref.org", "/works*"

    def honest(self, request: Request) -> Reply:
        url = urlsplit(request.path)
        asked = dict(parse_qsl(url.query))
        pool = "polite-array" if "mailto" in asked else "public-array"
        limits = (("x-api-pool", pool), ("x-rate-limit-limit", "3"), ("x-rate-limit-interval", "1s"))
        known = {work.doi: crossref(work) for work in self.works if work.agency == "crossref"}
        if url.path != "/works":
            work = known.get(unquote(url.path.removeprefix("/works/")).lower())
            if work is None:
                return Reply(404, (("Content-Type", "text/plain;charset=utf-8"),), b"Resource not found.")
            return told({"status": "ok", "message-type": "work", "message": work}, 200, *limits)
        fields = set(filter(None, asked.get("select", "").split(",")))
        if fields - SELECTABLE:
            wrong = [
                {"type": "parameter-not-allowed", "value": "x", "message": "This select element is unknown"}
            ]
            return told({"status": "failed", "message-type": "validation-failure", "message": wrong}, 400)
        dois = re.findall(r"(?:^|,)doi:([^,]*)", asked["filter"])
        found = [known[doi] for doi in dict.fromkeys(dois) if doi in known]
        items = [
            {name: value for name, value in work.items() if not fields or name in fields} for work in found
        ]
        message = {
            "facets": {},
            "total-results": len(items),
            "items": items[: int(asked["rows"])],
            "items-per-page": int(asked["rows"]),
            "query": {"start-index": 0, "search-terms": None},
        }
        listed = {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}
        return told(listed, 200, *limits)


class DataCiteApi(WorkApi):
    """Source: https://support.datacite.org/docs/api-get-lists"""

    HOST, PATH = "api.datacite.org", "/dois*"

    def honest(self, request: Request) -> Reply:
        asked = dict(parse_qsl(urlsplit(request.path).query))
        dois = re.findall(r'"([^"]*)"', asked["query"])
        known = {work.doi: work for work in self.works if work.agency == "datacite"}
        data = [datacite(known[doi]) for doi in dict.fromkeys(dois) if doi in known]
        size = int(asked.get("page[size]", "25"))
        meta = {"total": len(data), "totalPages": 1 if data else 0, "page": 1}
        return told({"data": data[:size], "meta": meta, "links": {"self": "https://api.datacite.org/dois"}})
