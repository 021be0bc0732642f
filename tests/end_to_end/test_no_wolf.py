"""
A catalogue of many links of every kind of host behaviour at once: nothing that works is called
broken, and nothing is called fine that does not.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich.links import canonical_url
from tests.end_to_end.catalogues import PROCESSES
from tests.internet import FATES, Internet, NamedFate
from tests.internet.named_fates import DOMAIN

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

LINKS = dict(zip(PROCESSES, (2_000, 600), strict=True))
"""Where several processes ask, so many that each of them meets every behaviour."""
AN_ENTRY = 4
SHORT = (
    "--set", "links.timeout=2s", "--set", "links.retry=1", "--set", "links.archive=off",
    "--set", "network.concurrency=64",
)  # fmt: skip


def elsewhere(fate: NamedFate, copy: int) -> NamedFate:
    """The same fate at hosts of its own; where it leads by whole addresses it meets those of the first."""
    domain = f"c{copy}.{DOMAIN}"
    sites = tuple(replace(site, name=site.name.replace(DOMAIN, domain)) for site in fate.sites)
    return replace(fate, url=fate.url.replace(DOMAIN, domain, 1), sites=sites)


@pytest.mark.parametrize("processes", LINKS)
def test_in_a_mixed_catalogue_no_verdict_is_false(catalogue: Catalogue, processes: str) -> None:
    links = LINKS[processes]
    fates = [elsewhere(FATES[number % len(FATES)], number // len(FATES)) for number in range(links)]
    for number, start in enumerate(range(0, links, AN_ENTRY)):
        urls = (json.dumps(fate.url) for fate in fates[start : start + AN_ENTRY])
        listed = "".join(f"  - {{name: Code, url: {url}}}\n" for url in urls)
        catalogue.write(f"_publications/{number}.md", f"---\ntitle: A\nadditional_links:\n{listed}---\n")

    with Internet(fates=True) as internet:
        for fate in fates:
            fate.arrange(internet)
        catalogue.on(internet)
        report = catalogue.report("check", *SHORT, "--set", processes, code=1)

    found = {link["url"]: link["status"] for link in report["links"]}
    verdicts = Counter((fate.status, found[canonical_url(fate.url) or ""]) for fate in fates)
    right = Counter(fate.status for fate in fates)
    assert verdicts.total() == links
    assert {seen for wanted, seen in verdicts if wanted == "unverified"} == {"unverified"}
    # A machine that is slow leaves some unverified; it makes none broken, and none fine.
    assert {pair for pair in verdicts if "unverified" not in pair} == {
        (status, status) for status in right if status != "unverified"
    }
    assert all(verdicts[status, status] >= 0.8 * number for status, number in right.items())
