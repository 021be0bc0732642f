"""Each command of the parser is there, and takes what it is called with."""

from __future__ import annotations

import argparse
import inspect
from importlib import import_module

import pytest

from enrich.cli import COMMANDS
from enrich.cli.arguments import whole_parser


def test_every_command_of_the_parser_is_there_and_no_other() -> None:
    (commands,) = (
        action for action in whole_parser()._actions if isinstance(action, argparse._SubParsersAction)
    )

    assert {name.partition(" ")[0] for name in COMMANDS} == set(commands.choices)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_takes_the_arguments_and_its_streams(name: str) -> None:
    module, function, *streams = COMMANDS[name]
    parameters = inspect.signature(getattr(import_module(f"enrich.cli.{module}"), function)).parameters

    assert [
        parameter.name for parameter in parameters.values() if parameter.default is inspect.Parameter.empty
    ] == ["args", *streams]
