"""Hints name commands that exist, as a shell takes them."""

from __future__ import annotations

import re
import shlex

from enrich.reports.parts import hints
from enrich.reports.parts.words import counted, plural, ranked

COMMANDS = {
    "apply", "baseline", "cache", "check", "diff", "explain", "resolve", "review", "rules", "run", "undo",
}  # fmt: skip


def all_hints() -> list[str]:
    constants = [value for name, value in vars(hints).items() if name.isupper() and isinstance(value, str)]
    return [
        *constants,
        hints.list_findings(None, "site"),
        hints.list_findings("info", "."),
        hints.see_written(["a b.md"], ".", in_git=True),
        hints.see_written(["a.md", "b.md"], ".", in_git=True),
        hints.see_written(["a.md"], ".", in_git=False),
        hints.with_author("Deep Learning", "LeCun"),
        hints.silence("LNK101"),
        hints.decide("examples"),
        hints.review("examples"),
        hints.run_again("a b.md"),
        hints.reject("f2e756fe"),
    ]


def test_only_commands_that_exist_are_named() -> None:
    named = {name for hint in all_hints() for name in re.findall(r"enrich ([a-z]+)", hint)}

    assert named <= COMMANDS
    assert len(named) > 4


def test_commands_survive_a_shell() -> None:
    for title in ("Deep Learning", 'a "quoted" one', "$(rm -rf x)", "it's", "a\nb\x1b"):
        command = hints.with_author(title, "O'Neil").strip("`")
        _, _, argument, _, author = shlex.split(command)
        assert argument.replace("\\x1b", "\x1b") in {title, title.replace("\n", " ")}
        assert author == "O'Neil"
    assert hints.see_written(["a b.md"], ".", in_git=True).startswith("See them: `git diff -- 'a b.md'`")


def test_numbers_agree_with_their_nouns() -> None:
    assert [counted(1, "entry"), counted(4722, "entry"), counted(0, "day")] == [
        "1 entry",
        "4,722 entries",
        "0 days",
    ]
    assert plural("link") == "links"
    assert ranked([("b", 1), ("a", 1), ("c", 1200)]) == "1,200 c, 1 a, 1 b"
    assert ranked([(name, 2) for name in "abcdefgh"], most=2) == "2 a, 2 b, 12 others"


def test_a_file_is_named_from_where_the_program_was_called() -> None:
    assert "git diff -- examples/a.md`" in hints.see_written(["a.md"], "examples", in_git=True)
