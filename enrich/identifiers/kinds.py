"""
The names of the ways in which an identifier is written.

They are shown and counted; nothing is decided by them.
"""

from __future__ import annotations

import re

from enrich.identifiers.places import ARXIV_HOST, MIRRORS, PAGE
from enrich.identifiers.scheme import ANY_CASE
from enrich.patterns import pattern
from enrich.words import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier, and all that stands around it in a plain text."""

    form: str
    """What `prefix` is: `archived`, `address`, `mirror`, `doi`, `label`, `corr`, `path`; `bare` if empty."""
    before: str
    prefix: str
    id: str
    version: str | None
    tail: str
    """Extension, query and fragment."""
    after: str
    wrappings: frozenset[str]


def kind_of_page(served: re.Match[str]) -> str:
    """The kind of an address as arXiv serves it, by its named parts."""
    host, page = served["host"], served["page"]
    if host != host.lower():
        return "host-case"
    for part, kind in (("fragment", "fragment"), ("query", "query"), ("label", "abs-arXiv-colon")):
        if served[part]:
            return kind
    if "/" in served["id"]:
        return "old-style-class" if "." in served["id"] else "old-style-url"
    if page not in ("abs", "pdf", "html"):
        return "other-arxiv-path"
    if served["path"] == "/":
        return "trailing-slash"
    parts = (
        "http" if served["scheme"].lower() == "http" else "",
        host.removesuffix("arxiv.org").strip("."),
        page,
        "version" if served["version"] else "",
        "with-pdf-ext" if served["ext"] and page == "abs" else "ext" if served["ext"] else "",
    )
    kind = "-".join(part for part in parts if part)
    return {"abs": "canonical"}.get(kind, kind)


def kind_of(found: Found) -> str:
    """The kind of anything else, by what is most remarkable about it."""
    for wrapping in ("zero-width", "fullwidth", "percent-encoded", "whitespace"):
        if wrapping in found.wrappings:
            return wrapping
    match found.form:
        case "archived":
            return "archived"
        case "doi":
            return "arxiv-doi"
        case "corr":
            return "dblp-corr"
        case "path":
            return "path-only"
        case "mirror":
            return next(kind for kind, host in MIRRORS.items() if re.search(host, found.prefix, ANY_CASE))
        case "label":
            return _of_label(found)
        case "address":
            return _of_address(found)
        case _:
            return _of_bare(found)


_HOST = pattern(ARXIV_HOST, ANY_CASE)
_DOUBLED_PAGE = pattern(rf"{PAGE}/+{PAGE}/", ANY_CASE)
_PAGED = pattern(rf"/{PAGE}/", ANY_CASE)
_TODAYS_HOST = pattern(r"(?:www\.|export\.)?arxiv\.org", ANY_CASE)


def _of_address(found: Found) -> str:
    hosts = _HOST.findall(found.prefix)
    scheme = found.prefix[: found.prefix.find(hosts[0])].lower()
    closing = found.after.strip()
    checks = (
        ("doubled-url", len(hosts) > 1),
        ("double-scheme", scheme.count(":") > 1),
        ("doubled-path", _DOUBLED_PAGE.search(found.prefix) is not None),
        ("latex-href", "\\href" in found.before),
        ("latex-url", "\\" in found.before),
        ("html-anchor", "<a" in found.before.lower()),
        ("markdown-glued", found.before.endswith(("](", "**"))),
        ("quotes", found.before.endswith(('"', "'", "`"))),
        ("angle-brackets", found.before == "<"),
        ("trailing-bracket", found.before in ("(", "[", "{") or closing in (")", "]", "}")),
        ("citation-text", " " in found.before.strip() or " " in closing),
        ("whitespace", found.before.isspace() or found.after.isspace()),
        ("missing-scheme", not scheme),
        ("single-slash-scheme", scheme.endswith(":/")),
        ("scheme-typo", scheme not in ("http://", "https://")),
        ("trailing-punctuation", bool(closing)),
        ("old-host", not _TODAYS_HOST.fullmatch(hosts[0])),
        ("upper-case-url", any(page.isupper() or page.istitle() for page in _PAGED.findall(found.prefix))),
        ("double-ext", found.tail.lower().count(".pdf") > 1),
        ("no-path-kind", not _PAGED.search(found.prefix)),
    )
    return next((kind for kind, holds in checks if holds), "other-arxiv-path")


def _of_label(found: Found) -> str:
    label = found.prefix.lower().removeprefix("oai:").removeprefix("arxiv")
    if "[" in found.after:
        return "margin-stamp"
    if found.before.strip() or found.after.strip(" .,;)]}"):
        return "citation-text"
    if label.endswith("/"):
        return "arXiv-colon-abs"
    old = "old-style-" if "/" in found.id else ""
    name = "arXiv-colon" if ":" in label else "arXiv-dot" if "." in label else "arXiv-space"
    return f"{old}{name}{'-version' if found.version else ''}"


def _of_bare(found: Found) -> str:
    if "=" in found.before or ":" in found.before:
        return "bibtex-field"
    if found.tail:
        return "file-name"
    if found.before.strip():
        return "bracketed-id" if found.before.strip("\"'`*_ ") else "quotes"
    if found.before or found.after.isspace():
        return "whitespace"
    if found.after:
        return "trailing-punctuation"
    archive, slash, _ = found.id.rpartition("/")
    if not slash:
        return "bare-id-version" if found.version else "bare-id"
    if "." in archive:
        return "old-style-class"
    return "old-style-version" if found.version else "old-style-bare"
