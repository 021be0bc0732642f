"""
Whether repositories on GitHub exist, a hundred with one request.

Only with a token, for GitHub's GraphQL API answers nobody without one. What it says
exists is believed. What it does not show is asked of the web: a token may lack the
right to see it, may see what readers can't, and a page that is gone is the better
evidence that a link is broken.

Source: https://docs.github.com/graphql/reference/queries#repository,
https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from __future__ import annotations

import json
import logging
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from enrich.http import ApiRequest, Pace
from enrich.links import phrase
from enrich.models import Failure, LinkCheck, LinkQuery, LinkStatus, Reason
from enrich.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enrich.http import Api, ApiResponse
    from enrich.models import AnswerOutcome, Query

ENDPOINT = "https://api.github.com/graphql"
PACE_S = 1.0
BATCH = 100

_HOME = "https://api.github.com/"
_REPOSITORY = pattern(r"https://github\.com/([A-Za-z0-9][\w-]*/[\w.-]+?)(?:\.git)?/?", re.ASCII)
"""Deeper paths lead to files, issues and the like, of which a repository says nothing."""
_NAME = pattern(r"[A-Za-z0-9][\w-]*/[\w.-]+", re.ASCII)
_TOKEN = pattern(r"[\x21-\x7e]+")
_FRAGMENT = "fragment F on Repository{nameWithOwner isArchived isPrivate isDisabled}"

_log = logging.getLogger(__name__)


class GitHub:
    """The source of which repositories exist; one object serves one run."""

    name = "github"

    def __init__(
        self, api: Api, token: str, *, endpoint: str = ENDPOINT, pace_s: float = PACE_S, batch: int = BATCH
    ) -> None:
        """*token* goes to GitHub's own API only: an endpoint elsewhere is asked without it."""
        self._api = api
        self._endpoint = endpoint
        self._pace = Pace(concurrency=1, between_s=pace_s)
        self.batch = batch
        self._headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
        self._refused = False
        self._set_aside: Failure | None = None
        if not _TOKEN.fullmatch(token):
            self._give_up("the token is not one: it holds blanks or characters outside ASCII")
        elif endpoint.startswith(_HOME):
            self._headers += (("Authorization", f"Bearer {token}"),)

    def accepts(self, query: Query) -> bool:
        return isinstance(query, LinkQuery) and _REPOSITORY.fullmatch(query.url) is not None

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | None]:
        """
        For each of *queries*, in their order, a LinkCheck that its repository exists or was renamed.

        None where GitHub shows no such repository, or refuses the token: the web is to be asked.
        """
        asked = [_name(query) for query in queries]
        outcomes = await self._outcomes(tuple(dict.fromkeys(asked)))
        return [outcomes[name] for name in asked]

    async def _outcomes(self, names: tuple[str, ...]) -> Mapping[str, AnswerOutcome | None]:
        if self._refused:
            return dict.fromkeys(names)
        if self._set_aside:
            return dict.fromkeys(names, self._set_aside)
        body = json.dumps({"query": _query(names)}).encode()
        answer = await self._api.call(
            ApiRequest(
                self._endpoint, self.name, method="POST", body=body, headers=self._headers, pace=self._pace
            )
        )
        return dict.fromkeys(names, answer) if isinstance(answer, Failure) else self._told(answer, names)

    def _told(self, answer: ApiResponse, names: tuple[str, ...]) -> Mapping[str, AnswerOutcome | None]:
        told = answer.json_object() or {}
        # First: with bad credentials GitHub says as well that no request is left.
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self._give_up("GitHub refuses the token (401)")
            return dict.fromkeys(names)
        if _is_over_quota(answer, told):
            self._set_aside = Failure(Reason.RATE_LIMITED, "github: the token's quota is used up for now")
            return dict.fromkeys(names, self._set_aside)
        if answer.status == HTTPStatus.FORBIDDEN:
            self._give_up("GitHub forbids the token to ask (403)")
            return dict.fromkeys(names)
        if answer.status != HTTPStatus.OK:
            failure = Failure(Reason.SERVER_ERROR, f"github: {phrase(answer.status)}")
            return dict.fromkeys(names, failure)
        return _read(told, names)

    def _give_up(self, why: str) -> None:
        """For the rest of the run, so that it is said once; the token itself is never told."""
        self._refused = True
        _log.warning("%s; its links are asked on the web, one by one", why)


def _name(query: Query) -> str:
    """The repository, `owner/name`, as GitHub compares it. Raises TypeError where *query* is about none."""
    found = _REPOSITORY.fullmatch(query.url) if isinstance(query, LinkQuery) else None
    if found is None:
        raise TypeError(f"GitHub was asked for {query}")
    return found[1].lower()


def _query(names: tuple[str, ...]) -> str:
    parts = (name.partition("/") for name in names)
    fields = (
        f"r{number}:repository(owner:{json.dumps(owner)},name:{json.dumps(name)}){{...F}}"
        for number, (owner, _, name) in enumerate(parts)
    )
    return f"query{{{' '.join(fields)}}} {_FRAGMENT}"


def _is_over_quota(answer: ApiResponse, told: dict[str, Any]) -> bool:
    """
    The quota of an hour comes with status 200 or 403, a secondary limit with 403 and 429.

    Source: https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
    """
    if any(error.get("type") in ("RATE_LIMITED", "RATE_LIMIT") for error in _errors(told)):
        return True
    said = "rate limit" in str(told.get("message", "")).lower()
    asked_to_wait = answer.header("retry-after") is not None or answer.header("x-ratelimit-remaining") == "0"
    return answer.status == HTTPStatus.FORBIDDEN and (said or asked_to_wait)


def _errors(told: dict[str, Any]) -> list[dict[str, Any]]:
    errors = told.get("errors")
    return [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []


def _read(told: dict[str, Any], names: tuple[str, ...]) -> Mapping[str, AnswerOutcome | None]:
    data = told.get("data")
    data = data if isinstance(data, dict) else {}
    named = {path[0] for error in _errors(told) if isinstance(path := error.get("path"), list) and path}
    return {
        name: _outcome(name, data.get(alias), known=alias in data or alias in named)
        for name, alias in ((name, f"r{number}") for number, name in enumerate(names))
    }


def _outcome(name: str, found: object, *, known: bool) -> AnswerOutcome | None:
    """*known*: GitHub says anything of this repository, be it that there is none."""
    if not isinstance(found, dict):
        return None if known else Failure(Reason.SERVER_ERROR, f"github: the answer lacks {name}")
    now = found.get("nameWithOwner")
    if not isinstance(now, str) or not _NAME.fullmatch(now):
        return Failure(Reason.SERVER_ERROR, f"github: the answer on {name} can't be read")
    if found.get("isPrivate") or found.get("isDisabled"):
        return None
    if now.lower() != name:
        url = f"https://github.com/{now}"
        return LinkCheck(LinkStatus.MOVED, f"the repository is {now} now", final_url=url)
    archived = ", archived" if found.get("isArchived") else ""
    return LinkCheck(LinkStatus.OK, f"the repository exists{archived}")
