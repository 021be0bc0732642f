"""Bad input: one clear message with file, line and cure, the right exit code, and the file as it was."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.catalogues import NO_PAUSE
from tests.internet.replies import RESET
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

ENTRY = """---
layout: publication
title: GPT-4o System Card
authors: OpenAI, Aaron Hurst
year: 2024
additional_links:
  - {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}
---
Text.
"""


@pytest.fixture
def offline(catalogue: Catalogue) -> Catalogue:
    catalogue.write("_publications/good.md", ENTRY)
    catalogue.commit()
    return catalogue


def check(catalogue: Catalogue, *args: str, code: int) -> tuple[str, str]:
    return catalogue.outcome("check", "--offline", *args, code=code)


def test_a_quote_that_is_never_closed_is_shown_where_it_was_opened(offline: Catalogue) -> None:
    bad = '---\ntitle: "A title with a colon: and no closing quote\nyear: 2024\n---\nText.\n'
    offline.write("_publications/bad.md", bad)

    out, _ = check(offline, "_publications/bad.md", code=1)

    assert (
        "error[FMT401] invalid-yaml: front matter is not valid YAML: quote opened here is never closed" in out
    )
    assert "--> _publications/bad.md:2:8" in out
    assert "= help: the entry was skipped and left untouched" in out
    assert (offline.root / "_publications/bad.md").read_text() == bad


def test_bytes_that_are_no_utf8_are_an_error_of_that_entry_alone(offline: Catalogue) -> None:
    bad = b"---\ntitle: Caf\xe9\nadditional_links: []\n---\nText.\n"
    offline.write("_publications/latin.md", bad)
    offline.commit()

    out = offline.enrich("run", "--offline", "--output-format", "concise", "--fail-on", "error", code=1)

    assert "_publications/latin.md:2:" in out
    assert "FMT401" in out
    assert (offline.root / "_publications/latin.md").read_bytes() == bad


def test_an_unknown_rule_names_the_one_that_is_meant(offline: Catalogue) -> None:
    _, err = check(offline, "--select", "IDN02", code=2)

    assert err == "error: unknown rule `IDN02`; did you mean `IDN202` (unknown-arxiv-id)?\n"


def test_every_mistake_of_a_configuration_is_shown_at_once(offline: Catalogue) -> None:
    offline.write("enrich.toml", "[links]\nconfirm-afer = 3\nok-ttl = '3d'\n")

    out, err = check(offline, code=2)

    assert out == ""
    assert "unknown key `confirm-afer` in [links]" in err
    assert "--> enrich.toml:2:1" in err
    assert "did you mean `confirm-after`?" in err
    assert "`ok-ttl` belongs to [cache]" in err
    assert "2 errors in enrich.toml; nothing was run." in err


def test_a_path_that_is_not_there_is_named(offline: Catalogue) -> None:
    _, err = check(offline, "nope", code=2)

    assert err == "error: nope: no such file or directory\n"


def test_a_folder_without_entries_is_not_green(catalogue: Catalogue) -> None:
    catalogue.write("readme.txt", "nothing here")

    out, _ = check(catalogue, code=3)

    assert "error[RUN605] nothing-checked: no entry matched" in out


def test_notes_without_front_matter_stay_as_they_are_and_are_not_green(catalogue: Catalogue) -> None:
    catalogue.write("notes/a.md", "# A note\nhttps://arxiv.org/abs/2410.21276\n")
    catalogue.commit()
    before = catalogue.content()

    catalogue.enrich("run", "--offline", code=3)

    assert catalogue.content() == before


def test_files_with_changes_that_are_not_committed_are_not_written(offline: Catalogue) -> None:
    offline.write("_publications/good.md", ENTRY.replace("2024", "2025"))

    _, err = offline.outcome("run", "--offline", code=4)

    assert err.startswith(
        "error: these files have changes that are not committed:\n   M _publications/good.md\n"
    )
    assert "--allow-dirty" in err


def test_without_a_network_nothing_is_green_and_nothing_is_broken(
    catalogue: Catalogue, internet: Internet
) -> None:
    catalogue.write("_publications/good.md", ENTRY)
    catalogue.commit()
    catalogue.environ = internet.env | {
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }

    out = catalogue.enrich("check", "--set", "links.retry=0", *NO_PAUSE, code=1)
    report = catalogue.report("check", "--select", "LNK", "--set", "links.retry=0", *NO_PAUSE, code=3)

    assert (
        "error[RUN605] nothing-checked: no network (arxiv)\n"
        "1 entry looked at by the rules that need no network; no link was checked.\n"
    ) in out
    assert [finding["rule"] for finding in report["findings"] if finding["severity"] == "error"] == ["RUN605"]


def test_one_host_out_of_reach_is_no_missing_network_where_the_rest_is_known(
    catalogue: Catalogue, internet: Internet
) -> None:
    internet.host("there.example").get("/", status=200)
    internet.host("gone.example", default=RESET)
    links = "\n".join(f"  - {{name: Code, url: 'https://{host}.example/'}}" for host in ("there", "gone"))
    catalogue.write("_publications/a.md", f"---\ntitle: A\nadditional_links:\n{links}\n---\n")
    catalogue.commit()
    catalogue.on(internet)
    command = ("check", "--select", "LNK", "--set", "links.retry=0", *NO_PAUSE)

    first = catalogue.enrich(*command, code=0)
    again = catalogue.enrich(*command, code=0)

    assert "Not verified: 1 link (1 network)." in again
    assert again == first


def test_an_entry_that_cannot_be_read_is_named(offline: Catalogue) -> None:
    (offline.root / "_publications/gone.md").symlink_to("nowhere.md")

    out, _ = check(offline, "_publications/gone.md", "--output-format", "concise", code=1)

    assert "FMT401 the file can't be read: no such file" in out


def test_a_key_that_stands_twice_is_named_and_left_alone(offline: Catalogue) -> None:
    twice = ENTRY.replace("year: 2024\n", "year: 2024\nyear: 2025\n")
    offline.write("_publications/good.md", twice)

    out, _ = check(offline, "--output-format", "concise", "--select", "FMT", code=1)

    assert out == "_publications/good.md:6:1: E FMT403 `year` stands twice; readers keep only the last\n"


def test_one_address_that_no_parser_takes_costs_one_finding(offline: Catalogue) -> None:
    offline.write(
        "_publications/good.md",
        ENTRY.replace("https://arxiv.org/abs/hf2410.21276", "https://ngc.nvidia.com]"),
    )

    report = offline.report("check", "--offline", "--select", "LNK", code=1)

    assert [finding["rule"] for finding in report["findings"]] == ["LNK121"]


def test_offline_with_the_starter_snapshot_needs_no_network(catalogue: Catalogue) -> None:
    catalogue.copy(ROOT / "examples")
    catalogue.write("starter.jsonl", (ROOT / "cache" / "starter.jsonl").read_bytes())
    catalogue.write("enrich.toml", '[cache]\nsnapshots = ["starter.jsonl"]\n')
    catalogue.commit()

    report = json.loads(catalogue.enrich("run", "--offline", "--output-format", "json"))

    changes = report["summary"]["changes"]
    assert (changes["written"], changes["pending"]) == (18, 0)


def test_a_bug_in_one_entry_costs_that_entry_and_says_where_it_is(offline: Catalogue, tmp_path: Path) -> None:
    offline.write("_publications/other.md", ENTRY)
    offline.commit()
    breaking = (
        "import enrich.worker as worker, sys\n"
        "converse = worker.converse\n"
        "async def broken(document, *rest):\n"
        "    if 'other' in document.path:\n"
        "        raise ValueError('Invalid IPv6 URL')\n"
        "    return await converse(document, *rest)\n"
        "worker.converse = broken\n"
        "from enrich.cli import main\n"
        "sys.exit(main(['check', '--offline', '--output-format', 'concise']))\n"
    )
    program = tmp_path / "broken.py"
    program.write_text(breaking, encoding="utf-8")

    done = offline.python(str(program))

    assert done.returncode == 70
    assert "_publications/good.md:7:47: E IDN201" in done.stdout
    assert (
        "bug: _publications/other.md: ValueError: Invalid IPv6 URL (entry skipped, run goes on)"
        in done.stderr
    )
    assert "bugs.txt says where" in done.stderr
    assert "ValueError: Invalid IPv6 URL" in (offline.root / ".enrich" / "bugs.txt").read_text()


def test_a_file_that_cannot_be_written_is_not_counted_as_written(offline: Catalogue) -> None:
    offline.copy(ROOT / "examples")
    offline.write("starter.jsonl", (ROOT / "cache" / "starter.jsonl").read_bytes())
    offline.write("enrich.toml", '[cache]\nsnapshots = ["starter.jsonl"]\n')
    offline.commit()
    (offline.root / "_publications/2024gpt.markdown").chmod(0o444)

    out, err = offline.outcome("run", "--offline", code=4)
    undone = offline.enrich("undo")

    wrote = re.search(r"Wrote (\d+ changes in \d+ files)", out)
    assert wrote
    assert "not written: _publications/2024gpt.markdown: read-only" in err
    assert undone == f"Took back {wrote[1]}.\n"


def test_an_answer_that_cannot_be_written_is_said_in_one_line(offline: Catalogue) -> None:
    into_a_full_disk = (
        "import os, sys\n"
        "os.dup2(os.open('/dev/full', os.O_WRONLY), 1)\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'enrich', 'check', '--offline'])\n"
    )

    done = offline.python("-c", into_a_full_disk)

    assert done.returncode == 2
    assert done.stderr.endswith("error: the answer can't be written: No space left on device\n")


def test_a_switch_in_the_environment_takes_only_what_is_one(offline: Catalogue) -> None:
    offline.environ = {"ENRICH_OFFLINE": "banana"}

    _, err = offline.outcome("check", code=2)

    assert "ENRICH_OFFLINE: takes 1 or 0, not 'banana'" in err


@pytest.mark.parametrize(
    ("argv", "meant"),
    [
        (("chek",), "`check`"),
        (("check", "--ofline"), "`--offline`"),
        (("check", "--output-format", "jsn"), "`json`"),
        (("check", "--zzz"), None),
        (("baseline", "creat"), "`create`"),
    ],
)
def test_a_word_of_the_command_line_that_is_not_known_names_the_one_that_may_be_meant(
    catalogue: Catalogue, argv: tuple[str, ...], meant: str | None
) -> None:
    _, err = catalogue.outcome(*argv, code=2)

    assert (f"did you mean {meant}?" in err) if meant else ("did you mean" not in err)
