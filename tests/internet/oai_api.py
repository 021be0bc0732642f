"""
arXiv's OAI-PMH, as much of it as a harvest asks for: ListRecords in `arXivRaw`, by datestamp, in pages.

Source: the service's code (github.com/arXiv/oaipmh, 2026) and recorded answers.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit
from xml.sax.saxutils import escape, quoteattr

from tests.internet.json_api import JsonApi
from tests.internet.papers import Paper, paper
from tests.internet.replies import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.internet.traffic import Request

_XML = ("Content-Type", "text/xml; charset=utf-8")


class OaiApi(JsonApi):
    """The records that have changed, and when; not all that arXiv has."""

    HOST, PATH = "oaipmh.arxiv.org", "/oai"

    def __init__(self) -> None:
        super().__init__()
        self.changes: dict[str, tuple[str, str]] = {}
        """Datestamp and the record's metadata by identifier; no metadata where it was deleted."""
        self.page = 2
        """Records of one page."""
        self.today = dt.date(2026, 11, 25)
        self._era = 0

    def changed(self, datestamp: str, records: Iterable[Mapping[str, Any]]) -> None:
        """*records* are as they are now since *datestamp*; see `papers.paper` for what is read."""
        for record in records:
            self.changes[record["id"]] = (
                datestamp,
                raw(paper(record), withdrawn=bool(record.get("withdrawn"))),
            )

    def deleted(self, datestamp: str, name: str) -> None:
        self.changes[name] = datestamp, ""

    def midnight(self) -> None:
        """No token that was given is known any more."""
        self._era += 1

    def honest(self, request: Request) -> Reply:
        asked = dict(parse_qsl(urlsplit(request.path).query))
        if asked.pop("verb", None) != "ListRecords":
            return self._error("badVerb", "Only ListRecords is played here")
        if token := asked.get("resumptionToken"):
            known = dict(parse_qsl(unquote(token), keep_blank_values=True))
            if set(asked) != {"resumptionToken"} or known.get("era") != str(self._era):
                return self._error("badResumptionToken", "Token decoding failed or format is invalid.")
            return self._listed(known["from"], int(known["skip"]))
        if asked.get("metadataPrefix") != "arXivRaw":
            return self._error("cannotDisseminateFormat", "Only arXivRaw is played here")
        return self._listed(asked.get("from", ""), 0)

    def _listed(self, since: str, skip: int) -> Reply:
        found = sorted((stamp, name) for name, (stamp, _) in self.changes.items() if stamp >= since)
        if not found:
            return self._error("noRecordsMatch", "The combination of parameters matches nothing.")
        records = "".join(self._record(name) for _, name in found[skip : skip + self.page])
        following = {"from": since, "skip": skip + self.page, "era": self._era}
        token = quote(urlencode(following)) if len(found) > skip + self.page else ""
        return self._reply(
            f"<ListRecords>{records}<resumptionToken expires='{self.today}T23:59:59Z'>{token}"
            "</resumptionToken></ListRecords>"
        )

    def _record(self, name: str) -> str:
        stamp, metadata = self.changes[name]
        status = "" if metadata else ' status="deleted"'
        body = f"<metadata>{metadata}</metadata>" if metadata else ""
        return (
            f"<record><header{status}><identifier>oai:arXiv.org:{name}</identifier>"
            f"<datestamp>{stamp}</datestamp><setSpec>cs</setSpec></header>{body}</record>\n"
        )

    def _error(self, code: str, text: str) -> Reply:
        return self._reply(f"<error code={quoteattr(code)}>{escape(text)}</error>")

    def _reply(self, content: str) -> Reply:
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n'
            f"<responseDate>{self.today}T10:00:00Z</responseDate>\n"
            f'<request verb="ListRecords">http://oaipmh.arxiv.org/oai</request>\n{content}\n</OAI-PMH>\n'
        )
        return Reply(200, (_XML,), body.encode())


def raw(known: Paper, *, withdrawn: bool = False) -> str:
    """arXiv's own fields: authors in one line, lines broken, every version with its moment and size."""
    authors = ", ".join(author.name for author in known.authors).replace(", :, ", ": ")
    versions = "".join(
        f'<version version="v{number}"><date>{known.dated(number):%a, %d %b %Y %H:%M:%S} GMT</date>'
        f"<size>{'0' if withdrawn and number == known.versions else '401'}kb</size></version>"
        for number in range(1, known.versions + 1)
    )
    texts = {
        "title": known.title.replace(" ", "\n  ", 1),
        "authors": authors,
        "categories": " ".join(known.categories),
        "comments": known.comment,
        "journal-ref": known.journal_ref,
        "doi": " ".join(known.dois),
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": f"{known.abstract}\n",
    }
    fields = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items() if text)
    return (
        '<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">'
        f"<id>{known.id}</id><submitter>Somebody</submitter>{versions}{fields}</arXivRaw>"
    )
