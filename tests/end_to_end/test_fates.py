"""Every kind of host behaviour that the tests' internet knows, and the one right verdict on each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import PROCESSES
from tests.internet.fates import FATES
from tests.internet.fates_pages import AUTHORS, TITLE
from tests.internet.internet import Internet

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

SHORT = ("--set", "links.timeout=2s", "--set", "links.retry=1")


@pytest.mark.parametrize("processes", PROCESSES)
def test_every_fate_gets_its_one_right_verdict_and_finding(catalogue: Catalogue, processes: str) -> None:
    for fate in FATES:
        link = json.dumps(fate.url)
        text = (
            f"---\ntitle: {TITLE}\nauthors: {AUTHORS}\n"
            f"additional_links:\n  - {{name: {fate.label}, url: {link}}}\n---\n"
        )
        catalogue.write(f"_publications/{fate.name}.md", text)

    with Internet(fates=True) as internet:
        catalogue.on(internet)
        report = catalogue.report("check", *SHORT, "--set", processes, code=1)

    found = {link["entries"][0]["path"]: (link["status"], link["reason"]) for link in report["links"]}
    wanted = {f"_publications/{fate.name}.md": (fate.status, fate.reason) for fate in FATES}
    assert found == wanted
    spoken = {(one["path"], one["rule"]) for one in report["findings"] if one["rule"][:3] in ("LNK", "RUN")}
    assert spoken == {(f"_publications/{fate.name}.md", fate.rule) for fate in FATES if fate.rule}
