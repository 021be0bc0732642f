"""
Patterns of links, where links are asked instead, and headers that a host wants to see.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from enrich.config.kinds import Flaw, Kind, Schema, Wrong
from enrich.config.texts import Host, Hosts, Line
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator


class LinkPattern(Line):
    """Hosts as `Hosts` are written, or addresses; see `links.patterns`."""

    takes: ClassVar[str] = "a host such as `*.example.org` or addresses such as `https://example.org/old/*`"
    pattern: ClassVar[str] = (
        Hosts.pattern[:-1] + r"$|^(?:https?|\*)://[^\s/?#A-Z\x00-\x1f\x7f]+(?:/[^\s#\x7f]*)?$"
    )

    def hint(self, value: str) -> str:
        if re.match(r"[\w.*-]+/", value):
            return _write(self, f"https://{value}")
        scheme, mark, rest = value.partition("://")
        host, slash, path = rest.partition("/")
        return _write(self, f"{scheme.lower()}{mark}{host.lower()}{slash}{path.partition('#')[0]}")


class AddressPattern(Line):
    """Addresses; `*` is any run of characters."""

    takes: ClassVar[str] = "addresses such as `https://example.org/old/*`"
    pattern: ClassVar[str] = r"^https?://[^\s/?#A-Z\x00-\x1f\x7f]+(?:/[^\s#\x7f]*)?$"

    def hint(self, value: str) -> str:
        return (
            ""
            if "://" in value
            else _write(self, f"https://{value}" if "/" in value else f"https://{value}/*")
        )


def _write(kind: Line, better: str) -> str:
    return f"write `{better}`" if re.fullmatch(kind.pattern, better) else ""


def flaws_of_remap(pattern: str, replacement: str) -> Iterator[Flaw]:
    """A replacement can't hold more than its pattern leaves open."""
    if len(re.findall(r"\*+", replacement)) > len(re.findall(r"\*+", pattern)):
        yield Flaw(
            (), "has more `*` than the pattern that it stands for", "each stands for one of the pattern's"
        )


@dataclass(frozen=True, slots=True)
class FromEnvironment:
    """A text that an environment variable holds; it is in no file."""

    variable: str


_OWN_HEADERS = (
    "accept-encoding", "connection", "content-[a-z-]+", "cookie", "expect", "host", "keep-alive",
    "proxy-[a-z-]+", "range", "te", "trailer", "transfer-encoding", "upgrade",
)  # fmt: skip


def _in_any_case(pattern: str) -> str:
    """Spelled out, for JSON Schema knows no flags."""
    letters = re.sub(r"[a-z](?![^\[]*\])", lambda found: f"[{found[0].upper()}{found[0]}]", pattern)
    return letters.replace("[a-z-]", "[A-Za-z-]")


class HeaderName(Line):
    """Not one of those that say where a message goes or where it ends."""

    takes: ClassVar[str] = "a header such as `Authorization` that enrich does not set itself"
    pattern: ClassVar[str] = (
        f"^(?!(?:{'|'.join(map(_in_any_case, _OWN_HEADERS))})$)[A-Za-z][A-Za-z0-9-]{{0,63}}$"
    )


class HostVariable(Line):
    """
    The name of an environment variable that was made for enrich.

    `ENRICH_` alone, so that no change to a configuration can send a host what else the
    environment holds; nor the token of a source, which goes to that source only. Tokens
    don't begin like that: whoever writes one here is told so, and it is not repeated.
    """

    takes: ClassVar[str] = "the name of an environment variable that begins with `ENRICH_`"
    pattern: ClassVar[str] = r"^ENRICH_(?!GITHUB_TOKEN$)[A-Z0-9_]{1,99}$"

    def read(self, value: object) -> str:
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            return value
        named = isinstance(value, str) and re.fullmatch(r"(?!ENRICH_)[A-Z][A-Z0-9_]{0,40}", value)
        if value == "ENRICH_GITHUB_TOKEN":
            raise Wrong(
                Flaw((), f"takes {self.takes}", "that token goes to GitHub's API and to no other host")
            )
        hint = f"call it `ENRICH_{value}`" if named else "write the variable's name, never the value itself"
        raise Wrong(Flaw((), f"takes {self.takes}", hint))


class HeaderText(Kind["str | FromEnvironment"]):
    """What a header says, or where it is kept."""

    takes: ClassVar[str] = 'a text, or {env = "ENRICH_…"} for what a variable holds'
    pattern: ClassVar[str] = r"^[\x20-\x7e]+$"

    def read(self, value: object) -> str | FromEnvironment:
        if isinstance(value, dict) and set(value) == {"env"}:
            try:
                return FromEnvironment(HostVariable().read(value["env"]))
            except Wrong as wrong:
                (flaw,) = wrong.flaws
                raise Wrong(Flaw(("env",), flaw.message, flaw.hint)) from None
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            return value
        # What was written may be a secret: it is not repeated.
        raise Wrong(Flaw((), f"takes {self.takes}", 'such as {env = "ENRICH_ACME_TOKEN"}'))

    def spell(self, value: str | FromEnvironment) -> object:
        return {"env": value.variable} if isinstance(value, FromEnvironment) else value

    def schema(self) -> Schema:
        by_variable = {
            "type": "object",
            "additionalProperties": False,
            "required": ["env"],
            "properties": {"env": HostVariable().schema()},
        }
        return {"anyOf": [{"type": "string", "pattern": self.pattern}, by_variable]}


def flaws_of_token(host: str, variable: str) -> Iterator[Flaw]:
    """A variable whose value goes to a *host* of the web is one that was made for enrich."""
    if "." in host:
        try:
            HostVariable().read(variable)
        except Wrong as wrong:
            yield from wrong.flaws


class Tokened(Host):
    """Who wants a token: a source that has an API, or a host of the web."""

    takes: ClassVar[str] = "`github`, `openalex`, `semanticscholar` or a host such as `data.example.org`"
    pattern: ClassVar[str] = (
        r"^(?:github|openalex|semanticscholar|[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_-]+)+(?::\d{1,5})?)$"
    )
