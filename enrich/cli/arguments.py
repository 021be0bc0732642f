"""The command line: commands, options, and the variable `ENRICH_…` that every option has."""

from __future__ import annotations

import argparse
import math
import os
import re
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from enrich.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMATS = (
    "summary", "full", "concise", "grouped", "json", "json-lines", "github", "gitlab", "sarif", "junit",
    "markdown",
)  # fmt: skip
_UNKNOWN = re.compile(r"(?:invalid choice: '|unrecognized arguments: )([^\s'=]+)")
SHELLS = ("bash", "zsh", "fish")
LEVELS = ("error", "warning", "info", "notice")


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
    parser = _Parser(
        prog="enrich",
        description="Keeps a paper catalogue true: links, arXiv identifiers, metadata.",
        epilog="Every option has a variable: --offline is ENRICH_OFFLINE=1. "
        f"Exit codes: {', '.join(f'{code} {what}' for code, what in EXIT_CODES)}.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"enrich {VERSION}")
    commands: Commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=_Parser
    )
    _add_crawl(commands, "run", "crawl; write safe changes, queue the rest")
    _add_crawl(commands, "check", "report; writes neither entries nor the queue")
    _add_baseline(commands)
    _add_diff(commands)
    _add_review(commands)
    _add_apply(commands)
    _add_undo(commands)
    _add_explain(commands)
    _add_resolve(commands)
    _add_report(commands)
    _add_rules(commands)
    _add_cache(commands)
    _add_mirror(commands)
    _add_config(commands)
    _add_init(commands)
    _add_doctor(commands)
    _add_completion(commands)
    return parser, commands


class _Parser(argparse.ArgumentParser):
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
        close = get_close_matches(word[1], known, n=1) if word else []
        super().error(f"{message}; did you mean `{close[0]}`?" if close else message)


def _with_actions(commands: Commands) -> Iterator[argparse.ArgumentParser]:
    for command in commands.choices.values():
        yield command
        for action in command._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from _with_actions(action)


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _add(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    sentence = f"{text[0].upper()}{text[1:]}."
    command = commands.add_parser(name, help=text, description=sentence, allow_abbrev=False)
    _add_setup(command)
    return command


def _add_actions(commands: Commands, name: str, text: str) -> Commands:
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


def _add_engine(command: argparse.ArgumentParser, description: str | None = None) -> None:
    group = command.add_argument_group("engine", description)
    group.add_argument(
        "--engine", choices=("local", "dask"), help="where the work is done: here, or by a Dask cluster"
    )
    group.add_argument(
        "--scheduler", metavar="ADDRESS", help="of the cluster, tcp://host:8786; else one is started here"
    )


def _add_network(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    group = command.add_argument_group("network")
    group.add_argument(
        "--offline", action="store_true", help="ask nobody; cache, snapshots and mirror are used"
    )
    group.add_argument("--refresh", action="store_true", help="ask again, past cache, snapshots and mirror")
    return group


def _add_crawl(commands: Commands, name: str, text: str) -> None:
    command = _add(commands, name, text)
    scope = _add_scope(command)
    scope.add_argument(
        "--changed-from",
        metavar="REF|auto",
        help="only entries that changed since REF; what they had before is at most a warning",
    )
    network = _add_network(command)
    network.add_argument(
        "--strict-network", action="store_true", help="exit 3 where something could not be verified"
    )
    if name == "check":
        command.add_argument(
            "--add-ignores",
            action="store_true",
            help="set aside what would be listed, by [[ignore]] in the configuration; report nothing",
        )
    if name == "run":
        scope.add_argument("--limit-entries", metavar="N", type=_count, help="write at most N entries")
        _add_writing(command)
    _add_engine(command)
    _add_output(command, name)


def _add_scope(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    command.add_argument("paths", nargs="*", metavar="PATH", help="entries or folders; else all")
    scope = command.add_argument_group("scope")
    scope.add_argument("--select", metavar="RULES", help="codes, prefixes or names, separated by commas")
    scope.add_argument("--ignore", metavar="RULES", help="rules that do not run")
    scope.add_argument("--max-minutes", metavar="N", type=_minutes, help="stop after N minutes, like Ctrl-C")
    return scope


def _add_writing(command: argparse.ArgumentParser) -> None:
    writing = command.add_argument_group("writing")
    dry = "write no entry; queue every change" if command.prog.endswith(" run") else "write no entry"
    writing.add_argument("--dry-run", action="store_true", help=dry)
    writing.add_argument(
        "--allow-dirty", action="store_true", help="also write files with changes that are not committed"
    )
    writing.add_argument(
        "--allow-no-vcs",
        action="store_true",
        help="also write where neither git nor a journal could undo it",
    )


def _add_output(command: argparse.ArgumentParser, name: str) -> None:
    output = command.add_argument_group("output")
    usual = "summary" if name == "run" else "full"
    output.add_argument("--output-format", choices=FORMATS, default=usual, help=f"default: {usual}")
    output.add_argument(
        "--report",
        metavar="FORMAT=FILE",
        action="append",
        default=[],
        help="also write FILE, also html; may be given several times",
    )
    output.add_argument(
        "--annotations",
        choices=("auto", "off"),
        help="in GitHub Actions, annotate lines and write the job's summary; default: auto",
    )
    output.add_argument("--show", choices=LEVELS, default="warning", help="list findings from here upwards")
    output.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        help=f"exit 1 for findings from here up; default: {'never' if name == 'run' else 'error'}",
    )
    output.add_argument("--records", action="store_true", help="JSON: the records that were used")
    _add_progress(output)


def _add_progress(output: argparse._ArgumentGroup) -> None:
    output.add_argument(
        "--progress", choices=("auto", "bar", "plain", "none"), default="auto", help="default: auto"
    )
    output.add_argument("-q", "--quiet", action="store_true", help="no progress, and no line before it")


def _add_baseline(commands: Commands) -> None:
    actions = _add_actions(
        commands, "baseline", "findings that the catalogue has lived with, counted apart by check"
    )
    for name, text in (
        ("create", "look at the entries; what is wrong with them now is not new"),
        ("prune", "look at the entries; take out what is no longer there"),
    ):
        action = _add(actions, name, text)
        _add_scope(action)
        _add_network(action)
        _add_engine(action)
        _add_progress(action.add_argument_group("output"))
        action.set_defaults(changed_from=None, strict_network=False, fail_on=None, records=False, show="info")
    _add(actions, "show", "list them")


def _add_diff(commands: Commands) -> None:
    command = _add(commands, "diff", "pending changes as a patch with reasons")
    command.add_argument("paths", nargs="*", metavar="PATH", help="entries or folders; else all")
    command.add_argument("--rule", metavar="RULES", help="only changes of these rules")
    command.add_argument("--applied", action="store_true", help="what the last run wrote, instead")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--stat", action="store_true", help="files and numbers of changes, no patch")
    how.add_argument("--word-diff", action="store_true", help="what changes inside the lines, for people")
    how.add_argument("--output-format", choices=("patch", "json"), default="patch", help="default: patch")
    command.add_argument("--no-reasons", action="store_true", help="the patch without its `#` lines")
    command.add_argument("--exit-code", action="store_true", help="exit 1 when there are pending changes")
    _add_engine(command, "as `run` and `check` take them; a diff asks nobody")


def _add_review(commands: Commands) -> None:
    command = _add(commands, "review", "accept or reject pending changes one by one")
    command.add_argument("paths", nargs="*", metavar="PATH", help="entries or folders; else all")
    how = command.add_mutually_exclusive_group()
    how.add_argument(
        "--reject", metavar="ID", nargs="+", default=[], help="reject these changes, and ask nothing"
    )
    how.add_argument(
        "--html", metavar="FILE", help="write a page to decide on in a browser; it needs no server"
    )
    how.add_argument(
        "--import",
        dest="import_file",
        metavar="FILE",
        help="take over decisions: of a review page, as JSON lines, or closed and merged pull requests as "
        "`gh pr list --json number,state,body,headRefName,isCrossRepository` lists them; `-` reads them "
        "from standard input",
    )


def _add_apply(commands: Commands) -> None:
    command = _add(commands, "apply", "write what was accepted")
    command.add_argument("paths", nargs="*", metavar="PATH", help="entries or folders; else all")
    command.add_argument("--safe", action="store_true", help="pending safe changes too")
    _add_writing(command)


def _add_report(commands: Commands) -> None:
    command = _add(commands, "report", "render a report that was saved as JSON; no network")
    command.add_argument("file", metavar="FILE.json", help="`-` is standard input")
    command.add_argument(
        "--format",
        required=True,
        choices=(*FORMATS, "comment", "pull-request"),
        help="`pull-request`: the text of one; `comment`: for one on a pull request",
    )
    command.add_argument("--select", metavar="RULES", help="only findings and changes of these rules")
    command.add_argument("--show", choices=LEVELS, default="warning", help="list findings from here upwards")


def _add_undo(commands: Commands) -> None:
    command = _add(commands, "undo", "take back the last run")
    command.add_argument("path", nargs="?", metavar="PATH", help="in or of the catalogue; else this folder")


def _add_explain(commands: Commands) -> None:
    command = _add(commands, "explain", "what a rule means, or why a change is proposed")
    command.add_argument("what", metavar="RULE|CHANGE", help="IDN201, malformed-arxiv-id, or a change's id")


def _add_resolve(commands: Commands) -> None:
    command = _add(commands, "resolve", "identifier, address, DOI or citation to record")
    command.add_argument("items", nargs="+", metavar="ITEM", help="`-` reads lines from standard input")
    command.add_argument("--title", help="the title that the record must have")
    command.add_argument("--author", action="append", default=[], help="an author that the record must have")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    command.add_argument(
        "--offline", action="store_true", help="ask nobody, not even the cache: grammar alone"
    )
    command.add_argument("--refresh", action="store_true", help="ask again, past cache, snapshots and mirror")


def _add_rules(commands: Commands) -> None:
    _add(commands, "rules", "every rule, its severity and its fix")


def _add_cache(commands: Commands) -> None:
    actions = _add_actions(commands, "cache", "look at, share or clear what is remembered")
    _add(actions, "info", "how much is remembered, and how old it is")
    show = _add(actions, "show", "what is remembered of an address or identifier")
    show.add_argument("url", metavar="URL", help="an address, or an arXiv identifier")
    export = _add(actions, "export", "write what is known of works as a snapshot")
    export.add_argument("file", metavar="FILE.jsonl")
    export.add_argument("--abstracts", action="store_true", help="with abstracts")
    prune = _add(actions, "prune", "drop answers that are no longer fresh, and give their space back")
    prune.add_argument(
        "--older-than", metavar="DURATION", type=_duration, help="also fresh ones of before, such as 30d"
    )
    prune.add_argument("--dry-run", action="store_true", help="only tell what would be dropped")
    _add(actions, "clear", "forget every answer")


def _add_mirror(commands: Commands) -> None:
    actions = _add_actions(commands, "mirror", "arXiv's metadata in a local file, asked before arXiv is")
    importing = _add(actions, "import", "read arXiv's metadata snapshot into the mirror, or go on with that")
    importing.add_argument("file", metavar="FILE", help="JSON lines, plain or as .gz, .bz2, .xz or .zip")
    updating = _add(actions, "update", "fetch what has changed since by OAI-PMH, or go on with that")
    for action in (importing, updating):
        _add_progress(action.add_argument_group("output"))
    _add(actions, "info", "where it is, how much it holds, and how far it reaches")


def _add_config(commands: Commands) -> None:
    actions = _add_actions(commands, "config", "the configuration: whether it is right, and what holds")
    _add(actions, "check", "whether it is right, with every mistake in it")
    show = _add(actions, "show", "every option as it holds")
    show.add_argument("key", nargs="?", metavar="KEY", help="one option, its value alone")
    show.add_argument("--origin", action="store_true", help="an option a line, with who said so")
    _add(actions, "schema", "its JSON Schema, for editors")


def _add_init(commands: Commands) -> None:
    command = _add(commands, "init", "show what the catalogue is taken for, and write enrich.toml")
    command.add_argument("--yes", action="store_true", help="ask nothing, and write it")
    command.add_argument("--contact", metavar="E-MAIL", help="an address for the hosts that are asked")


def _add_doctor(commands: Commands) -> None:
    command = _add(commands, "doctor", "what is found here, and why; writes nothing")
    command.add_argument("path", nargs="?", metavar="PATH", help="in or of the catalogue; else this folder")
    command.add_argument("--network", action="store_true", help="also ask whether sources can be reached")


def _add_completion(commands: Commands) -> None:
    text = "a script by which a shell completes commands and options"
    command = commands.add_parser("completion", help=text, description=f"A{text[1:]}.", allow_abbrev=False)
    command.add_argument("shell", choices=SHELLS)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _duration(text: str) -> float:
    """Seconds; written as options of the configuration are."""
    from enrich.config.kinds import Wrong
    from enrich.config.measures import Duration

    try:
        return Duration().read(text)
    except Wrong as wrong:
        raise argparse.ArgumentTypeError(f"{text} is no duration such as `30d` or `12h`") from wrong


def _minutes(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return number


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
