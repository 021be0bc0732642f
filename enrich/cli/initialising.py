"""`enrich init`: what enrich takes the catalogue for, shown, and written down if a person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich import config as configuration
from enrich.cli.catalogue import open_catalogue
from enrich.cli.doctoring import reason
from enrich.cli.previewing import previews
from enrich.cli.setting import setting_of
from enrich.errors import UsageError
from enrich.files import replace_file
from enrich.reports.parts.page import put
from enrich.reports.parts.words import counted
from enrich.text import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import TextIO

    from enrich.catalogues.shape import Shape

NAME = "enrich.toml"


def initialise(args: argparse.Namespace, stdin: TextIO, out: TextIO) -> int:
    """
    Writes `enrich.toml` and nothing else; asks nobody but the person.

    Raises UsageError where there is a configuration, and where no question can be asked.
    """
    setting = setting_of(args)
    if setting.config_name is not None:
        raise UsageError(f"{setting.config_name} is there already; `enrich config show` shows what holds")
    if not args.yes and not stdin.isatty():
        raise UsageError("`enrich init` asks questions and needs a terminal; or use --yes")
    catalogue = open_catalogue(setting, ())
    detected = catalogue.detected
    why = f" ({reason(detected)})" if detected else ""
    put(out, f"{counted(len(catalogue.paths), 'entry')}, profile {catalogue.shape.name}{why}", "")
    for line in mapping(catalogue.shape):
        put(out, line)
    shown = list(previews(setting, catalogue))
    if shown:
        put(
            out,
            "",
            "What is added and restored, in some entries; what isn't known yet is 2000-01-01 and xx.XX:",
        )
    for diff in shown:
        put(out, "", *map(printable, diff.splitlines()))
    contact = args.contact or ("" if args.yes else _asked_contact(stdin, out))
    text = file_text(catalogue.shape.name, contact)
    configuration.parse(text, NAME)
    put(out, "", *text.splitlines(), "")
    if not args.yes and _answer(f"Write this as {NAME}? [y/N] ", stdin, out).lower() not in ("y", "yes"):
        put(out, "Nothing was written.")
        return 0
    try:
        replace_file(setting.root / NAME, text.encode())
    except OSError as error:
        raise UsageError(f"{NAME} can't be written: {error.strerror or error}") from error
    put(out, f"Wrote {NAME}. `enrich run --dry-run` shows what a run would write.")
    return 0


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
    question = "An e-mail address for the hosts that are asked, so that they can write to you (or nothing): "
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
