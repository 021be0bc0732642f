"""
What people decided elsewhere, read from a file: a review page's answers, or pull requests as `gh` lists them.

    {"version": 1, "plan": "…", "decisions": [{"id", "verdict", "path", "field", …}]}
    the same objects, one a line
    [{"number", "state", "body", "headRefName", "isCrossRepository"}]

The file is from outside: nothing of it is taken but which changes of our own
queue were meant, and of pull requests the names that enrich itself wrote into them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from enrich.ledger.decisions import Verdict
from enrich.ledger.lines import text_of
from enrich.naming import canonical_json, from_json
from enrich.patterns import pattern
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from enrich.models import Value

VERSION = 1
BRANCHES = "enrich/"
"""What the branches of enrich's own pull requests begin with."""

_TRAILER = pattern(r"<!-- enrich: plan=\S+ changes=([0-9a-f]{8,64}(?:,[0-9a-f]{8,64})*) -->")
"""The last line of the text of a pull request, see `reports.pull_request`."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A person's verdict, and what it was about as they saw it."""

    id: str
    verdict: Verdict
    path: str
    field: str
    rule: str = ""
    after: Value = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PullRequest:
    number: int
    merged: bool
    """Else it was closed without that."""
    names: tuple[str, ...]
    """Of the changes that were in it."""


@dataclass(frozen=True, slots=True)
class Imported:
    opinions: tuple[Opinion, ...] = ()
    pull_requests: tuple[PullRequest, ...] = ()
    """This repository's own ones that are closed or merged."""
    is_of_pull_requests: bool = False


def read_imported(text: str) -> Imported:
    """Raises ValueError, with one clause for people, where *text* is none of the three."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        return Imported(tuple(_lines(text)))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    match data:
        case {"decisions": list(items)}:
            if data.get("version") != VERSION:
                raise ValueError(f"version {data.get('version')} is not known to this enrich")
            return Imported(tuple(_opinions(items)))
        case list() if all(isinstance(item, dict) and "headRefName" in item for item in data):
            return Imported(pull_requests=tuple(_pull_requests(data)), is_of_pull_requests=True)
        case {"verdict": _}:
            return Imported(tuple(_opinions([data])))
    raise ValueError("neither decisions of a review page nor a list of pull requests")


def _lines(text: str) -> Iterator[Opinion]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield from _opinions([json.loads(line)])
            except json.JSONDecodeError as error:
                raise ValueError(f"line {number}: not JSON from column {error.colno} on") from error
            except RecursionError as error:
                raise ValueError(f"line {number}: nested too deep") from error


def _opinions(items: Iterable[Any]) -> Iterator[Opinion]:
    for number, item in enumerate(items, 1):
        try:
            yield _opinion(item)
        except KeyError as error:
            raise ValueError(f"decision {number}: `{error.args[0]}` is missing") from error
        except (TypeError, ValueError) as error:
            raise ValueError(f"decision {number}: {error}") from error


def _opinion(data: Any) -> Opinion:
    if not isinstance(data, dict):
        raise TypeError("not a JSON object")
    word = text_of(data, "verdict")
    if word not in (Verdict.ACCEPTED.value, Verdict.REJECTED.value):
        raise ValueError(f"`verdict` is {word}")
    return Opinion(
        text_of(data, "id"),
        Verdict(word),
        text_of(data, "path"),
        text_of(data, "field"),
        text_of(data, "rule") if "rule" in data else "",
        _value(data["after"]),
        text_of(data, "why") if isinstance(data.get("why"), str) else "",
    )


def _value(data: object) -> Value:
    try:
        return from_json(data)
    except ValueError:
        return canonical_json(data)


def _pull_requests(items: Iterable[Mapping[str, Any]]) -> Iterator[PullRequest]:
    """
    Only those of this repository's own `enrich/` branches: anybody may open one with any text.

    Keys as of `gh pr list --json number,state,body,headRefName,isCrossRepository`;
    states are OPEN, CLOSED and MERGED. Source: https://cli.github.com/manual/gh_pr_list
    """
    for item in items:
        number, state, body, branch = (item.get(key) for key in ("number", "state", "body", "headRefName"))
        is_ours = item.get("isCrossRepository") is False and isinstance(branch, str)
        if not (is_ours and str(branch).startswith(BRANCHES) and state in ("CLOSED", "MERGED")):
            continue
        if not isinstance(number, int) or not isinstance(body, str):
            raise ValueError("a pull request without `number` or `body`; ask gh for both")
        last = body.rstrip().rpartition("\n")[2].strip()
        if found := _TRAILER.fullmatch(last):
            yield PullRequest(number, state == "MERGED", tuple(dict.fromkeys(found[1].split(","))))
