"""Patterns of paths mean what git means by them; patterns of addresses are simpler."""

from __future__ import annotations

import itertools
import subprocess
from typing import TYPE_CHECKING

import pytest

from enrich.globs import matches_any, matches_path, matches_text

if TYPE_CHECKING:
    from pathlib import Path

MATCHES = [
    ("*.md", "a.md"),
    ("*.md", "deep/down/a.md"),
    ("_publications/**/*.{md,markdown}", "_publications/2024gpt.markdown"),
    ("_publications/**/*.{md,markdown}", "_publications/a/b/c.md"),
    ("_publications", "_publications/a.md"),
    ("/_publications/", "_publications/a.md"),
    ("drafts/", "notes/drafts/a.md"),
    ("content/publication*/**/*.md", "content/publications/x/index.md"),
    ("content/**", "content/a/b"),
    ("**/drafts/*.md", "drafts/a.md"),
    ("**/drafts/*.md", "x/y/drafts/a.md"),
    ("a?.md", "ab.md"),
    ("[a-c].md", "b.md"),
    ("[!a-c].md", "d.md"),
    ("[]].md", "].md"),
    ("a{,b}.md", "a.md"),
    ("a.{md", "a.{md"),
    ("line\nbreak.md", "line\nbreak.md"),
    ("[\\].md", "\\.md"),
]
DIFFERS = [
    ("*.md", "a.markdown"),
    ("_publications/*.md", "_publications/old/a.md"),
    ("_publications/*.md", "x/_publications/a.md"),
    ("drafts/", "drafts"),
    ("a?.md", "a/.md"),
    ("a[!b]c", "a/c"),
    ("*.MD", "a.md"),
    ("content/**", "content"),
]


@pytest.mark.parametrize(("pattern", "path"), MATCHES)
def test_a_pattern_means_a_path(pattern: str, path: str) -> None:
    assert matches_path(pattern, path)


@pytest.mark.parametrize(("pattern", "path"), DIFFERS)
def test_a_pattern_does_not_mean_another_path(pattern: str, path: str) -> None:
    assert not matches_path(pattern, path)


def test_one_of_several_patterns_is_enough() -> None:
    assert matches_any(("*.md", "*.txt"), "a.txt")
    assert not matches_any((), "a.txt")


@pytest.mark.parametrize(
    ("pattern", "text", "is_match"),
    [
        ("https://old.example/*", "https://old.example/a/b.pdf", True),
        ("*.example.org", "a.b.example.org", True),
        ("*.example.org", "example.org", False),
        ("https://a/?x=[1]", "https://a/?x=[1]", True),
        ("**", "", True),
    ],
)
def test_in_a_pattern_of_addresses_only_the_star_is_special(pattern: str, text: str, is_match: bool) -> None:
    assert matches_text(pattern, text) is is_match


def _patterns() -> list[str]:
    parts = ("a", "*", "a*", "?", "**", "[ab]")
    short = [*parts, *("/".join(pair) for pair in itertools.product(parts, repeat=2))]
    framed = [f"{before}{pattern}{after}" for pattern in short for before in ("", "/") for after in ("", "/")]
    return [*framed, *("/".join(three) for three in itertools.product(parts, repeat=3))]


def test_git_means_the_same(tmp_path: Path) -> None:
    paths = ["a", "aa", "ab/a", "ba/ab", "b/b/a", "aab/ab/b", "bb/a/a", "bb/a/b/a"]
    patterns = _patterns()
    for number, pattern in enumerate(patterns):
        folder = tmp_path / str(number)
        for path in paths:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).touch()
        (folder / ".gitignore").write_text(f"{pattern}\n")

    ignored = _ignored(tmp_path)

    expected = {
        f"{number}/{path}"
        for number, pattern in enumerate(patterns)
        for path in paths
        if matches_path(pattern, path)
    }
    assert {(patterns[int(path.split("/")[0])], path) for path in ignored ^ expected} == set()


def _ignored(root: Path) -> set[str]:
    subprocess.run(["git", "init", "-q", "."], cwd=root, check=True)
    listed = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "-z"]
    output = subprocess.run(listed, cwd=root, check=True, capture_output=True, text=True).stdout
    return {path for path in output.split("\0") if path and not path.endswith(".gitignore")}
