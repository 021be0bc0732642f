"""The conversation of `enrich review`: a question, a key, and what was answered is on the disk at once."""

from __future__ import annotations

import os
import shutil
import webbrowser
from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.applying import stands
from enrich.cli import editing
from enrich.cli.keyboard import ENDED
from enrich.files import Unread, read
from enrich.frontmatter import FrontMatter, parse
from enrich.ledger import (
    Verdict,
    add_decisions,
    drop_decisions,
    read_pending,
    write_pending,
)
from enrich.links import canonical_url
from enrich.reports.parts.page import put
from enrich.reports.question import (
    PROMPT,
    PROMPT_MANY,
    help_lines,
    help_lines_many,
    many_lines,
    question_lines,
)
from enrich.reviewing import address_of
from enrich.text import Lines, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TextIO, TypeAlias

    from enrich.cli.keyboard import Keyboard
    from enrich.ledger import Group
    from enrich.reports import Page
    from enrich.reviewing import Session, Step
    from enrich.setting import Setting

    Act: TypeAlias = Callable[[], bool]

_VERDICTS = {"y": Verdict.ACCEPTED, "n": Verdict.REJECTED, "s": None}
_VERDICTS_OF_REST = {"a": Verdict.ACCEPTED, "d": Verdict.REJECTED}
_VERDICTS_OF_MANY = {"a": Verdict.ACCEPTED, "n": Verdict.REJECTED, "s": None}


class Asking:
    """Asks until nothing is left or the person stops."""

    def __init__(
        self, session: Session, setting: Setting, page: Page, keyboard: Keyboard, out: TextIO
    ) -> None:
        self._session, self._setting, self._page = session, setting, page
        self._keyboard, self._out = keyboard, out

    def go(self) -> None:
        """Raises KeyboardInterrupt and Terminated; what was answered before is kept."""
        while (question := self._session.current) is not None:
            self._page = replace(self._page, width=shutil.get_terminal_size().columns)
            ask = self._ask_many if self._session.is_many() else self._ask
            if not ask(question):
                return

    # -- a rule as a whole

    def _ask_many(self, question: Group) -> bool:
        session = self._session
        rule, number = question.lead.change.rule, len(session.left_of_rule)
        put(self._out, *many_lines(rule, number, session.samples(), self._page))
        acts = {key: self._decides(verdict, whole_rule=True) for key, verdict in _VERDICTS_OF_MANY.items()}
        return self._answered(PROMPT_MANY, acts | {"l": self._look, "u": self._undo}, help_lines_many)

    # -- a change

    def _ask(self, question: Group) -> bool:
        """Whether to go on."""
        session = self._session
        line = self._line(question)
        if line is None:
            self._stale(question)
            return True
        number, total = session.position + 1, session.total
        put(
            self._out,
            *question_lines(question, number=number, total=total, line=line or None, page=self._page),
        )
        acts = {
            **{key: self._decides(verdict) for key, verdict in _VERDICTS.items()},
            **{key: self._decides(verdict, whole_rule=True) for key, verdict in _VERDICTS_OF_REST.items()},
            "o": lambda: self._open(question),
            "e": lambda: self._edit(question),
            "u": self._undo,
        }
        return self._answered(PROMPT, acts, help_lines)

    def _line(self, question: Group) -> int | None:
        """Where the field stands, 0 for one that is to be added; None where the change fits no longer."""
        change = question.lead.change
        document = read(self._setting.root, change.path)
        parsed = None if isinstance(document, Unread) else parse(document)
        if not isinstance(parsed, FrontMatter) or not stands(change, parsed):
            return None
        node = parsed.get(change.fix.path)
        return Lines(parsed.document.text).place(node.span.start)[0] if node else 0

    def _stale(self, question: Group) -> None:
        self._session.drop()
        change = question.lead.change
        path, field = printable(change.path), printable(change.fix.field)
        put(self._out, f"stale: {path}: {field} changed since this was proposed ({change.id}); not asked")

    # -- what a key does: whether the question is answered by it

    def _answered(
        self, prompt: str, acts: Mapping[str, Act], help_of: Callable[[Page], Iterable[str]]
    ) -> bool:
        """Whether to go on, after the first key that answers the question."""
        while (key := self._key(prompt)) not in ("q", ENDED):
            if key not in acts:
                put(self._out, *help_of(self._page))
            elif acts[key]():
                return True
        return False

    def _key(self, prompt: str) -> str:
        self._out.write(prompt)
        return self._keyboard.key()

    def _decides(self, verdict: Verdict | None, *, whole_rule: bool = False) -> Act:
        def act() -> bool:
            self._keep(self._session.answer(verdict, whole_rule=whole_rule))
            return True

        return act

    def _look(self) -> bool:
        self._session.look()
        return True

    def _open(self, question: Group) -> bool:
        address = address_of(question)
        # The canonical form is http(s), ASCII and without credentials, whatever stands in the file.
        url = canonical_url(address) if address else None
        if url is None:
            put(self._out, "There is no link to open.")
            return False
        with self._keyboard.lent():
            opened = webbrowser.open(url)
        put(self._out, url if opened else f"No browser can be started; the link is {url}")
        return False

    def _edit(self, question: Group) -> bool:
        try:
            with self._keyboard.lent():
                value = editing.typed_value(question.lead.change.fix.after, os.environ)
            editing.check(self._setting.root, question, value)
        except editing.Unedited as why:
            put(self._out, f"Not changed: {printable(str(why))}.")
            return False
        self._keep(self._session.edit(value))
        return True

    def _undo(self) -> bool:
        step = self._session.undo()
        if step is None:
            put(self._out, "There is no answer to undo.")
            return False
        self._take_out(step)
        return True

    # -- on the disk

    def _keep(self, step: Step) -> None:
        with self._setting.state.alone():
            if step.before and step.after:
                self._replace(step.before, step.after)
            add_decisions(self._setting.state, step.decisions)

    def _take_out(self, step: Step) -> None:
        unwanted = set(step.decisions)
        with self._setting.state.alone():
            drop_decisions(self._setting.state, lambda decision: decision in unwanted)
            if step.before and step.after:
                self._replace(step.after, step.before)

    def _replace(self, old: Group, new: Group) -> None:
        """In the queue, so that what was typed waits there to be applied."""
        gone = set(old.items)
        state = self._setting.state
        write_pending(state, (*(item for item in read_pending(state) if item not in gone), *new.items))
