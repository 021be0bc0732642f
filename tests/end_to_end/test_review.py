"""`enrich review` on a real terminal: every key, and a terminal that is as it was, whatever happens."""

from __future__ import annotations

import json
import re
import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest

from enrich.reports.parts.cells import width
from tests.end_to_end.queues import item, queue, titles

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

KIM = "_publications/kim2024float.markdown"
GONE, HERE = "https://github.com/acme/gone", "https://github.com/acme/here"
ENTRY = f"""---
title: Float
year: 2024
authors: Ann Kim
short_authors: Ann Kim
additional_links:
  - {{name: Code, url: "{GONE}"}}
---
Text.
"""
PROMPT = "Accept? [y,n,s,a,d,o,e,u,q,?] "


def decided(catalogue: Catalogue) -> dict[str, str]:
    """Verdicts by the last part of path and field."""
    file = catalogue.root / ".enrich" / "decisions.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    made = [json.loads(line) for line in lines]
    return {f"{each['path'].rpartition('/')[2]} {each['field']}": each["verdict"] for each in made}


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture
def kim(catalogue: Catalogue) -> Catalogue:
    """An entry with a dead link, authors that lost their accents, and what follows the authors."""
    catalogue.write(KIM, ENTRY)
    link = item(
        KIM,
        ("additional_links", 0, "url"),
        GONE,
        HERE,
        rule="LNK101",
        source="github",
        evidence=("this entry's text links acme/here, which exists",),
    )
    authors = item(KIM, ("authors",), "Ann Kim", "Änn Kim", rule="MET311")
    short = item(KIM, ("short_authors",), "Ann Kim", "Änn Kim", rule="MET311", source="derived")
    queue(catalogue, [link, authors, short])
    return catalogue


@pytest.fixture
def three(catalogue: Catalogue) -> Catalogue:
    queue(catalogue, titles(catalogue, 3))
    return catalogue


@pytest.fixture
def many(catalogue: Catalogue) -> Catalogue:
    """25 changes of one rule and one of another that comes after it."""
    items = titles(catalogue, 25)
    catalogue.write(KIM, ENTRY)
    queue(catalogue, [*items, item(KIM, ("year",), "2024", 2025, rule="MET307")])
    return catalogue


def test_a_question_reads_as_in_the_manual(kim: Catalogue) -> None:
    with kim.in_terminal("review", columns=120, environ={"NO_COLOR": "1"}) as terminal:
        asked = terminal.until(PROMPT)
        terminal.type("?")
        told = terminal.until(PROMPT)
        terminal.type("q")
        terminal.end()

    assert asked == (
        f"1/2  {KIM}:7  LNK101 broken-link  (unsafe, confidence 0.80)\n"
        "  additional_links[0].url\n"
        f"  - {GONE}\n"
        f"  + {HERE}\n"
        "  why  this entry's text links acme/here, which exists   (github)\n"
        f"{PROMPT}"
    )
    assert told == (
        "?\n"
        "y  accept          n  reject (asked never again)      s  skip, decide later\n"
        "a  accept all left from this rule            d  reject all left from this rule\n"
        "o  open the link in a browser     e  edit the new value      ?  this help\n"
        "u  undo the last answer           q  stop; answers so far are kept\n"
        f"{PROMPT}"
    )


def test_yes_no_and_skip_do_what_they_say(three: Catalogue) -> None:
    with three.in_terminal("review") as terminal:
        terminal.answer("yns")
        said = terminal.end()

    assert decided(three) == {"entry00.md title": "accepted", "entry01.md title": "rejected"}
    assert said.endswith(
        "1 accepted, 1 rejected, 1 skipped, 0 left. `enrich apply` writes the accepted ones."
        " `enrich review` goes on where you stopped.\n"
    )


def test_all_that_are_left_from_a_rule_are_answered_at_once(many: Catalogue) -> None:
    with many.in_terminal("review") as terminal:
        terminal.answer("lnya")
        terminal.answer("d")
        terminal.end()

    verdicts = decided(many)
    assert verdicts["entry00.md title"] == "rejected"
    assert {verdicts[f"entry{number:02}.md title"] for number in range(1, 25)} == {"accepted"}
    assert verdicts["kim2024float.markdown year"] == "rejected"


def test_the_last_answer_can_be_undone_and_the_one_before_it(three: Catalogue) -> None:
    with three.in_terminal("review") as terminal:
        terminal.answer("yyuunq")
        said = terminal.end()

    assert decided(three) == {"entry00.md title": "rejected"}
    assert "0 accepted, 1 rejected, 0 skipped, 2 left." in said


def test_with_nothing_to_undo_the_question_stays(three: Catalogue) -> None:
    with three.in_terminal("review") as terminal:
        terminal.answer("u")
        assert "There is no answer to undo.\n" in terminal.until(PROMPT)
        terminal.type("q")
        terminal.end()

    assert decided(three) == {}


def test_who_stops_goes_on_where_they_stopped(three: Catalogue) -> None:
    with three.in_terminal("review") as terminal:
        terminal.answer("yq")
        first = terminal.end()
    with three.in_terminal("review", environ={"NO_COLOR": "1"}) as terminal:
        second = terminal.until(PROMPT)
        terminal.type("n")
        terminal.answer("y")
        terminal.end()
    with three.in_terminal("review") as terminal:
        third = terminal.end()

    assert "1 accepted, 0 rejected, 0 skipped, 2 left." in first
    assert second.startswith("1/2  _publications/entry01.md:2")
    assert third == "Nothing to review. `enrich run --dry-run` looks for changes.\n"
    assert list(decided(three).values()) == ["accepted", "rejected", "accepted"]


@pytest.mark.parametrize("how", ["ctrl-c", "ctrl-d", "sigterm"])
def test_whoever_ends_it_in_the_middle_keeps_the_answers_and_gets_the_terminal_back(
    three: Catalogue, how: str
) -> None:
    with three.in_terminal("review") as terminal:
        before = terminal.settings()
        terminal.answer("y")
        terminal.until(PROMPT)
        within = terminal.settings()
        if how == "sigterm":
            terminal.process.send_signal(signal.SIGTERM)
        else:
            terminal.type("\x03" if how == "ctrl-c" else "\x04")
        said = terminal.end({"ctrl-c": 130, "ctrl-d": 0, "sigterm": 143}[how])
        after = terminal.settings()

    assert decided(three) == {"entry00.md title": "accepted"}
    assert "1 accepted, 0 rejected, 0 skipped, 2 left." in said
    assert before == after != within


def test_a_killed_review_keeps_what_was_answered(three: Catalogue) -> None:
    with three.in_terminal("review") as terminal:
        terminal.answer("yn")
        terminal.until(PROMPT)

    assert decided(three) == {"entry00.md title": "accepted", "entry01.md title": "rejected"}
    assert three.enrich("diff").count("+++") == 2


def test_an_arrow_key_is_no_answer(three: Catalogue) -> None:
    with three.in_terminal("review") as terminal:
        terminal.until(PROMPT)
        terminal.type("\x1b[A")
        told = terminal.until(PROMPT)
        terminal.type("ä")
        terminal.answer("q")
        terminal.end()

    assert "u  undo the last answer" in told
    assert decided(three) == {}


# -- many changes of a rule ------------------------------------------------------------------


def test_many_changes_of_a_rule_are_asked_about_as_a_whole_first(many: Catalogue) -> None:
    with many.in_terminal("review", environ={"NO_COLOR": "1"}) as terminal:
        asked = terminal.until("?] ")
        terminal.type("?")
        told = terminal.until("?] ")
        terminal.type("q")
        terminal.end()

    assert asked.startswith(
        "MET303 title-differs — 25 changes, 5 samples: [a]ll [n]one [l]ook\n"
        "  _publications/entry00.md  title\n  - Old 0\n  + New 0\n"
        "  _publications/entry05.md  title\n  - Old 5\n  + New 5\n"
    )
    assert "l  look at them one by one\n" in told


@pytest.mark.parametrize(("key", "verdicts"), [("a", {"accepted"}), ("n", {"rejected"}), ("s", set())])
def test_one_key_answers_all_of_them(many: Catalogue, key: str, verdicts: set[str]) -> None:
    with many.in_terminal("review") as terminal:
        terminal.answer(key)
        terminal.answer("q", PROMPT)
        terminal.end()

    assert set(decided(many).values()) == verdicts
    assert len(decided(many)) == (25 if verdicts else 0)


def test_an_answer_to_all_of_them_is_undone_as_one(many: Catalogue) -> None:
    with many.in_terminal("review") as terminal:
        terminal.answer("nu")
        again = plain(terminal.until("?] "))
        terminal.type("u")
        terminal.until("There is no answer to undo.")
        terminal.answer("q")
        terminal.end()

    assert "25 changes, 5 samples" in again
    assert decided(many) == {}


# -- what belongs together -------------------------------------------------------------------


def test_what_follows_a_change_is_shown_and_decided_with_it(kim: Catalogue) -> None:
    with kim.in_terminal("review", environ={"NO_COLOR": "1"}) as terminal:
        terminal.answer("s")
        asked = terminal.until(PROMPT)
        terminal.type("n")
        terminal.end()

    assert "  and with it\n  short_authors\n  - Ann Kim\n  + Änn Kim\n" in asked
    assert decided(kim) == {
        "kim2024float.markdown authors": "rejected",
        "kim2024float.markdown short_authors": "rejected",
    }
    assert kim.enrich("diff", "--stat") == f"{KIM}: 1 change\n"


# -- a value that a person types -------------------------------------------------------------


def editor(catalogue: Catalogue, code: str) -> dict[str, str]:
    """An editor that does *code* to the text `value`."""
    script = catalogue.root.parent / "editor.py"
    script.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        f"value = file.read_text(encoding='utf-8')\n{code}\nfile.write_text(value, encoding='utf-8')\n",
        encoding="utf-8",
    )
    return {"EDITOR": f"{sys.executable} {script}"}


def test_a_value_that_a_person_types_is_applied_and_theirs_for_good(kim: Catalogue) -> None:
    typed = editor(kim, "value = value.replace('here', 'there')")
    with kim.in_terminal("review", environ=typed) as terminal:
        terminal.answer("eq")
        terminal.end()

    out = kim.enrich("apply")
    kim.enrich("run", "--offline")

    assert out.startswith("Wrote 1 change in 1 file.\n")
    assert "https://github.com/acme/there" in (kim.root / KIM).read_text()
    (memory,) = map(json.loads, (kim.root / ".enrich" / "written.jsonl").read_text().splitlines())
    assert memory["fields"]["additional_links[0].url"]["owner"] == "human"


def test_what_a_person_typed_waits_through_a_run_and_the_proposal_does_not_come_back(
    examples_waiting: Catalogue,
) -> None:
    typed = editor(examples_waiting, "value = value.replace('2410.21276', '2410.21276v1')")
    with examples_waiting.in_terminal("review", environ=typed) as terminal:
        terminal.answer("eq")
        terminal.end()
    examples_waiting.enrich("run", "--dry-run", "--offline")

    wrote = examples_waiting.enrich("apply")

    assert wrote.startswith("Wrote 1 change in 1 file.\n")
    assert (
        "arxiv.org/abs/2410.21276v1" in (examples_waiting.root / "_publications/2024gpt.markdown").read_text()
    )


def test_a_typed_value_can_be_undone(kim: Catalogue) -> None:
    before = kim.enrich("diff")
    with kim.in_terminal("review", environ=editor(kim, "value = 'https://a.org/'")) as terminal:
        terminal.answer("euq")
        terminal.end()

    assert decided(kim) == {}
    assert kim.enrich("diff") == before


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "nothing was changed; `y` accepts it as it is"),
        ("value = ''", "nothing was left; `n` rejects the change"),
        (f"value = '{GONE}'", "that is what stands there; `n` leaves it so"),
        ("value = 'acme/here'", "it is no address"),
        ("value += 'more'", "the value is one line"),
        ("value = 'https://a.org/\\u202e'", "it holds characters that can't be seen"),
        ("sys.exit(3)", "ended with 3"),
    ],
)
def test_a_typed_value_that_will_not_do_is_refused_with_a_reason(kim: Catalogue, code: str, why: str) -> None:
    with kim.in_terminal("review", environ=editor(kim, code), columns=200) as terminal:
        terminal.answer("e")
        said = terminal.until(PROMPT)
        terminal.type("q")
        terminal.end()

    assert "Not changed: " in said
    assert why in said
    assert decided(kim) == {}


def test_without_an_editor_it_says_how_to_get_one(kim: Catalogue) -> None:
    with kim.in_terminal("review") as terminal:
        terminal.answer("e")
        assert "Not changed: no editor: set EDITOR to one.\n" in terminal.until(PROMPT)
        terminal.type("q")
        terminal.end()


def test_a_person_who_typed_a_value_sees_keys_again_afterwards(kim: Catalogue) -> None:
    with kim.in_terminal("review", environ=editor(kim, "")) as terminal:
        before = terminal.settings()
        terminal.answer("en")
        terminal.answer("y")
        terminal.end()
        after = terminal.settings()

    assert before == after
    assert decided(kim)["kim2024float.markdown additional_links[0].url"] == "rejected"


# -- a link to look at -----------------------------------------------------------------------


def test_the_link_is_opened_in_a_browser(kim: Catalogue) -> None:
    seen = kim.root.parent / "seen.txt"
    browser = kim.root.parent / "browser.py"
    browser.write_text(f"import sys\nopen({str(seen)!r}, 'w').write(sys.argv[1])\n")

    with kim.in_terminal("review", environ={"BROWSER": f"{sys.executable} {browser} %s"}) as terminal:
        terminal.answer("o")
        terminal.until(PROMPT)
        terminal.type("q")
        terminal.end()

    assert seen.read_text() == HERE


def test_what_is_no_web_address_is_not_opened(three: Catalogue) -> None:
    with three.in_terminal("review", environ={"BROWSER": "false"}) as terminal:
        terminal.answer("o")
        assert "There is no link to open.\n" in terminal.until(PROMPT)
        terminal.type("q")
        terminal.end()


# -- terminals -------------------------------------------------------------------------------


def test_forty_columns_are_enough(kim: Catalogue) -> None:
    with kim.in_terminal("review", columns=40) as terminal:
        terminal.answer("?sq")
        terminal.end()

    lines = plain(terminal.shown).split("\n")
    asked = lines[: lines.index(f"{PROMPT}q")]
    assert max(width(line) for line in asked) <= 40
    assert GONE in "".join(line.removeprefix("    ").removeprefix("  - ") for line in asked)


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_where_colour_is_not_wanted_nothing_but_text_comes(kim: Catalogue, environ: dict[str, str]) -> None:
    term = environ.get("TERM", "xterm")
    with kim.in_terminal("review", term=term, environ=environ) as terminal:
        for key in "?sq":
            terminal.until(PROMPT)
            terminal.type(f"{key}\n")
        terminal.end()

    assert "\x1b" not in terminal.shown


def test_a_dumb_terminal_is_asked_line_by_line(three: Catalogue) -> None:
    with three.in_terminal("review", term="dumb") as terminal:
        before = terminal.settings()
        for line in ("yes\n", "\n", "n\n"):
            terminal.until(PROMPT)
            terminal.type(line)
        terminal.until(PROMPT)
        within = terminal.settings()
        terminal.interrupt()
        said = terminal.end(130)

    assert before == within
    assert decided(three) == {"entry00.md title": "accepted", "entry01.md title": "rejected"}
    assert "1 accepted, 1 rejected, 0 skipped, 1 left." in said


def test_text_from_a_file_steers_nothing(catalogue: Catalogue) -> None:
    path = "_publications/a\x1b]0;x\x07b.md"
    old = "Old \x1b[2J ::error:: \u202e"
    catalogue.write(path, f"---\ntitle: {json.dumps(old)}\n---\n")
    queue(catalogue, [item(path, ("title",), old, "New ##[error]x", evidence=("\x1b[31mred\n::x",))])

    with catalogue.in_terminal("review", environ={"NO_COLOR": "1"}) as terminal:
        terminal.answer("o")
        terminal.answer("q")
        terminal.end()

    shown = terminal.shown.replace("\n", "")
    assert shown.isprintable()
    assert "##[" not in shown
    assert "Old \\x1b[2J" in shown


def test_without_a_terminal_nobody_is_asked(three: Catalogue) -> None:
    _, err = three.outcome("review", code=2)

    assert err.startswith("error: `enrich review` asks questions and needs a terminal; use ")
    assert decided(three) == {}


def test_a_change_that_no_longer_fits_is_not_asked(three: Catalogue) -> None:
    three.write("_publications/entry00.md", "---\ntitle: Mine\n---\n")
    (three.root / "_publications/entry01.md").unlink()

    with three.in_terminal("review", environ={"NO_COLOR": "1"}) as terminal:
        asked = terminal.until(PROMPT)
        terminal.type("y")
        terminal.end()

    assert asked.count("stale: ") == 2
    assert "1/1  _publications/entry02.md" in asked


def test_only_what_is_below_a_path_is_asked(three: Catalogue) -> None:
    with three.in_terminal("review", "_publications/entry01.md") as terminal:
        terminal.answer("y")
        terminal.end()

    assert decided(three) == {"entry01.md title": "accepted"}


def test_a_long_list_of_authors_shows_what_differs(catalogue: Catalogue) -> None:
    names = [f"Author Number{each}" for each in range(400)]
    old: Any = ", ".join(names)
    new = old.replace("Number200", "Nümber200")
    catalogue.write(KIM, f"---\nauthors: {old}\n---\n")
    queue(catalogue, [item(KIM, ("authors",), old, new, rule="MET304")])

    with catalogue.in_terminal("review", environ={"NO_COLOR": "1"}, columns=120) as terminal:
        asked = terminal.until(PROMPT)
        terminal.type("q")
        terminal.end()

    assert "\n  - … Author Number199, Author Number200, Author Number201, Author …\n" in asked
    assert len(asked) < 600
