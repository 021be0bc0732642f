"""A picture shows what the tutorial's transcripts show; `python -m tests.docs.pictures` makes it anew."""

from __future__ import annotations

import re

from tests.docs.pictures import RUN, in_the_tutorial, words


def test_the_picture_of_a_run_shows_what_the_tutorial_says() -> None:
    picture = RUN.read_text(encoding="utf-8")

    assert in_the_tutorial() in words(picture), "stale: python -m tests.docs.pictures"


def test_a_picture_loads_nothing() -> None:
    picture = RUN.read_text(encoding="utf-8")

    assert re.findall(r"(?:href|src)=|\burl\((?!#)|@import|@font-face", picture) == []
