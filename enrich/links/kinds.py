"""
What an address leads to, as far as the address alone tells: code, a paper, a discussion, …

Pure. Hosts that hold everything (a personal page, a file share) have no kind.
"""

from __future__ import annotations

import re
from enum import StrEnum

from enrich.links.canonical import canonical_url, host_key
from enrich.patterns import pattern


class LinkKind(StrEnum):
    CODE = "code"
    DATASET = "dataset"
    DEMO = "demo"
    DISCUSSION = "discussion"
    """A page of comments, whatever it is about."""
    MODEL = "model"
    PAPER = "paper"
    SLIDES = "slides"
    VIDEO = "video"


_BY_PATH: tuple[tuple[str, re.Pattern[str], LinkKind], ...] = tuple(
    (host, pattern(path, re.ASCII), kind)
    for host, path, kind in (
        ("huggingface.co", r"/discussions/", LinkKind.DISCUSSION),
        ("huggingface.co", r"/(?:spaces/|datasets/)?[\w.-]+/[\w.-]+/discussions\b", LinkKind.DISCUSSION),
        ("huggingface.co", r"/papers/", LinkKind.PAPER),
        ("huggingface.co", r"/datasets/[\w.-]+", LinkKind.DATASET),
        ("huggingface.co", r"/spaces/[\w.-]+/[\w.-]+", LinkKind.DEMO),
        (
            "huggingface.co",
            r"/(?!(?:blog|docs|collections|learn|organizations|posts|tasks)/)[\w.-]+/[\w.-]+",
            LinkKind.MODEL,
        ),
        ("github.com", r"/[\w.-]+/[\w.-]+/(?:issues|discussions|pull)\b", LinkKind.DISCUSSION),
        ("github.com", r"/[\w.-]+/[\w.-]+", LinkKind.CODE),
        ("gitlab.com", r"/[\w.-]+/[\w./-]+/-/(?:issues|merge_requests)\b", LinkKind.DISCUSSION),
        ("gitlab.com", r"/[\w.-]+/[\w.-]+", LinkKind.CODE),
        ("bitbucket.org", r"/[\w.-]+/[\w.-]+", LinkKind.CODE),
        ("codeberg.org", r"/[\w.-]+/[\w.-]+", LinkKind.CODE),
        ("gitee.com", r"/[\w.-]+/[\w.-]+", LinkKind.CODE),
        ("sourceforge.net", r"/(?:projects|p)/[\w.-]+", LinkKind.CODE),
        ("gist.github.com", r"/[\w.-]+", LinkKind.CODE),
        ("colab.research.google.com", r"/", LinkKind.CODE),
        ("code.google.com", r"/", LinkKind.CODE),
        ("kaggle.com", r"/datasets/[\w.-]+", LinkKind.DATASET),
        ("reddit.com", r"/r/\w+/comments/", LinkKind.DISCUSSION),
        ("news.ycombinator.com", r"/item", LinkKind.DISCUSSION),
        ("stackoverflow.com", r"/questions/", LinkKind.DISCUSSION),
        ("arxiv.org", r"/(?:abs|pdf|html)/", LinkKind.PAPER),
        ("doi.org", r"/10\.", LinkKind.PAPER),
        ("dx.doi.org", r"/10\.", LinkKind.PAPER),
        ("openreview.net", r"/(?:forum|pdf)", LinkKind.PAPER),
        ("aclanthology.org", r"/[\w.-]+", LinkKind.PAPER),
        ("proceedings.mlr.press", r"/v\d+/", LinkKind.PAPER),
        ("proceedings.neurips.cc", r"/paper", LinkKind.PAPER),
        ("papers.nips.cc", r"/paper", LinkKind.PAPER),
        ("openaccess.thecvf.com", r"/content", LinkKind.PAPER),
        ("dl.acm.org", r"/(?:doi|citation)", LinkKind.PAPER),
        ("ieeexplore.ieee.org", r"/(?:abstract/)?document/", LinkKind.PAPER),
        ("youtube.com", r"/(?:watch|playlist|embed/|live/|shorts/)", LinkKind.VIDEO),
        ("youtu.be", r"/[\w-]+", LinkKind.VIDEO),
        ("vimeo.com", r"/\d+", LinkKind.VIDEO),
        ("slideslive.com", r"/\d+", LinkKind.VIDEO),
        ("slideshare.net", r"/[\w.-]+/[\w.-]+", LinkKind.SLIDES),
        ("speakerdeck.com", r"/[\w.-]+/[\w.-]+", LinkKind.SLIDES),
    )
)


def link_kind(url: str) -> LinkKind | None:
    """
    What *url* leads to; None where the address does not tell.

    >>> link_kind("https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d")
    <LinkKind.DISCUSSION: 'discussion'>
    """
    canonical = canonical_url(url)
    if canonical is None:
        return None
    host = host_key(canonical).removeprefix("www.")
    path = canonical.split("/", 3)[3]
    return next(
        (kind for known, pattern, kind in _BY_PATH if known == host and pattern.match("/" + path)), None
    )
