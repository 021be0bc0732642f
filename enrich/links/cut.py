"""Find in a text the whole of an address that was cut short. Pure."""

from __future__ import annotations

import re

from enrich.links.markdown import find_urls
from enrich.patterns import pattern

_ROOT = pattern(
    r"(https?://(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co|bitbucket\.org|codeberg\.org))"
    r"/?([\w.-]*)/?",
    re.IGNORECASE | re.ASCII,
)
"""Hosts on which a project has an owner and a name, cut before the name."""
_PROJECT = pattern(r"/?\s+([\w.-]+/[\w.-]*\w)", re.ASCII)


def complete_from(text: str, body: str) -> str | None:
    """
    The one address in *body* of which *text*, a project host's front page, is the beginning; else None.

    >>> complete_from("https://github.com/", "The code is at https://github.com/ THU-KEG/MetaKGR.")
    'https://github.com/THU-KEG/MetaKGR'
    """
    root = _ROOT.fullmatch(text.strip())
    if root is None:
        return None
    beginning = f"{root[1]}/{root[2]}".rstrip("/")
    whole = {
        url for _, _, url in find_urls(body) if url.startswith(beginning + "/") and url != beginning + "/"
    }
    if not root[2]:
        found = re.finditer(re.escape(beginning) + _PROJECT.pattern, body, re.ASCII)
        whole |= {f"{beginning}/{one[1]}" for one in found}
    return whole.pop() if len(whole) == 1 else None
