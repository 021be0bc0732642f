"""The parser that every command has, and how a command is added to it."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn, TypeAlias

_UNKNOWN = re.compile(r"(?:invalid choice: '|unrecognized arguments: )([^\s'=]+)")


class Parser(argparse.ArgumentParser):
    """Says what may have been meant where a word is not known."""

    def error(self, message: str) -> NoReturn:
        known = [*self._option_string_actions]
        for action in self._actions:
            known += action.choices or ()
            if isinstance(action, argparse._SubParsersAction):
                known += (
                    name for command in action.choices.values() for name in command._option_string_actions
                )
        from difflib import get_close_matches

        word = _UNKNOWN.search(message)
        others = [name for name in known if not word or name != word[1]]
        close = get_close_matches(word[1], others, n=1) if word else []
        super().error(f"{message}; did you mean `{close[0]}`?" if close else message)


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def add(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    sentence = f"{text[0].upper()}{text[1:]}."
    command = commands.add_parser(name, help=text, description=sentence, allow_abbrev=False)
    _add_setup(command)
    return command


def add_actions(commands: Commands, name: str, text: str) -> Commands:
    """A command whose first word says what to do; options follow that word."""
    command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    return command.add_subparsers(dest="action", metavar="ACTION", required=True)


def _add_setup(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("setup")
    group.add_argument("--config", metavar="FILE", help="the configuration; else enrich.toml is looked for")
    group.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], help="one option of the configuration"
    )
    group.add_argument("--cache-dir", metavar="DIR", help="where answers are kept, instead of .enrich_cache")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
