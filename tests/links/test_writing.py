from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links import Written, canonical_url, classify, is_address


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://arxiv.org/abs/2410.21276", Written.ADDRESS),
        ("//cdn.acme.org/a.pdf", Written.ADDRESS),
        ("http://10.1.2.3/", Written.LOCAL),
        ("http://169.254.169.254/latest/meta-data/", Written.LOCAL),
        ("https://intranet/wiki", Written.LOCAL),
        ("mailto:someone@acme.org", Written.UNSUPPORTED),
        ("ftp://acme.org/a", Written.UNSUPPORTED),
        ("data:text/plain,hello", Written.UNSUPPORTED),
        ("doi:10.1145/1.2", Written.UNSUPPORTED),
        ("obsidian://open?vault=x", Written.UNSUPPORTED),
        ("git@github.com:acme/tool.git", Written.UNSUPPORTED),
        ("{{ site.url }}/papers/a.pdf", Written.UNSUPPORTED),
        ("https://acme.org/{{ page.id }}", Written.UNSUPPORTED),
        ("{% link _posts/a.md %}", Written.UNSUPPORTED),
        ("https://acme.org/<%= id %>", Written.UNSUPPORTED),
        ("http://duskgytldkxiuqc6.onion/", Written.UNSUPPORTED),
        ("/files/paper.pdf", Written.RELATIVE),
        ("../paper.pdf", Written.RELATIVE),
        ("paper.pdf", Written.RELATIVE),
        ("My Paper.pdf", Written.RELATIVE),
        ("#results", Written.RELATIVE),
        ("10-appendix", Written.RELATIVE),
        ("http/guide.html", Written.RELATIVE),
        ("tp/td1.pdf", Written.RELATIVE),
        ("", Written.PLACEHOLDER),
        ("  ", Written.PLACEHOLDER),
        ("#", Written.PLACEHOLDER),
        ("TODO", Written.PLACEHOLDER),
        ("n/a", Written.PLACEHOLDER),
        ("Coming soon", Written.PLACEHOLDER),
        ("https://", Written.PLACEHOLDER),
        ("javascript:void(0)", Written.PLACEHOLDER),
        ("https://example.com/paper", Written.PLACEHOLDER),
        ("https://www.example.org", Written.PLACEHOLDER),
        ("https://somewhere.invalid/", Written.ADDRESS),
        ("https://papers.example.org/a", Written.ADDRESS),
        ("http://localhost:4000/", Written.LOCAL),
        ("https://ngc.nvidia.com]", Written.MALFORMED),
        ("https:/acme.org", Written.MALFORMED),
        ("htps://acme.org", Written.MALFORMED),
        ("http//acme.org", Written.MALFORMED),
        ("www.acme.org/a", Written.MALFORMED),
        ("github.com/acme/tool", Written.MALFORMED),
        ("github.com:443/acme/tool", Written.MALFORMED),
        ("see https://acme.org/a", Written.MALFORMED),
        ("ask the authors", Written.MALFORMED),
        ("a\nb/c", Written.MALFORMED),
        ("x" * 3_000, Written.MALFORMED),
    ],
)
def test_a_text_in_the_place_of_an_address_is_one_of_six_things(text: str, kind: Written) -> None:
    assert classify(text).kind is kind


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("https://ngc.nvidia.com]", "`]` has no opening bracket"),
        ("htps://acme.org", "the scheme is misspelt"),
        ("mailto:someone@acme.org", "`mailto:` is not checked"),
        ("", "an empty address"),
        ("http://10.1.2.3/", "a private or local address, which is never requested"),
    ],
)
def test_the_detail_is_a_clause_for_people(text: str, detail: str) -> None:
    assert classify(text).detail == detail


@given(st.text(st.characters(exclude_categories=())))
def test_only_an_address_has_a_canonical_form_and_nothing_raises(text: str) -> None:
    writing = classify(text)

    assert (writing.url is not None) == (writing.kind in (Written.ADDRESS, Written.LOCAL))
    assert writing.url in (None, canonical_url(text))


@pytest.mark.parametrize("text", ["https://a.org", " HTTP://a.org", "https:a", "//a.org/b", "https://a]"])
def test_what_begins_like_an_address_was_meant_as_one(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "a.org", "/a", "//", "// a comment", "mailto:a@b.org", "A title: https"]
)
def test_what_does_not_was_not(text: str) -> None:
    assert not is_address(text)
