"""`enrich explain` and `enrich rules`: what a rule means, and why a change is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import frontmatter, rules
from enrich.cli.setting import setting_of
from enrich.cli.terminal import page_of
from enrich.errors import UsageError
from enrich.files import Unread, read
from enrich.ledger import last_run, named, read_pending
from enrich.reports.explanation import write_change, write_rule, write_rules
from enrich.reports.parts.page import put
from enrich.text import Lines, printable

if TYPE_CHECKING:
    import argparse
    from typing import TextIO

    from enrich.ledger import Pending
    from enrich.models import Change
    from enrich.setting import Setting


def list_rules(args: argparse.Namespace, out: TextIO) -> int:
    write_rules(rules.RULES, page_of(args, setting_of(args), out), out)
    return 0


def explain(args: argparse.Namespace, out: TextIO) -> int:
    """A rule's page, or everything about a change that is pending or was written by the last run."""
    setting = setting_of(args)
    page = page_of(args, setting, out)
    rule = next((rule for rule in rules.RULES if args.what in (rule.code, rule.name)), None)
    if rule:
        write_rule(rule, page, out)
        return 0
    found = _changes(setting, args.what)
    if not found:
        raise UsageError(f"no rule or change `{printable(args.what)}`; `enrich rules` lists the rules")
    for number, item in enumerate(found):
        put(out, *[""] * bool(number))
        write_change(item.change, page, out, line=_line(setting, item.change), evidence=item.evidence)
    return 0


def _changes(setting: Setting, name: str) -> tuple[Pending, ...]:
    """All that *name* may mean: it may be short, and so the beginning of several."""
    return named((*read_pending(setting.state), *last_run(setting.state)), name)


def _line(setting: Setting, change: Change) -> int | None:
    document = read(setting.root, change.path)
    parsed = None if isinstance(document, Unread) else frontmatter.parse(document)
    if not isinstance(parsed, frontmatter.FrontMatter):
        return None
    node = parsed.get(change.fix.path)
    return Lines(parsed.document.text).place(node.span.start)[0] if node else None
