"""Recorded answers of real services, read where they lie beside the checkout."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from enrich.http import ApiResponse
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Iterator


class Recorded(NamedTuple):
    url: str
    sent: str
    """The body of the request."""
    answer: ApiResponse

    def json(self) -> Any:
        """The body; None where it is no JSON."""
        try:
            return json.loads(self.answer.content)
        except ValueError:
            return None


def recorded(host: str) -> Iterator[Recorded]:
    """Every recorded answer of *host*. Skips the test where nothing was recorded."""
    for path in sorted(shared("arxiv", "other").glob("*/*.yaml")):
        for interaction in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["interactions"]:
            asked, told = interaction["request"], interaction["response"]
            if f"//{host}/" in asked["uri"]:
                yield Recorded(asked["uri"], str(asked["body"]), _answer(told))


def _answer(told: dict[str, Any]) -> ApiResponse:
    body: Any = told.get("content", told.get("body"))
    body = body["string"] if isinstance(body, dict) else body
    content: bytes = body.encode() if isinstance(body, str) else body
    status = told.get("status_code") or told["status"]["code"]
    return ApiResponse(status, (), gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
