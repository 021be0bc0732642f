from __future__ import annotations

import pytest

from enrich.links import same_site


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://www.acm.org/", "https://dl.acm.org/doi/1"),
        ("http://x.co.uk/", "https://www.x.co.uk/a"),
        ("http://10.0.0.1/a", "http://10.0.0.1/b"),
        ("https://co.uk/", "https://co.uk/a"),
    ],
)
def test_hosts_of_one_registrable_domain_are_one_site(first: str, second: str) -> None:
    assert same_site(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.github.io/", "https://b.github.io/"),
        ("https://a.co.uk/", "https://b.co.uk/"),
        ("http://10.0.0.1/", "http://20.0.0.1/"),
        ("mailto:a@acm.org", "https://acm.org/"),
        ("not an address", "nor this"),
    ],
)
def test_other_hosts_are_not(first: str, second: str) -> None:
    assert not same_site(first, second)
