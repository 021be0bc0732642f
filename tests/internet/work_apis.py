"""
What the services that know works answer: Crossref and DataCite by DOI, OpenAlex and Semantic
Scholar by preprint, DBLP by title.

Shapes and headers are those of recordings; each class names where the rest is from.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.internet.json_api import JsonApi, told
from tests.internet.replies import Reply
from tests.internet.works import Work, crossref, datacite, dblp, openalex, semanticscholar

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
        if "query.bibliographic" in asked:
            words = f"{asked['query.bibliographic']} {asked.get('query.author', '')}".lower().split()
            found = [known[work.doi] for work in self.works if work.doi in known and _has_words(work, words)]
        else:
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


class OpenAlexApi(WorkApi):
    """Source: https://developers.openalex.org/api-reference/works"""

    HOST, PATH = "api.openalex.org", "/works*"

    def __init__(self, works: Iterable[Work] = ()) -> None:
        super().__init__(works)
        self.keys: set[str] = set()
        """Those that are valid."""
        self.budget = 1_000
        """Lists that a stranger may still ask for today."""

    def honest(self, request: Request) -> Reply:
        asked = dict(parse_qsl(urlsplit(request.path).query))
        key = asked.get("api_key")
        if key is not None and key not in self.keys:
            return told({"error": "Invalid API key", "message": "The key is unknown"}, 401)
        if key is None and not self.budget:
            wait = ("Retry-After", "54000")
            return told({"error": "Rate limit exceeded", "message": "No budget is left"}, 429, wait)
        self.budget -= key is None
        name, _, values = asked["filter"].partition(":")
        pages = set(values.split("|"))
        if name != "locations.landing_page_url" or len(pages) > 100:
            return told({"error": "Invalid query parameters error.", "message": asked["filter"]}, 400)
        known = [openalex(work) for work in self.works if work.venue or work.arxiv]
        found = [work for work in known if pages & {at["landing_page_url"] for at in work["locations"]}]
        limits = (
            ("X-RateLimit-Limit", "1000"),
            ("X-RateLimit-Remaining", str(self.budget)),
            ("X-RateLimit-Remaining-USD", str(self.budget / 10_000)),
            ("X-RateLimit-Reset", "64136"),
        )
        per_page = int(asked.get("per_page", "25"))
        meta = {"count": len(found), "db_response_time_ms": 7, "page": 1, "per_page": per_page}
        return told({"meta": meta, "results": found[:per_page], "group_by": []}, 200, *limits)


class SemanticScholarApi(WorkApi):
    """Source: https://api.semanticscholar.org/api-docs/graph"""

    HOST, PATH = "api.semanticscholar.org", "/graph/v1/paper/batch*"

    def __init__(self, works: Iterable[Work] = ()) -> None:
        super().__init__(works)
        self.keys: set[str] = set()

    def honest(self, request: Request) -> Reply:
        key = request.header("x-api-key")
        if key is not None and key not in self.keys:
            return told({"message": "Forbidden"}, 403)
        known = {f"ARXIV:{work.arxiv}": semanticscholar(work) for work in self.works if work.arxiv}
        known |= {f"DOI:{work.doi}": semanticscholar(work) for work in self.works if work.doi}
        papers = [known.get(name) for name in json.loads(request.body)["ids"]]
        if not any(papers):
            return told({"error": "No valid paper ids given"}, 400)
        return told(papers)


class DblpApi(WorkApi):
    """Source: https://dblp.org/faq/13501473"""

    HOST, PATH = "dblp.org", "/search/publ/api"

    def honest(self, request: Request) -> Reply:
        asked = dict(parse_qsl(urlsplit(request.path).query))
        words = asked["q"].lower().split()
        found = [dblp(work) for work in self.works if work.key and _has_words(work, words)]
        sent = found[: int(asked.get("h", "30"))]
        hits: dict[str, object] = {
            "@total": str(len(found)),
            "@computed": str(len(sent)),
            "@sent": str(len(sent)),
            "@first": "0",
        }
        hits |= {"hit": sent} if sent else {}
        status = {"@code": "200", "text": "OK"}
        result = {"query": asked["q"], "status": status, "time": {"@unit": "msecs", "text": "1.17"}}
        return told({"result": {**result, "completions": {"@total": "0"}, "hits": hits}})


def _has_words(work: Work, words: list[str]) -> bool:
    """Each of *words* begins one of the title or of a name."""
    names = " ".join(f"{given} {family}" for given, family in work.authors)
    has = re.findall(r"\w+", f"{work.title} {names}".lower())
    return all(any(word.startswith(part) for word in has) for part in words)
