"""Headers as documents, and what an edit makes of them."""

from __future__ import annotations

from enrich.frontmatter import Edited, FrontMatter, Habits, Operation, Refused, edit, parse
from enrich.frontmatter.habits import NO_HABITS
from tests.documents import document

BODY = "# Text\n---\nnot: front matter"


def fenced(header: str) -> str:
    return f"---\n{header}---\n{BODY}"


def opened(header: str) -> FrontMatter:
    """The front matter that consists of *header*."""
    return front_matter(fenced(header))


def front_matter(text: str) -> FrontMatter:
    parsed = parse(document(text.encode("utf-8", "surrogateescape")))
    assert isinstance(parsed, FrontMatter), parsed
    return parsed


def after(header: str, *operations: Operation, habits: Habits = NO_HABITS) -> str:
    """*header* with *operations* made."""
    edited = edit(opened(header), operations, habits=habits)
    assert isinstance(edited, Edited), edited
    assert edited.text.startswith("---\n")
    assert edited.text.endswith(f"---\n{BODY}")
    return edited.text.removeprefix("---\n").removesuffix(f"---\n{BODY}")


def refusal(header: str, *operations: Operation) -> str:
    """Why *operations* can't be made on *header*."""
    refused = edit(opened(header), operations)
    assert isinstance(refused, Refused), refused
    return refused.reason
