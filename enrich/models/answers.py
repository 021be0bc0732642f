"""What came of asking: of a link, of a work, or nothing, and why."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt

    from enrich.models.questions import Query


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
