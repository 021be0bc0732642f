"""What goes on waiting where a plan isn't certain."""

from __future__ import annotations

from enrich.models import Applicability, Change, Fix, Path, Plan, Value, format_path
from enrich.naming import change_id
from enrich.writing.waiting import still_waiting
from tests.ledger.values import document

ENTRY = document("a.md", "---\ntitle: Old\nlinks:\n  - {name: Paper, url: here}\n---\n")


def proposal(path: Path, before: Value, after: Value, *, together: int = 0) -> Change:
    fix = Fix("change it", path, before, after, Applicability.UNSAFE, "arxiv", 0.8, together=together)
    return Change(change_id("a.md", format_path(path), before, after), "a.md", "MET303", fix)


TITLE = proposal(("title",), "Old", "New")
URL = proposal(("links", 0, "url"), "here", "there")


def left(*waiting: Change, proposed: tuple[Change, ...] = (), text: str = ENTRY.text) -> tuple[Change, ...]:
    plan = Plan(ENTRY, (), changes=proposed, written=(), text=text, is_certain=False)
    return still_waiting(waiting, plan, document("a.md", text))


def test_what_is_not_proposed_again_stays() -> None:
    assert left(TITLE, URL) == (TITLE, URL)


def test_a_field_has_one_change() -> None:
    assert left(TITLE, URL, proposed=(proposal(("title",), "Old", "Newer"),)) == (URL,)


def test_what_lies_inside_another_change_goes_too() -> None:
    assert left(TITLE, URL, proposed=(proposal(("links", 0), "x", None),)) == (TITLE,)


def test_what_does_not_stand_goes() -> None:
    assert left(TITLE, URL, text=ENTRY.text.replace("Old", "Mine")) == (URL,)


def test_what_is_made_together_goes_together() -> None:
    several = (
        proposal(("title",), "Old", "New", together=2),
        proposal(("links", 0, "url"), "here", "there", together=2),
    )
    assert left(*several) == several
    assert left(*several, text=ENTRY.text.replace("Old", "Mine")) == ()


def test_nothing_waits_for_what_can_not_be_read() -> None:
    assert left(TITLE, text="---\ntitle: [Old\n---\n") == ()
