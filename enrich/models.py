"""
The words that all floors share.

Every type here is frozen, slotted, hashable and picklable. Each stage of an
entry's way has a type of its own; nothing is optional until later.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, TypeAlias

from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt

    from enrich.text import Span

# -- fields of front matter ------------------------------------------------------------------

Path: TypeAlias = "tuple[str | int, ...]"
"""Where a value stands in front matter: `("additional_links", 1, "url")`."""


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping as a value, its keys in the order in which they are written."""

    pairs: tuple[tuple[str, Value], ...]


Value: TypeAlias = "str | int | float | bool | dt.date | tuple[Value, ...] | Map | None"
"""What front matter can hold. A `str` is a string to every reader, a `date` a plain YAML date."""


def format_path(path: Path) -> str:
    """
    >>> format_path(("additional_links", 1, "url"))
    'additional_links[1].url'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


_STEP = pattern(r"\[(\d+)\]|([^.\[\]]+)")


def parse_path(field: str) -> Path:
    """
    The inverse of `format_path`.

    >>> parse_path("additional_links[1].url")
    ('additional_links', 1, 'url')
    """
    return tuple(int(index) if index else key for index, key in _STEP.findall(field))


# -- an entry --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read. `text` holds its bytes as UTF-8, undecodable ones as lone surrogates."""

    path: str
    """Relative to the catalogue's root, with `/`."""
    text: str
    digest: str
    """SHA-256 of the bytes, hexadecimal."""

    def encode(self, text: str | None = None) -> bytes:
        return (self.text if text is None else text).encode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar of the front matter, read as text: `2410.21270` keeps its zero."""

    value: str
    path: Path
    span: Span
    """The scalar as it is written, quotes included, in the document's text."""
    plain: bool = False
    """Written without quotes, so that YAML or TOML gives it a type."""


class AuthorForm(Enum):
    COMMA = "comma"
    """One scalar, names separated by commas."""
    LIST = "list"
    """A list of scalars."""
    OBJECTS = "objects"
    """A list of mappings with a `name`."""
    CSL = "csl"
    """A list of mappings with `given` and `family`, or `literal`."""
    CITATION = "citation"
    """Names at the beginning of a citation in prose or HTML, which is only read."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the entry has under a key that enrich may add, and so keep up to date."""

    role: str
    """A word of `metadata.add`."""
    value: str | tuple[str, ...]
    """As text, a list as its items."""
    path: Path
    span: Span
    plain: bool
    """A scalar that YAML gives a type; false for lists."""


@dataclass(frozen=True, slots=True)
class Authors:
    names: tuple[str, ...]
    form: AuthorForm
    path: Path
    span: Span
    text: str = ""
    """The whole scalar where `form` is COMMA."""
    parts: tuple[tuple[Text, ...], ...] = ()
    """Of names that are mappings, the scalars of each: `given` and `family`."""


class Role(Enum):
    PAPER = "paper"
    PDF = "pdf"
    CODE = "code"
    OTHER = "other"
    BODY = "body"
    """An address in the text: checked, never edited."""


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    """As written, decoded from its scalar; possibly no URL at all."""
    span: Span
    """Of the address itself where it stands in the source as it is, else of its scalar."""
    path: Path
    """Empty for a link in the body."""
    role: Role
    label: str = ""
    """What the catalogue calls it: `Paper`, `Code`, `url_pdf`."""
    item: Map | None = None
    """The item of a list of links that it is, where that holds nothing but scalars; values as text."""

    @property
    def field(self) -> str:
        return format_path(self.path) if self.path else "body"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a catalogue's shape reads in a document."""

    document: Document
    title: Text | None
    authors: Authors | None
    year: Text | None
    venue: Text | None
    arxiv: tuple[Text, ...]
    """Scalars of fields that are there to hold an arXiv identifier; links are not among them."""
    doi: Text | None
    links: tuple[Link, ...]
    fields: tuple[tuple[str, Text], ...] = ()
    """Every other top-level scalar that the shape maps (`short_authors`, `key`), by role."""
    blank: tuple[tuple[str, Text], ...] = ()
    """Fields for `venue` and `year` that stand without a value, by role; null is `plain`, `""` is not."""
    held: tuple[Held, ...] = ()
    """Scalars and lists of scalars under the keys that the shape adds, by role."""
    present: frozenset[str] = frozenset()
    """Roles (`arxiv_id`, `doi`, `published`, `categories`, …) that the entry has under any name."""

    @property
    def path(self) -> str:
        return self.document.path


# -- questions and answers -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkQuery:
    """Does this address work? `url` is canonical: see `links.canonical_url`."""

    url: str


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """
    What is known of the work with this identifier?

    arXiv ids are canonical and without version: the newest. One with a version asks
    what that version says, which arXiv may or may not know; that it does not know
    says nothing about the work.
    """

    scheme: str
    """`arxiv` or `doi`."""
    id: str


@dataclass(frozen=True, slots=True)
class SnapshotQuery:
    """Is there an archived copy of this address? The one nearest to *year* is wanted."""

    url: str
    """Canonical."""
    year: int | None
    """None where any copy does."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Which works of arXiv are called so? Asked where nothing cheaper names the work."""

    title: str
    """Plain text, as a person reads it."""
    surname: str
    """Of the first author; empty where none is known."""


@dataclass(frozen=True, slots=True)
class PublishedQuery:
    """As what was this preprint published, as far as one source knows?"""

    source: str
    """`openalex`, `dblp`, …: each is asked apart, and fails apart."""
    arxiv: str
    """Canonical, without version."""
    title: str = ""
    """Plain text, for sources that are searched by title; empty for those that know identifiers."""
    surname: str = ""
    """Of the first author, where `title` is set."""


@dataclass(frozen=True, slots=True)
class CitationsQuery:
    """How often is this work cited, as far as one source counts? Answered by a Record with `citations`."""

    source: str
    """`openalex`, …: each counts differently, and is asked apart."""
    scheme: str
    """`arxiv` or `doi`."""
    id: str
    """Canonical, without version."""


@dataclass(frozen=True, slots=True)
class SecureQuery:
    """Does the https form of this http address serve the same? `url` is canonical."""

    url: str


@dataclass(frozen=True, slots=True)
class AnchorQuery:
    """Does this page have a place that the fragment leads to?"""

    url: str
    """Canonical, so without a fragment."""
    fragment: str
    """As an address writes it, without `#`."""


@dataclass(frozen=True, slots=True)
class FileQuery:
    """Is the file there that a relative link leads to? The answer is a LinkCheck; no network is asked."""

    entry: str
    """Path of the entry that links it."""
    target: str
    """The link as written."""


Query: TypeAlias = (
    LinkQuery
    | RecordQuery
    | SnapshotQuery
    | SearchQuery
    | PublishedQuery
    | CitationsQuery
    | SecureQuery
    | AnchorQuery
    | FileQuery
)


class LinkStatus(Enum):
    OK = "ok"
    MOVED = "moved"
    REDIRECTED = "redirected"
    BROKEN = "broken"
    UNVERIFIED = "unverified"
    EXCLUDED = "excluded"
    UNSUPPORTED = "unsupported"


class Reason(Enum):
    """Why something is not verified."""

    RATE_LIMITED = "rate-limited"
    BLOCKED = "blocked"
    TIMEOUT = "timeout"
    SERVER_ERROR = "server-error"
    TLS = "tls"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way: the address that was asked and the HTTP code that it gave."""

    url: str
    code: int


class Fault(Enum):
    """Why a link is `broken`."""

    GONE = "gone"
    """404 or 410 by GET, twice."""
    NO_HOST = "no-host"
    """The name does not exist, asked twice."""
    UNKNOWN_ID = "unknown-id"
    """Its registry does not know the identifier."""
    NOT_A_URL = "not-a-url"
    MISSING_FILE = "missing-file"
    """A relative link to a file that certainly isn't there."""


class Doubt(Enum):
    """Why a page that answers may not be what was linked, by what it shows."""

    GONE = "gone"
    """It says that there is no such page, or shows what any address there shows."""
    PARKED = "parked"
    """Its domain is for sale, or filled with advertisements."""
    WALL = "wall"
    """A login, a consent or a riddle stands in front of it."""


@dataclass(frozen=True, slots=True)
class PageWork:
    """The work that a page says it is about."""

    titles: tuple[str, ...]
    """Every title that the page gives it, the most certain first."""
    authors: tuple[str, ...]
    arxiv_id: str | None = None
    """As the page writes it."""
    doi: str | None = None
    """As the page writes it."""


@dataclass(frozen=True, slots=True)
class LinkCheck:
    status: LinkStatus
    detail: str
    """One clause for people: `404 Not Found`, `no such host`."""
    reason: Reason | None = None
    """Set exactly where `status` is UNVERIFIED."""
    fault: Fault | None = None
    """Set exactly where `status` is BROKEN."""
    code: int | None = None
    """The last HTTP status, if there was one."""
    final_url: str | None = None
    """Set where `status` is MOVED or REDIRECTED; with the fragment that a redirect names."""
    chain: tuple[Hop, ...] = ()
    """Every hop that answered, in order, the last included; empty where no redirect happened."""
    doubt: Doubt | None = None
    """Only where the link answers; the status stays what was observed."""
    told: str = ""
    """A clause for people: what `doubt` rests on."""
    work: PageWork | None = None
    """What the page says it is about, where it was read and says so."""


class WorkKind(Enum):
    """What a source calls a work, as far as it decides what may be written."""

    PREPRINT = "preprint"
    ARTICLE = "article"
    """In a journal."""
    PROCEEDINGS = "proceedings"
    """A paper of a conference."""
    BOOK = "book"
    CHAPTER = "chapter"
    THESIS = "thesis"
    OTHER = "other"


class NoticeKind(Enum):
    RETRACTION = "retraction"
    CONCERN = "expression-of-concern"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a publisher said of a work after it was published."""

    kind: NoticeKind
    doi: str | None = None
    """Of the notice itself."""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What a source says about a work, in its canonical spelling."""

    scheme: str
    id: str
    title: str
    authors: tuple[str, ...]
    collaboration: str | None = None
    """The name before arXiv's `:` (`OpenAI`), which also stands first in `authors`."""
    published: dt.date | None = None
    """First version submitted (UTC)."""
    updated: dt.date | None = None
    version: int | None = None
    """The newest version's number."""
    categories: tuple[str, ...] = ()
    primary_category: str | None = None
    doi: str | None = None
    """The publisher's, never one of arXiv's own (10.48550/…)."""
    journal_ref: str | None = None
    comment: str | None = None
    abstract: str | None = None
    withdrawn: bool = False
    license: str | None = None
    """The address of its text."""
    versions: tuple[dt.date, ...] = ()
    """When each version was submitted (UTC), the first first; empty where only `version` is known."""
    kind: WorkKind | None = None
    venue: str | None = None
    """Where it was published, as the source spells it; never a preprint server."""
    year: int | None = None
    """Of the publication."""
    arxiv: str | None = None
    """The preprint of a published work, where the record states one."""
    notices: tuple[Notice, ...] = ()
    citations: int | None = None
    """How many works cite it, where that was asked; each source counts what it knows."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Works that a search found, in the source's order; at least one."""

    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An archived copy of an address."""

    url: str
    taken_at: dt.datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """
    Known to be absent: the registry answered, and has no such work; the archive,
    and has no copy; the search, and found nothing.
    """

    detail: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Could not find out. Never a reason to edit, never evidence that something is broken."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Shown:
    """It is as was asked: the https form serves the same, the page has the place."""

    detail: str
    """By what evidence, in one clause."""


AnswerOutcome: TypeAlias = LinkCheck | Record | Snapshot | Candidates | Shown | NotFound | Failure


@dataclass(frozen=True, slots=True)
class PassOn:
    """
    What a source says where the next one that accepts the question may know more.

    *outcome* is the answer where none does. A Failure goes over a NotFound: absent is only
    what everyone that could be asked does not have.
    """

    outcome: NotFound | Failure


@dataclass(frozen=True, slots=True)
class History:
    """What the cache remembers of an address."""

    last_ok: dt.datetime | None = None
    failures: int = 0
    """Broken answers in a row, the newest included."""
    failing_since: dt.datetime | None = None
    unverified_since: dt.datetime | None = None
    """When it first could not be verified, if it could not be since; None where the newest answer is one."""


@dataclass(frozen=True, slots=True)
class Answer:
    query: Query
    outcome: AnswerOutcome
    source: str
    """`arxiv`, `web`, …; `grammar` where no question was needed."""
    retrieved_at: dt.datetime
    """UTC."""
    cached: bool = False
    history: History = field(default_factory=History)


# -- what is wrong and what repairs it -------------------------------------------------------


class Severity(IntEnum):
    NOTICE = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Applicability(IntEnum):
    DISPLAY = 0
    """Shown with the finding, never queued."""
    UNSAFE = 1
    """Queued for a person."""
    SAFE = 2
    """Written by `enrich run`."""

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Fix:
    """
    A new value for one field.

    It says what shall stand there, not how: the planner finds the edit, so a fix
    can be found again by field and old value after the file has changed.
    """

    title: str
    """Imperative: `remove the `hf` prefix`."""
    path: Path
    before: Value
    """None where the field is absent."""
    after: Value
    """None where the field shall go."""
    applicability: Applicability
    source: str
    """`arxiv`, `crossref`, …, `grammar` or `derived`."""
    confidence: float
    """From 0 to 1, shown to people; no decision is taken by it."""
    anchor: tuple[str, ...] = ()
    """For an absent field: the keys after the first present one of which it goes; else at the end."""
    together: int = 0
    """How many fixes of its rule in the entry are made all or not at all; 0: it stands by itself."""

    @property
    def field(self) -> str:
        return format_path(self.path)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule at a place."""

    rule: str
    """`IDN201`."""
    message: str
    span: Span | None
    """In the document's text; None for findings about an address or a source (RUN)."""
    part: Span | None = None
    """The code points of the field's decoded value to point at; the planner narrows `span` to them."""
    field: str = ""
    """`additional_links[1].url`, `body`, or '' for the whole entry."""
    url: str | None = None
    because: tuple[Answer, ...] = ()
    evidence: tuple[str, ...] = ()
    """For people: what the verdict rests on, one clause each."""
    help: str = ""
    fix: Fix | None = None
    at_least: Severity = Severity.NOTICE
    """A severity that this one finding has, where its rule's own is lower."""
    suppressed: bool = False
    """A curator doesn't want to see it; stamped by the planner."""
    severity: Severity = Severity.ERROR
    """Stamped by the planner, from the registry and the configuration."""


# -- whose word a field is ----------------------------------------------------------------


class Owner(Enum):
    OURS = "ours"
    """What enrich wrote stands there."""
    HUMAN = "human"
    """A person wrote something else, or deleted it."""
    REJECTED = "rejected"
    """A person took back what enrich wrote."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a field that enrich once wrote. Values are hashes by `value_hash`."""

    original: str
    """What stood there before enrich wrote for the first time."""
    before: str
    """What stood there before enrich wrote for the last time; `original` where that was the first."""
    written: str
    """What enrich wrote last."""
    stood: bool = False
    """
    A later run found it standing. Until then, finding `before` again means that
    somebody discarded the run, which decides nothing about the change.
    """
    owner: Owner = Owner.OURS
    canonical: str = ""
    """Where a person decided: what the source said when that was last told."""


# -- planning --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """These must be known before a plan can be made."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A fix with its name, as a person decides about it."""

    id: str
    """Eight hexadecimal digits of path, field, before and after."""
    path: str
    rule: str
    fix: Fix


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A link of the entry and what is known of its target."""

    link: Link
    url: str
    """Canonical; the key under which reports list it."""
    check: LinkCheck
    answer: Answer | None
    """None where it was judged without asking."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an entry says of its work, so that it can be held against other entries."""

    title: str
    """Squashed: see `matching.squash`."""
    authors: tuple[str, ...]
    """The first ones; enough to tell."""
    span: Span
    """Of the title."""


@dataclass(frozen=True, slots=True)
class Plan:
    document: Document
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    """Every change that a finding proposes and that can be made, of any applicability but DISPLAY."""
    written: tuple[Change, ...]
    """The safe ones among them, which make `text`."""
    text: str
    """The document with `written` made; equal to the document's where that is empty."""
    is_entry: bool = True
    """False for a file without front matter in a catalogue where that is no fault."""
    links: tuple[LinkUse, ...] = ()
    records: tuple[Record, ...] = ()
    memories: tuple[tuple[str, Memory], ...] = ()
    """What is to be remembered of fields written before, by field, if nothing is written now."""
    taken_back: int = 0
    """Fields that a person changed since enrich wrote them, found out now; they stay as they are."""
    refused: tuple[Change, ...] = ()
    """Those that a person took back in a pull request, of which so far only the name was known."""
    identifiers: tuple[tuple[str, Span], ...] = ()
    """`arxiv:2410.21276`, `doi:10.1145/…`: whose the entry says to be; for IDN230."""
    verified: bool = False
    """`records` holds the entry's work beyond doubt, and not what merely may be it."""
    key: str = ""
    """What the catalogue calls the entry (`bibkey`)."""
    work: Work | None = None
    """What else tells whether two entries are of one work; for IDN230."""


# -- what a run tells ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file, both counted from 1, columns in code points; `end_column` is exclusive."""

    line: int
    column: int
    end_column: int
    source: str
    """The whole line, without its line break."""


class State(Enum):
    """What became of a finding; machine formats call it `status`."""

    OPEN = "open"
    FIXED = "fixed"
    """Its change was written by this run."""
    BASELINED = "baselined"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Result:
    """A finding as it is reported, free of its document."""

    path: str
    finding: Finding
    place: Place | None
    state: State
    fingerprint: str
    """Sixteen hexadecimal digits of rule, path, field without index, and address."""
    change: Change | None = None

    @property
    def is_left(self) -> bool:
        """Whether it stands and no change would mend it; what concerns the run is no matter of an entry."""
        return self.state is State.OPEN and self.change is None and not self.finding.rule.startswith("RUN")


@dataclass(frozen=True, slots=True)
class PlacedLink:
    use: LinkUse
    place: Place


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one entry: all that a report needs, and nothing of the text."""

    path: str
    results: tuple[Result, ...]
    links: tuple[PlacedLink, ...] = ()
    written: tuple[Change, ...] = ()
    """Changes that stand in the file now; under `--dry-run` those that would."""
    pending: tuple[Change, ...] = ()
    lines_changed: int = 0
    lines_added: int = 0
    records: tuple[Record, ...] = ()
    taken_back: int = 0
    """Changes of earlier runs that a person took back or went over."""
    new_links: int = 0
    """Addresses that the entry did not have at the base of a comparison."""
    is_entry: bool = True
    """False for a file without front matter in a catalogue where that is no fault."""
    bug: str | None = None
    """`ValueError: Invalid IPv6 URL`; the entry was skipped."""
    counted: tuple[tuple[str, LinkStatus], ...] = ()
    """Canonical addresses and statuses of links that are not among `links`, in a run of which no report
    lists them; none of them is unverified."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What an entry says to be, at its places: what other entries are held against."""

    path: str
    identifiers: tuple[tuple[str, Place], ...] = ()
    """`arxiv:2410.21276`, `doi:10.1145/…`."""
    record: str = ""
    """The verified one; empty where there is none."""
    title: str = ""
    """Squashed; empty where title or authors are missing."""
    authors: tuple[str, ...] = ()
    title_place: Place | None = None
    """Set where `title` is."""


@dataclass(frozen=True, slots=True)
class Run:
    """What all entries of a run share."""

    command: str
    profile: str
    config: str | None
    """Path of the configuration file, relative to the root."""
    started_at: dt.datetime
    offline: bool = False
    dry_run: bool = False
    detected: bool = True
    """The profile was found out, not set."""
    since: str | None = None
    """Where only entries that changed since an earlier state are looked at: what that is called."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What is known when the run is over."""

    complete: bool
    exit_code: int
    entries: int
    seconds: float
    requests: tuple[tuple[str, int], ...]
    """Requests made, by source."""
    from_cache: int = 0
    """Answers that needed no request."""
    unneeded: int = 0
    """Findings of the baseline that were looked for and not met."""
