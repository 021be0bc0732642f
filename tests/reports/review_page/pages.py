"""Made-up catalogues as review pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from enrich import rules
from enrich.applying import apply_changes
from enrich.frontmatter import NO_HABITS
from enrich.ledger import Pending
from enrich.models import Applicability, Change, Document, Fix, parse_path
from enrich.naming import change_id
from enrich.reports import Page
from enrich.reports.patch import FilePatch, Reasoned, write_patch
from enrich.reports.review_page import Picture, Review, Reviewed, Source, page_text
from tests.documents import document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from enrich.models import Value

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def change(
    path: str,
    field: str,
    before: Value,
    after: Value,
    *,
    rule: str = "MET310",
    safety: Applicability = SAFE,
    source: str = "arxiv",
) -> Change:
    fix = Fix("take it", parse_path(field), before, after, safety, source, 0.97)
    return Change(change_id(path, field, before, after), path, rule, fix)


def proposal(made: Change, *evidence: str) -> Pending:
    return Pending(made, f"`{made.fix.field}` could be better", evidence or ("title matches (score 1.00)",))


def entry_number(number: int) -> tuple[Document, tuple[Change, ...]]:
    """One of a made-up catalogue: a link, a title, folded authors and new keys."""
    path = f"_publications/entry{number:05}.md"
    link = f"https://arxiv.org/abs/hf2410.{number:05}"
    text = (
        f"---\nlayout: publication\ntitle: Gpt-{number} System Card 𝔊\n"
        'authors: "Openai, Aaron Hurst,\\\n  \\ Alex Baker-whitcomb, M\\u0105dry"\n'
        f"year: {2015 + number % 10}\n"
        f"additional_links: [{{name: Paper, url: '{link}'}}]\ntags: [one, two, three]\n---\nText 𝔊.\n"
        "More.\nMore.\nMore.\nMore.\n"
    )
    made = (
        change(path, "additional_links[0].url", link, link.replace("hf", ""), rule="IDN201"),
        change(path, "arxiv_id", None, f"2410.{number:05}", rule="MET301"),
        change(path, "authors", "Openai, Aaron Hurst, Alex Baker-whitcomb, Mądry",
               "OpenAI, Aaron Hurst, Alex Baker-Whitcomb, Mądry", rule="MET311"),
        change(path, "title", f"Gpt-{number} System Card 𝔊", f"GPT-{number} System Card 𝔊", safety=UNSAFE),
    )  # fmt: skip
    return document(text.encode(), path), made


def reviewed(document: Document, changes: Iterable[Change], title: str = "", record: str = "") -> Reviewed:
    source = Source("arXiv 2410.21276", record, "https://arxiv.org/abs/2410.21276") if record else None
    return Reviewed(document, title, source, tuple(map(proposal, changes)))


def review(*entries: Reviewed, plan: str = "0123456789ab", picture: Picture | None = None) -> Review:
    return Review("catalogue", plan, "1.0.0", "", rules.NAMES, NO_HABITS, entries, picture or Picture())


def catalogue(count: int) -> Review:
    """*count* entries of four changes each."""
    entries = []
    for number in range(count):
        here, changes = entry_number(number)
        entries.append(reviewed(here, changes, f"Gpt-{number} System Card 𝔊", f"GPT-{number} System Card 𝔊"))
    picture = Picture(
        (("arxiv.org", "broken", 3), ("arxiv.org", "ok", 40), ("github.com", "unverified", 2)),
        (("2023", "no change", 4), ("2024", "safe", 30), ("2024", "to review", 2)),
    )
    return review(*entries, picture=picture)


SMALL = catalogue(30)
"""120 changes: three pages of 50."""


def write(review: Review, folder: Path) -> Path:
    file = folder / "review.html"
    file.write_text(page_text(review), encoding="utf-8")
    return file


def patch_of(review: Review, accepted: Callable[[Change], bool]) -> bytes:
    """What `enrich diff` writes of the changes that are *accepted*."""
    patches = []
    for entry in review.entries:
        chosen = [each for each in entry.proposals if accepted(each.change)]
        applied = apply_changes(entry.document, [each.change for each in chosen])
        reasoned = tuple(Reasoned(each.change, each.why) for each in chosen)
        if chosen:
            patches.append(FilePatch(entry.document.path, entry.document.text, applied.text, reasoned))
    out = io.BytesIO()
    write_patch(patches, Page(rules.NAMES, "1.0.0"), out)
    return out.getvalue()
