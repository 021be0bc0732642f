"""What a catalogued fate is, and the short way to write one down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.internet.replies import OK, Fate
from tests.internet.tls import Tls

if TYPE_CHECKING:
    from tests.internet.network import Network

DOMAIN = "fates.example"
"""Every fate has a host of its own below it. RFC 2606 reserves it: a stray request meets no stranger."""
PAGE = "/paper"

Status = Literal["ok", "moved", "redirected", "broken", "unverified", "excluded"]
Reason = Literal["rate-limited", "blocked", "timeout", "server-error", "tls", "network"]


@dataclass(frozen=True, slots=True)
class Site:
    """A host that a fate needs."""

    name: str
    pages: tuple[tuple[str, Fate], ...] = ()
    """By path, or by method and path: `HEAD /paper`. Undescribed pages are 404."""
    tls: Tls = Tls.GOOD
    gate: Fate | None = None


@dataclass(frozen=True, slots=True)
class NamedFate:
    """A link, what becomes of it, and the one right thing to say of it."""

    name: str
    url: str
    status: Status
    reason: Reason | None
    """Set exactly where `status` is `unverified`."""
    why: str
    """Why this verdict and no other."""
    seen: tuple[str, ...]
    """
    What a client sees that sends one GET and follows nothing: the code, or the name of httpx's exception
    (several where it depends on timing or on the backend); `deadline` where only a limit over all ends it.
    """
    sites: tuple[Site, ...] = ()
    head: str | None = None
    """What a HEAD sees, where that is another story."""
    finds: str | None = None
    """The rule that speaks, where it isn't the one of the status; empty where none does."""

    label: str = "Code"
    """What the entry calls the link."""

    @property
    def rule(self) -> str:
        """The rule of links that speaks of it by default; empty where none does."""
        if self.finds is not None:
            return self.finds
        if self.status == "unverified":
            return "RUN602" if self.reason == "blocked" else "RUN601"
        return {"broken": "LNK101", "moved": "LNK111"}.get(self.status, "")

    @property
    def verdict(self) -> str:
        """`unverified: blocked`, `ok`."""
        return self.status if self.reason is None else f"{self.status}: {self.reason}"

    def arrange(self, network: Network) -> None:
        for site in self.sites:
            host = network.host(site.name)
            host.tls, host.gate = site.tls, site.gate
            for key, fate in site.pages:
                method, _, path = key.rpartition(" ")
                host.page(path, fate, method or "*")


def host_of(name: str) -> str:
    return f"{name}.{DOMAIN}"


def fate(
    name: str,
    verdict: str,
    seen: str,
    why: str,
    meets: Fate = OK,
    *,
    scheme: str = "https",
    path: str = PAGE,
    tls: Tls = Tls.GOOD,
    gate: Fate | None = None,
    head: tuple[str, Fate] | None = None,
    more: tuple[tuple[str, Fate], ...] = (),
    elsewhere: tuple[Site, ...] = (),
    url: str | None = None,
    finds: str | None = None,
    label: str = "Code",
) -> NamedFate:
    """
    The fate of a page: *meets* stands at *path* of the fate's own host, *more* beside it.

    *verdict* is written `ok` or `unverified: timeout`, *seen* with `|` between alternatives, *head*
    as what a HEAD sees and what it meets; *finds* is the rule that speaks where the verdict does not say.
    """
    status, _, reason = verdict.partition(": ")
    at_head = () if head is None else ((f"HEAD {path}", head[1]),)
    site = Site(host_of(name), ((path.partition("#")[0], meets), *at_head, *more), tls, gate)
    return NamedFate(
        name=name,
        url=url or f"{scheme}://{host_of(name)}{path}",
        status=status,  # type: ignore[arg-type]  # checked by the catalogue's own test
        reason=reason or None,  # type: ignore[arg-type]
        why=why,
        seen=tuple(seen.split("|")),
        sites=(site, *elsewhere),
        head=None if head is None else head[0],
        finds=finds,
        label=label,
    )
