"""
HTML to the little that is looked at: title, headings, text, meta tags, what it loads.

No parser of HTML: nothing is nested, nothing is repaired, and the time is linear in the
length of the page, whatever it holds.
"""

from __future__ import annotations

import html
import re
from dataclasses import field

from enrich.patterns import pattern
from enrich.words import dataclass

LONGEST_TEXT = 6_000
"""Characters of visible text that are kept: a page with so much text has something to say."""
LONGEST_LINE = 1_000
"""Characters of a title or a heading that are kept."""
_MOST = 4_000
"""Meta tags and sources that are kept of one page."""

_TAG = pattern(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^>\"']++|\"[^\"]{0,8192}+\"|'[^']{0,8192}+')*+)>")
_ATTRIBUTE = pattern(r"([^\s=\"'>/]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?")
_ENDS = {
    name: pattern(f"</{name}", re.IGNORECASE) for name in ("script", "style", "template", "textarea", "title")
}
_HEADINGS = ("h1", "h2")
_BREAKS = frozenset({
    "address", "article", "blockquote", "body", "br", "dd", "div", "dt", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
})  # fmt: skip
_APP_ROOTS = frozenset(
    {"root", "app", "__next", "__nuxt", "___gatsby", "svelte", "q-app", "react-root", "main-app"}
)
_LOADED = {"script": "src", "iframe": "src", "frame": "src", "embed": "src"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. Every text is decoded, its white space made single spaces."""

    title: str = ""
    headings: tuple[str, ...] = ()
    """Of the first two ranks, in order."""
    text: str = ""
    """What a reader sees without running its programs, without the title; at most LONGEST_TEXT characters."""
    metas: tuple[tuple[str, str], ...] = ()
    """Name or property, lower-cased, and content of each meta tag, in order."""
    canonical: str = ""
    """The address that the page says to have, as written."""
    anchors: frozenset[str] = frozenset()
    """What a fragment can lead to: ids, and names of `a`."""
    sources: tuple[str, ...] = ()
    """Addresses of its programs and frames."""
    has_programs: bool = False
    """They may add to what it says."""
    is_app: bool = False
    """It is filled by programs: what it says as it comes is a frame around nothing."""
    asks_password: bool = False
    complete: bool = True
    """It was read to its end."""

    def meta(self, *names: str) -> tuple[str, ...]:
        """Contents of the meta tags with one of *names*, in order, those of the first name first."""
        return tuple(content for name in names for known, content in self.metas if known == name)


def scan(text: str, *, complete: bool = True, whole: bool = False) -> Page:
    """
    The page that *text* is; *complete* tells whether it was read to its end.

    What comes after so much text is looked at only where the *whole* is wanted, for its anchors.
    """
    scanner = _Scanner(text, len(text) if whole else 2 * LONGEST_TEXT)
    scanner.run()
    return Page(
        title=_joined(scanner.title)[:LONGEST_LINE],
        headings=tuple(line for parts in scanner.headings if (line := _joined(parts)[:LONGEST_LINE])),
        text=_joined(scanner.text)[:LONGEST_TEXT],
        metas=tuple(scanner.metas),
        canonical=scanner.canonical,
        anchors=frozenset(scanner.anchors),
        sources=tuple(scanner.sources),
        has_programs=scanner.has_programs,
        is_app=scanner.is_app,
        asks_password=scanner.asks_password,
        complete=complete,
    )


def _joined(parts: list[str]) -> str:
    return " ".join(html.unescape("".join(parts)).split())


@dataclass(slots=True)
class _Scanner:
    html: str
    enough: int
    """Characters of text, white space and all, after which nothing more is looked at."""
    title: list[str] = field(default_factory=list)
    headings: list[list[str]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    canonical: str = ""
    anchors: set[str] = field(default_factory=set)
    sources: list[str] = field(default_factory=list)
    has_programs: bool = False
    is_app: bool = False
    asks_password: bool = False
    _in_heading: bool = False
    _unseen: str = ""
    """`noscript` or `svg` while inside one: no reader sees what stands there."""

    def run(self) -> None:
        place = 0
        while self.enough > 0 and (opening := self.html.find("<", place)) >= 0:
            self._say(self.html[place:opening])
            place = self._mark(opening)
            if place < 0:
                return
        self._say(self.html[place : place + max(self.enough, 0)])

    def _mark(self, opening: int) -> int:
        """Where to go on after what begins with the `<` at *opening*; -1 where the page ends in its midst."""
        if self.html.startswith("<!--", opening):
            return _after(self.html.find("-->", opening + 4), 3)
        if tag := _TAG.match(self.html, opening):
            return self._tag(tag)
        if (
            self.html[opening + 1 : opening + 2] in ("/", "!", "?")
            or self.html[opening + 1 : opening + 2].isalpha()
        ):
            return _after(self.html.find(">", opening), 1)
        self._say("<")
        return opening + 1

    def _tag(self, tag: re.Match[str]) -> int:
        closes, name, written = tag[1] == "/", tag[2].lower(), tag[3]
        if name in _BREAKS:
            self._say(" ")
        if name in _HEADINGS:
            self._in_heading = not closes
            if not closes:
                self.headings.append([])
        if name in ("noscript", "svg"):
            self._unseen = "" if closes else name
        if not closes:
            self._opened(name, written)
            if name in _ENDS:
                return self._raw(name, tag.end())
        return tag.end()

    def _raw(self, name: str, start: int) -> int:
        """Past the content of an element in which tags are none."""
        end = _ENDS[name].search(self.html, start)
        if name == "title" and not self.title and self._unseen != "svg":
            self.title.append(self.html[start : end.start() if end else None])
        return end.start() if end else -1

    def _opened(self, name: str, written: str) -> None:
        if name == "meta":
            self._meta(_attributes(written))
        elif name == "link" and "canonical" in written.lower():
            self.canonical = self.canonical or _attributes(written).get("href", "").strip()
        elif name == "input" and "password" in written.lower():
            self.asks_password = (
                self.asks_password or _attributes(written).get("type", "").lower() == "password"
            )
        elif name in _LOADED:
            self._loads(name, _attributes(written))
        if "id" in written or "name" in written or name == "app-root":
            self._named(name, _attributes(written))

    def _meta(self, attributes: dict[str, str]) -> None:
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        if name and len(self.metas) < _MOST:
            self.metas.append((name.strip().lower(), _joined([attributes.get("content", "")])))

    def _loads(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "").lower()
        self.has_programs = self.has_programs or (name == "script" and "json" not in kind)
        self.is_app = self.is_app or kind == "module"
        if (source := attributes.get(_LOADED[name], "").strip()) and len(self.sources) < _MOST:
            self.sources.append(source)

    def _named(self, name: str, attributes: dict[str, str]) -> None:
        given = {attributes.get("id", "")} | ({attributes.get("name", "")} if name == "a" else set())
        self.anchors |= given - {""}
        self.is_app = self.is_app or name == "app-root" or attributes.get("id", "").lower() in _APP_ROOTS

    def _say(self, text: str) -> None:
        if not text or self._unseen:
            return
        self.text.append(text)
        self.enough -= len(text)
        if self._in_heading:
            self.headings[-1].append(text)


def _attributes(written: str) -> dict[str, str]:
    """By name, lower-cased; of a repeated one the first counts."""
    found: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(written):
        value = attribute[2] or attribute[3] or attribute[4] or ""
        found.setdefault(attribute[1].lower(), html.unescape(value))
    return found


def _after(place: int, length: int) -> int:
    return place + length if place >= 0 else -1
