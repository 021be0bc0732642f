"""The plainest client of arXiv's API, and what it reads in a feed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from tests.internet.clients import client

if TYPE_CHECKING:
    import httpx

    from tests.internet.internet import Internet

API = "https://export.arxiv.org/api/query"
NS = {
    "a": "http://www.w3.org/2005/Atom",
    "x": "http://arxiv.org/schemas/atom",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
}


class Asker:
    """Asks the API as a program would."""

    def __init__(self, internet: Internet) -> None:
        self.internet = internet
        self.http = client(internet)

    def get(self, **asked: str | int) -> httpx.Response:
        return self.http.get(API, params=asked)

    def ids(self, **asked: str | int) -> list[str]:
        """The versioned identifiers of a feed, in its order."""
        answer = self.get(**asked)
        assert answer.status_code == 200, answer.text
        return ids_of(answer)


def ids_of(answer: httpx.Response) -> list[str]:
    root = ET.fromstring(answer.content)
    return [
        (found.text or "").removeprefix("http://arxiv.org/abs/") for found in root.findall("a:entry/a:id", NS)
    ]


def total_of(answer: httpx.Response) -> int:
    return int(ET.fromstring(answer.content).findtext("o:totalResults", "-1", NS))


def error_of(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, message and identifier of an error feed."""
    entry = ET.fromstring(answer.content).find("a:entry", NS)
    assert entry is not None
    assert entry.findtext("a:title", None, NS) == "Error"
    assert entry.find("a:published", NS) is None
    return answer.status_code, entry.findtext("a:summary", "", NS), entry.findtext("a:id", "", NS)
