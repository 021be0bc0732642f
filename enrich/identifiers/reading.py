"""
Read an arXiv identifier that is there unambiguously, whatever it is wrapped in.

Nothing is repaired: the characters of the identifier are those of the text. Where a
text holds two identifiers, another host's address around one, or more than a
wrapping can explain, there is no reading.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from enrich.identifiers.kinds import Found, kind_of, kind_of_page
from enrich.identifiers.places import (
    ARXIV_ADDRESS,
    ARXIV_DOI,
    ARXIV_HOST,
    MIRROR,
    PAGE,
    SCHEMES,
    may_follow,
    may_lead,
    opens_only,
)
from enrich.identifiers.scheme import ANY_CASE, ANY_ID, ARCHIVE, OLD_STYLE, VERSION, ArxivId, canonical_id
from enrich.identifiers.unwrap import LONGEST, Plain, unwrap
from enrich.patterns import pattern
from enrich.text import Span
from enrich.words import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Reading:
    """An identifier as a text has it."""

    arxiv: ArxivId
    kind: str
    """How it is written: `canonical`, `pdf-version`, `arXiv-colon`, `mirror-hf-papers`, …; see `kinds`."""
    span: Span
    """The identifier with its version, in the text."""
    is_address: bool = False
    """A URL as arXiv serves it, with nothing to mend: it works if the paper exists (`/html/` need not)."""


def read_arxiv_id(text: str, *, today: dt.date) -> Reading | None:
    """
    The one identifier that *text* holds, or None where it holds none, several, or a mangled one.

    >>> read_arxiv_id("https://arxiv.org/abs/2410.21276", today=dt.date(2026, 11, 22)).arxiv
    ArxivId(id='2410.21276', version=None)
    """
    served = _CANONICAL.fullmatch(text)
    if served:
        return _served(served, "abs-version" if served["version"] else "canonical", today)
    if len(text) > LONGEST:
        return None
    served = _SERVED.fullmatch(text)
    if served and (not served["path"] or _has_paths(served)):
        return _served(served, kind_of_page(served), today)
    if text.isascii() and "%" not in text and not _GATE.search(text):
        return None
    plain = unwrap(text)
    if not _GATE.search(plain.text):
        return None
    return _written_otherwise(plain, today) or _wrapped(plain, today)


def _arxiv_id(found: re.Match[str], today: dt.date) -> ArxivId | None:
    bare = canonical_id(found["id"], today)
    version = found["version"]
    return ArxivId(bare, int(version) if version else None) if bare else None


# -- addresses as arXiv serves them ----------------------------------------------------------

_CANONICAL = pattern(rf"https://arxiv\.org/(?P<page>abs)/(?P<id>[0-9]{{4}}\.[0-9]{{4,5}}){VERSION}")
_SERVED = pattern(
    r"(?P<scheme>(?i:https?))://(?P<host>(?i:(?:www\.|export\.)?arxiv\.org))/"
    rf"(?P<page>{PAGE})/(?P<label>(?i:arxiv):)?"
    rf"(?P<id>[0-9]{{4}}\.[0-9]{{4,5}}|(?i:{OLD_STYLE})){VERSION}(?P<ext>\.pdf)?"
    r"(?P<path>(?:/(?!\.\.)[\w.-]+)*/?)(?P<query>\?[^#\s]*)?(?P<fragment>#\S*)?",
    re.ASCII,
)
_FOR_EVERY_PAPER = frozenset({"abs", "pdf", "html", "format", "src", "e-print"})
_WITH_FILES = frozenset({"html", "src", "anc"})
"""Pages whose parts have paths of their own: figures, sources, what lies beside them."""


def _has_paths(served: re.Match[str]) -> bool:
    return not served["ext"] and (served["path"] == "/" or served["page"] in _WITH_FILES)


def _served(served: re.Match[str], kind: str, today: dt.date) -> Reading | None:
    arxiv = _arxiv_id(served, today)
    if arxiv is None:
        return None
    span = Span(served.start("id"), max(served.end("id"), served.end("version")))
    return Reading(arxiv, kind, span, is_address=served["page"] in _FOR_EVERY_PAPER)


# -- wrapped ---------------------------------------------------------------------------------

_GATE = pattern(r"[0-9]{4}\.[0-9]{4}|/ *[0-9]{7}|arxiv[0-9]{4}|/corr/", ANY_CASE)
"""What every text that reads has, once it is plain."""

_ID = pattern(
    rf"(?<![0-9])(?<![0-9]\.)(?P<id>[0-9]{{4}}\.[0-9]{{4,5}}|(?<![a-z-]){OLD_STYLE}){VERSION}(?![0-9a-z])",
    ANY_CASE,
)

_MOST = 4
"""Times that a text which holds one identifier repeats it."""

_REACH = 300
"""Code points before an identifier in which its address or label begins; the longest ones have about 100."""


@cache
def _prefix() -> re.Pattern[str]:
    """Compiled when first wanted, for that takes 3 ms and most addresses are read without it."""
    return re.compile(
        rf"(?:(?P<address>(?:{SCHEMES}{ARXIV_ADDRESS}){{1,3}})"
        rf"|(?P<archived>{SCHEMES}web\.archive\.org/web/(?:[0-9*]+[a-z_]*/+)?{SCHEMES}{ARXIV_ADDRESS})"
        rf"|(?P<mirror>{SCHEMES}{MIRROR})"
        rf"|(?P<doi>{ARXIV_DOI})"
        r"|(?P<label>(?:oai:)?arxiv(?:\.org)?"
        r"(?: ?[:.#_/-]{1,2} ?| (?:e-?prints?|preprints?|id|identifier|number|no\.?|paper)?[:#]? ?)"
        rf"(?:{PAGE}/+)?)"
        r"|(?P<corr>corr,? abs/)"
        rf"|(?P<path>/?{PAGE}/+))\Z",
        ANY_CASE,
    )


_FIELD = pattern(r"""[\s"'{]*(?:e-?print|arxiv[\w-]*)["' ]*[=:][\s"'{\[]*""", ANY_CASE)

_EXTENSIONS = pattern(r"(?:\.(?:pdf|ps|gz|html?|bib))*", ANY_CASE)
_QUERY = r"(?:[?#](?:(?!://)\S)*)?"
_OF_ADDRESS = pattern(rf"{_EXTENSIONS.pattern}(?:/(?![./]))?{_QUERY}", ANY_CASE)
_OF_MIRROR = pattern(rf"{_EXTENSIONS.pattern}(?:/[\w-]*)*{_QUERY}", ANY_CASE)
_TAILS = {"address": _OF_ADDRESS, "archived": _OF_ADDRESS, "mirror": _OF_MIRROR}
"""What may follow an identifier and belong to its address."""


def _wrapped(plain: Plain, today: dt.date) -> Reading | None:
    if len({found[0].lower() for found in ANY_ID.finditer(plain.text)}) > 1:
        return None
    found_ids = list(_ID.finditer(plain.text))
    if len(found_ids) > _MOST or len({found["version"] for found in found_ids if found["version"]}) > 1:
        return None
    for found in reversed(found_ids):
        wrapping = _wrapping(plain, found)
        if wrapping:
            arxiv = _arxiv_id(found, today)
            return Reading(arxiv, kind_of(wrapping), plain.origin(*found.span())) if arxiv else None
    return None


def _wrapping(plain: Plain, found: re.Match[str]) -> Found | None:
    """What stands around *found*, None where that is more than a wrapping."""
    text = plain.text
    if text[found.start() - 1 : found.start()].isalnum():
        return None
    window = max(found.start() - _REACH, 0)
    prefix = _prefix().search(text[window : found.start()])
    before = text[: window + prefix.start()] if prefix else text[: found.start()]
    form = (prefix.lastgroup or "") if prefix else "bare"
    alone = form in ("bare", "path")
    tail = _TAILS.get(form, _EXTENSIONS).match(text, found.end())
    end = tail.end() if tail else found.end()
    if alone:
        leads = opens_only(before) or (form == "bare" and _FIELD.fullmatch(before) is not None)
    else:
        leads = may_lead(before) or _is_link_text(before, text[len(before) : end], found)
    if not leads or not may_follow(text[end:], alone=alone):
        return None
    return Found(
        form=form,
        before=before,
        prefix=prefix[0] if prefix else "",
        id=found["id"],
        version=found["version"],
        tail=tail[0] if tail else "",
        after=text[end:],
        wrappings=plain.wrappings,
    )


_LINK = pattern(r"[*_ ]*\[(?:arxiv:)?(?P<text>[^\[\]]*)\]\( ?", ANY_CASE)


def _is_link_text(before: str, address: str, found: re.Match[str]) -> bool:
    """Is *before* the text of a Markdown link that says what its address says?"""
    link = _LINK.fullmatch(before)
    return link is not None and link["text"] in (address, found[0], found["id"])


# -- written otherwise -----------------------------------------------------------------------

_OLD_DIGITS = "(?P<digits>[0-9]{7})"


@cache
def _otherwise() -> Mapping[str, re.Pattern[str]]:
    return {
        # A bibcode has 19 characters: year, `arXiv`, the identifier without a dot if it has five digits after
        # it, an initial. Source: https://ui.adsabs.harvard.edu/help/actions/bibcode
        "ads-bibcode": re.compile(
            rf"(?:{SCHEMES}(?:ui\.)?adsabs\.harvard\.edu/(?:abs|full)/+)?[12][0-9]{{3}}arxiv"
            r"(?P<yymm>[0-9]{4})\.?(?P<number>(?<!\.)[0-9]{5}|(?<=\.)[0-9]{4})[a-z.](?:/[\w-]*)*",
            ANY_CASE,
        ),
        "dblp-key": re.compile(
            rf"(?:{SCHEMES}(?:www\.)?dblp\.(?:org|uni-trier\.de|dagstuhl\.de)/+(?:rec/+)?(?:bibtex/+|html/+)?)?"
            r"(?:dblp:)?journals/corr/(?:abs-(?P<yymm>[0-9]{4})-(?P<number>[0-9]{4,5})"
            rf"|(?:abs-)?(?P<archive>{ARCHIVE})(?:-[a-z]{{2}})?-{_OLD_DIGITS})"
            r"(?:\.(?:bib|html|xml))?(?:\?\S*)?",
            ANY_CASE,
        ),
        "badge": re.compile(
            rf"{SCHEMES}img\.shields\.io/badge/[^/?]*?arxiv[-:_. ]+"
            r"(?P<yymm>[0-9]{4})\.(?P<number>[0-9]{4,5})-[^/]*",
            ANY_CASE,
        ),
        "ftp-path": re.compile(
            rf"{SCHEMES}(?:{ARXIV_HOST})/ftp/(?:arxiv/papers/[0-9]{{4}}/(?P<yymm>[0-9]{{4}})\.(?P<number>[0-9]{{4,5}})"
            rf"|(?P<archive>{ARCHIVE})/papers/[0-9]{{4}}/{_OLD_DIGITS})\.[a-z.]+",
            ANY_CASE,
        ),
    }


_SURROUNDINGS = " <>()[]{}\"'`*_.,;"


def _written_otherwise(plain: Plain, today: dt.date) -> Reading | None:
    """Where the identifier has not its own shape, or stands where no wrapping has it."""
    offset = len(plain.text) - len(plain.text.lstrip(_SURROUNDINGS))
    text = plain.text.strip(_SURROUNDINGS)
    for kind, form in _otherwise().items():
        found = form.fullmatch(text)
        if found:
            first, dot, last = (
                ("archive", "/", "digits") if found.groupdict().get("archive") else ("yymm", ".", "number")
            )
            bare = canonical_id(f"{found[first]}{dot}{found[last]}", today)
            span = plain.origin(offset + found.start(first), offset + found.end(last))
            return Reading(ArxivId(bare), kind, span) if bare else None
    return None
