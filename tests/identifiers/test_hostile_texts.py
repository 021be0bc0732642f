"""No text, however made, may hold up a run: every pattern is tried on what could make it backtrack."""

from __future__ import annotations

import time

import pytest

from enrich.identifiers import arxiv_span, read_arxiv_id, read_doi, repair_candidates
from enrich.identifiers.unwrap import LONGEST
from tests.identifiers.strategies import TODAY

_LIMIT_S = 0.25
"""Seconds of processor time for the four calls on one text; the slowest take a fifth of it."""

_REPEATED = [
    "a",
    "0",
    ".",
    "/",
    " ",
    ":",
    "-",
    "(",
    "[",
    "{",
    "}",
    "a://",
    "http/",
    "arxiv:arxiv.org/",
    "arxiv.org///",
    "doi.org///",
    "0 ",
    "0.",
    "a.",
    "a:",
    "a-",
    "%41",
    "%25",
    "\u200b",
    "．",
    "arxiv.org/",
    "https://",
    "https://arxiv.org/abs/",
    "arXiv:",
    "arXiv ",
    "abs/",
    "2410.2127",
    "2410.21276 ",
    "cs/",
    "math.",
    "10.1145/",
    "doi:",
    "\\url{",
    'href="',
    "web.archive.org/web/",
    "journals/corr/abs-",
    "img.shields.io/badge/",
    "&#125;",
]
_BEFORE = [
    "",
    "https://arxiv.org/abs/",
    "https://arxiv.org/html/2410.21276",
    "arXiv:",
    "https://doi.org/10.1145/",
]
_AFTER = ["", "!", "2410.21276"]


@pytest.mark.parametrize("repeated", _REPEATED)
@pytest.mark.parametrize("length", [LONGEST, 100_000])
def test_a_hostile_text_is_answered_at_once(repeated: str, length: int) -> None:
    for before in _BEFORE:
        for after in _AFTER:
            room = length - len(before) - len(after)
            text = before + (repeated * (room // len(repeated) + 1))[:room] + after
            started = time.process_time()

            read_arxiv_id(text, today=TODAY)
            repair_candidates(text, today=TODAY, max_tier=6)
            arxiv_span(text)
            read_doi(text)

            assert time.process_time() - started < _LIMIT_S, (before, after)
