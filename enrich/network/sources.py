"""Who is asked, in the order in which they are asked. Loaded only where somebody is: it needs httpx."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypedDict

from enrich.sources.arxiv import Arxiv
from enrich.sources.crossref import Crossref, CrossrefTitles
from enrich.sources.datacite import DataCite
from enrich.sources.dblp import Dblp
from enrich.sources.doi import DoiResolver
from enrich.sources.fallback import Nobody, WithFallback
from enrich.sources.github import GitHub
from enrich.sources.huggingface import HuggingFace
from enrich.sources.openalex import OpenAlex
from enrich.sources.semanticscholar import SemanticScholar
from enrich.sources.wayback import Wayback
from enrich.sources.web import Web

if TYPE_CHECKING:
    from enrich.config import Config
    from enrich.config import Network as NetworkSettings
    from enrich.config import Source as SourceSettings
    from enrich.engines.processes.hands import Hands
    from enrich.fetcher import Source
    from enrich.http import Http


def sources_of(config: Config, http: Http, hands: Hands | None) -> tuple[Source, ...]:
    """Each question goes to the first that accepts it; *hands* ask links as well."""
    doi, wayback = config.sources.doi, config.sources.wayback
    github, token = config.sources.github, _token("github", config.network)
    by_token = (
        (GitHub(http, token, endpoint=github.endpoint, pace_s=github.pace_s, batch=github.batch),)
        if token
        else ()
    )
    web: Source = Web(http, config.links)
    if hands:
        from enrich.engines.processes.web import SharedWeb

        web = SharedWeb(Web(http, config.links), hands)
    # The web last: it is asked what no API answers.
    return (
        *_sources_of_works(http, config),
        *by_token,
        HuggingFace(http, endpoint=config.sources.huggingface.endpoint),
        DoiResolver(http, endpoint=doi.endpoint, pace_s=doi.pace_s),
        Wayback(http, endpoint=wayback.endpoint, pace_s=wayback.pace_s),
        web,
    )


def _sources_of_works(http: Http, config: Config) -> tuple[Source, ...]:
    """
    Who is asked about works, in the order in which they are asked.

    A DOI's own agency is asked first, whatever the precedence: there are no two answers.
    """
    settings = config.sources
    arxiv = Arxiv(http, **_batched(settings.arxiv))
    crossref = Crossref(http, **_batched(settings.crossref), contact=config.network.contact)
    made: tuple[Source, ...] = (
        crossref,
        CrossrefTitles(crossref),
        DataCite(http, **_batched(settings.datacite)),
        OpenAlex(http, _token("openalex", config.network), **_batched(settings.openalex)),
        SemanticScholar(
            http, _token("semanticscholar", config.network), **_batched(settings.semanticscholar)
        ),
        Dblp(http, endpoint=settings.dblp.endpoint, pace_s=settings.dblp.pace_s),
    )
    asked: tuple[Source, ...] = (
        WithFallback(arxiv),
        arxiv.search,
        *(source for source in made if source.name in config.metadata.sources),
    )
    return *asked, Nobody(asked)


def _batched(settings: SourceSettings) -> _Batched:
    return {"endpoint": settings.endpoint, "pace_s": settings.pace_s, "batch": settings.batch}


class _Batched(TypedDict):
    endpoint: str
    pace_s: float
    batch: int


def _token(source: str, settings: NetworkSettings) -> str:
    """The token for *source* in the environment; empty where there is none. Only its source gets it."""
    variable = dict(settings.token_env).get(source)
    return os.environ.get(variable, "").strip() if variable else ""
