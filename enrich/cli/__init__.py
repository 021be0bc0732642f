"""
Arguments → command → exit code. The only place that knows standard streams.

Each command's module is imported when it is called for, so that `enrich --version`
and an offline check of one file start fast.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from enrich.cli.arguments import parse_arguments
from enrich.cli.streams import hush, open_standard_streams, patient
from enrich.engines.garbage import rarely_collected
from enrich.errors import EnrichError

if TYPE_CHECKING:
    import argparse


COMMANDS = {
    "run": ("crawling", "crawl", "out", "err"),
    "check": ("crawling", "crawl", "out", "err"),
    "check --add-ignores": ("ignoring", "add_ignores", "out", "err"),
    "baseline": ("baselining", "baseline", "out", "err"),
    "diff": ("pending", "diff", "out", "err"),
    "review": ("reviewing", "review", "stdin", "out", "err"),
    "apply": ("applying", "apply", "out", "err"),
    "undo": ("pending", "take_back", "out", "err"),
    "explain": ("explaining", "explain", "out"),
    "resolve": ("resolving", "resolve", "stdin", "out", "err"),
    "report": ("rendering", "render", "stdin", "out", "err"),
    "rules": ("explaining", "list_rules", "out"),
    "cache": ("remembering", "remember", "out"),
    "mirror": ("mirroring", "mirror", "out", "err"),
    "config": ("configuring", "configure", "out"),
    "init": ("initialising", "initialise", "stdin", "out"),
    "doctor": ("doctoring", "examine", "out"),
    "completion": ("completing", "complete", "out"),
}
"""Each command's module, its function there, and the streams that it takes besides the arguments."""

_CANT_BE_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


def main(argv: list[str] | None = None) -> int:
    """The whole program; returns its exit code."""
    open_standard_streams()
    # What is about the run is nobody's answer: the run goes on where nobody listens.
    with contextlib.redirect_stderr(patient(sys.stderr)):
        return _main(argv)


def _main(argv: list[str] | None) -> int:
    args = parse_arguments(argv)
    # The interpreter's last act is to look through every object; a tenth of a short run.
    atexit.register(gc.freeze)
    code = 0
    try:
        with rarely_collected():
            code = _call(args)
        sys.stdout.flush()
    except EnrichError as error:
        print(f"error: {_lines(str(error))}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    except BrokenPipeError:
        hush(sys.stdout)  # whoever read the answer has enough of it
        return code
    except OSError as error:
        if error.errno not in _CANT_BE_WRITTEN:
            raise
        hush(sys.stdout)
        reason = _lines(error.strerror or str(error))
        print(f"error: the answer can't be written: {reason}", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        return 130
    return code


def _lines(text: str) -> str:
    from enrich.text import printable

    return "\n".join(printable(line) for line in text.split("\n"))


def _call(args: argparse.Namespace) -> int:
    module, function, *names = COMMANDS[_name(args)]
    streams = {"stdin": sys.stdin, "out": sys.stdout, "err": sys.stderr}
    command = getattr(import_module(f"enrich.cli.{module}"), function)
    code: int = command(args, **{name: streams[name] for name in names})
    return code


def _name(args: argparse.Namespace) -> str:
    return "check --add-ignores" if getattr(args, "add_ignores", False) else args.command
