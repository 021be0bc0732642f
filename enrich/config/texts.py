"""
Texts of which a pattern says what they may be.
"""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from enrich.config import versions
from enrich.config.kinds import Flaw, Kind, Schema, Wrong


class Line(Kind[str]):
    """Text on one line."""

    takes: ClassVar[str] = "text on one line"
    pattern: ClassVar[str] = r"^[^\x00-\x1f\x7f]*$"

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            self.refuse(value, self.hint(value) if isinstance(value, str) else "")
        return value

    def hint(self, value: str) -> str:  # noqa: ARG002 - the more particular kinds look
        return ""

    def schema(self) -> Schema:
        return {"type": "string", "pattern": self.pattern}


class Address(Line):
    takes: ClassVar[str] = "an address with http:// or https://"
    pattern: ClassVar[str] = r"^https?://[^\s/?#\x00-\x1f\x7f]+[^\s\x00-\x1f\x7f]*$"

    def read(self, value: object) -> str:
        address = super().read(value)
        try:
            port_and_host = urlsplit(address).port, urlsplit(address).hostname
        except ValueError:
            self.refuse(value)
        if not port_and_host[1]:
            self.refuse(value)
        return address


class Host(Line):
    takes: ClassVar[str] = "the name of a host such as `huggingface.co`"
    pattern: ClassVar[str] = r"^[a-z0-9_][a-z0-9._-]*(?::\d{1,5})?$"

    def hint(self, value: str) -> str:
        bare = re.sub(r"^[a-z]+://", "", value.lower()).split("/")[0]
        return f"write `{bare}`" if bare != value and re.fullmatch(self.pattern, bare) else ""


class Hosts(Host):
    """Hosts by a pattern; `*` is any run of characters."""

    takes: ClassVar[str] = "hosts such as `example.org` or `*.example.org`"
    pattern: ClassVar[str] = r"^[a-z0-9_*][a-z0-9._*-]*(?::\d{1,5})?$"


class Glob(Line):
    """A pattern of paths, as `globs.matches_path` reads it."""

    takes: ClassVar[str] = "a pattern of paths such as `_publications/**/*.md`"
    pattern: ClassVar[str] = r"^[^!\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"

    def hint(self, value: str) -> str:
        return "a pattern can't be negated" if value.startswith("!") else ""


class Selector(Line):
    """Names rules. Which of them exist is known on a higher floor: see `selection.check_rules`."""

    takes: ClassVar[str] = (
        "a rule's code, its name or a group, such as `LNK101`, `broken-link`, `LNK` or `DEFAULT`"
    )
    pattern: ClassVar[str] = r"^(?:[A-Z]{3}\d{0,3}|ALL|DEFAULT|[a-z0-9]+(?:-[a-z0-9]+)+)$"

    def hint(self, value: str) -> str:
        return f"did you mean `{value.upper()}`?" if re.fullmatch(self.pattern, value.upper()) else ""


class Variable(Line):
    """
    The name of an environment variable.

    Upper case alone, which tokens are not: whoever writes the token itself here is
    told so, and the token is not repeated.
    """

    takes: ClassVar[str] = "the name of an environment variable such as `ENRICH_GITHUB_TOKEN`"
    pattern: ClassVar[str] = r"^[A-Z_][A-Z0-9_]{0,99}$"

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            raise Wrong(Flaw((), f"takes {self.takes}", "write the variable's name, never the token itself"))
        return value


class Versions(Line):
    """Versions of enrich, in the notation of PEP 440."""

    takes: ClassVar[str] = 'versions of enrich such as ">=1.0"'
    pattern: ClassVar[str] = versions.PATTERN
