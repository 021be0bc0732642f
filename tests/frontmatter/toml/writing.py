"""TOML headers as documents, and what an edit makes of them."""

from __future__ import annotations

from enrich.frontmatter import Edited, FrontMatter, Operation, Refused, Unreadable, edit, parse
from tests.documents import document

BODY = "# Text\n+++\nnot = 'front matter'"


def opened(header: str) -> FrontMatter:
    """The front matter that consists of *header*."""
    parsed = parse(document(f"+++\n{header}+++\n{BODY}".encode()))
    assert isinstance(parsed, FrontMatter), parsed
    return parsed


def unread(header: str) -> tuple[Unreadable, str]:
    """Why *header* can't be read, and what is pointed to."""
    text = f"+++\n{header}+++\n{BODY}"
    parsed = parse(document(text.encode("utf-8", "surrogateescape")))
    assert isinstance(parsed, Unreadable), parsed
    assert parsed.code == "FMT406"
    return parsed, parsed.span.of(text)


def after(header: str, *operations: Operation) -> str:
    """*header* with *operations* made."""
    edited = edit(opened(header), operations)
    assert isinstance(edited, Edited), edited
    assert edited.text.startswith("+++\n")
    assert edited.text.endswith(f"+++\n{BODY}")
    return edited.text.removeprefix("+++\n").removesuffix(f"+++\n{BODY}")


def refusal(header: str, *operations: Operation) -> str:
    """Why *operations* can't be made on *header*."""
    refused = edit(opened(header), operations)
    assert isinstance(refused, Refused), refused
    return refused.reason
