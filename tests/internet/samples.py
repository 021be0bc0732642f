"""
A handful of invented papers, in the form of records: what a test needs where it wants no large collection.

Their identifiers are well formed; their works do not exist.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES: tuple[Mapping[str, Any], ...] = tuple(
    MappingProxyType(record)
    for record in (
        {
            "id": "2401.90001",
            "title": "Counting Sheep with Neural Networks",
            "authors": ["Ada Sleepwell", "Bo Årnes", "Chen Wei"],
            "categories": ["cs.LG", "cs.CL"],
            "primary_category": "cs.LG",
            "published": "2024-01-03T10:20:30Z",
            "updated": "2024-03-01T08:00:00Z",
            "versions": 3,
            "abstract": "We count sheep. Nobody stays awake to check.",
            "comment": "9 pages, 2 figures",
        },
        {
            "id": "2401.90002",
            "title": "Neural Networks Counting Sheep",
            "authors": ["Ada Sleepwell"],
            "categories": ["cs.LG"],
            "published": "2024-01-04",
            "versions": 1,
        },
        {
            "id": "2402.90003",
            "title": "BARN: Pre-training of Deep Flocks at $\\alpha < 1$ & beyond",
            "authors": ["MEADOW", ":", "Dora Field", "Emil Grass", "Femke Hay"],
            "categories": ["cs.CL"],
            "published": "2024-02-05T00:00:01.000Z",
            "doi": "10.5555/barn.1 10.5555/barn.2",
            "journal_ref": "Journal of Flocks 7 (2024) 1-20",
        },
        {
            "id": "astro-ph/0601999",
            "title": "The Sheep Nebula",
            "authors": [{"name": "G. Herder", "affiliations": ["Hill Observatory", "Dale Institute"]}],
            "categories": ["astro-ph"],
            "published": "2006-01-31",
            "abstract": "An old summary begins with two spaces.",
        },
        {
            "id": "math/0309999",
            "title": "On the Number of Legs",
            "authors": ["Hilde Fold"],
            "categories": ["math.GT"],
            "comment": "This paper has been withdrawn by the author due to an error in Lemma 2",
            "withdrawn": True,
            "versions": 2,
        },
        {
            "id": "2312.90004",
            "title": "A Flock of One Hundred Shepherds",
            "authors": [f"Shepherd Number{number}" for number in range(1, 101)],
            "categories": ["cs.MA"],
            "published": "2023-12-24T18:00:00Z",
        },
    )
)
