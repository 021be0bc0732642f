from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import LinkKind, link_kind


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d", LinkKind.DISCUSSION),
        ("https://huggingface.co/openai/whisper/discussions/3", LinkKind.DISCUSSION),
        ("https://huggingface.co/datasets/openai/gsm8k/discussions", LinkKind.DISCUSSION),
        ("https://github.com/acme/tool/issues/3", LinkKind.DISCUSSION),
        ("https://gitlab.com/acme/tool/-/issues/3", LinkKind.DISCUSSION),
        ("https://news.ycombinator.com/item?id=1", LinkKind.DISCUSSION),
        ("https://huggingface.co/papers/2410.21276", LinkKind.PAPER),
        ("https://huggingface.co/datasets/openai/gsm8k", LinkKind.DATASET),
        ("https://huggingface.co/spaces/acme/demo", LinkKind.DEMO),
        ("https://huggingface.co/openai/whisper", LinkKind.MODEL),
        ("https://github.com/acme/tool/tree/main", LinkKind.CODE),
        ("https://gitlab.com/group/subgroup/tool", LinkKind.CODE),
        ("https://colab.research.google.com/drive/1", LinkKind.CODE),
        ("https://www.youtube.com/watch?v=1", LinkKind.VIDEO),
        ("https://speakerdeck.com/acme/talk", LinkKind.SLIDES),
        ("https://aclanthology.org/P19-1001/", LinkKind.PAPER),
    ],
)
def test_the_address_alone_tells_what_it_leads_to(url: str, kind: LinkKind) -> None:
    assert link_kind(url) is kind


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/",
        "https://github.com/acme",
        "https://huggingface.co/blog/whisper",
        "https://acme.github.io/tool",
        "https://github.com.evil.org/acme/tool",
        "https://github.com/acme/tool]",
        "no address",
    ],
)
def test_an_address_that_does_not_tell_has_no_kind(url: str) -> None:
    assert link_kind(url) is None


def test_a_kind_compares_with_its_word() -> None:
    assert link_kind("https://github.com/acme/tool") == "code"


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_raises(text: str) -> None:
    kind = link_kind(text)

    assert kind is None or isinstance(kind, LinkKind)
