"""What the page's script is given, and the file around it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.reports.review_page import page_text
from enrich.reports.review_page.assembly import json_text
from enrich.reports.review_page.embedding import Units, data_of, kept_text
from tests.documents import document
from tests.reports.review_page.pages import catalogue, change, entry_number, review, reviewed

TEXTS = st.text(st.sampled_from("a<>/&\u2028\u2029é𝔊\udc80\n\"'"), max_size=30)


def embedded(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


@given(st.text(st.sampled_from("aé𝔊😀"), max_size=20), st.integers(0, 20))
def test_an_offset_in_code_points_becomes_one_in_units_of_utf_16(text: str, offset: int) -> None:
    offset = min(offset, len(text))

    assert Units(text).of(offset) == len(text[:offset].encode("utf-16-le")) // 2


@given(TEXTS)
def test_no_text_ends_the_element_that_holds_the_data(text: str) -> None:
    written = json_text([text])

    assert "<" not in written
    assert written.isascii()
    assert json.loads(written) == [text]


def test_a_hostile_title_stays_within_the_data() -> None:
    hostile = "</script><script>alert(1)</script><!--"
    here, changes = entry_number(1)

    text = page_text(review(reviewed(here, changes, hostile)))

    assert hostile not in text
    assert text.count("<script") == 2
    assert embedded(text)["entries"][0][2] == hostile


def test_the_policy_allows_the_style_and_the_script_of_the_file_and_nothing_else() -> None:
    text = page_text(catalogue(1))

    style, script = (
        re.search(r"<style>(.*?)</style>", text, re.DOTALL),
        re.findall(r"<script>(.*?)</script>", text, re.DOTALL),
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert style
    assert policy
    assert len(script) == 1
    digests = [
        "'sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() + "'"
        for part in (script[0], style[1])
    ]
    assert policy[1] == (
        f"default-src 'none'; script-src {digests[0]}; style-src {digests[1]}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_style_and_script_name_no_place_to_load_from() -> None:
    text = page_text(review())

    assert re.findall(r"""(?:src=|url\(|@import|fetch\(|XMLHttpRequest|innerHTML|eval\()""", text) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_front_matter_and_three_lines_are_kept(newline: str) -> None:
    lines = ["---", "title: A", "---", "one", "two", "three", "four", ""]

    kept = kept_text(document(newline.join(lines).encode()))

    assert kept == newline.join([*lines[:6], ""])


def test_a_short_file_is_kept_as_it_is() -> None:
    assert kept_text(document(b"---\ntitle: A\n---")) == "---\ntitle: A\n---"


def test_a_thousand_changes_for_the_same_reason_hold_it_once() -> None:
    data = embedded(page_text(catalogue(250)))

    assert len(data["changes"]) == 1000
    assert data["strings"].count("title matches (score 1.00)") == 1
    assert len(data["strings"]) < 40


def test_a_change_that_no_longer_fits_its_file_is_named_and_left_out() -> None:
    here, changes = entry_number(1)
    gone = change(here.path, "title", "Another", "B")

    data = data_of(review(reviewed(here, (*changes, gone))))

    assert data["stale"] == [[here.path, gone.id]]
    assert len(data["changes"]) == len(changes)  # type: ignore[arg-type]


def test_equal_reviews_give_equal_files() -> None:
    assert page_text(catalogue(3)) == page_text(catalogue(3))
    assert page_text(catalogue(3)) != page_text(replace(catalogue(3), plan="another"))
