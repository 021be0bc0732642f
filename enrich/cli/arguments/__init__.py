"""
The command line: commands, options, and the variable `ENRICH_…` that every option has.

    commands   each command and its options     options   those that several commands share
    parser     says what may have been meant where a word is not known
"""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from enrich.cli.arguments.commands import SHELLS, add_commands
from enrich.cli.arguments.parser import Parser
from enrich.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enrich.cli.arguments.parser import Commands

__all__ = ["EXIT_CODES", "SHELLS", "parse_arguments", "whole_parser"]

EXIT_CODES = (
    (0, "done"),
    (1, "findings"),
    (2, "wrong use"),
    (3, "nothing was checked"),
    (4, "refused to write"),
    (70, "a bug"),
    (130, "interrupted"),
)


def parse_arguments(argv: list[str] | None, environ: Mapping[str, str] = os.environ) -> argparse.Namespace:
    """
    What *argv* asks for; `command` names the command.

    Exits with 2 and a message on wrong use, with 0 after `--help` and `--version`.
    """
    parser, commands = _whole()
    for command in _with_actions(commands):
        _take_defaults_from(environ, command)
    return parser.parse_args(argv)


def whole_parser() -> argparse.ArgumentParser:
    """The parser of every command, its defaults as nobody's environment changes them."""
    return _whole()[0]


def _whole() -> tuple[argparse.ArgumentParser, Commands]:
    parser = Parser(
        prog="enrich",
        description="Keeps a paper catalogue true: links, arXiv identifiers, metadata.",
        epilog="Every option has a variable: --offline is ENRICH_OFFLINE=1. "
        f"Exit codes: {', '.join(f'{code} {what}' for code, what in EXIT_CODES)}.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"enrich {VERSION}")
    commands: Commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=Parser
    )
    add_commands(commands)
    return parser, commands


def _with_actions(commands: Commands) -> Iterator[argparse.ArgumentParser]:
    for command in commands.choices.values():
        yield command
        for action in command._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from _with_actions(action)


def _take_defaults_from(environ: Mapping[str, str], parser: argparse.ArgumentParser) -> None:
    """`ENRICH_FAIL_ON=warning` stands for `--fail-on warning`; a switch takes 1, true or yes."""
    for action in parser._actions:
        written = environ.get(f"ENRICH_{action.dest.upper()}")
        if written is None or not action.option_strings or action.dest == "help":
            continue
        if action.nargs == 0:
            action.default = _switch(written, action, parser)
        elif isinstance(action.default, list):
            action.default = [written]
        else:
            if action.choices and written not in action.choices:
                parser.error(
                    f"ENRICH_{action.dest.upper()}: invalid choice: {written!r} "
                    f"(choose from {', '.join(map(str, action.choices))})"
                )
            action.default = written


def _switch(written: str, action: argparse.Action, parser: argparse.ArgumentParser) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    if written.lower() not in {"", *words}:
        parser.error(f"ENRICH_{action.dest.upper()}: takes 1 or 0, not {written!r}")
    return words.get(written.lower(), False)
