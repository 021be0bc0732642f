from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.matching import capitalised, fold, plain_text, squash
from enrich.matching.forms import words
from tests.matching.test_markup import snippets


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gpt-4o System Card", "GPT-4o System Card"),
        (
            "Guzmán Łukasz Kløve Đặng ısı Straße Æsop Œuvre",
            "guzman lukasz klove dang isi strasse aesop oeuvre",
        ),
        (r"L\'evy and Erd\H{o}s", "Lévy and Erdős"),
        (r"{BERT} for $SU(N)$ \emph{models}", "bert for su(n) models"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("A – B — C − D", "A - B - C - D"),
        ("“Quoted” ‘word’ and Don’t", "\"Quoted\" 'word' and Don't"),
        ("``Quoted'' word", '"Quoted" word'),
        ("VD--RRT", "VD–RRT"),
        ("two   spaces\n here", "two spaces here"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("“A Title”", "A Title"),
        ("[A Title].", "A Title"),
        ("(A Title)", "A Title"),
        ("A Title. ,;", "A Title"),
        (r"PanGu-$\alpha$", r"Pangu-\(α\)"),
        ("ﬁne ½", "fine 1⁄2"),
        ("\\&amp;", "&"),
        ("\\&{}amp; more", "& more"),
        ("( A Title )", "A Title"),
    ],
)
def test_the_fold_forgets_case_accents_markup_and_typography(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pre-training", "Pretraining"),
        ("CodeT5+", "CodeT5"),
        ("Qwen2", "Qwen2.5"),
        ("Z. F. Wu", "Z.F. Wu"),
        ("(a) and (b)", "a) and (b"),
        ("Title?", "Title"),
    ],
)
def test_the_fold_keeps_what_else_differs(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_lone_sign_is_not_its_own_pair() -> None:
    assert (fold("'"), fold("("), fold("()"), fold("(x"), fold(") (")) == ("'", "(", "", "(x", ") (")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pre-Training", "Pretraining"),
        ("Context Window", "ContextWindow"),
        ("O'Connell’s “law”", "oconnells law"),
        (r"PanGu-$\alpha$", "Pangu-alpha"),
        (r"$\nabla$NABLA", "Nablanabla"),
        ("IT$^3$", "IT^3"),
        ("IT³", "IT^3"),
        ("Text+Image", "Text + Image"),
        ("Züge ß", "Zuge ss"),
    ],
)
def test_squash_is_blind_to_hyphens_spaces_and_quotes(one: str, other: str) -> None:
    assert squash(one) == squash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CodeT5", "CodeT5+"),
        ("VBench", "VBench++"),
        ("C", "C#"),
        ("Qwen2", "Qwen2.5"),
        ("Qwen25", "Qwen2.5"),
        ("SPEA2", "SPEA2$^+$"),
        ("Part I", "Part II"),
    ],
)
def test_squash_keeps_versions(one: str, other: str) -> None:
    assert squash(one) != squash(other)


def test_words_keep_their_versions() -> None:
    assert words("GPT-4.1V, C++11 & F#: v.2.") == ("gpt", "4.1v", "c++", "11", "f#", "v", "2")


@given(snippets | st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(snippets | st.text(max_size=20))
def test_squashing_twice_is_squashing_once_without_signs(text: str) -> None:
    once = squash(text).translate(dict.fromkeys(map(ord, "+#.")))

    assert squash(squash(once)) == squash(once)


@given(st.text(max_size=20).map(plain_text).filter(bool))
def test_folding_does_not_see_the_mangling(title: str) -> None:
    assert squash(capitalised(title)) == squash(title)
