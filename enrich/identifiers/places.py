"""
Where identifiers are written: hosts, paths and labels, and where in a text one is meant.

Decides nothing about the identifier itself: what stands at a place may be well
formed, mangled, or no identifier at all. All patterns are for plain texts (`unwrap`).
"""

from __future__ import annotations

import re
from enum import Enum

from enrich.identifiers.scheme import ANY_CASE, ARCHIVE, ARCHIVES
from enrich.patterns import pattern
from enrich.text import Span, is_slip
from enrich.words import dataclass

_PAGES = "abs pdf html format e-print src ps dvi anc tb bibtex refs cits other"
PAGES = tuple(_PAGES.split())
"""
First parts of the paths of a paper's pages. Source: arXiv/arxiv-browse, browse/routes.

`list`, `search`, `a`, `year`, `help` and the like are pages of arXiv, but of no paper.
"""

PAGE = "(?:" + "|".join(PAGES) + "|eprint)"

# Possessive (`++`): a run of slashes belongs to one piece, so that no text makes a pattern backtrack.
SCHEMES = r"(?:/{2,}+)?+(?:[a-z]{1,6}:/*+|https?/++)*+"
"""None, one or several, with what spoils them: `htps://`, `https:/`, `http//`, `http://https://`."""

ARXIV_HOST = r"(?:(?:www|export|browse|beta|static|lanl|aps|xxx|[a-z]{2})\.)?arxiv\.org|xxx\.lanl\.gov"
"""arXiv's own hosts, with the country mirrors that it had."""

ARXIV_ADDRESS = rf"(?:{ARXIV_HOST})\.?(?::[0-9]+)?/++(?:{PAGE}/++)*+(?:arxiv[:.] *+)?(?:{PAGE}/++)?+"

MIRRORS = {
    "mirror-hf-papers": r"(?:huggingface\.co|hf\.co)/papers/",
    "mirror-alphaxiv": r"(?:www\.)?alphaxiv\.org/(?:abs|pdf|html|overview|blog|audio|resources?)/",
    "mirror-ar5iv": r"(?:www\.)?ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html|pdf)/",
    "mirror-s2": r"(?:www\.|api\.)?semanticscholar\.org/(?:(?:graph/)?v1/paper/)?arxiv[:/]",
    "mirror-scirate": r"(?:www\.)?scirate\.com/arxiv/",
    "mirror-arxiv-vanity": r"(?:www\.)?arxiv-vanity\.com/papers/",
    "mirror-inspire": r"(?:www\.)?inspirehep\.net/(?:api/)?arxiv/",
    "mirror-papers-cool": r"papers\.cool/arxiv/",
    "ads-url": r"(?:ui\.)?adsabs\.harvard\.edu/abs/arxiv:",
}
"""Hosts that show arXiv's papers under arXiv's identifiers, up to where the identifier stands."""

MIRROR = "(?:" + "|".join(MIRRORS.values()) + ")"

DOI_HOST = r"(?:(?:www|dx)\.)?doi\.org"
ARXIV_DOI = rf"(?:{SCHEMES}{DOI_HOST}/++){{0,3}}(?:doi[: ] *)?10\.48550/+arxiv[.:]"


# -- what may surround one -------------------------------------------------------------------

_OPENERS = "<([{\"'`*_ "
_ENDS_LEAD = "<([{\"'`*_=:>|"
_CLOSERS = " >)]}\"'`*_.,;:!?|"
_COMMENT = pattern(" *(?:#|%|//|<!--)")
_LINK_TEXT = pattern(r"""\} ?\{[^{}]*\}[ .,;]*|["'][^<>]*>[^<>]*</a>[ .,;]*""", ANY_CASE)
"""After the address of `\\href{…}{text}` and `<a href="…">text</a>`."""


def opens_only(text: str) -> bool:
    """Does *text* hold nothing but brackets, quotes, emphasis and spaces?"""
    return not text.strip(_OPENERS)


def may_lead(before: str) -> bool:
    """
    May *before* stand before an identifier that has an address or a label of its own?

    Prose, brackets, quotes, `[text](`, `\\url{`, `href="` may. A comment mark may not, nor
    an address: another address that holds this one is that other address.
    """
    word = before[before.rfind(" ") + 1 :]
    return (not word or (word[-1] in _ENDS_LEAD and not any(char in word for char in "/?&@"))) and not (
        "://" in before or _COMMENT.match(before)
    )


def may_follow(after: str, *, alone: bool) -> bool:
    """
    May *after* stand after an identifier?

    Closing marks may. Prose may where a space parts it from the identifier, or where
    closing marks do and it is not in ASCII; not where the identifier stands *alone*.
    """
    prose = after.lstrip(_CLOSERS)
    if not prose:
        return True
    if alone or "://" in after:
        return False
    closers = after.removesuffix(prose)
    return " " in closers or bool(closers and ord(prose[0]) > 127) or _LINK_TEXT.fullmatch(after) is not None


# -- where one is meant ----------------------------------------------------------------------


class Setting(Enum):
    ADDRESS = "address"
    """On arXiv's hosts or a mirror's, under a path for papers."""
    LABEL = "label"
    """After `arXiv:`, or in one of arXiv's DOIs."""
    BARE = "bare"
    """All that the text holds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an identifier is meant. All spans are of the plain text, and not empty."""

    span: Span
    setting: Setting
    misspelt_host: Span | None = None
    """Where the host stands, if it is arXiv's but for a slip of the keys."""


_WRAPPED = pattern(r"""\]\( ?|\\[a-z]+\{|\b(?:href|url|eprint) ?= ?["'{]*""", ANY_CASE)
"""A Markdown link, a LaTeX command, an HTML attribute or a BibTeX field."""
_ADDRESS = pattern(rf"(?P<scheme>{SCHEMES})(?P<host>[a-z0-9.,-]+)(?::[0-9]+)?(?P<path>/.*)", ANY_CASE)
_ARXIV_ADDRESS = pattern(rf"(?:{SCHEMES}{ARXIV_ADDRESS}){{1,3}}", ANY_CASE)
_MIRROR_ADDRESS = pattern(rf"{SCHEMES}(?:{MIRROR}|{ARXIV_DOI})", ANY_CASE)
_PAPERS_PATH = pattern(rf"/+(?:{PAGE}/++)++(?:arxiv[:.] *)?", ANY_CASE)
_ENDS_WITH_PAGE = pattern(rf"(?:/{PAGE}/+|arxiv[:.] *)\Z", ANY_CASE)
_LABEL = pattern(
    rf"(?:10\.48550/+|(?<![\w./-])(?:oai:)?)arxiv(?:\.org)? *[:.] *(?!org\b)(?:{PAGE}/+)?"
    r"(?P<slug>[0-9]{4} ?[.,]? ?[0-9]{4,5}\S*|\S+)",
    ANY_CASE,
)
_FOREIGN = pattern(rf"https?:? ?/+(?!(?:{ARXIV_HOST})/)|://(?!(?:{ARXIV_HOST})/)", ANY_CASE)
_CUT = pattern(r"\?|(?<!&)#")

DIGITISH = "(?-i:[0-9OoIlSB|])"
"""A digit, or a letter that looks like one."""

_HOLDS_DIGITS = pattern(rf"{DIGITISH}{{3}}[^/?#]{{0,3}}{DIGITISH}{{3}}")
_BARE_NEW = pattern(
    rf"(?:{PAGE}/+|{ARCHIVE}(?:\.[a-z-]+)?/|[a-z]{{1,10}}[-_:.]?)?"
    rf"(?:[({{\[]*{DIGITISH}{{3,6}}(?: ?[.,;:/_·-]{{1,2}} ?| ){DIGITISH}{{1,19}}|[0-9]{{8,9}})"
    r"[\])}]*(?:v[0-9]{0,3})?(?:[{}\\].*|arxiv)?",
    ANY_CASE,
)
_BARE_OLD = pattern(
    "(?:"
    + "|".join(sorted((name.replace("-", "[-_ ]?") for name in ARCHIVES), key=len, reverse=True))
    + rf")(?:\.[a-z-]{{2,12}})?[ /:._-]*[0-9]{DIGITISH}{{5,6}}(?:v[0-9]{{0,3}})?",
    ANY_CASE,
)


def locate(plain: str) -> Place | None:
    """
    Where *plain* means an arXiv identifier, None where it means none.

    For texts that do not read exactly: of several identifiers it finds one place.
    """
    start = _start_of_address(plain)
    if plain[start - 1 : start] == "{" and "}" in plain[start:]:
        plain = plain[: plain.index("}", start)]
    address = _ADDRESS.match(plain, start)
    if address:
        place = _in_address(plain, address)
        if place or address["scheme"]:
            return place
    label = _LABEL.search(plain)
    slug = _slug(plain, *label.span("slug")) if label and may_lead(plain[: label.start()]) else None
    if slug and _HOLDS_DIGITS.search(slug.of(plain)):
        return Place(slug, Setting.LABEL)
    text = plain[start:].rstrip(_CLOSERS)
    bare = _BARE_NEW.fullmatch(text) or _BARE_OLD.fullmatch(text)
    return Place(Span(start, start + len(text)), Setting.BARE) if bare else None


def _start_of_address(plain: str) -> int:
    wrapped = _WRAPPED.search(plain)
    if wrapped and may_lead(plain[: wrapped.end()]):
        return wrapped.end()
    return len(plain) - len(plain.lstrip(_OPENERS))


def _in_address(plain: str, address: re.Match[str]) -> Place | None:
    start, end = address.span()
    own = _ARXIV_ADDRESS.match(plain, start)
    if own:
        slug = _slug(plain, own.end(), end)
        if slug is None or not (_ENDS_WITH_PAGE.search(own[0]) or _is_papers(slug.of(plain))):
            return None
        return Place(slug if slug.of(plain) else Span(start, end), Setting.ADDRESS)
    misspelt_host = None
    elsewhere = _MIRROR_ADDRESS.match(plain, start)
    if elsewhere is None and _is_misspelt_arxiv(address["host"]):
        elsewhere = _PAPERS_PATH.match(plain, address.start("path"))
        misspelt_host = Span(*address.span("host"))
    slug = _slug(plain, elsewhere.end(), end) if elsewhere else None
    if slug is None or not _HOLDS_DIGITS.search(slug.of(plain)):
        return None
    return Place(slug, Setting.ADDRESS, misspelt_host)


def _slug(plain: str, start: int, end: int) -> Span | None:
    """What stands for the identifier, without query and closing marks; None if another address is in it."""
    cut = _CUT.search(plain, start, end)
    text = plain[start : cut.start() if cut else end]
    if _FOREIGN.search(text):
        return None
    if "/.." not in f"/{text}":  # which leads elsewhere, and is no closing mark
        # Braces are debris, and so is `&#125;` with its semicolon.
        marks = "};" if "&" in text else "}"
        text = text.rstrip("".join(char for char in _CLOSERS if char not in marks))
    return Span(start, start + len(text))


def _is_papers(path: str) -> bool:
    """Is *path*, which does not begin with one of `PAGES`, meant for a paper all the same?"""
    first, slash, _ = path.partition("/")
    return _HOLDS_DIGITS.search(first) is not None or bool(slash and misspelt_page(first))


def misspelt_page(part: str) -> str | None:
    """The page that *part* of a path is, but for one slip."""
    return next((page for page in PAGES if len(page) > 2 and is_slip(part.lower(), page)), None)


# Real archives whose names are an edit away from arXiv's.
_OTHER_ARCHIVES = frozenset({"vixra", "marxiv", "aixiv", "rxiv"})
_OTHER_ENDINGS = frozenset({"com", "net", "edu", "info"})


def _is_misspelt_arxiv(host: str) -> bool:
    labels = [label for label in re.split("[.,]+", host.lower()) if label not in ("", "www", "export")]
    name, *endings = labels or [""]
    if len(endings) > 1 or name in _OTHER_ARCHIVES:
        return False
    ending = endings[0] if endings else ""
    if name in ("arxiv", "arxivorg"):
        return not ending or ending in _OTHER_ENDINGS or _is_near(ending, "org")
    return ending in ("org", "com") and _is_near(name, "arxiv")


def _is_near(word: str, meant: str) -> bool:
    return sorted(word) == sorted(meant) or is_slip(word, meant)
