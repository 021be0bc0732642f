"""`enrich init`: what enrich takes the catalogue for, shown, and written down if a person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import config as configuration
from enrich.cli.catalogue import open_catalogue
from enrich.cli.doctoring import reason
from enrich.cli.previewing import previews
from enrich.cli.setting import setting_of
from enrich.errors import NothingHere, UsageError
from enrich.files import clear_leftovers, replace_file
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from enrich.catalogues.shape import Shape
    from enrich.cli.catalogue import Catalogue
    from enrich.cli.previewing import Preview

NAME = "enrich.toml"


def initialise(args: argparse.Namespace, stdin: TextIO, out: TextIO) -> int:
    """
    Writes `enrich.toml` and nothing else; asks nobody but the person.

    Raises UsageError where there is a configuration, and where no question can be asked;
    NothingHere where nothing is an entry.
    """
    setting = setting_of(args)
    if setting.config_name is not None:
        raise UsageError(f"{setting.config_name} is there already; `enrich config show` shows what holds")
    if not args.yes and not stdin.isatty():
        raise UsageError("`enrich init` asks questions and needs a terminal; or use --yes")
    catalogue = open_catalogue(setting, ())
    shown = previews(setting, catalogue)
    if not shown:
        raise NothingHere(f"{_nothing(len(catalogue.paths))}, and that is what enrich edits")
    put(out, *_introduction(catalogue, shown))
    contact = args.contact or ("" if args.yes else _asked_contact(stdin, out))
    text = file_text(catalogue.shape.name, contact)
    configuration.parse(text, NAME)
    put(out, "", *text.splitlines(), "")
    if not args.yes and _answer(f"Write this as {NAME}? [y/N] ", stdin, out).lower() not in ("y", "yes"):
        put(out, "Nothing was written.")
        return 0
    clear_leftovers(setting.root, [setting.root])
    try:
        replace_file(setting.root / NAME, text.encode())
    except OSError as error:
        raise UsageError(f"{NAME} can't be written: {error.strerror or error}") from error
    put(out, f"Wrote {NAME}. `enrich run --dry-run` shows what a run would write.")
    return 0


def _nothing(files: int) -> str:
    where = f"in {counted(files, 'file')}" if files else "here: there is no Markdown file"
    return f"no front matter that can be read {where}"


def _introduction(catalogue: Catalogue, shown: Sequence[Preview]) -> Iterator[str]:
    """What the catalogue is taken for, and how some entries are read and would be written."""
    yield f"{counted(len(catalogue.paths), 'entry')}, profile {catalogue.shape.name}:"
    if catalogue.detected:
        yield f"{reason(catalogue.detected)}."
    yield ""
    yield from mapping(catalogue.shape)
    yield ""
    yield "How some of them are read:"
    for one in shown:
        yield from ("", f"  {printable(one.path)}", *one.fields)
    diffs = [one.diff for one in shown if one.diff]
    if diffs:
        yield ""
        yield "What is added and restored there; 2000-01-01 and xx.XX stand for what isn't"
        yield "known yet:"
    for diff in diffs:
        yield from ("", *map(printable, diff.splitlines()))


def mapping(shape: Shape) -> Iterator[str]:
    """Where each field is read, and where what is added goes."""
    listed = [f"{one.key}[].{one.url}" for one in shape.links]
    links = [*listed, *shape.addresses, *(["every address"] if shape.any_address else [])]
    after = f"after {' or '.join(shape.after)}, else at the end" if shape.after else "at the end"
    for name, places in (
        ("title", shape.title),
        ("authors", shape.authors),
        ("year", shape.year),
        ("venue", shape.venue),
        ("links", links),
        ("arxiv", (*shape.arxiv, *shape.mentions, "links")),
        ("doi", shape.doi),
    ):
        yield f"  {name:<9}{', '.join(places) or '–'}"
    yield f"  {'added':<9}{after}"


def file_text(profile: str, contact: str) -> str:
    """What `enrich.toml` says."""
    lines = ["[catalogue]", f"profile = {configuration.toml(profile)}"]
    if contact:
        lines += ["", "[network]", f"contact = {configuration.toml(contact)}"]
    return "\n".join(lines) + "\n"


def _asked_contact(stdin: TextIO, out: TextIO) -> str:
    put(out, "Hosts that are asked are told whom they can write to, if you like.")
    question = "An e-mail address (or nothing): "
    while (answer := _answer(question, stdin, out)) and not _is_address(answer):
        put(out, "That is no e-mail address.")
    return answer


def _is_address(text: str) -> bool:
    name, at, host = text.partition("@")
    return bool(name and at and "." in host) and not any(char.isspace() for char in text)


def _answer(question: str, stdin: TextIO, out: TextIO) -> str:
    out.write(question)
    out.flush()
    return stdin.readline().strip()
