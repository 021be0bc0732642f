"""The man page and the completions tell what the parser knows."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from enrich.cli.arguments import SHELLS, whole_parser
from enrich.cli.completing import script
from enrich.cli.manual import Option, commands, man_page
from enrich.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue

BASH = """
. "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 ))
_shtab_enrich enrich "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""
CASES = [
    ("doc", "doctor"),
    ("cache ex", "export"),
    ("check --output-format js", "json json-lines"),
    ("baseline create --off", "--offline"),
]


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def answered(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize(("words", "offered"), CASES)
def test_bash_completes_commands_options_and_their_values(words: str, offered: str, tmp_path: Path) -> None:
    (tmp_path / "enrich").write_text(script("bash"))

    out = answered(tool("bash"), "-c", BASH, "bash", str(tmp_path / "enrich"), "enrich", *words.split())

    assert {word.strip() for word in out.splitlines()} == set(offered.split())


@pytest.mark.parametrize(("words", "offered"), CASES)
def test_fish_completes_commands_options_and_their_values(words: str, offered: str, tmp_path: Path) -> None:
    (tmp_path / "enrich.fish").write_text(script("fish"))
    line = " ".join(("enrich", *words.split()))

    out = answered(tool("fish"), "--no-config", "-c", f'source {tmp_path}/enrich.fish; complete -C "{line}"')

    assert {word.split("\t")[0] for word in out.splitlines()} == set(offered.split())


def test_zsh_reads_its_script(tmp_path: Path) -> None:
    (tmp_path / "_enrich").write_text(script("zsh"))

    out = answered(tool("zsh"), "-f", "-c", f"fpath=({tmp_path}); autoload +X _enrich; print read")

    assert out == "read\n"


def test_the_program_prints_the_script_of_each_shell(catalogue: Catalogue) -> None:
    assert {shell: catalogue.enrich("completion", shell) for shell in SHELLS} == {
        shell: script(shell) for shell in SHELLS
    }


def test_the_man_page_names_every_command_and_option() -> None:
    page = man_page(whole_parser(), VERSION).replace("\\-", "-")

    for command in commands(whole_parser()):
        assert f".SS {command.name}" in page
        for _, options in command.groups:
            for option in options:
                assert f".B {option.spelling}".replace("…", "...") in page


def test_groff_has_nothing_to_say_against_the_man_page() -> None:
    done = subprocess.run(
        [tool("groff"), "-man", "-Tutf8", "-ww", "-z"],
        input=man_page(whole_parser(), VERSION),
        check=True,
        capture_output=True,
        text=True,
    )

    assert done.stderr == ""


def test_no_word_of_a_help_is_taken_for_a_macro() -> None:
    parser = argparse.ArgumentParser("enrich", description="What it is.")
    parser.add_argument("--odd", metavar="A\\B", help=".TH and `code`")

    page = man_page(parser, "1")

    assert "\n.B \\-\\-odd A\\eB\n\\&.TH and \\fBcode\\fR\n" in page


def test_options_are_spelled_with_what_they_take() -> None:
    parser = argparse.ArgumentParser("tool")
    group = parser.add_argument_group("scope")
    parser.add_argument("item", nargs="+")
    parser.add_argument("rest", nargs="?", metavar="REST")
    group.add_argument("-q", "--quiet", action="store_true", help="less")
    group.add_argument("--level", choices=("a", "b"))
    group.add_argument("--reject", metavar="ID", nargs="+")
    group.add_argument("--hidden", help=argparse.SUPPRESS)

    (command,) = commands(parser)

    assert command.synopsis == "tool ITEM… [REST]"
    assert dict(command.groups)["scope"] == (
        Option("-q, --quiet", "less"),
        Option("--level a|b", ""),
        Option("--reject ID…", ""),
    )
