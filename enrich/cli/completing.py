"""`enrich completion`: a shell's script, made from the parser by shtab."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from enrich.cli.arguments import whole_parser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

_FOLDERS = ("DIR",)
_FILES = ("PATH", "FILE", "FILE.json", "FILE.jsonl")


def complete(args: argparse.Namespace, out: TextIO) -> int:
    out.write(script(args.shell))
    return 0


def script(shell: str) -> str:
    """What *shell* is to read so that it completes `enrich`."""
    import shtab

    parser = whole_parser()
    for action in _actions(parser):
        kind = shtab.FILE if action.metavar in _FILES else shtab.DIR if action.metavar in _FOLDERS else None
        if kind is not None:
            action.complete = kind  # type: ignore[attr-defined]  # how shtab is told
    return shtab.complete(parser, shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
        else:
            yield action
