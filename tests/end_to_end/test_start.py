"""What short commands load: a start is quick by what it leaves alone. No clock is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

PROBE = """
import sys
from enrich.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("loaded:", *sys.modules)
"""
SOUND = (
    "---\ntitle: Learning to read\nauthors: Alex Baker\nconference: ICSE\nyear: 2024\n"
    "additional_links:\n  - {name: Paper, url: 'https://arxiv.org/abs/2410.00001'}\n---\nText.\n"
)
PLACE = "_publications/a.markdown"

THE_NETWORK = {"httpx", "httpcore", "h11", "certifi", "arxiv", "feedparser", "lxml", "http.client", "email"}
"""Where nobody is asked."""
RARELY = {
    "rich",
    "pylatexenc",
    "publicsuffixlist",
    "idna",
    "rapidfuzz",
    "markdown_it",
    "xml",
    "dask",
    "distributed",
}
"""What one entry in many needs, or a terminal."""


def loaded(catalogue: Catalogue, *args: str) -> set[str]:
    """Modules that are there when `enrich` with *args* is done."""
    done = catalogue.python("-c", PROBE, *args)
    return set(done.stdout.rpartition("loaded: ")[2].split())


def test_the_version_is_told_without_what_a_run_needs(catalogue: Catalogue) -> None:
    modules = loaded(catalogue, "--version")

    assert "enrich.cli.arguments" in modules
    assert (
        modules & (THE_NETWORK | RARELY | {"asyncio", "dataclasses", "sqlite3", "subprocess", "yaml"})
        == set()
    )
    assert {name for name in modules if name.startswith("enrich.")} <= {
        "enrich.cli", "enrich.cli.arguments", "enrich.cli.arguments.commands",
        "enrich.cli.arguments.options", "enrich.cli.arguments.parser", "enrich.cli.streams", "enrich.engines",
        "enrich.engines.garbage", "enrich.errors", "enrich.version",
    }  # fmt: skip


def test_help_loads_no_more_than_the_version(catalogue: Catalogue) -> None:
    modules = loaded(catalogue, "--help")

    assert modules & (THE_NETWORK | RARELY | {"asyncio", "dataclasses", "yaml"}) == set()


def test_an_offline_check_of_a_sound_entry_loads_no_network_and_nothing_to_write_with(
    catalogue: Catalogue,
) -> None:
    catalogue.write(PLACE, SOUND)

    modules = loaded(catalogue, "check", "--offline", PLACE)

    assert "enrich.planning" in modules
    assert modules & (THE_NETWORK | RARELY) == set()
    unwanted = (
        "http",
        "sources",
        "writing",
        "pages.shown",
        "frontmatter.yaml.editing",
        "reports.sarif",
        "reports.junit",
    )
    assert modules & {f"enrich.{name}" for name in unwanted} == set()


def test_a_check_of_one_entry_reads_no_other_where_nothing_is_to_change(catalogue: Catalogue) -> None:
    catalogue.write("enrich.toml", '[catalogue]\nprofile = "jekyll-links"\n')
    catalogue.write(PLACE, SOUND)
    for number in range(5):
        catalogue.write(f"_publications/b{number}.markdown", SOUND)

    assert opened(catalogue, "check", "--offline", PLACE) == {PLACE}


def test_what_changed_is_checked_without_a_look_at_what_did_not(catalogue: Catalogue) -> None:
    catalogue.write("enrich.toml", '[catalogue]\nprofile = "jekyll-links"\n')
    for number in range(5):
        catalogue.write(f"_publications/b{number}.markdown", SOUND)
    catalogue.commit()
    catalogue.write(PLACE, SOUND)

    assert opened(catalogue, "check", "--offline", "--changed-from", "HEAD") == {PLACE}


OPENED = """
import sys
from enrich.cli import main
seen = set()
sys.addaudithook(lambda event, args: seen.add(str(args[0])) if event == "open" else None)
main(sys.argv[1:])
print("opened:", *(path for path in seen if path.endswith(".markdown")), sep="\\n")
"""


def opened(catalogue: Catalogue, *args: str) -> set[str]:
    """Entries that `enrich` with *args* opens."""
    done = catalogue.python("-c", OPENED, *args)
    paths = done.stdout.rpartition("opened:\n")[2].splitlines()
    return {path.removeprefix(f"{catalogue.root.resolve()}/") for path in paths}
