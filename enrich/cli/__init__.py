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
from typing import TYPE_CHECKING

from enrich.cli.arguments import parse_arguments
from enrich.cli.streams import hush, open_standard_streams, patient
from enrich.engines.garbage import rarely_collected
from enrich.errors import EnrichError

if TYPE_CHECKING:
    import argparse


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
    match args.command:
        case "check" if args.add_ignores:
            from enrich.cli.ignoring import add_ignores

            return add_ignores(args, sys.stdout, sys.stderr)
        case "run" | "check":
            from enrich.cli.crawling import crawl

            return crawl(args, sys.stdout, sys.stderr)
        case "baseline":
            from enrich.cli.baselining import baseline

            return baseline(args, sys.stdout, sys.stderr)
        case "diff":
            from enrich.cli.pending import diff

            return diff(args, sys.stdout, sys.stderr)
        case "review":
            from enrich.cli.reviewing import review

            return review(args, sys.stdin, sys.stdout, sys.stderr)
        case "apply":
            from enrich.cli.applying import apply

            return apply(args, sys.stdout, sys.stderr)
        case "report":
            from enrich.cli.rendering import render

            return render(args, sys.stdin, sys.stdout, sys.stderr)
        case "undo":
            from enrich.cli.pending import take_back

            return take_back(args, sys.stdout, sys.stderr)
        case "explain":
            from enrich.cli.explaining import explain

            return explain(args, sys.stdout)
        case "rules":
            from enrich.cli.explaining import list_rules

            return list_rules(args, sys.stdout)
        case "resolve":
            from enrich.cli.resolving import resolve

            return resolve(args, sys.stdin, sys.stdout, sys.stderr)
        case "cache":
            from enrich.cli.remembering import remember

            return remember(args, sys.stdout)
        case "mirror":
            from enrich.cli.mirroring import mirror

            return mirror(args, sys.stdout, sys.stderr)
        case "config":
            from enrich.cli.configuring import configure

            return configure(args, sys.stdout)
        case "doctor":
            from enrich.cli.doctoring import examine

            return examine(args, sys.stdout)
        case "init":
            from enrich.cli.initialising import initialise

            return initialise(args, sys.stdin, sys.stdout)
        case "completion":
            from enrich.cli.completing import complete

            return complete(args, sys.stdout)
    raise ValueError(f"no command {args.command}")
