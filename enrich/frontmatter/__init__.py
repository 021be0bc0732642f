"""
Markdown and its front matter: nodes with spans, and edits to them.

    parsed = parse(document)                   FrontMatter | Missing | Unreadable
    edit(parsed, [Set(("title",), "…")])       Edited | Refused

Pure. Knows files as text, and nothing of what a field means.
"""

from __future__ import annotations

from enrich.frontmatter.editing import edit
from enrich.frontmatter.habits import NO_HABITS, Habits
from enrich.frontmatter.nodes import FrontMatter, Kind, Missing, Node, Style, Unreadable, Unsupported
from enrich.frontmatter.operations import Append, Edited, Insert, Operation, Refused, Remove, Set
from enrich.frontmatter.parsing import parse
from enrich.frontmatter.sources import source_span
from enrich.frontmatter.yaml.learning import learn

__all__ = [
    "NO_HABITS",
    "Append",
    "Edited",
    "FrontMatter",
    "Habits",
    "Insert",
    "Kind",
    "Missing",
    "Node",
    "Operation",
    "Refused",
    "Remove",
    "Set",
    "Style",
    "Unreadable",
    "Unsupported",
    "edit",
    "learn",
    "parse",
    "source_span",
]
