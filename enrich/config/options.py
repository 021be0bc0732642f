"""
Every option: its key, what it takes, its default, and what it is for.

One line adds an option; parsing, `schemas/config.schema.json` and the manual
follow from it. The unit of a number ends its attribute: `timeout_s`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.config.addresses import (
    AddressPattern,
    FromEnvironment,
    HeaderName,
    HeaderText,
    LinkPattern,
    Tokened,
    flaws_of_remap,
    flaws_of_token,
)
from enrich.config.kinds import Flaw
from enrich.config.mapping import ADDABLE, MAPPING, REFRESHABLE, ROLES, FieldMapping, flaws_of_role
from enrich.config.measures import Duration, Share, Size
from enrich.config.scalars import Date, Flag, Named, Whole, Word
from enrich.config.tables import Keyed, Listed, Record, Section, option
from enrich.config.texts import Address, Glob, Host, Line, Selector, Variable, Versions
from enrich.models import Severity
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

SELECTORS = Listed(Selector())
SEVERITY = Named({level.word: level for level in (Severity.ERROR, Severity.WARNING, Severity.INFO)})
LEVEL: Named[Severity | None] = Named({**SEVERITY.names, "never": None})
PROFILES = ("auto", "jekyll-links", "academicpages", "hugoblox", "quarto", "obsidian", "pmlr", "generic")


@dataclass(frozen=True, slots=True)
class Catalogue:
    profile: str = option("auto", Word(PROFILES), "the shape of the entries; `auto` looks for it")
    include: tuple[str, ...] = option((), Listed(Glob()), "the entries; where empty, as the profile says")
    exclude: tuple[str, ...] = option(
        (), Listed(Glob()), "no entries; added to .gitignore, drafts/ and *.template"
    )
    check_body: str = option("links", Word(("links", "none")), "links in the text are checked, never edited")
    fields: tuple[tuple[str, FieldMapping], ...] = option(
        (),
        Keyed(Word(ROLES), MAPPING, FieldMapping(), "FIELD", flaws_of_role),
        "where each field stands; goes over the profile",
    )


@dataclass(frozen=True, slots=True)
class Rules:
    select: tuple[str, ...] = option(("DEFAULT",), SELECTORS, "the rules that run")
    extend_select: tuple[str, ...] = option((), SELECTORS, "rules that run besides")
    ignore: tuple[str, ...] = option((), SELECTORS, "rules that do not run; the closer name of a rule wins")
    fail_on: Severity | None = option(Severity.ERROR, LEVEL, "the least severity at which `check` fails")
    safe_fixes: tuple[str, ...] = option((), SELECTORS, "rules whose changes to review are written")
    unsafe_fixes: tuple[str, ...] = option((), SELECTORS, "rules whose safe changes wait for review")
    severity: tuple[tuple[str, Severity], ...] = option(
        (), Keyed(Selector(), SEVERITY, Severity.ERROR, "RULE"), "severities that differ from the rules' own"
    )
    require_reason: bool = option(False, Flag(), "a suppression without a `reason` is an error")


@dataclass(frozen=True, slots=True)
class HostSettings:
    """What is None is left to the built-in knowledge of that host."""

    concurrency: int | None = option(None, Whole(1, 64), "requests in flight")
    delay_s: float | None = option(None, Duration(), "from the start of one request to the next")
    per_run: int | None = option(None, Whole(0), "requests of one run; the other links wait for the next")
    on_403: str = option("unverified", Word(("unverified", "broken", "ok")), "what 403 means at this host")
    accept: tuple[int, ...] = option((), Listed(Whole(100, 599)), "HTTP codes that count as ok at this host")
    timeout_s: float | None = option(None, Duration(0.1, 600), "for one request, instead of `links.timeout`")
    method: str = option(
        "head", Word(("head", "get")), "how a file is first asked for; `get` where HEAD is not to be trusted"
    )
    headers: tuple[tuple[str, str | FromEnvironment], ...] = option(
        (),
        Keyed(HeaderName(), HeaderText(), "", "NAME"),
        "sent to this host alone and never after a redirect from another, those of variables by https only",
    )


_NO_SETTINGS = HostSettings()


@dataclass(frozen=True, slots=True)
class Links:
    confirm_after: int = option(3, Whole(1, 100), "failures before a link that used to work is called broken")
    confirm_days: int = option(3, Whole(0, 365), "days that lie between the first and the last of them")
    retry: int = option(2, Whole(0, 10), "tries after the first, within a run")
    timeout_s: float = option(20.0, Duration(0.1, 600), "for one request")
    redirects: str = option(
        "report-permanent",
        Word(("off", "report-permanent", "fix-same-site")),
        "`fix-same-site` makes LNK111 safe within a registrable domain, and proposes it across",
    )
    https_upgrade: bool = option(
        True, Flag(), "LNK110 writes https for http where both forms were compared and serve the same"
    )
    max_redirects: int = option(8, Whole(0, 20), "hops before a link counts as not verified")
    archive: str = option(
        "suggest",
        Word(("off", "suggest")),
        "for a broken link, show the archived copy nearest to the entry's year",
    )
    accept: tuple[int, ...] = option((), Listed(Whole(100, 599)), "HTTP codes that count as ok at every host")
    include: tuple[str, ...] = option(
        (), Listed(LinkPattern()), "the only hosts and addresses that are asked; where empty, all"
    )
    exclude: tuple[str, ...] = option(
        (), Listed(LinkPattern()), "hosts and addresses that are never asked; wins over `include`"
    )
    remap: tuple[tuple[str, str], ...] = option(
        (),
        Keyed(AddressPattern(), AddressPattern(), "", "ADDRESSES", flaws_of_remap),
        "addresses and where they are asked instead, such as a mirror; reports name what is linked",
    )
    hosts: tuple[tuple[str, HostSettings], ...] = option(
        (), Keyed(Host(), Section(HostSettings), HostSettings(), "HOST"), "hosts one by one"
    )

    def host(self, *names: str) -> HostSettings:
        """The settings under the first of *names* that has any: a host, or a host and its port."""
        if not self.hosts:
            return _NO_SETTINGS
        written = dict(self.hosts)
        return next((written[name] for name in names if name in written), _NO_SETTINGS)


WORKS = ("arxiv", "crossref", "datacite", "openalex", "semanticscholar", "dblp")
"""Sources of what works are."""


@dataclass(frozen=True, slots=True)
class Identifiers:
    arxiv_versions: str = option(
        "keep",
        Word(("keep", "report", "strip")),
        "versions in arXiv identifiers; `report` turns IDN205 on, `strip` makes it safe too",
    )


@dataclass(frozen=True, slots=True)
class Metadata:
    sources: tuple[str, ...] = option(
        ("arxiv", "crossref", "datacite", "openalex"),
        Listed(Word(WORKS)),
        "who is asked about works, the first goes over the others; identifiers of arXiv are looked up there "
        "in any case",
    )
    add: tuple[str, ...] = option(
        ("arxiv_id", "doi", "published", "categories"), Listed(Word(ADDABLE)), "absent fields that are added"
    )
    doi_fallback: str = option(
        "none", Word(("none", "arxiv")), "without a publisher's DOI, arXiv's own or none"
    )
    restore: tuple[str, ...] = option(
        ("title", "authors"),
        Listed(Word(("title", "authors"))),
        "fields whose lost case and accents come back",
    )
    fill: tuple[str, ...] = option(
        ("venue", "year"),
        Listed(Word(("venue", "year"))),
        "filled where they stand for nothing and a published version is known",
    )
    refresh: tuple[str, ...] = option(
        (), Listed(Word(REFRESHABLE)), "fields that are kept up to date where an entry has them"
    )
    refresh_min_change: float = option(
        0.05, Share(), "of a number that stands, by which a new one must be greater"
    )
    protect: tuple[str, ...] = option(("tags",), Listed(Line()), "keys that are never touched; wins over all")
    max_lines: int = option(
        20, Whole(1, 10_000), "lines of one entry, without its authors, above which changes wait"
    )
    field_style: str = option(
        "match",
        Word(("match", "entry")),
        "how new values are written: as the entry's own, and where it doesn't tell as the catalogue's; "
        "or by the entry alone",
    )


@dataclass(frozen=True, slots=True)
class Source:
    endpoint: str = option("", Address(), "where it answers; a mirror or a test server can stand in")
    pace_s: float = option(1.0, Duration(0, 600), "from the start of one request to the next")
    batch: int = option(1, Whole(1, 600), "questions in one request")


@dataclass(frozen=True, slots=True)
class SingleSource:
    """A source that answers one question a request."""

    endpoint: str = option("", Address(), "where it answers; a mirror or a test server can stand in")
    pace_s: float = option(1.0, Duration(0, 600), "from the start of one request to the next")


@dataclass(frozen=True, slots=True)
class HostedSource:
    """A source whose pace is that of its host's pages."""

    endpoint: str = option("", Address(), "where it answers; a mirror or a test server can stand in")


@dataclass(frozen=True, slots=True)
class Sources:
    arxiv: Source = option(
        Source("https://export.arxiv.org/api/query", 3.0, 250),
        Section(Source),
        "arXiv's API, which asks for 3 s and one connection: https://info.arxiv.org/help/api/tou.html",
    )
    arxiv_oai: SingleSource = option(
        SingleSource("https://oaipmh.arxiv.org/oai", 3.0),
        Section(SingleSource),
        "arXiv's OAI-PMH, by which a mirror is updated; 3 s by the same terms",
    )
    doi: SingleSource = option(
        SingleSource("https://doi.org/api/handles", 0.2), Section(SingleSource), "the resolver of DOIs"
    )
    github: Source = option(
        Source("https://api.github.com/graphql", 1.0, 100),
        Section(Source),
        "GitHub's API, asked where there is a token, which goes to https://api.github.com only",
    )
    huggingface: HostedSource = option(
        HostedSource("https://huggingface.co/api"),
        Section(HostedSource),
        'Hugging Face\'s API, at the pace of [links.hosts."huggingface.co"]',
    )
    crossref: Source = option(
        Source("https://api.crossref.org", 0.35, 50),
        Section(Source),
        "Crossref's API, which allows three requests a second to those who name a contact",
    )
    datacite: Source = option(
        Source("https://api.datacite.org", 1.0, 50),
        Section(Source),
        "DataCite's API, also asked for arXiv's papers while arXiv does not answer",
    )
    openalex: Source = option(
        Source("https://api.openalex.org", 1.0, 33),
        Section(Source),
        "OpenAlex's API, which answers few hundred requests a day without a key; one holds 33 papers at most",
    )
    semanticscholar: Source = option(
        Source("https://api.semanticscholar.org/graph/v1", 1.0, 500),
        Section(Source),
        "Semantic Scholar's API, which often refuses those without a key; a request holds 500 papers at most",
    )
    dblp: SingleSource = option(
        SingleSource("https://dblp.org/search/publ/api", 2.0),
        Section(SingleSource),
        "DBLP's API, searched by title",
    )
    wayback: SingleSource = option(
        SingleSource("https://archive.org/wayback/available", 1.0),
        Section(SingleSource),
        "the Wayback Machine, asked for copies of broken links",
    )


@dataclass(frozen=True, slots=True)
class Network:
    contact: str = option("", Line(), "an e-mail address for the hosts that are asked")
    concurrency: int = option(16, Whole(1, 256), "requests in flight, all hosts together")
    processes: int | None = option(
        None,
        Whole(0, 16),
        "processes that ask links besides the one that judges entries; where it is not set, one for each "
        "further core, two at most, and only for 500 entries or more and a `concurrency` of 64 or more",
    )
    max_wait_s: float = option(300.0, Duration(), "the longest pause before a host is set aside")
    max_body_bytes: int = option(1_000_000, Size(), "of an answer, decompressed")
    deny_private: bool = option(True, Flag(), "no private or local address is asked but configured endpoints")
    token_env: tuple[tuple[str, str], ...] = option(
        (
            ("github", "ENRICH_GITHUB_TOKEN"),
            ("openalex", "ENRICH_OPENALEX_KEY"),
            ("semanticscholar", "ENRICH_SEMANTICSCHOLAR_KEY"),
        ),
        Keyed(Tokened(), Variable(), "", "SOURCE", flaws_of_token),
        "variables that hold the tokens of APIs and of hosts; never the tokens themselves",
    )


@dataclass(frozen=True, slots=True)
class Cache:
    dir: str = option(
        "", Line(), "a folder; empty is .enrich_cache at the root, `user` the user's cache folder"
    )
    snapshots: tuple[str, ...] = option((), Listed(Line()), "files of answers that are looked at first")
    ok_ttl_s: float = option(14 * 86_400.0, Duration(), "how long a working link is believed")
    broken_ttl_s: float = option(86_400.0, Duration(), "… a broken one")
    refused_ttl_s: float = option(7 * 86_400.0, Duration(), "… a blocked one")
    metadata_ttl_s: float = option(30 * 86_400.0, Duration(), "… a record")
    citations_ttl_s: float = option(30 * 86_400.0, Duration(), "… how often a work is cited")
    jitter: float = option(0.25, Share(), "by how much these vary, so that not all end on one day")


@dataclass(frozen=True, slots=True)
class Mirror:
    path: str = option("", Line(), "its file; empty is enrich/arxiv.sqlite in the user's data folder")
    use: bool = option(True, Flag(), "where there is one, it answers before arXiv is asked")


@dataclass(frozen=True, slots=True)
class Engine:
    name: str = option(
        "local", Word(("local", "dask")), "`dask` spreads links and entries over the workers of a cluster"
    )
    scheduler: str = option(
        "", Line(), "the cluster, such as tcp://host:8786; empty starts one on this machine, for the run"
    )


@dataclass(frozen=True, slots=True)
class Report:
    reports: tuple[str, ...] = option(
        (), Listed(Line()), "files that every run writes, as FORMAT=FILE; `--report` goes over them"
    )
    annotations: str = option(
        "auto",
        Word(("auto", "off")),
        "in GitHub Actions, annotate the changed lines and write the job's summary",
    )
    summary_bytes: int = option(524_288, Size(), "of a Markdown report; GitHub shows nothing above 1 MiB")


@dataclass(frozen=True, slots=True)
class PullRequest:
    """What a scheduled job proposes, see examples/ci/pull-requests.yml; `enrich` itself opens none."""

    limit_entries: int = option(100, Whole(1, 10_000), "entries of one, at most")
    max_open: int = option(2, Whole(1, 100), "of them at one time")
    group_by: str = option(
        "family",
        Word(("family", "rule", "none")),
        "one for links, identifiers and metadata each, one for each rule, or one for all",
    )


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings that a curator does not want to see, by `[[ignore]]`."""

    rule: str = option("", Selector(), "the rule")
    url: str = option("", Line(), "the address; `*` is any run of characters")
    entry: str = option("", Glob(), "the entry, as a pattern of paths")
    field: str = option("", Line(), "the field, such as `title`")
    reason: str = option("", Line(), "why")
    until: dt.date | None = option(None, Date(), "the last day on which it holds")


def _flaws(ignore: Ignore) -> Iterator[Flaw]:
    if not ignore.rule:
        yield Flaw((), "takes a `rule`", 'such as rule = "LNK101"')
    elif not (ignore.url or ignore.entry or ignore.field):
        yield Flaw((), "takes a `url`, an `entry` or a `field`", "for everywhere, use `ignore` in [rules]")


@dataclass(frozen=True, slots=True)
class Config:
    """What a curator decided, all of it; each part of the program receives only the piece that it needs."""

    required_version: str = option("", Versions(), "versions of enrich that may be used here")
    ignore: tuple[Ignore, ...] = option((), Listed(Record(Ignore, _flaws)), "findings that are not wanted")
    per_entry_ignores: tuple[tuple[str, tuple[str, ...]], ...] = option(
        (), Keyed(Glob(), SELECTORS, (), "GLOB"), "rules that do not run for these entries"
    )
    catalogue: Catalogue = option(
        Catalogue(), Section(Catalogue), "which files are entries, and how to read them"
    )
    rules: Rules = option(Rules(), Section(Rules), "what is looked for, and what is done about it")
    links: Links = option(Links(), Section(Links), "how links are checked")
    identifiers: Identifiers = option(Identifiers(), Section(Identifiers), "how identifiers are written")
    metadata: Metadata = option(Metadata(), Section(Metadata), "what a record may write")
    sources: Sources = option(Sources(), Section(Sources), "who is asked by API")
    network: Network = option(
        Network(), Section(Network), "HTTP_PROXY, NO_PROXY, SSL_CERT_FILE and their kin count too"
    )
    cache: Cache = option(Cache(), Section(Cache), "what is remembered between runs")
    mirror: Mirror = option(Mirror(), Section(Mirror), "arXiv's metadata in a local file")
    engine: Engine = option(Engine(), Section(Engine), "where the work is done")
    report: Report = option(Report(), Section(Report), "where else a run is told")
    pull_request: PullRequest = option(
        PullRequest(), Section(PullRequest), "what a scheduled job proposes at a time"
    )


ROOT = Section(Config)
