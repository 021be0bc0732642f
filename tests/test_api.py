"""What other programs may rely on: names, arguments, attributes, and the examples of docs/api.md."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import enrich
from tests.internet.internet import Internet
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
PAPER = {"id": "2401.00001", "title": "A House That Nobody Leaves", "authors": ["Ada Sleepwell"]}
VASWANI = {
    "id": "1706.03762",
    "title": "Attention Is All You Need",
    "authors": [
        "Ashish Vaswani", "Noam Shazeer", "Niki Parmar", "Jakob Uszkoreit",
        "Llion Jones", "Aidan N. Gomez", "Lukasz Kaiser", "Illia Polosukhin",
    ],
}  # fmt: skip
ENTRY = "---\ntitle: A House That Nobody Leaves\nlink: https://arxiv.org/abs/hf2401.00001\n---\n"


def _promised() -> dict[str, set[str]]:
    """What the table of the page promises: each name with the attributes listed for it."""
    rows = re.findall(r"^\| (`.*?) \| (.*) \|$", PAGE, re.MULTILINE)
    return {
        name: set(re.findall(r"`([a-z_]+)[(`]", what))
        for names, what in rows
        for name in re.findall(r"`(\w+)", names)
    }


def test_the_page_lists_every_name() -> None:
    told = set(_promised()) | set(re.findall(r"`(\w+Error)`", PAGE))

    assert told == set(enrich.__all__) - {"__version__"}


@pytest.mark.parametrize("name", sorted(set(enrich.__all__) - {"__version__"}))
def test_every_promised_attribute_is_there(name: str) -> None:
    what = getattr(enrich, name)
    promised = _promised().get(name, set())

    if dataclasses.is_dataclass(what):
        assert promised - set(dir(what)) - {field.name for field in dataclasses.fields(what)} == set()
    assert inspect.getdoc(what)


def test_the_page_writes_the_functions_as_they_are() -> None:
    written = dict(re.findall(r"^\| `(\w+)\((.*?)\)`", PAGE, re.MULTILINE))

    for name, arguments in written.items():
        names = [part.split("=")[0].strip(" *") for part in arguments.split(",") if part.strip(" *")]
        assert names == list(inspect.signature(getattr(enrich, name)).parameters)


def test_the_examples_of_the_page_run(catalogue: Catalogue) -> None:
    program = "".join(re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))

    with Internet([VASWANI]) as internet:
        catalogue.on(internet)
        done = catalogue.python("-c", program)
        requests = internet.log.count("arxiv.org")

    assert (done.returncode, done.stderr) == (0, "")
    assert requests == 0
    assert "title: Attention Is All You Need\n" in done.stdout
    assert "More.\n\n1 0\n" in done.stdout
    assert "link: https://arxiv.org/abs/1706.03762\n" in done.stdout
    assert done.stdout.splitlines()[-5:] == [
        "1706.03762 repair 0.9",
        "1706.03762 exact 1.0",
        "https://arxiv.org/abs/1706.03762 ok arXiv has the paper",
        "https://a.example] broken `]` has no opening bracket",
        "4 1706.03762 ok",
    ]


def test_what_is_asked_at_once_goes_to_arxiv_together(catalogue: Catalogue) -> None:
    papers = [{**PAPER, "id": f"2401.{number:05}"} for number in range(1, 201)]
    program = (
        "import enrich\n"
        "ids = [f'2401.{number:05}' for number in range(1, 201)]\n"
        "print(sum(one.record is not None for one in enrich.resolve(ids)))\n"
    )

    with Internet(papers) as internet:
        catalogue.on(internet)
        done = catalogue.python("-c", program)
        requests = internet.log.count("export.arxiv.org")

    assert done.stdout == "200\n"
    assert requests == 1


def test_a_plan_is_made_as_a_run_would_make_it(catalogue: Catalogue) -> None:
    catalogue.write("_publications/house.md", ENTRY)
    catalogue.commit()
    program = "import enrich, sys; sys.stdout.write(enrich.plan(sys.stdin.read()).text)"

    with Internet([PAPER]) as internet:
        catalogue.on(internet)
        planned = catalogue.python("-c", program, stdin=ENTRY).stdout
        catalogue.enrich("run")

    assert (catalogue.root / "_publications/house.md").read_text(encoding="utf-8") == planned != ENTRY


def test_offline_nobody_is_asked_and_grammar_tells_what_it_can(catalogue: Catalogue) -> None:
    program = (
        "import enrich\n"
        "(one,) = enrich.resolve(['hf2410.21276'], offline=True)\n"
        "(link,) = enrich.check(['https://a.example/'], offline=True)\n"
        "print(one.id, one.tier, link.check.status.value, link.check.reason.value)\n"
    )

    with Internet() as internet:
        catalogue.on(internet)
        done = catalogue.python("-c", program)
        requests = internet.log.count("export.arxiv.org") + internet.log.count("a.example")

    assert done.stdout == "2410.21276 repair unverified network\n"
    assert requests == 0


def test_a_folder_that_is_not_there_is_told() -> None:
    with pytest.raises(enrich.UsageError, match="nowhere: no such folder"):
        enrich.check(["https://a.example/"], folder="nowhere")


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute `plain`"):
        enrich.plain  # noqa: B018


def test_importing_it_loads_nothing_else() -> None:
    program = "import sys, enrich; print([name for name in sys.modules if name.startswith('enrich.')])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "['enrich.version']\n"


def test_one_text_is_not_taken_for_a_list_of_letters() -> None:
    with pytest.raises(TypeError, match="a list of texts"):
        enrich.check("https://a.example/")
