"""
What the APIs of GitHub, Hugging Face, the resolver of DOIs and the Wayback Machine answer about links.

Their answers have the shapes of public recordings and of the manuals that each class names.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.internet.json_api import JsonApi, told
from tests.internet.replies import Reply, page, redirect

if TYPE_CHECKING:
    from tests.internet.traffic import Request

_FIELD = re.compile(r'(\w+):repository\(owner:"([^"]*)",name:"([^"]*)"\)')


class GitHubApi(JsonApi):
    """
    GraphQL at api.github.com, as much of it as asks for repositories under aliases.

    Source: https://docs.github.com/graphql
    """

    HOST, PATH = "api.github.com", "/graphql"

    def __init__(self, *, everything: bool = False) -> None:
        super().__init__()
        self.tokens: set[str] = set()
        """Those that are valid."""
        self.everything = everything
        """Every repository exists that is not described."""
        self.repositories: dict[str, dict[str, object]] = {}
        """By lower-case name as a link has it: what the query's fragment asks for."""
        self.forbidden: set[str] = set()

    def has(self, name: str, *, under: str = "", archived: bool = False, private: bool = False) -> None:
        """The repository *name*; *under* an old name too."""
        known = {"nameWithOwner": name, "isArchived": archived, "isPrivate": private, "isDisabled": False}
        for called in filter(None, (name, under)):
            self.repositories[called.lower()] = known

    def honest(self, request: Request) -> Reply:
        scheme, _, token = (request.header("authorization") or "").partition(" ")
        if scheme.lower() != "bearer" or token not in self.tokens:
            no_quota = (("X-RateLimit-Limit", "0"), ("X-RateLimit-Remaining", "0"))
            said = {"message": "Bad credentials", "documentation_url": "https://docs.github.com/graphql"}
            return told(said | {"status": "401"}, 401, *no_quota)
        data: dict[str, object] = {}
        errors = []
        for alias, owner, name in _FIELD.findall(json.loads(request.body)["query"]):
            data[alias] = self._repository(f"{owner}/{name}")
            if data[alias] is None:
                errors.append(self._error(alias, f"{owner}/{name}"))
        return told({"data": data} | ({"errors": errors} if errors else {}))

    def _repository(self, name: str) -> dict[str, object] | None:
        known = self.repositories.get(name.lower())
        if known is None and self.everything and name.lower() not in self.forbidden:
            return {"nameWithOwner": name, "isArchived": False, "isPrivate": False, "isDisabled": False}
        return known

    def _error(self, alias: str, name: str) -> dict[str, object]:
        forbidden = name.lower() in self.forbidden
        return {
            "type": "FORBIDDEN" if forbidden else "NOT_FOUND",
            "path": [alias],
            "locations": [{"line": 1, "column": 7}],
            "message": "Resource protected by organization SAML enforcement."
            if forbidden
            else f"Could not resolve to a Repository with the name '{name}'.",
        }


class HuggingFaceApi(JsonApi):
    """
    The Hub below `/api/`.

    Source: https://huggingface.co/docs/hub/api; 401 for what is missing or private:
    https://github.com/huggingface/huggingface_hub/pull/1202
    """

    HOST, PATH = "huggingface.co", "/api/*"

    def __init__(self, *, everything: bool = False) -> None:
        super().__init__()
        self.everything = everything
        self.things: dict[str, dict[str, object]] = {}
        """By `models/acme/bert`, `papers/2410.21276`."""
        self.renamed: dict[str, str] = {}

    def has(self, thing: str, **fields: object) -> None:
        self.things[thing] = {"id": thing.partition("/")[2], **fields}

    def honest(self, request: Request) -> Reply:
        thing = urlsplit(request.path).path.removeprefix("/api/")
        if thing in self.renamed:
            return redirect(f"/api/{self.renamed[thing]}", 307)
        if thing in self.things or self.everything:
            return told(self.things.get(thing, {"id": thing.partition("/")[2]}))
        if thing.startswith("papers/"):
            return told({"error": "Paper not found"}, 404)
        return told({"error": "Invalid username or password."}, 401, ("X-Error-Message", "Invalid username"))


class DoiApi(JsonApi):
    """
    The resolver at doi.org: its API, and the redirect that readers get.

    Source: https://www.doi.org/doi-handbook/HTML/rest-api-response-format.html
    """

    HOST, PATH = "doi.org", "/api/handles/*"

    def __init__(self, *, everything: bool = False) -> None:
        super().__init__()
        self.everything = everything
        self.dois: dict[str, str] = {}
        """Lower-case DOI and where it leads; an empty address: registered, without values."""

    def honest(self, request: Request) -> Reply:
        doi = unquote(urlsplit(request.path).path.removeprefix("/api/handles/"))
        leads_to = self.dois.get(doi.lower(), "https://example.org/" if self.everything else None)
        if leads_to is None:
            return told({"responseCode": 100, "handle": doi}, 404)
        if not leads_to:
            return told({"responseCode": 200, "handle": doi})
        value = {"index": 1, "type": "URL", "data": {"format": "string", "value": leads_to}, "ttl": 86400}
        return told({"responseCode": 1, "handle": doi, "values": [value]})

    def page(self, request: Request) -> Reply:
        """What a reader meets at `/10.…`."""
        leads_to = self.dois.get(unquote(urlsplit(request.path).path[1:]).lower())
        return redirect(leads_to) if leads_to else page("DOI Not Found", "Error: DOI Not Found", 404)


class WaybackApi(JsonApi):
    """
    The archive's answers on copies.

    Source: https://archive.org/help/wayback_api.php; nothing for an address with its scheme:
    https://github.com/internetarchive/wayback/issues/296
    """

    HOST, PATH = "archive.org", "/wayback/available"

    def __init__(self) -> None:
        super().__init__()
        self.copies: dict[str, list[str]] = {}
        """By address without its scheme: times as 14 digits."""

    def honest(self, request: Request) -> Reply:
        asked = dict(parse_qsl(urlsplit(request.path).query))
        times = self.copies.get(asked["url"])
        if not times:
            return told({"url": asked["url"], "archived_snapshots": {}})
        wanted = int(asked.get("timestamp", "9" * 14).ljust(14, "0"))
        nearest = min(times, key=lambda time: abs(int(time) - wanted))
        host, slash, path = asked["url"].partition("/")
        copy = f"http://web.archive.org/web/{nearest}/http://{host}:80{slash}{path}"
        closest = {"status": "200", "available": True, "url": copy, "timestamp": nearest}
        return told({"url": asked["url"], "archived_snapshots": {"closest": closest}})
