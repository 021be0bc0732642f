"""
What changed since an earlier state, and what stood there then.

`auto` knows the checkouts of GitHub Actions and GitLab CI. A base that can't be
reached is an error with its cure: silence would pass a pull request unread.

Sources: https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
https://docs.gitlab.com/ci/variables/predefined_variables/
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.errors import UsageError
from enrich.text import printable
from enrich.vcs.asking import ask, no_git, split
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NO_COMMIT = "0" * 40
"""What both platforms say where a branch is new."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since *base*; paths are relative to the catalogue's root."""

    base: str
    """The commit's id."""
    name: str
    """As a person calls it: `main`."""
    paths: tuple[tuple[str, str | None], ...]
    """Each file that is there now and was added or changed, and what it was called at the base, if it was."""


def compare(root: Path, ref: str, environ: Mapping[str, str]) -> Comparison:
    """
    The files below *root* as they are now, committed or not, against where this branch left *ref*.

    Raises UsageError where there is no git, no such revision, or where a shallow
    clone does not reach back to it.
    """
    if why := no_git(root):
        raise UsageError(f"--changed-from {ref}: {why}")
    base, name = _automatic(root, environ) if ref == "auto" else (_branched_off(root, ref), ref)
    return Comparison(base, name, tuple(sorted(_changed(root, base).items())))


def contents(root: Path, base: str, paths: Iterable[str]) -> Mapping[str, bytes]:
    """The bytes of *paths* in the commit *base*, of those that it has and that git can be asked for."""
    wanted = tuple(path for path in paths if "\n" not in path)
    names = b"\n".join(f"{base}:./{path}".encode("utf-8", "surrogateescape") for path in wanted)
    output = ask(root, "cat-file", "--batch", told=names + b"\n") if wanted else b""
    if isinstance(output, str):
        raise UsageError(f"git can't tell what stood in {base[:12]}: {printable(output)}")
    return dict(_blobs(wanted, output))


def _blobs(paths: Iterable[str], output: bytes) -> Iterator[tuple[str, bytes]]:
    """Each is `<id> <type> <size>`, a line break, as many bytes, a line break; or `<name> missing`."""
    at = 0
    for path in paths:
        end = output.index(b"\n", at)
        line, at = output[at:end], end + 1
        if line.endswith(b" missing"):
            continue
        _, kind, size = line.split(b" ")
        if kind == b"blob":
            yield path, output[at : at + int(size)]
        at += int(size) + 1


def _changed(root: Path, base: str) -> dict[str, str | None]:
    told = ask(
        root, "diff", "--name-status", "-z", "--relative", "--find-renames", "--no-ext-diff", base, "--", "."
    )
    new = ask(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    if isinstance(told, str) or isinstance(new, str):
        why = told if isinstance(told, str) else new
        raise UsageError(f"git can't tell what changed since {base[:12]}: {printable(str(why))}")
    changed: dict[str, str | None] = dict.fromkeys(split(new))
    fields = iter(split(told))
    for status in fields:
        path = next(fields)
        if status[0] in "RC":
            changed[next(fields)] = path if status[0] == "R" else None
        elif status[0] != "D":
            changed[path] = None if status[0] == "A" else path
    return changed


# -- which commit ------------------------------------------------------------------------------


def _automatic(root: Path, environ: Mapping[str, str]) -> tuple[str, str]:
    if environ.get("GITHUB_ACTIONS") == "true":
        return _on_github(root, environ)
    if environ.get("GITLAB_CI") == "true":
        return _on_gitlab(root, environ)
    head = ask(root, "rev-parse", "--abbrev-ref", "origin/HEAD")
    if isinstance(head, str):
        raise UsageError("--changed-from auto: no `origin/HEAD` here; name the branch: --changed-from main")
    name = head.decode().strip()
    return _branched_off(root, name), name


def _on_github(root: Path, environ: Mapping[str, str]) -> tuple[str, str]:
    target = environ.get("GITHUB_BASE_REF", "")
    if environ.get("GITHUB_EVENT_NAME") == "pull_request":
        # The checkout of a pull request is a merge commit, whose first parent is the target as it is now.
        parents = _text(ask(root, "rev-list", "--parents", "--max-count=1", "HEAD")).split()[1:]
        if len(parents) == 2:
            return _reachable(root, parents[0], "fetch-depth: 2"), target or "HEAD^1"
        if _text(ask(root, "rev-parse", "--is-shallow-repository")) == "true":
            raise UsageError(
                "--changed-from auto: this clone does not reach back to the base of the pull request; "
                "use `fetch-depth: 2` (or `fetch-depth: 0`) in actions/checkout"
            )
    if target:
        return _branched_off(root, f"origin/{target}"), target
    before = _pushed_from(environ)
    if before in ("", _NO_COMMIT):
        raise UsageError(
            "--changed-from auto: this event has no base; check everything, or name one: --changed-from REF"
        )
    return _reachable(root, before, "fetch-depth: 0"), before[:12]


def _pushed_from(environ: Mapping[str, str]) -> str:
    """The commit that a push came after, as the event's file says; empty where it says none."""
    try:
        event = json.loads(Path(environ.get("GITHUB_EVENT_PATH", "")).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ""
    before = event.get("before") if isinstance(event, dict) else None
    return before if isinstance(before, str) else ""


def _on_gitlab(root: Path, environ: Mapping[str, str]) -> tuple[str, str]:
    target = environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "")
    base = environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA") or environ.get("CI_COMMIT_BEFORE_SHA", "")
    if base in ("", _NO_COMMIT):
        raise UsageError(
            "--changed-from auto: this pipeline has no base; check everything, or name one with "
            "--changed-from REF"
        )
    return _reachable(root, base, "GIT_DEPTH: 0"), target or base[:12]


def _branched_off(root: Path, ref: str) -> str:
    """The commit at which this branch left *ref*."""
    commit = _text(ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"))
    if not commit:
        raise UsageError(
            f"--changed-from {ref}: no such revision here; fetch it first, "
            "in GitHub Actions with `fetch-depth: 0`"
        )
    base = _text(ask(root, "merge-base", commit, "HEAD"))
    if not base:
        raise UsageError(
            f"--changed-from {ref}: this clone does not reach back to where the branch left it; "
            "use `fetch-depth: 0` (GitHub Actions), `GIT_DEPTH: 0` (GitLab CI), or `git fetch --unshallow`"
        )
    return base


def _reachable(root: Path, commit: str, cure: str) -> str:
    found = _text(ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"))
    if not found:
        raise UsageError(f"--changed-from auto: {commit[:12]} is not in this clone; use `{cure}`")
    return found


def _text(output: bytes | str) -> str:
    """What git said, empty where it refused."""
    return output.decode("utf-8", "replace").strip() if isinstance(output, bytes) else ""
