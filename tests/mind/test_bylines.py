"""The names with which a citation begins, and that nothing else is taken for names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.bylines import cited_authors, people


@pytest.mark.parametrize(
    ("citation", "names"),
    [
        ("Geiger, R. Stuart. (2023, June 19). \"Opinion.\" <i>Tribune</i>.", ("Geiger, R. Stuart",)),
        ("R. Stuart Geiger. 2019. \"The Rise of the Note, 2000-2018.\" PACMHCI.", ("R. Stuart Geiger",)),
        ("Geiger, R. Stuart and David Ribes (2011). “Trace.”", ("Geiger, R. Stuart", "David Ribes")),
        ("Lee, Ann and Ray, Bo. (2014). “Old.”", ("Lee, Ann", "Ray, Bo")),
        ("Lee, Ann, Aaron Halfaker, and Bo Ray (2012). x", ("Lee, Ann", "Aaron Halfaker", "Bo Ray")),
        ("Matias, N. and Geiger, R.S. “Defining Values.”", ("Matias, N.", "Geiger, R.S.")),
        ("Lee, A., van der Maaten, L. &amp; Ray, B. (2011). x", ("Lee, A.", "van der Maaten, L.", "Ray, B.")),
        ("van der Maaten, Laurens and Ann Lee (2008). x", ("van der Maaten, Laurens", "Ann Lee")),
        ("<strong>Ann Lee</strong>, **Bo Ray** (2011). x", ("Ann Lee", "Bo Ray")),
        ("Ann Lee, Bo Ray. <i>Learning to Read</i>. ICML", ("Ann Lee", "Bo Ray")),
    ],
)  # fmt: skip
def test_a_citation_begins_with_its_authors(citation: str, names: tuple[str, ...]) -> None:
    assert cited_authors(citation) == names


@pytest.mark.parametrize(
    "citation",
    [
        "",
        "Ann Lee, Bo Ray. Learning to Read.",  # nothing tells where the names end
        "Your Name, You. (2009). &quot;Paper Title Number 1.&quot; <i>Journal 1</i>. 1(1).",
        "Ann Lee. Learning to read. 2017",
        "(2009). &quot;Paper.&quot;",
        "Lee, learning to read (2017)",
        "Lee, Learning And Reading And Writing (2017)",
        "lee, Ann (2017)",
        "Lee, Ann, Ray (2017)",
    ],
)
def test_where_not_all_of_it_is_names_none_are_read(citation: str) -> None:
    assert cited_authors(citation) == ()


@given(st.text())
def test_any_text_is_survived_and_no_name_is_made_up(text: str) -> None:
    line = " ".join(text.split())

    assert all(word in line for name in people(line) for word in name.split())
