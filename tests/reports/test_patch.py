"""`enrich diff`: git takes the patch as it is, and its reasons are harmless."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enrich.reports.patch import (
    FilePatch,
    Reasoned,
    show_patch,
    show_words,
    write_closing,
    write_patch,
    write_stat,
)
from tests.reports.samples import HERE, PAGE, RABIN, REPAIR

if TYPE_CHECKING:
    from pathlib import Path

KIM = "_publications/kim2024float.markdown"
BEFORE = """---
title: Float
year: 2024
authors: A. Kim
conference: X
additional_links:
  - {name: Paper, url: "https://arxiv.org/abs/hf2410.21999"}
  - {name: Code, url: "https://github.com/acme/gone"}
---
Text.
"""
WHY = "this entry's text links acme/here, which exists"


def patch(path: str = KIM, before: str = BEFORE, after: str | None = None) -> FilePatch:
    made = before.replace("acme/gone", "acme/here") if after is None else after
    return FilePatch(path, before, made, (Reasoned(replace(HERE, path=path), WHY),))


def written(*patches: FilePatch, reasons: bool = True) -> bytes:
    out = io.BytesIO()
    write_patch(patches, PAGE, out, reasons=reasons)
    return out.getvalue()


def applied(folder: Path, *patches: FilePatch) -> list[bytes]:
    """The files after git applied the patch to the texts before."""
    paths = [folder / each.path for each in patches]
    for path, each in zip(paths, patches, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.before.encode("utf-8", "surrogateescape"))
    for step in (["--check"], []):
        subprocess.run(
            ["git", "-c", "core.autocrlf=false", "apply", *step, "-"],
            cwd=folder,
            input=written(*patches),
            check=True,
            capture_output=True,
            env={"GIT_CEILING_DIRECTORIES": str(folder.parent), "PATH": "/usr/bin:/bin:/usr/local/bin"},
        )
    return [path.read_bytes() for path in paths]


def test_the_manuals_patch_comes_out_to_the_letter() -> None:
    err = io.StringIO()

    write_closing([patch()], PAGE, err, without_patch=2)

    assert written(patch()).decode() == (
        "# 1f39b166 LNK101 broken-link (unsafe) additional_links[1].url"
        " — github: this entry's text links acme/here, which exists\n"
        "--- a/_publications/kim2024float.markdown\n"
        "+++ b/_publications/kim2024float.markdown\n"
        "@@ -7,3 +7,3 @@\n"
        '   - {name: Paper, url: "https://arxiv.org/abs/hf2410.21999"}\n'
        '-  - {name: Code, url: "https://github.com/acme/gone"}\n'
        '+  - {name: Code, url: "https://github.com/acme/here"}\n'
        " ---\n"
    )
    assert err.getvalue() == (
        "1 pending change in 1 file. Nothing is written; `enrich review` decides, `enrich apply` writes.\n"
        "2 findings have no patch: `enrich check`.\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, BEFORE.replace("gone", "here").replace("title: Float", "title: FLOAT")),
        (BEFORE.replace("\n", "\r\n"), BEFORE.replace("\n", "\r\n").replace("gone", "here")),
        ("---\na: 1\n---", "---\na: 2\n---"),
        ("---\na: 1\n---", "---\na: 1\n---\n"),
        ("---\na: 1\n", "---\na: 1\nb: 2\n"),
        ("a: 1\n", "b: 0\na: 1\n"),
        ("\ufeff---\na: \udce9\n---\n", "\ufeff---\na: é\n---\n"),
        ("-- a\n--- b/x\n+++ b\n# c\n", "-- a\n--- b/y\n+++ b\n# c\n"),
        ("t: a\u2028b\n::error::x\n", "t: a\u2028c\n::error::x\n"),
        ("a: 1\rb\n", "a: 2\rb\n"),
    ],
)
def test_git_applies_it_to_the_byte(tmp_path: Path, before: str, after: str) -> None:
    assert applied(tmp_path, patch(before=before, after=after)) == [after.encode("utf-8", "surrogateescape")]


@pytest.mark.parametrize(
    "path",
    [
        "a b/c d.md",
        "a\tb.md",
        'say "hi".md',
        "back\\slash.md",
        "ünïcode/标题.md",
        "a 2024-01-01 00:00:00.md",
        "new\nline.md",
    ],
)
def test_git_finds_a_file_of_any_name(tmp_path: Path, path: str) -> None:
    assert applied(tmp_path, patch(path)) == [patch(path).after.encode()]


def test_several_files_and_several_changes_make_one_patch(tmp_path: Path) -> None:
    second = FilePatch(RABIN, "a: 1\nb: 1\n", "a: 2\nb: 2\n", (Reasoned(REPAIR, "x"), Reasoned(HERE, "y")))

    assert applied(tmp_path, second, patch()) == [b"a: 2\nb: 2\n", patch().after.encode()]
    lines = written(second, patch()).decode().splitlines()
    assert [line.split()[1] for line in lines if line.startswith("# ")] == [
        "1f39b166",
        "f2e756fe",
        "1f39b166",
    ]
    assert lines.index(f"--- a/{KIM}") < lines.index(f"--- a/{RABIN}")


def test_reasons_can_be_left_out_and_cannot_break_the_patch(tmp_path: Path) -> None:
    hostile = "no\n--- a/etc/passwd\n\x1b[31m ::error::x ##[error]"
    each = replace(patch(), changes=(Reasoned(HERE, hostile),))

    assert b"#" not in written(each, reasons=False)
    assert applied(tmp_path, each) == [each.after.encode()]
    first = written(each).decode().split("\n")[0]
    assert first.startswith("# ")
    assert first.isprintable()
    assert "##[" not in first


def test_a_patch_on_a_screen_steers_nothing() -> None:
    before = "::error::a\n##[error]b\n\x1b[31mc\r\n\u202ed\nx: 1\n"
    out, coloured = io.StringIO(), io.StringIO()
    each = patch(before=before, after=before.replace("x: 1", "x: ::2"))

    show_patch([each], PAGE, out)
    show_patch([each], replace(PAGE, colour=True), coloured)

    assert all(
        line.isprintable() and not line.lstrip().startswith("::") for line in out.getvalue().split("\n")
    )
    assert "##[" not in out.getvalue()
    assert "\n+x: ::2\n" in out.getvalue()
    assert "\x1b[32m+x: ::2\x1b[0m\n" in coloured.getvalue()


def test_a_file_that_a_change_leaves_alone_has_no_patch() -> None:
    assert written(patch(after=BEFORE), reasons=False) == b""


def test_nothing_pending_is_said() -> None:
    err = io.StringIO()

    write_closing([], PAGE, err, without_patch=1)

    assert err.getvalue() == (
        "No pending changes. `enrich run --dry-run` looks for some.\n"
        "1 finding has no patch: `enrich check`.\n"
    )


def test_commands_name_the_catalogue_that_is_not_here() -> None:
    err = io.StringIO()

    write_closing([], replace(PAGE, root="site"), err, without_patch=2)

    assert err.getvalue() == (
        "No pending changes. `enrich run --dry-run site` looks for some.\n"
        "2 findings have no patch: `enrich check site`.\n"
    )


def test_the_numbers_alone_can_be_had() -> None:
    out = io.StringIO()

    write_stat([patch("b\x1b.md"), patch("a.md")], out)

    assert out.getvalue() == "a.md: 1 change\nb\\x1b.md: 1 change\n"


def words(before: str, after: str, *, colour: bool = False) -> str:
    out = io.StringIO()
    show_words([patch(before=before, after=after)], replace(PAGE, colour=colour), out, reasons=False)
    return out.getvalue()


def test_words_show_what_changes_inside_a_line() -> None:
    out = io.StringIO()

    show_words([patch()], PAGE, out)

    assert out.getvalue() == (
        "# 1f39b166 LNK101 broken-link (unsafe) additional_links[1].url"
        " — github: this entry's text links acme/here, which exists\n"
        f"{KIM}\n"
        "@@ -8 +8 @@\n"
        '  - {name: Code, url: "https://github.com/acme/[-gone-]{+here+}"}\n'
    )


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\nb\n", "a\nx\ny\nb\n", ["@@ -1,0 +2,2 @@", "{+x+}", "{+y+}"]),
        ("a\nb\nc\n", "a\nc\n", ["@@ -2 +1,0 @@", "[-b-]"]),
        ("a b\r\nc\r\n", "a x\r\nc\r\n", ["@@ -1 +1 @@", "a [-b-]{+x+}"]),
        ("a\nb c\n", "a\nb\n  c\n", None),
    ],
)
def test_marks_stay_inside_their_lines(before: str, after: str, lines: list[str] | None) -> None:
    shown = words(before, after).splitlines()[1:]

    assert lines is None or shown == lines
    assert all(
        line.count("{+") == line.count("+}") and line.count("[-") == line.count("-]") for line in shown
    )


def test_words_on_a_screen_steer_nothing() -> None:
    shown = words("a: \x1b[31m ::error::x\n", "a: ##[error]y\n")

    assert shown.replace("\n", "").isprintable()
    assert "##[" not in shown
    assert "\x1b[32m{+" in words("a\n", "b\n", colour=True)
