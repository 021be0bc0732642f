"""
Data, style and script in one HTML file under a policy that allows nothing else.

`default-src 'none'` with the digests of the one style and the one script: an
address, a title or an event handler that slipped in as markup would stay text,
and nothing is ever loaded. https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from enrich.reports.review_page.embedding import data_of
from enrich.text import printable

if TYPE_CHECKING:
    from enrich.reports.review_page.words import Review

SCRIPTS = (
    "text.js",
    "differ.js",
    "model.js",
    "exporting.js",
    "searching.js",
    "storing.js",
    "card.js",
    "picture.js",
    "header.js",
    "filters.js",
    "list.js",
    "page.js",
)
"""In the order in which they build on each other; together they are one script."""

_STATIC = files(__package__) / "static"


def page_text(review: Review) -> str:
    """The whole file, for UTF-8; nothing in it but ASCII outside of style and script."""
    return page_around(data_of(review), review.catalogue)


def page_around(data: object, catalogue: str) -> str:
    """The file that shows *data*, as `embedding` makes it."""
    style = _static("page.css")
    script = "(() => {\n'use strict';\n" + "".join(map(_static, SCRIPTS)) + "})();\n"
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": policy,
        "title": escape(f"Review of {printable(catalogue)}"),
        "style": style,
        "data": json_text(data),
        "script": script,
    }
    text, *slots = _static("page.html").split("{{")
    for slot in slots:
        name, _, rest = slot.partition("}}")
        text += parts[name] + rest
    return text


def json_text(data: object) -> str:
    """JSON that ends no element and opens none: its `<` and every character beyond ASCII are escaped."""
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def _static(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
