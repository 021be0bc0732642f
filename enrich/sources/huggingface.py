"""
Whether papers, models, datasets and spaces on Hugging Face exist, by the Hub's API.

One at a time, in the lane of its pages: the host refuses those who ask densely. What
the API has not is asked of the web: a paper may have a page before it is indexed,
and a page that is gone is the better evidence. To strangers the Hub answers 401 for
what is private and for what is missing alike, so that says nothing.

Source: https://huggingface.co/docs/hub/api,
https://github.com/huggingface/huggingface_hub/pull/1202
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from enrich.http import MEGABYTE, ApiRequest
from enrich.links import phrase
from enrich.models import Failure, LinkCheck, LinkQuery, LinkStatus, Reason
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.http import Api, ApiResponse
    from enrich.models import AnswerOutcome, Query

ENDPOINT = "https://huggingface.co/api"
HOST = "huggingface.co"

_NAME = r"[A-Za-z0-9_][\w.-]*"
_PAGE = pattern(
    rf"https://huggingface\.co/(?:(?P<papers>papers)/(?P<paper>[0-9]{{4}}\.[0-9]{{4,5}})"
    rf"|(?P<datasets>datasets)/(?P<dataset>(?:{_NAME}/)?{_NAME})"
    rf"|(?P<spaces>spaces)/(?P<space>{_NAME}/{_NAME})"
    rf"|(?P<model>(?P<owner>{_NAME})/{_NAME}))/?",
    re.ASCII,
)
_MOVED = pattern(rf"(?:https://huggingface\.co)?/api/(\w+)/((?:{_NAME}/)?{_NAME})(?:\?.*)?", re.ASCII)
_ID = pattern(rf"(?:{_NAME}/)?{_NAME}", re.ASCII)
_NO_OWNERS = frozenset({
    "activity", "agents", "api", "apps", "assets", "blog", "brand", "buckets", "changelog", "chat",
    "coursera", "course", "collections", "datasets", "datasets-server", "discussions", "docs", "enterprise",
    "front", "hardware", "inference", "inference-endpoints", "jobs", "join", "kernels", "landing",
    "languages", "learn", "login", "logout", "metrics", "models", "new", "notifications", "oauth",
    "organizations", "papers", "posts", "pricing", "privacy", "search", "security", "settings", "spaces",
    "storage", "support", "tasks", "team", "terms-of-service", "tools", "transformers", "welcome",
})  # fmt: skip
"""Sections of the site, whose pages have the form of a model's name."""
_REDIRECTS = (301, 302, 303, 307, 308)
_ABSENT = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


@dataclass(frozen=True, slots=True)
class _Page:
    kind: str
    """As the API's paths call it: `models`."""
    id: str

    @property
    def url(self) -> str:
        section = "" if self.kind == "models" else f"{self.kind}/"
        return f"https://huggingface.co/{section}{self.id}"

    @property
    def noun(self) -> str:
        return self.kind.removesuffix("s")

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        """Few fields, for a dataset's list of files alone can be megabytes."""
        fields = {"models": ("disabled", "gated"), "datasets": ("disabled", "gated"), "spaces": ("disabled",)}
        return tuple(("expand", field) for field in fields.get(self.kind, ()))


class HuggingFace:
    """The source of what the Hub has; one object serves one run."""

    name = "huggingface"
    batch = 1

    def __init__(self, api: Api, *, endpoint: str = ENDPOINT) -> None:
        self._api = api
        self._endpoint = endpoint.rstrip("/")

    def accepts(self, query: Query) -> bool:
        return isinstance(query, LinkQuery) and _page(query.url) is not None

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | None]:
        """A LinkCheck or a Failure for each of *queries*, in their order; None: the web is to be asked."""
        return [await self._ask(query) for query in queries]

    async def _ask(self, query: Query) -> AnswerOutcome | None:
        page = _page(query.url) if isinstance(query, LinkQuery) else None
        if page is None:
            raise TypeError(f"Hugging Face was asked for {query}")
        answer = await self._get(page)
        if isinstance(answer, Failure) or answer.status not in _REDIRECTS:
            return _outcome(answer, page)
        renamed = _renamed(page, answer.header("location") or "")
        if renamed is None:
            return None
        outcome = _outcome(await self._get(renamed), renamed)
        is_there = isinstance(outcome, LinkCheck) and outcome.status is LinkStatus.OK
        return _moved(page, renamed) if is_there else outcome

    async def _get(self, page: _Page) -> ApiResponse | Failure:
        url = f"{self._endpoint}/{page.kind}/{page.id}"
        return await self._api.call(
            ApiRequest(url, self.name, page.params, timeout_s=30.0, max_body=8 * MEGABYTE, lane=HOST)
        )


def _page(url: str) -> _Page | None:
    found = _PAGE.fullmatch(url)
    if found is None:
        return None
    for kind, group in (("papers", "paper"), ("datasets", "dataset"), ("spaces", "space")):
        if found[kind]:
            return _Page(kind, found[group])
    return _Page("models", found["model"]) if found["owner"].lower() not in _NO_OWNERS else None


def _renamed(page: _Page, location: str) -> _Page | None:
    found = _MOVED.fullmatch(location)
    return _Page(page.kind, found[2]) if found and found[1] == page.kind else None


def _moved(page: _Page, now: _Page) -> LinkCheck:
    if now.id.lower() == page.id.lower():
        return _exists(page)
    return LinkCheck(LinkStatus.MOVED, f"the {page.noun} is {now.id} now", final_url=now.url)


def _exists(page: _Page, more: str = "") -> LinkCheck:
    return LinkCheck(LinkStatus.OK, f"the {page.noun} exists{more}")


def _outcome(answer: ApiResponse | Failure, page: _Page) -> AnswerOutcome | None:
    if isinstance(answer, Failure):
        return answer
    if answer.status == HTTPStatus.OK:
        return _described(answer, page)
    if answer.status in _ABSENT or answer.status in _REDIRECTS:
        return None
    if answer.status == HTTPStatus.UNAUTHORIZED:
        detail = f"the {page.noun} is private or missing; the host does not tell which (401)"
        return LinkCheck(LinkStatus.UNVERIFIED, detail, reason=Reason.BLOCKED)
    is_refusal = 400 <= answer.status < 500
    reason = Reason.BLOCKED if is_refusal else Reason.SERVER_ERROR
    return LinkCheck(LinkStatus.UNVERIFIED, f"the host's API answers {phrase(answer.status)}", reason=reason)


def _described(answer: ApiResponse, page: _Page) -> AnswerOutcome | None:
    told = answer.json_object()
    now = told.get("id") if told else None
    if told is None or not isinstance(now, str) or not _ID.fullmatch(now):
        return Failure(Reason.SERVER_ERROR, f"huggingface: the answer on the {page.noun} can't be read")
    if told.get("disabled"):
        return None
    if now.lower() != page.id.lower():
        return _moved(page, _Page(page.kind, now))
    return _exists(page, "; its files are for those who ask for access" if told.get("gated") else "")
