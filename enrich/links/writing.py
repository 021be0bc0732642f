"""
What a text in the place of an address is: one that can be asked, another kind of reference, or a mistake.

Pure, and total.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from enrich.links.canonical import host_key, read_url
from enrich.links.flaw import Flaw
from enrich.links.hosts import is_local
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.links.canonical import CanonicalUrl


class Written(Enum):
    ADDRESS = "address"
    """An http(s) address that can be asked."""
    LOCAL = "local"
    """A private or local address, which is never requested."""
    UNSUPPORTED = "unsupported"
    """Another scheme, or an address that is still to be filled in: nothing to check."""
    RELATIVE = "relative"
    """A file or a place of the catalogue's own site."""
    PLACEHOLDER = "placeholder"
    """Stands where an address is to come."""
    MALFORMED = "malformed"
    """Meant as an address, and none."""


@dataclass(frozen=True, slots=True)
class Writing:
    kind: Written
    detail: str
    """One clause for people: what is wrong where MALFORMED, else what it is."""
    url: CanonicalUrl | None = None
    """Set exactly where `kind` is ADDRESS or LOCAL."""


_WEB = pattern(r"(?:https?:|//[^/\s])", re.IGNORECASE | re.ASCII)
_SCHEME = pattern(r"([a-zA-Z][a-zA-Z0-9+.\-]*):", re.ASCII)
_OTHER_SCHEMES = pattern(
    r"about|acm|arxiv|bibcode|bitcoin|blob|callto|chrome|data|dat|doi|facetime|feed|file|ftps?|geo|git|gemini"
    r"|gopher|hdl|intent|ipfs|ipns|ircs?|isbn|issn|javascript|jar|ldap|magnet|mailto|maps|matrix|news|nntp"
    r"|orcid|pmid|pmcid|rsync|rtsp|s3|gs|sftp|sips?|skype|sms|ssh|svn|tel|telnet|tg|urn|view-source|webcal"
    r"|whatsapp|wss?|xmpp",
    re.IGNORECASE | re.ASCII,
)
_SECURE_SHELL = pattern(r"[\w.-]+@[\w-]+\.[\w.-]+:\S+", re.ASCII)
_MISSPELT = pattern(
    r"(?:h{1,2}[tx]{1,3}p{1,2}|ttp|hp{1,2}t{1,2})s{0,2}(?:\s*[:;.]\s*[/\\]|[/\\]{2})",
    re.IGNORECASE | re.ASCII,
)
_NO_SCHEME = pattern(
    r"(?:www\.[\w-]+\.[\w.-]+|[\w.-]+\.(?:com|org|net|edu|gov|io|co|ai|dev|ac\.uk))(?::[0-9]+)?(?:/|$)",
    re.IGNORECASE | re.ASCII,
)
_PLACEHOLDER = pattern(
    r"|#|-{1,3}|_|\.{1,3}|…|\?{1,3}|x{1,3}|todo|fixme|tb[da]|n/?a|none|null|nil|nan|false|true|url|link|pdf|code"
    r"|paper|https?(?:://)?|forthcoming|pending|soon|coming soon|to appear|to be announced|in press|unknown"
    r"|unavailable|not available|missing|about:blank|javascript:(?:void\(0\))?;?",
    re.IGNORECASE | re.ASCII,
)
_TEMPLATE = pattern(r"\{\{.{0,400}?\}\}|\{%.{0,400}?%\}|<%.{0,400}?%>", re.DOTALL)
"""Liquid, Jinja, Go and ERB."""
_EXAMPLE_HOST = pattern(r"(?:www\.)?example\.(?:com|org|net|edu)")
"""What people write where an address is to come. Other reserved names (`x.example`) are asked: nobody
writes them by default, and the name servers say of them what is true."""


def classify(text: str) -> Writing:
    """
    What *text* is, judged by its spelling alone.

    >>> classify("mailto:a@b.org").kind.value, classify("https://ngc.nvidia.com]").detail
    ('unsupported', '`]` has no opening bracket')
    """
    text = text.strip()
    if _PLACEHOLDER.fullmatch(text):
        return Writing(Written.PLACEHOLDER, "a placeholder" if text else "an empty address")
    if _TEMPLATE.search(text):
        return Writing(Written.UNSUPPORTED, "a template, which the site generator fills in")
    if _WEB.match(text):
        return _classify_web(text)
    if _MISSPELT.match(text):
        return Writing(Written.MALFORMED, "the scheme is misspelt")
    if _SECURE_SHELL.fullmatch(text):
        return Writing(Written.UNSUPPORTED, "an ssh address is not checked")
    scheme = _SCHEME.match(text)
    if scheme and (_OTHER_SCHEMES.fullmatch(scheme[1]) or text.startswith("//", scheme.end())):
        return Writing(Written.UNSUPPORTED, f"`{scheme[1][:20].lower()}:` is not checked")
    if _NO_SCHEME.match(text):
        return Writing(Written.MALFORMED, "`https://` is missing")
    return _classify_rest(text)


def _classify_web(text: str) -> Writing:
    url = read_url(text)
    if isinstance(url, Flaw):
        return Writing(Written.MALFORMED, url.what)
    host = host_key(url)
    if _EXAMPLE_HOST.fullmatch(host):
        return Writing(Written.PLACEHOLDER, "a domain reserved for examples")
    if host.endswith(".onion"):
        return Writing(Written.UNSUPPORTED, "an onion service is not checked")
    if is_local(host):
        return Writing(Written.LOCAL, "a private or local address, which is never requested", url)
    return Writing(Written.ADDRESS, "an address", url)


def _classify_rest(text: str) -> Writing:
    if len(text) > 2_000 or "\n" in text:
        return Writing(Written.MALFORMED, "a text, not an address")
    if re.search(r"https?://", text):
        return Writing(Written.MALFORMED, "something stands before the address")
    if re.search(r"\s", text) and not re.search(r"[/#]|\.\w{1,5}$", text):
        return Writing(Written.MALFORMED, "words, not an address")
    return Writing(Written.RELATIVE, "a place on this site")


def is_address(text: str) -> bool:
    """Whether *text* is a web address or was clearly meant as one, by how it begins."""
    return _WEB.match(text.strip()) is not None


_FILE = pattern(r"\.{1,2}/[^\r\n]*\.[a-z0-9]{1,8}", re.IGNORECASE | re.ASCII)


def is_file(text: str) -> bool:
    """Whether *text* was clearly meant as the path of a file, by how it begins: `../raw/paper.pdf`."""
    return _FILE.fullmatch(text.strip()) is not None
