"""
The internet as a program: `python -m tests.internet --records FILE.jsonl`.

It prints the lines to export, then serves until it is interrupted, so that a person can try a real program
by hand against it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tests.internet.fates import FATES, UNDECIDED
from tests.internet.internet import Internet
from tests.internet.moods import MOODS
from tests.internet.samples import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LOOK_EVERY_S = 0.2


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    if options.list_fates:
        for fate in (*FATES, *UNDECIDED):
            sys.stdout.write(f"{fate.verdict:26} {fate.url}\n{'':27}{fate.why}\n")
        return 0
    internet = Internet(
        _records(options.records), everything_else=options.everything_else, fates=True, port=options.port
    )
    internet.arxiv.always(MOODS[options.mood])
    if options.hosts is not None:
        describe(internet, json.loads(options.hosts.read_text(encoding="utf-8")))
    with internet:
        for name, value in internet.env.items():
            sys.stdout.write(f"export {name}={value}\n")
        sys.stdout.write("unset NO_PROXY no_proxy ALL_PROXY all_proxy\n")
        sys.stdout.flush()
        try:
            _watch(internet, pace_log=options.pace_log)
        except KeyboardInterrupt:
            return 0


def describe(internet: Internet, hosts: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
    """
    Hosts from plain data: `{"example.org": {"/a": {"status": 404}, "/b": {"status": 301, "location": "/c"}}}`

    A page takes what `Host.get` takes; the path `*` stands for all others.
    """
    for name, pages in hosts.items():
        for path, described in pages.items():
            internet.host(name).get(path, **described)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.internet", description="An internet on 127.0.0.1.")
    parser.add_argument(
        "--records", type=Path, help="arXiv's papers, one JSON object a line (default: samples)"
    )
    parser.add_argument("--hosts", type=Path, help="hosts and their pages, as JSON")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--everything-else", choices=("absent", "ok", "not-found"), default="absent", help="undescribed hosts"
    )
    parser.add_argument("--mood", choices=sorted(MOODS), default="honest", help="how arXiv's API feels")
    parser.add_argument("--list-fates", action="store_true", help="tell the catalogue of fates and end")
    parser.add_argument(
        "--pace-log", action="store_true", help="every request with the seconds since the last"
    )
    return parser


def _records(path: Path | None) -> Iterable[Mapping[str, Any]]:
    if path is None:
        return SAMPLES
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _watch(internet: Internet, *, pace_log: bool) -> NoReturn:
    """Serves until interrupted; with *pace_log* tells each request and the pause before it at its host."""
    told = 0
    last: dict[str, float] = {}
    while True:
        time.sleep(_LOOK_EVERY_S)
        for request in internet.requests[told:] if pace_log else ():
            if request.ended_at is None:
                break
            since = request.started_at - last.get(request.host, request.started_at)
            last[request.host] = request.started_at
            took = request.ended_at - request.started_at
            sys.stdout.write(
                f"+{since:8.3f} s  {took:7.3f} s  {request.status}  {request.method} {request.url}\n"
            )
            told += 1
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
