"""Operations of every kind on what stands in a front matter of any language; what they leave as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from enrich.frontmatter import Append, Insert, Kind, Operation, Remove, Set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enrich.frontmatter import Edited, FrontMatter, Node
    from enrich.models import Path, Value


def paths(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """*node* and all that stands in it under keys that are texts."""
    yield path, node
    for position, item in enumerate(node.items):
        yield from paths(item, (*path, position))
    for key, value in node.pairs:
        if key.kind is Kind.SCALAR:
            yield from paths(value, (*path, key.text))


@st.composite
def operations(
    draw: st.DrawFn,
    front_matter: FrontMatter,
    *,
    values: st.SearchStrategy[Value],
    words: st.SearchStrategy[str],
    keys: st.SearchStrategy[str],
    odd: str,
) -> list[Operation]:
    """Up to three, with *values* and *words*; new keys go after *keys*, and one begins with *odd*."""
    places = list(paths(front_matter.root))
    found: list[Operation] = []
    for number in range(draw(st.integers(1, 3))):
        path, node = draw(st.sampled_from(places))
        kind = draw(st.sampled_from(["set", "set", "remove", "append", "insert"]))
        value = draw(_values_for(node, values, words))
        if kind == "set" and path:
            found.append(Set(path, value))
        elif kind == "remove" and path:
            found.append(Remove(path))
        elif kind == "append" and node.kind is Kind.SEQUENCE:
            found.append(Append(path, value))
        elif node.kind is Kind.MAPPING:
            key = draw(st.sampled_from([f"new{number}", f"{odd}{number}", f"é{number}"]))
            found.append(Insert((*path, key), value, tuple(draw(st.lists(keys, max_size=2)))))
    return found


@st.composite
def _values_for(
    draw: st.DrawFn, node: Node, values: st.SearchStrategy[Value], words: st.SearchStrategy[str]
) -> Value:
    """Any value, or for a text one with some words changed."""
    if not node.text or draw(st.booleans()):
        return draw(values)
    said = node.text.split(" ")
    at = draw(st.integers(0, len(said)))
    said[at : at + draw(st.integers(0, 2))] = draw(st.lists(words, max_size=3))
    return " ".join(said)


def outside(edited: Edited, text: str, *, is_after: bool = False) -> list[str]:
    """What stands before, between and after the edits in *text*, which is that before or after them."""
    parts, position, shift = [], 0, 0
    for each in sorted((each for _, edits in edited.edits for each in edits), key=lambda each: each.span):
        grown = len(each.replacement) - (each.span.end - each.span.start) if is_after else 0
        parts.append(text[position : each.span.start + shift])
        position = each.span.end + shift + grown
        shift += grown
    return [*parts, text[position:]]
