"""
What the parser knows, as words, and as the page that `man enrich` shows.

Not by argparse's own formatter: its layout differs between versions of Python, and
the same source is to make the same bytes.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from enrich.cli.arguments import EXIT_CODES
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Option:
    spelling: str
    """With what it takes: `-q, --quiet`, `--set KEY=VALUE`, `PATH…`."""
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    """`enrich baseline create`"""
    synopsis: str
    text: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]
    """By title; what belongs to no group is under an empty one."""


def commands(parser: argparse.ArgumentParser) -> tuple[Command, ...]:
    """Every command that can be called, in the order of the help."""
    return tuple(_commands(parser, parser.prog))


def man_page(parser: argparse.ArgumentParser, version: str) -> str:
    """`enrich.1`, in the macros of man(7). It bears no date, so that a version always makes the same page."""
    lines = [
        f'.TH ENRICH 1 "" "enrich {_roff(version)}" "User Commands"',
        ".SH NAME",
        f"enrich \\- {_roff(_decapitalised((parser.description or '').rstrip('.')))}",
        ".SH SYNOPSIS",
        ".B enrich",
        ".I COMMAND",
        "[OPTION ...] [ARGUMENT ...]",
        ".SH DESCRIPTION",
        "A catalogue is a folder of Markdown files with front matter, one for each paper.",
        "Without a path all of its entries are meant.",
        ".SH COMMANDS",
    ]
    for command in commands(parser):
        lines += [f".SS {_roff(command.synopsis)}", _roff(command.text)]
        for title, options in command.groups:
            lines += [".PP", f".I {_roff(title)}"] if title else []
            for option in options:
                lines += [".TP", f".B {_roff(option.spelling)}", _roff(option.text) or "\\&"]
    lines += [".SH EXIT STATUS"]
    for code, what in EXIT_CODES:
        lines += [".TP", f".B {code}", what]
    lines += [
        ".SH ENVIRONMENT",
        "Every option has a variable:",
        ".B ENRICH_OFFLINE=1",
        "stands for",
        f".BR {_roff('--offline')} .",
        "An option goes over its variable, a variable over the configuration.",
        ".SH FILES",
        ".TP",
        ".B enrich.toml",
        "the configuration; it is looked for from the first path up to the top of the repository",
        ".TP",
        ".B .enrich/",
        "what was written and decided; to be committed",
        ".TP",
        ".B .enrich_cache/",
        "answers of hosts; never committed",
    ]
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser, name: str) -> Iterator[Command]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from _commands(below, f"{name} {word}")
            return
    yield Command(name, _synopsis(parser, name), parser.description or "", tuple(_groups(parser)))


def _synopsis(parser: argparse.ArgumentParser, name: str) -> str:
    words = [_place(action) for action in parser._actions if not action.option_strings]
    return " ".join((name, *words))


def _place(action: argparse.Action) -> str:
    name = _takes(action)
    match action.nargs:
        case "*":
            return f"[{name}…]"
        case "?":
            return f"[{name}]"
        case "+":
            return f"{name}…"
        case _:
            return name


def _groups(parser: argparse.ArgumentParser) -> Iterator[tuple[str, tuple[Option, ...]]]:
    usual = {parser._positionals.title, parser._optionals.title}
    for group in parser._action_groups:
        options = tuple(
            Option(_spelling(action), action.help or "")
            for action in group._group_actions
            if action.dest != "help" and action.help != argparse.SUPPRESS
        )
        if options:
            yield "" if group.title in usual else group.title or "", options


def _spelling(action: argparse.Action) -> str:
    if not action.option_strings:
        return _takes(action)
    several = "…" if action.nargs in ("+", "*") else ""
    taken = "" if action.nargs == 0 else f" {_takes(action)}{several}"
    return ", ".join(action.option_strings) + taken


def _takes(action: argparse.Action) -> str:
    if action.metavar:
        return str(action.metavar)
    if action.choices:
        return "|".join(str(choice) for choice in action.choices)
    return action.dest.upper()


def _roff(text: str) -> str:
    """*text* as roff shows it literally; a word between backticks is set in bold."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    escaped = re.sub(r"^(?=[.'])", r"\\&", escaped)  # else a macro
    return re.sub(r"`([^`]*)`", r"\\fB\1\\fR", escaped)


def _decapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]
