"""Options that several commands share, in the groups that `--help` shows; and how values are read."""

from __future__ import annotations

import argparse
import math

FORMATS = (
    "summary", "full", "concise", "grouped", "json", "json-lines", "github", "gitlab", "sarif", "junit",
    "markdown",
)  # fmt: skip
LEVELS = ("error", "warning", "info", "notice")


def add_scope(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    command.add_argument("paths", nargs="*", metavar="PATH", help="entries or folders; else all")
    scope = command.add_argument_group("scope")
    scope.add_argument("--select", metavar="RULES", help="codes, prefixes or names, separated by commas")
    scope.add_argument("--ignore", metavar="RULES", help="rules that do not run")
    scope.add_argument("--max-minutes", metavar="N", type=minutes, help="stop after N minutes, like Ctrl-C")
    return scope


def add_network(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    group = command.add_argument_group("network")
    group.add_argument(
        "--offline", action="store_true", help="ask nobody; cache, snapshots and mirror are used"
    )
    group.add_argument("--refresh", action="store_true", help="ask again, past cache, snapshots and mirror")
    return group


def add_engine(command: argparse.ArgumentParser, description: str | None = None) -> None:
    group = command.add_argument_group("engine", description)
    group.add_argument(
        "--engine", choices=("local", "dask"), help="where the work is done: here, or by a Dask cluster"
    )
    group.add_argument(
        "--scheduler", metavar="ADDRESS", help="of the cluster, tcp://host:8786; else one is started here"
    )


def add_writing(command: argparse.ArgumentParser) -> None:
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


def add_output(command: argparse.ArgumentParser, name: str) -> None:
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
    add_progress(output)


def add_progress(output: argparse._ArgumentGroup) -> None:
    output.add_argument(
        "--progress", choices=("auto", "bar", "plain", "none"), default="auto", help="default: auto"
    )
    output.add_argument("-q", "--quiet", action="store_true", help="no progress, and no line before it")


def count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def minutes(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return number


def duration(text: str) -> float:
    """Seconds; written as options of the configuration are."""
    from enrich.config.kinds import Wrong
    from enrich.config.measures import Duration

    try:
        return Duration().read(text)
    except Wrong as wrong:
        raise argparse.ArgumentTypeError(f"{text} is no duration such as `30d` or `12h`") from wrong
