"""The internet as tests meet it: arXiv, the hosts that they describe, and the catalogue of fates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.internet.arxiv_api import HOST, PATH, ArxivApi
from tests.internet.fates import arrange
from tests.internet.link_apis import DoiApi, GitHubApi, HuggingFaceApi, WaybackApi
from tests.internet.network import Else, Network
from tests.internet.oai_api import OaiApi
from tests.internet.replies import NOT_FOUND, OK, Fate, page
from tests.internet.work_apis import (
    CrossrefApi,
    DataCiteApi,
    DblpApi,
    OpenAlexApi,
    SemanticScholarApi,
)
from tests.internet.works import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.internet.library import Library


class Internet(Network):
    """
    `with Internet(records) as internet:` serves until the block ends.

    `internet.env` puts a program on it, `internet.host(…)` describes hosts, `internet.arxiv` holds arXiv's
    papers and moods, `internet.oai` what has changed there, `internet.github`, `huggingface`, `doi` and
    `wayback` those of other APIs,
    `internet.crossref`, `datacite`, `openalex`, `semanticscholar` and `dblp` made-up works,
    `internet.log` what was asked.
    """

    def __init__(
        self,
        records: Library | Iterable[Mapping[str, Any]] = (),
        *,
        everything_else: Else | Fate = "absent",
        absent: Fate | None = None,
        fates: bool = False,
        port: int = 0,
    ) -> None:
        """*fates* adds the hosts of `fates.FATES`; *port* 0 takes a free one."""
        super().__init__(everything_else=everything_else, absent=absent, port=port)
        self.arxiv = ArxivApi(records)
        # A page, not a refusal: a test proves by the log that nobody asked, whatever the answer.
        paper_page = page("<h1>A paper on arXiv</h1>", "A paper")
        for name in (HOST, "arxiv.org", "www.arxiv.org"):
            self.host(name).page("/abs/*", paper_page).page("/pdf/*", paper_page)
        self.host(HOST).page(PATH, self.arxiv.answer).page("/api/*", self.arxiv.lost)
        everything = everything_else == "ok"
        self.github, self.huggingface = (
            GitHubApi(everything=everything),
            HuggingFaceApi(everything=everything),
        )
        self.doi, self.wayback = DoiApi(everything=everything), WaybackApi()
        self.crossref, self.datacite = CrossrefApi(SAMPLES), DataCiteApi(SAMPLES)
        self.openalex, self.semanticscholar = OpenAlexApi(SAMPLES), SemanticScholarApi(SAMPLES)
        self.dblp, self.oai = DblpApi(SAMPLES), OaiApi()
        works = (self.crossref, self.datacite, self.openalex, self.semanticscholar, self.dblp)
        for api in (self.github, self.huggingface, self.doi, self.wayback, self.oai, *works):
            self.host(api.HOST, default=OK if everything else NOT_FOUND).page(api.PATH, api.answer)
        if fates:
            arrange(self)
