"""The pages make a site without a warning, and the site loads nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.shared_data import ROOT

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch"}
"""Of a `link`: those for which a browser asks."""


class Loads(HTMLParser):
    """What a browser fetches to show a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and not RELATIONS & set((given.get("rel") or "").split()):
            return
        if tag in LOADED and (address := given.get(LOADED[tag])):
            self.addresses.append(address)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `zensical build --strict` builds it: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    program = Path(sys.executable).with_name("zensical")
    done = subprocess.run(
        [str(program), "build", "--strict", "-f", "mkdocs.yml"],
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return folder / "build" / "site"


def test_every_page_is_built_without_a_warning(site: Path) -> None:
    built = {path.stem for path in site.glob("*.html")}

    assert {path.stem for path in ROOT.glob("docs/*.md")} <= built


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for path in site.glob("*.html"):
        page = Loads()
        page.feed(path.read_text(encoding="utf-8"))
        assert [address for address in page.addresses if re.match(r"(?:\w+:)?//", address)] == [], path.name
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(?:\w+:)?//(?!www\.w3\.org)", path.read_text(encoding="utf-8")), (
            path
        )


def test_every_picture_of_a_page_is_in_the_site(site: Path) -> None:
    for path in site.glob("*.html"):
        page = Loads()
        page.feed(path.read_text(encoding="utf-8"))
        for address in page.addresses:
            if not re.match(r"\w+:|/", address):  # the page for what is not found names places from the top
                assert (path.parent / address.partition("?")[0]).exists(), f"{path.name}: {address}"
