"""
Read a DOI that is there unambiguously, whatever it is wrapped in.

A DOI is the same in upper and lower case (ASCII); its canonical spelling here is the lower.
Sources: https://www.doi.org/doi-handbook/HTML/case-sensitivity.html and
https://www.crossref.org/blog/dois-and-matching-regular-expressions/
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING
from urllib.parse import quote

from enrich.identifiers.places import DOI_HOST, SCHEMES, may_follow, may_lead, opens_only
from enrich.identifiers.scheme import ANY_CASE
from enrich.identifiers.unwrap import LONGEST, Plain, unwrap
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.text import Span

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_ARXIV = "10.48550/arxiv."


@dataclass(frozen=True, slots=True)
class Doi:
    """A DOI in its canonical spelling, as `read_doi` gives it."""

    id: str
    """Lower case, without any prefix: `10.1016/s2666-3899(23)00130-7`."""

    def __str__(self) -> str:
        return self.id

    @property
    def url(self) -> str:
        """
        Its address at the resolver, with what has a meaning of its own in addresses encoded.

        >>> Doi("10.1002/49:8<693::aid>3.0.co;2-o").url
        'https://doi.org/10.1002/49:8%3C693::aid%3E3.0.co;2-o'
        """
        return "https://doi.org/" + quote(self.id, safe="/:;()!$&'*+,=@-._~")


@dataclass(frozen=True, slots=True)
class DoiReading:
    """A DOI as a text has it."""

    doi: Doi
    kind: str
    """How it is written: `doi`, `doi-label`, `doi-url`, `doi-proxied`."""
    span: Span
    """The DOI itself, in the text."""

    @property
    def proxied(self) -> bool:
        """Inside the address of a library's proxy, which only its members can open."""
        return self.kind == "doi-proxied"


def is_arxiv_doi(doi: str) -> bool:
    """Is *doi* one of those that arXiv gives its own papers?"""
    return doi.translate(_LOWER).startswith(_ARXIV)


_START = pattern(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/")
_SUFFIX = pattern(r'[^\s"{}|\\^`]+')
_REACH = 300
"""Code points before a DOI in which its address begins; login pages have the longest ones."""

_PREFIX = pattern(
    rf"(?:(?P<proxied>{SCHEMES}(?:(?:(?:dx|www)[.-])?doi[.-]org\.[a-z0-9.-]+(?::[0-9]+)?/+"
    rf"|[a-z0-9.-]+(?::[0-9]+)?/(?:login|redirector/[^?\s]*)\?q?url={SCHEMES}{DOI_HOST}/+))"
    rf"|(?P<url>(?:{SCHEMES}{DOI_HOST}/++){{1,3}}(?:doi:/*)?)"
    r"|(?P<label>\b(?:info:)?doi[\"']?(?: ?[:=/.] ?| )[\"'{]*))\Z",
    ANY_CASE,
)


def read_doi(text: str) -> DoiReading | None:
    """
    The one DOI that *text* holds, or None where it holds none or several.

    A publisher's page is no DOI, even where its address has one in it.

    >>> read_doi("https://doi.org/10.1016/S2666-3899(23)00130-7.").doi
    Doi(id='10.1016/s2666-3899(23)00130-7')
    """
    if len(text) > LONGEST or (text.isascii() and "10." not in text):
        return None
    plain = unwrap(text)
    found = _START.search(plain.text)
    if found is None or _START.search(plain.text, found.end()):
        return None
    start, suffix = found.span()
    window = max(start - _REACH, 0)
    prefix = _PREFIX.search(plain.text[window:start])
    form = prefix.lastgroup if prefix else None
    before = plain.text[: window + prefix.start()] if prefix else plain.text[:start]
    if not (may_lead(before) if prefix else opens_only(before)):
        return None
    end, after = _extent(plain, start, suffix, form)
    if (
        end <= suffix
        or "://" in plain.text[suffix:after]
        or not may_follow(plain.text[after:], alone=form is None)
    ):
        return None
    kind = f"doi-{form}" if form else "doi"
    return DoiReading(Doi(plain.text[start:end].translate(_LOWER)), kind, plain.origin(start, end))


def _extent(plain: Plain, start: int, suffix: int, form: str | None) -> tuple[int, int]:
    """Where the DOI ends, before marks and brackets that it does not open, and where its address ends."""
    found = _SUFFIX.match(plain.text, suffix)
    end = after = found.end() if found else suffix
    if form in ("url", "proxied"):
        marks = "?#&" if form == "proxied" else "?#"
        query = (at for at in range(suffix, end) if plain.text[at] in marks and _is_as_written(plain, at))
        end = next(query, end)
    text = plain.text[start:end]
    while text[-1] in ".,;:!?'*" or (text[-1] == "/" and form) or _closes_alone(text):
        text = text[:-1]
    last = start + len(text)
    return last, after if end < after else last + (form is not None and plain.text[last : last + 1] == "/")


def _is_as_written(plain: Plain, at: int) -> bool:
    """Was the character not percent-encoded? An encoded `?` belongs to the DOI."""
    return plain.ends[at] - plain.starts[at] == 1


def _closes_alone(text: str) -> bool:
    opener = {")": "(", "]": "[", ">": "<"}.get(text[-1])
    return opener is not None and text.count(text[-1]) > text.count(opener)
