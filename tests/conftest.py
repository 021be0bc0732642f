"""Fixtures that every test may ask for by name."""

from __future__ import annotations

from hypothesis import settings

from tests.end_to_end.catalogues import catalogue
from tests.end_to_end.queues import examples_waiting
from tests.internet.fixtures import (
    arxiv_internet,
    arxiv_library,
    arxiv_records,
    internet,
    sample_internet,
)
from tests.npm import npm

__all__ = [
    "arxiv_internet",
    "arxiv_library",
    "arxiv_records",
    "catalogue",
    "examples_waiting",
    "internet",
    "npm",
    "sample_internet",
]

settings.register_profile("same", derandomize=True, deadline=None)
"""The same examples every time, so that what holds once holds again; by hand others are drawn each time.
No deadline: a busy machine is no fault."""
