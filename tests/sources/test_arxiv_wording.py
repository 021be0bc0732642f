"""Titles as queries: nothing of a title may be read as anything but words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.models import SearchQuery
from enrich.sources.arxiv.wording import search_text
from tests.internet import query as language
from tests.internet.papers import paper
from tests.internet.search import Index

ANY_TEXT = st.text(max_size=80) | st.lists(
    st.sampled_from(
        [
            "ti:",
            "AND",
            "ANDNOT",
            '"',
            "\\",
            "*",
            "?",
            "(",
            ")",
            "$x^2$",
            "deep",
            "learning",
            "of",
            "a",
            "C++",
            "é",
        ]
    )
    | st.text("abcABC0123-:.,'\n ", max_size=8),
    max_size=12,
).map(" ".join)
SAFE = re.compile(r'(?:ti:"[a-z0-9.]+(?: [a-z0-9.]+)*"|au:[a-z]+| AND | OR |[()])+')


@pytest.mark.parametrize(
    ("title", "surname", "text"),
    [
        ("GPT-4o System Card", "", 'ti:"gpt 4o system card"'),
        ("GPT-4o System Card", "Hurst",
         'ti:"gpt 4o system card" OR (au:hurst AND (ti:"gpt 4o" OR ti:"system card"))'),
        ("Attention Is All You Need", "Vaswani",
         'ti:"attention is all you need" OR (au:vaswani AND (ti:"attention is all" OR ti:"you need"))'),
        ("Deep Learning", "LeCun", 'ti:"deep learning" AND au:lecun'),
        ("REALM", "Guu", 'ti:"realm" AND au:guu'),
        ("LLaMA: Open and Efficient", "", 'ti:"llama open and efficient"'),
        ('"Why Should I Trust You?": Explaining', "", 'ti:"why should i trust"'),
        ("PanGu-$\\alpha$: Large-scale Autoregressive Models", "", 'ti:"large scale autoregressive models"'),
        (r"Learning \(α\) Trees in High Dimensions", "", 'ti:"trees in high dimensions"'),
        ("Lovász and the other side", "", 'ti:"and the other side"'),
        ("C++ considered *harmful*", "", 'ti:"considered"'),
        ("The Llama 3.1 Herd, Again", "", 'ti:"the llama 3.1 herd again"'),
        ("1,000 Layers of Noise", "", 'ti:"layers of noise"'),
        ("Trees AND Graphs", "And", 'ti:"trees and graphs"'),
        ("Trees", "O'Connell", 'ti:"trees" AND au:connell'),
        ("Trees", "Mądry", 'ti:"trees" AND au:madry'),
        ("Trees", "Baker-Whitcomb", 'ti:"trees" AND au:whitcomb'),
        ("Trees", "李", 'ti:"trees"'),
        (" ".join(f"word{n}" for n in range(40)), "", f'ti:"{" ".join(f"word{n}" for n in range(16))}"'),
    ],
)  # fmt: skip
def test_a_title_is_asked_for_by_its_plain_words(title: str, surname: str, text: str) -> None:
    assert search_text(SearchQuery(title, surname)) == text


@pytest.mark.parametrize("title", ["", "The", "of and to", "$E=mc^2$", "深度学习", "***", '""', "\\"])
def test_a_title_without_plain_words_is_not_asked_for(title: str) -> None:
    assert search_text(SearchQuery(title, "Li")) is None


def test_a_narrow_question_names_the_author_whatever_the_length() -> None:
    query = SearchQuery("GPT-4o System Card of the Year", "Hurst")

    assert search_text(query, narrow=True) == 'ti:"gpt 4o system card of the year" AND au:hurst'


@given(ANY_TEXT, ANY_TEXT, st.booleans())
def test_no_title_brings_a_quote_a_wildcard_or_an_operator_into_the_query(
    title: str, surname: str, narrow: bool
) -> None:
    text = search_text(SearchQuery(title, surname), narrow=narrow)

    if text is not None:
        assert SAFE.fullmatch(text)
        assert text.count("(") == text.count(")")
        language.parse(language.rewrite(text))


@given(ANY_TEXT, ANY_TEXT)
def test_the_service_reads_the_query_as_it_was_meant(title: str, surname: str) -> None:
    text = search_text(SearchQuery(title, surname))

    if text is not None:
        assert language.spelled(language.rewrite(text)) == text


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("GPT-4o System Card", "Gpt-4o System Card"),
        ("Large-Scale Pre-Training for Code", "Large-scale Pretraining For Code"),
        ("$\\pi^2$vae: Making Sense of Deep Kernels", "π2vae: Making Sense Of Deep Kernels"),
        ('"What\'s in a Name?" Revisited, Again', "“What’s In A Name?” Revisited, Again"),
        ("Lovász Meets Weisfeiler and Leman", "Lovasz Meets Weisfeiler And Leman"),
        ("Networks: A Tour", "Networks: a tour"),
    ],
)
def test_a_paper_is_found_however_a_catalogue_writes_its_title(known: str, asked: str) -> None:
    index = Index([paper({"id": "2410.00001", "title": known, "authors": ["Ada Lovelace"]})])

    text = search_text(SearchQuery(asked, "Lovelace"))

    assert text is not None
    assert [hit.id for hit in index.search(language.parse(language.rewrite(text)))] == ["2410.00001"]
