from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import LinkKind, canonical_url, link_kind, repair_url
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("text", "url", "title"),
    [
        ("https://ngc.nvidia.com]", "https://ngc.nvidia.com", "drop the stray `]`"),
        ("https://a.github.io,", "https://a.github.io", "drop the stray `,`"),
        ("https://a.org/b\\", "https://a.org/b", "drop the LaTeX debris"),
        ("https://a.org/b\\}\\{\\{", "https://a.org/b", "drop the LaTeX debris"),
        ("https://a.org/b\\{https://a.org/b\\", "https://a.org/b", "keep one of two equal addresses"),
        ("https://a.org/b https://a.org/b", "https://a.org/b", "keep one of two equal addresses"),
        ("https://a.org/b .", "https://a.org/b", "drop the stray `.`"),
        ("https://a.org/b<br>", "https://a.org/b", "drop the stray `<br>`"),
        ('https://a.org/b">', "https://a.org/b", 'drop the stray `">`'),
        ("https://a.org/b`", "https://a.org/b", "drop what follows the address"),
        ("<https://a.org/b>", "https://a.org/b", "drop what stands before the address, drop the stray `>`"),
        ("[tool](https://a.org/b)", "https://a.org/b", "keep the address alone"),
        (
            "\\url{https://a.org/b}",
            "https://a.org/b",
            "drop what stands before the address, drop the LaTeX debris",
        ),
        ("https://a.org/b\u200b", "https://a.org/b", "drop the invisible characters"),
        ("https:/a.org/b", "https://a.org/b", "write the scheme as `https://`"),
        ("https:///a.org/b", "https://a.org/b", "write the scheme as `https://`"),
        ("https//a.org/b", "https://a.org/b", "write the scheme as `https://`"),
        ("https;//a.org/b", "https://a.org/b", "write the scheme as `https://`"),
        ("https:\\\\a.org\\b", "https://a.org/b", "write the scheme as `https://`"),
        ("https: //a.org/b", "https://a.org/b", "write the scheme as `https://`"),
        ("https://https://a.org/b", "https://a.org/b", "write the scheme once"),
        ("http://https://a.org/b", "https://a.org/b", "write the scheme once"),
        ("https://a.org/my\\_file\\%20x", "https://a.org/my_file%20x", "undo the escapes"),
        ("https://a.org/{\\textasciitilde}b", "https://a.org/~b", "undo the escapes"),
        ("https://a.org/$\\sim$b\\textunderscore{}c", "https://a.org/~b_c", "undo the escapes"),
        (
            "\u200b<https://https:/a.org/my\\_b>",
            "https://a.org/my_b",
            "drop the invisible characters, drop what stands before the address, undo the escapes, "
            "write the scheme once, write the scheme as `https://`, drop the stray `>`",
        ),
        ("https:\\/\\/a.org\\/b", "https://a.org/b", "undo the escapes"),
    ],
)
def test_what_grammar_proves_is_repaired_for_certain(text: str, url: str, title: str) -> None:
    repair = repair_url(text)

    assert repair is not None
    assert (repair.url, repair.title) == (url, title)
    assert repair.certain


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://github.com/THUDM/GLM-4,", "https://github.com/THUDM/GLM-4"),
        ("https://tfhub.dev/s?q=bigbigan)", "https://tfhub.dev/s?q=bigbigan"),
        ("https://a.org/b).", "https://a.org/b"),
        ("https://a.org/b(c))", "https://a.org/b(c)"),
        ("https://a.org/b%7D", "https://a.org/b"),
        ("https://a.org/b。", "https://a.org/b"),
        ("https://a.org/?b=1&amp;c=2", "https://a.org/?b=1&c=2"),
        ("https://a.org/b,https://a.org/b", "https://a.org/b"),
        ("https://a.org/bhttps://a.org/b/", "https://a.org/b"),
        ("https://github.com/Azure/MS-AMP\\}\\{aka.ms/MS.AMP\\", "https://github.com/Azure/MS-AMP"),
        ("https://a.org/b (visited in May)", "https://a.org/b"),
        ("https://a.org/ b/c", "https://a.org/b/c"),
        ("https://a.org/b /c", "https://a.org/b/c"),
        ("https://a.org/my paper.pdf", "https://a.org/my%20paper.pdf"),
        ("htps://a.org/b", "https://a.org/b"),
        ("ttp://a.org/b", "http://a.org/b"),
        ("Code: https://a.org/b", "https://a.org/b"),
        ("www.a.org/b", "https://www.a.org/b"),
        ("github.com/acme/tool", "https://github.com/acme/tool"),
        ("https://a.org/b.\\}", "https://a.org/b"),
        ("https://a .org/b", "https://a.org/b"),
        ("https://www.https://a.org/b", "https://a.org/b"),
    ],
)
def test_what_could_be_meant_otherwise_is_only_a_candidate(text: str, url: str) -> None:
    repair = repair_url(text)

    assert repair is not None
    assert repair.url == url
    assert not repair.certain


@pytest.mark.parametrize(
    "text",
    [
        "https://www.cell.com/patterns/fulltext/S2666-3899(23)00130-7",
        "https://a.org/b",
        "https://a.org/b?c=[1]",
        "https://a.org",
        "https://web.archive.org/web/2020/https://a.org/b",
        "https://proxy.org/login?url=https://a.org/b",
        "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "https://a.org/ http://b.org/c",
        "https://a.org/b\\{http://c.org/d}",
        "https://a.org/b,https://c.org/d",
        "https://a.org/b...",
        "https://a.org/b…",
        "mailto:a@b.org",
        "",
        "words only",
        "http/guide.html",
        "tp/a.org/b",
        "https://]",
        "https:// ]",
        "https://a.org/" + "b" * 9_000 + "]",
    ],
)
def test_what_shows_no_damage_or_no_one_repair_is_left_alone(text: str) -> None:
    assert repair_url(text) is None


def test_an_address_cut_at_a_space_is_found_whole_in_the_text_around_it() -> None:
    body = "The code\ncan be obtained from https://github.com/ THU-KEG/MetaKGR."

    repair = repair_url("https://github.com/", body)

    assert repair is not None
    assert repair.url == "https://github.com/THU-KEG/MetaKGR"
    assert not repair.certain


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("https://github.com/", "https://github.com/a/b or https://github.com/ c/d"),
        ("https://github.com/", "It is on https://github.com/ now."),
        ("https://github.com/a/b", "https://github.com/a/bc"),
        ("https://a.org/", "https://a.org/ and/or"),
    ],
)
def test_two_whole_addresses_or_none_repair_nothing(text: str, body: str) -> None:
    assert repair_url(text, body) is None


def test_an_owner_s_page_may_be_a_project_cut_short() -> None:
    repair = repair_url("https://github.com/acme", "We release https://github.com/acme/tool.")

    assert repair is not None
    assert (repair.url, repair.certain) == ("https://github.com/acme/tool", False)


def test_the_damaged_part_is_where_the_caret_goes() -> None:
    repair = repair_url("https://https://a.org/b\\}")

    assert repair is not None
    assert "https://https://a.org/b\\}"[repair.start : repair.end] == "https://a.org/b\\}"


@given(
    st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from("htps:/\\{}[]()<> .,a%7D\"'`&;@"))
)
def test_a_repair_is_an_address_and_other_than_the_text(text: str) -> None:
    for given_text in (text, f"https://a.org/{text}"):
        repair = repair_url(given_text, text)

        if repair is not None:
            assert canonical_url(repair.url) is not None
            assert repair.url != given_text
            assert 0 <= repair.start <= repair.end <= len(given_text)
            assert not (repair.certain and canonical_url(given_text))


def test_every_reviewed_address_is_repaired_as_reviewed() -> None:
    rows = map(json.loads, shared("corpus", "link_repairs.jsonl").read_text("utf-8").splitlines())
    missed = []
    for row in rows:
        body = shared("corpus", "entries", *row["file"].split("/")).read_text("utf-8")
        repair = repair_url(row["raw"], body)
        if (repair.url if repair else row["raw"]) != row["expected"]:
            missed.append(row["raw"])
        if "expected_action" in row and link_kind(row["raw"]) is not LinkKind.DISCUSSION:
            missed.append(row["raw"])

    assert missed == []
