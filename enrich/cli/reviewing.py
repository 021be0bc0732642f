"""`enrich review`: what a person thinks of the changes that wait, asked on a terminal or read from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.cli.asking import Asking
from enrich.cli.catalogue import below
from enrich.cli.keyboard import Keyboard, Terminated
from enrich.cli.setting import setting_of
from enrich.cli.terminal import page_of
from enrich.errors import UsageError
from enrich.ledger import (
    Decision,
    Verdict,
    add_decisions,
    decide,
    finish_interrupted,
    groups,
    named,
    read_accepted,
    read_pending,
    read_rejected,
    tidy,
    undecided,
)
from enrich.naming import acceptance_key
from enrich.patterns import pattern
from enrich.reports.parts import hints
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.reports.question import summary_lines
from enrich.reviewing import Session, questions
from enrich.text import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from enrich.ledger import Pending
    from enrich.setting import Setting

INTERRUPTED, TERMINATED = 130, 143
BY_NAME = "rejected by its name"
_WHOLE_NAME = pattern(r"[0-9a-fA-F]{8,64}")


def review(args: argparse.Namespace, stdin: TextIO, out: TextIO, err: TextIO) -> int:
    """
    The exit code; what was answered is kept, however it ends.

    Raises UsageError where there is no terminal to ask on, StateError where the
    ledger can't be read or written.
    """
    setting = setting_of(args, args.paths)
    finish_interrupted(setting.state)
    if args.reject:
        return _reject(setting, args, out)
    if args.import_file is not None:
        from enrich.cli.importing import import_decisions

        return import_decisions(args.import_file, setting, page_of(args, setting, out), stdin, out, err)
    if args.html is not None:
        from enrich.cli.review_page import write_review_page

        return write_review_page(args.html, setting, args.paths, to_ask(setting, args.paths), out)
    if not (stdin.isatty() and out.isatty()):
        raise UsageError(hints.NO_TERMINAL)
    return _ask(setting, args, stdin, out)


def _ask(setting: Setting, args: argparse.Namespace, stdin: TextIO, out: TextIO) -> int:
    session = Session(questions(to_ask(setting, args.paths)))
    page = page_of(args, setting, out)
    if session.current is None:
        put(out, f"Nothing to review. {hints.LOOK_FOR_CHANGES} looks for changes.")
        return 0
    keyboard = Keyboard(stdin, out)
    code = 0
    try:
        with keyboard.opened():
            Asking(session, setting, page, keyboard, out).go()
    except KeyboardInterrupt:
        put(out, "")
        code = INTERRUPTED
    except Terminated:
        put(out, "")
        code = TERMINATED
    with setting.state.alone():
        tidy(setting.state)
    counts = session.counts()
    put(
        out,
        *summary_lines(
            accepted=counts[Verdict.ACCEPTED],
            rejected=counts[Verdict.REJECTED],
            skipped=counts[None],
            left=session.total - session.position,
            root=page.root,
        ),
    )
    return code


def to_ask(setting: Setting, paths: Sequence[str]) -> Iterable[Pending]:
    """What waits below *paths*, neither accepted nor rejected."""
    accepted = read_accepted(setting.state)
    is_below = below(setting.root, paths)
    for item in undecided(read_pending(setting.state), read_rejected(setting.state)):
        if acceptance_key(item.change) not in accepted and is_below(item.change.path):
            yield item


def _reject(setting: Setting, args: argparse.Namespace, out: TextIO) -> int:
    """
    What goes with a change that is named is rejected with it.

    A whole name of a change that doesn't wait here, as one from a pull request, is
    taken at its word. Raises UsageError for what can be no name, or that of several.
    """
    queue = undecided(read_pending(setting.state), read_rejected(setting.state))
    found = {name: _one(queue, name) for name in args.reject}
    chosen = [group for group in groups(queue) if set(found.values()) & set(group.items)]
    elsewhere = [name.lower() for name, item in found.items() if item is None]
    decide(setting.state, chosen, Verdict.REJECTED)
    with setting.state.alone():
        add_decisions(setting.state, (Decision(name, Verdict.REJECTED, why=BY_NAME) for name in elsewhere))
    number = sum(len(group.items) for group in chosen) + len(elsewhere)
    they = "it" if number == 1 else "they"
    put(out, f"Rejected {counted(number, 'change')}; {they} will not be proposed again.")
    put(out, *(f"{name} is not in the queue here; it is remembered by its name." for name in elsewhere))
    return 0


def _one(queue: Iterable[Pending], name: str) -> Pending | None:
    found = named(queue, name)
    if not found and _WHOLE_NAME.fullmatch(name):
        return None
    if not found:
        raise UsageError(f"no pending change `{printable(name)}`; {hints.SEE_PENDING} lists them")
    if len({item.change.id for item in found}) > 1:
        several = ", ".join(f"`{item.change.id}` in {printable(item.change.path)}" for item in found)
        raise UsageError(f"`{printable(name)}` begins the names of several changes: {several}")
    return found[0]
