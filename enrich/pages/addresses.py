"""What the path of an address tells of the page: a file, a front page, an error, a login in front of it."""

from __future__ import annotations

import re

from enrich.patterns import pattern

_HOME = frozenset({"/", "/index.html", "/index.htm", "/index.php", "/en", "/en/", "/home", "/home/"})
_NAMES_A_PAGE = pattern(r"[/=]")
_SAYS_NO_PAGE = frozenset({
    "error", "fbclid", "from", "gclid", "hl", "lang", "language", "locale", "msg", "redirected", "ref",
    "referer", "referrer", "source", "status",
})  # fmt: skip
"""Parameters that name no page of a site."""
_FILE = pattern(
    r"\.(?:7z|avi|bib|bz2|csv|docx?|eps|epub|gif|gz|h5|jpe?g|json|mkv|mov|mp[34]|odp|ods|odt|parquet|pdf|pkl"
    r"|png|pptx?|ps|pth?|rar|svg|tar|tex|tgz|tiff?|tsv|txt|wav|webm|webp|xlsx?|xml|xz|ya?ml|zip|zst)$",
    re.IGNORECASE,
)
_ERROR = pattern(
    r"[/_.-](?:40[34]|410|error(?:s|page)?|not[_-]?found|page[_-]?not[_-]?found|missing|gone|fehler|erreur)"
    r"(?:[/_.-]|$)",
    re.IGNORECASE,
)
_WALL = pattern(
    r"[/_.-](?:log[_-]?in|log[_-]?on|sign[_-]?in|sign[_-]?up|signup|register|auth(?:enticate|orize"
    r"|n)?|oauth2?|sso|saml2?"
    r"|shibboleth|cas|idp|wayf|account|consent|cookies?|cookie[_-]?absent|captcha|challenge|paywall"
    r"|maintenance"
    r"|unavailable|unsupported[_-]?browser|blocked|denied|access[_-]?denied|forbidden|validate)(?:[/_.-]|$)",
    re.IGNORECASE,
)
_WALL_HOST = pattern(r"^(?:accounts?|auth|consent|id|idp|login|shibboleth|signin|sso|wayf)\.", re.IGNORECASE)
_SEARCH = pattern(r"[/_.-](?:search|suche|find|query|results?)(?:[/_.-]|$)", re.IGNORECASE)
_SEARCH_KEY = pattern(r"(?:^|&)(?:q|query|s|search|keywords?|term|text)=", re.IGNORECASE)


def is_home(url: str) -> bool:
    """
    Whether *url*, canonical but for a fragment, is a site's front page.

    A query may name any page of the site (`/?p=12`, `/index.php?id=12`), and a fragment one of
    its program's (`/#/papers/12`), unless it is known to mean nothing of the kind.

    >>> is_home("https://a.org/?utm_source=b"), is_home("https://a.org/index.php?id=12")
    (True, False)
    """
    address, _, fragment = url.partition("#")
    if path_of(address) not in _HOME or _NAMES_A_PAGE.search(fragment):
        return False
    keys = (part.partition("=")[0].casefold() for part in query_of(address).split("&") if part)
    return all(key in _SAYS_NO_PAGE or key.startswith("utm_") for key in keys)


def looks_like_a_file(url: str) -> bool:
    """Whether canonical *url* names a file that is no page: `/paper.pdf`."""
    return _FILE.search(path_of(url)) is not None


def looks_like_an_error(url: str) -> bool:
    """
    >>> looks_like_an_error("https://a.org/errors/404.html"), looks_like_an_error("https://a.org/terror")
    (True, False)
    """
    return _ERROR.search(path_of(url)) is not None


def looks_like_a_wall(url: str) -> bool:
    """
    Whether canonical *url* is something that stands in front of pages: a login, a consent, a riddle.

    >>> looks_like_a_wall("https://id.acme.org/"), looks_like_a_wall("https://acme.org/login?next=%2Fa")
    (True, True)
    """
    return _WALL.search(path_of(url)) is not None or _WALL_HOST.match(url.partition("://")[2]) is not None


def looks_like_a_search(url: str) -> bool:
    return _SEARCH.search(path_of(url)) is not None or _SEARCH_KEY.search(query_of(url)) is not None


def path_of(url: str) -> str:
    """Of a canonical *url*, without its query."""
    return "/" + url.partition("://")[2].partition("?")[0].partition("/")[2]


def query_of(url: str) -> str:
    return url.partition("?")[2]
