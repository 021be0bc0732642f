"""The diff that README.md shows is the one that its first command makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.shared_data import ROOT

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue


def test_the_diff_in_the_readme_is_what_a_run_makes_of_the_example(catalogue: Catalogue) -> None:
    (shown,) = re.findall(
        r"^```diff\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    for folder in ("examples", "cache"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".markdown", ".toml", ".jsonl"}:
                catalogue.write(path.relative_to(ROOT).as_posix(), path.read_bytes())
    catalogue.commit()

    catalogue.enrich("run", "--offline", "examples")

    diff = catalogue.git("diff", "--", shown.splitlines()[0].removeprefix("--- a/"))
    assert diff.partition("--- a/")[2] == shown.removeprefix("--- a/")
