"""Each command: what it is for, and which options it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cli.arguments.options import (
    FORMATS,
    LEVELS,
    add_engine,
    add_network,
    add_output,
    add_progress,
    add_scope,
    add_writing,
    count,
    duration,
)
from enrich.cli.arguments.parser import add, add_actions

if TYPE_CHECKING:
    from enrich.cli.arguments.parser import Commands

SHELLS = ("bash", "zsh", "fish")


def add_commands(commands: Commands) -> None:
    """In the order in which `--help` lists them."""
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


def _add_crawl(commands: Commands, name: str, text: str) -> None:
    command = add(commands, name, text)
    scope = add_scope(command)
    scope.add_argument(
        "--changed-from",
        metavar="REF|auto",
        help="only entries that changed since REF; what they had before is at most a warning",
    )
    network = add_network(command)
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
        scope.add_argument("--limit-entries", metavar="N", type=count, help="write at most N entries")
        add_writing(command)
    add_engine(command)
    add_output(command, name)


def _add_baseline(commands: Commands) -> None:
    actions = add_actions(
        commands, "baseline", "findings that the catalogue has lived with, counted apart by check"
    )
    for name, text in (
        ("create", "look at the entries; what is wrong with them now is not new"),
        ("prune", "look at the entries; take out what is no longer there"),
    ):
        action = add(actions, name, text)
        add_scope(action)
        add_network(action)
        add_engine(action)
        add_progress(action.add_argument_group("output"))
        action.set_defaults(changed_from=None, strict_network=False, fail_on=None, records=False, show="info")
    add(actions, "show", "list them")


def _add_diff(commands: Commands) -> None:
    command = add(commands, "diff", "pending changes as a patch with reasons")
    command.add_argument("paths", nargs="*", metavar="PATH", help="entries or folders; else all")
    command.add_argument("--rule", metavar="RULES", help="only changes of these rules")
    command.add_argument("--applied", action="store_true", help="what the last run wrote, instead")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--stat", action="store_true", help="files and numbers of changes, no patch")
    how.add_argument("--word-diff", action="store_true", help="what changes inside the lines, for people")
    how.add_argument("--output-format", choices=("patch", "json"), default="patch", help="default: patch")
    command.add_argument("--no-reasons", action="store_true", help="the patch without its `#` lines")
    command.add_argument("--exit-code", action="store_true", help="exit 1 when there are pending changes")
    add_engine(command, "as `run` and `check` take them; a diff asks nobody")


def _add_review(commands: Commands) -> None:
    command = add(commands, "review", "accept or reject pending changes one by one")
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
    command = add(commands, "apply", "write what was accepted")
    command.add_argument("paths", nargs="*", metavar="PATH", help="entries or folders; else all")
    command.add_argument("--safe", action="store_true", help="pending safe changes too")
    add_writing(command)


def _add_undo(commands: Commands) -> None:
    command = add(commands, "undo", "take back the last run")
    command.add_argument("path", nargs="?", metavar="PATH", help="in or of the catalogue; else this folder")


def _add_explain(commands: Commands) -> None:
    command = add(commands, "explain", "what a rule means, or why a change is proposed")
    command.add_argument("what", metavar="RULE|CHANGE", help="IDN201, malformed-arxiv-id, or a change's id")


def _add_resolve(commands: Commands) -> None:
    command = add(commands, "resolve", "identifier, address, DOI or citation to record")
    command.add_argument("items", nargs="+", metavar="ITEM", help="`-` reads lines from standard input")
    command.add_argument("--title", help="the title that the record must have")
    command.add_argument("--author", action="append", default=[], help="an author that the record must have")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    command.add_argument(
        "--offline", action="store_true", help="ask nobody, not even the cache: grammar alone"
    )
    command.add_argument("--refresh", action="store_true", help="ask again, past cache, snapshots and mirror")


def _add_report(commands: Commands) -> None:
    command = add(commands, "report", "render a report that was saved as JSON; no network")
    command.add_argument("file", metavar="FILE.json", help="`-` is standard input")
    command.add_argument(
        "--format",
        required=True,
        choices=(*FORMATS, "comment", "pull-request"),
        help="`pull-request`: the text of one; `comment`: for one on a pull request",
    )
    command.add_argument("--select", metavar="RULES", help="only findings and changes of these rules")
    command.add_argument("--show", choices=LEVELS, default="warning", help="list findings from here upwards")


def _add_rules(commands: Commands) -> None:
    add(commands, "rules", "every rule, its severity and its fix")


def _add_cache(commands: Commands) -> None:
    actions = add_actions(commands, "cache", "look at, share or clear what is remembered")
    add(actions, "info", "how much is remembered, and how old it is")
    show = add(actions, "show", "what is remembered of an address or identifier")
    show.add_argument("url", metavar="URL", help="an address, or an arXiv identifier")
    export = add(actions, "export", "write what is known of works as a snapshot")
    export.add_argument("file", metavar="FILE.jsonl")
    export.add_argument("--abstracts", action="store_true", help="with abstracts")
    prune = add(actions, "prune", "drop answers that are no longer fresh, and give their space back")
    prune.add_argument(
        "--older-than", metavar="DURATION", type=duration, help="also fresh ones of before, such as 30d"
    )
    prune.add_argument("--dry-run", action="store_true", help="only tell what would be dropped")
    add(actions, "clear", "forget every answer")


def _add_mirror(commands: Commands) -> None:
    actions = add_actions(commands, "mirror", "a local file of arXiv's metadata, asked before arXiv is")
    importing = add(actions, "import", "read arXiv's metadata snapshot into the mirror, or go on with that")
    importing.add_argument("file", metavar="FILE", help="JSON lines, plain or as .gz, .bz2, .xz or .zip")
    updating = add(actions, "update", "fetch what has changed since by OAI-PMH, or go on with that")
    for action in (importing, updating):
        add_progress(action.add_argument_group("output"))
    add(actions, "info", "where it is, how much it holds, and how far it reaches")


def _add_config(commands: Commands) -> None:
    actions = add_actions(commands, "config", "the configuration: whether it is right, and what holds")
    add(actions, "check", "whether it is right, with every mistake in it")
    show = add(actions, "show", "every option as it holds")
    show.add_argument("key", nargs="?", metavar="KEY", help="one option, its value alone")
    show.add_argument("--origin", action="store_true", help="an option a line, with who said so")
    add(actions, "schema", "its JSON Schema, for editors")


def _add_init(commands: Commands) -> None:
    command = add(commands, "init", "show what the catalogue is taken for, and write enrich.toml")
    command.add_argument("--yes", action="store_true", help="ask nothing, and write it")
    command.add_argument("--contact", metavar="E-MAIL", help="an address for the hosts that are asked")


def _add_doctor(commands: Commands) -> None:
    command = add(commands, "doctor", "what is found here, and why; writes nothing")
    command.add_argument("path", nargs="?", metavar="PATH", help="in or of the catalogue; else this folder")
    command.add_argument("--network", action="store_true", help="also ask whether sources can be reached")


def _add_completion(commands: Commands) -> None:
    text = "a script by which a shell completes commands and options"
    command = commands.add_parser("completion", help=text, description=f"A{text[1:]}.", allow_abbrev=False)
    command.add_argument("shell", choices=SHELLS)
