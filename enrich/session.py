"""
What other programs use: entries planned, works resolved, links checked.

`enrich resolve` is built on it; `enrich run` and `enrich check` have the same
conversation with each entry, and besides it a catalogue's files, queue and reports.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from enrich import checking, frontmatter
from enrich.catalogues.detection import SHAPES, detect
from enrich.catalogues.generic import GENERIC
from enrich.catalogues.mapping import mapped
from enrich.errors import UsageError
from enrich.evidence import Evidence
from enrich.files import document_of
from enrich.models import Ask, Entry, Link, Role
from enrich.network import open_network
from enrich.planning import context_for
from enrich.resolution import Wanted, by_grammar, resolved
from enrich.setting import setting_in
from enrich.text import Span
from enrich.words import dataclass
from enrich.worker import converse, think

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import AsyncIterator, Iterable, Mapping
    from contextlib import AbstractAsyncContextManager

    from enrich.catalogues.shape import Shape
    from enrich.models import Answer, Document, LinkCheck, LinkUse, Plan, Query
    from enrich.network import Network
    from enrich.resolution import Resolution
    from enrich.rule import Context
    from enrich.setting import Setting


ANYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class CheckedLink:
    url: str
    """Canonical; as it was given where it is no address."""
    check: LinkCheck
    """What was observed."""
    is_confirmed: bool
    """False for a broken link that worked before and has not failed often enough to be called broken."""
    checked_at: dt.datetime | None
    """UTC; None for an address that is judged without asking."""


@dataclass(frozen=True, slots=True)
class Session:
    """
    Answers asked once and kept in the cache, each host at its pace, however many ask.

    Its methods may be called many times at once: questions that wait for the same
    source go to it together.
    """

    setting: Setting
    network: Network

    async def plan(self, text: str, *, path: str = "entry.md") -> Plan:
        """
        What is to be done about an entry that says *text*: nothing is written anywhere.

        `Plan.text` has the safe changes made, `Plan.changes` are all, `Plan.findings` tell
        what is wrong. *path* is what the entry is called, relative to the folder of the
        configuration; relative links are looked for from there. A text without front
        matter has one finding that says so.
        """
        document = document_of(path, text.encode("utf-8", "surrogateescape"))
        return await converse(document, self._context(self._shape_of(document)), self.network.answer)

    async def resolve(self, item: str, wanted: Wanted = ANYTHING) -> Resolution:
        """
        What *item* stands for: an identifier however mangled, an address, a DOI, a title, a citation.

        Whatever else is *wanted* of the work is held against its record. Offline, what is not
        remembered is told by grammar alone.
        """
        today = self.setting.started_at.date()

        def step(answers: Mapping[Query, Answer]) -> Ask | Resolution:
            evidence = Evidence(answers)
            return resolved(item, evidence, wanted, today) or Ask(tuple(evidence.wanted))

        resolution = await think(step, self.network.answer)
        return resolution if resolution.record or self.network.http else by_grammar(item, today)

    async def check(self, url: str) -> CheckedLink:
        """Whether *url* works, as `enrich check` would say of a link in an entry; arXiv is asked by API."""
        context = self._context(GENERIC)
        entry = _entry_with(url)

        def step(answers: Mapping[Query, Answer]) -> Ask | LinkUse:
            evidence = Evidence(answers)
            uses = checking.link_uses(entry, evidence, context)
            return Ask(tuple(evidence.wanted)) if evidence.wanted else uses[0]

        use = await think(step, self.network.answer)
        asked = use.answer.retrieved_at if use.answer else None
        return CheckedLink(use.url, use.check, checking.is_confirmed(use, context), asked)

    def _context(self, shape: Shape) -> Context:
        return context_for(self.setting.config, shape, self.setting.started_at.date())

    def _shape_of(self, document: Document) -> Shape:
        settings = self.setting.config.catalogue
        if settings.profile != "auto":
            return mapped(SHAPES[settings.profile], settings.fields)
        parsed = frontmatter.parse(document)
        readable = (parsed,) if isinstance(parsed, frontmatter.FrontMatter) else ()
        beside = (place.name for place in self.setting.root.iterdir())
        return mapped(detect(readable, beside).shape, settings.fields)


def open_session(
    folder: str | Path = ".",
    *,
    config: str | None = None,
    overrides: Iterable[str] = (),
    cache_dir: str | None = None,
    offline: bool = False,
    refresh: bool = False,
) -> AbstractAsyncContextManager[Session]:
    """
    A session as a command has it that is called in *folder*.

    The configuration is the one that is found there, or the file *config*; *overrides* go
    over it, each as `--set` takes it: `links.timeout=5s`. Answers are kept where the
    configuration says, or in *cache_dir*. *offline* asks nobody, *refresh* believes no
    answer of before. Raises UsageError for a folder that isn't there, ConfigError for a
    configuration with mistakes, StateError for a cache that can't be used.
    """
    place = Path(folder).absolute()
    if not place.is_dir():
        raise UsageError(f"{folder}: no such folder")
    setting = setting_in(place, config=config, overrides=overrides, cache_dir=cache_dir)
    return _session(setting, offline=offline, refresh=refresh)


@asynccontextmanager
async def _session(setting: Setting, *, offline: bool, refresh: bool) -> AsyncIterator[Session]:
    async with open_network(setting, offline=offline, refresh=refresh) as network:
        yield Session(setting, network)


def _entry_with(url: str) -> Entry:
    nowhere = Span(0, 0)
    link = Link(url, nowhere, ("link",), Role.OTHER)
    return Entry(document_of("", b""), None, None, None, None, (), None, (link,))
