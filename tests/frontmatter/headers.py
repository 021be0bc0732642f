"""
Front matter as people and programs write it, drawn at random: every style of
scalar, flow and block, comments, blank lines, anchors, tags, CRLF.

Some of it is no valid YAML; a test keeps what parses.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from enrich.models import Map

if TYPE_CHECKING:
    from enrich.models import Value

CALM = [
    "a", "Deep", "learning", "of", "GPT-4o", "graphs", "(2024)", "it's", "“so”", "Mądry", "é", "𝒳", "x:y",
    "a#b", "100%", "2301.10540", "1e5", "12:30", "yes", "null", "2024-10-25", "0x1f", "\\alpha", "=",
    "\u200bzero",
    "https://arxiv.org/?a=b#c",
]  # fmt: skip
WORDS = st.sampled_from(
    [
        *CALM,
        "#1",
        "-",
        "--",
        "[sic]",
        "{x}",
        "@home",
        "&",
        "*",
        "!",
        "|",
        ">",
        "?",
        ":",
        "key:",
        "~",
        '"q"',
        "'",
        ",",
    ]
)
ODD_TEXTS = [
    "", " ", "  lead", "trail ", "two  spaces", "tab\there", "line\nbreak", "a\n\nb\n", "\n", "\x85",
    "\u2028",
    "\ufeff", "\xa0", "\x07", "---", "...", "- a", "a: b", "a #b",
]  # fmt: skip
LONG = "Measuring what nobody measured before, in several parts, with an appendix by Ł. Mądry: it's a study"
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    st.lists(WORDS, max_size=3).map(lambda words: " ".join([LONG, *words])),
    st.text(st.characters(codec="utf-8"), max_size=8),
    st.sampled_from(ODD_TEXTS),
)
LINES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    st.just(LONG),
    st.sampled_from([text for text in ODD_TEXTS if text not in ("\x07", "\ufeff")]),
)
"""Texts without what YAML forbids."""
KEYS = st.sampled_from(["title", "authors", "year", "url", "doi", "links", "tags", "a b", "on", "x-y", "é"])
SCALAR_VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False),
    st.dates(dt.date(1000, 1, 1)),
)


def values(keys: st.SearchStrategy[str] = KEYS) -> st.SearchStrategy[Value]:
    return st.recursive(
        SCALAR_VALUES,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4).map(tuple),
            st.lists(st.tuples(keys, inner), max_size=3, unique_by=lambda pair: pair[0]).map(
                lambda pairs: Map(tuple(pairs))
            ),
        ),
        max_leaves=5,
    )


# -- source ----------------------------------------------------------------------------------


def _escaped(text: str, form: int) -> str:
    """*text* for double quotes; *form* chooses how what must or may be escaped is."""
    out = ""
    for char in text:
        code = ord(char)
        if char in '"\\':
            out += "\\" + char
        elif code < 0x20 or 0x7F <= code < 0xA0 or code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF):
            out += f"\\u{code:04x}"
        elif code < 0x80 or not form:
            out += char
        elif code > 0xFFFF:
            out += f"\\U{code:08X}"
        else:
            out += f"\\x{code:02X}" if code < 0x100 and form == 1 else f"\\u{code:04x}"
    return out


def _joined(words: list[str], spaces: list[str]) -> str:
    return words[0] + "".join(space + word for space, word in zip(spaces, words[1:], strict=True))


@st.composite
def scalars(draw: st.DrawFn, indent: int, *, in_flow: bool = False) -> str:
    """The source of a scalar whose further lines are indented by *indent* or more."""
    form = draw(st.integers(0, 9))
    calm = st.lists(st.sampled_from(CALM), min_size=1, max_size=12).map(" ".join)
    text = draw(calm if form <= 2 else TEXTS if 5 <= form <= 7 else LINES)
    fold = "\n" + " " * draw(st.sampled_from([indent, indent + 1, indent + 3]))
    words = text.split(" ")
    broken_at = draw(st.integers(0, 2 ** len(words) - 1))
    ends = {2: fold, 4: fold, 6: fold, 7: f"\\{fold}\\ "}
    spaces = [ends.get(form, " ") if broken_at >> at & 1 else " " for at in range(len(words) - 1)]
    if form <= 2:
        return _joined(words, spaces)
    if form <= 4:
        return "'" + _joined([word.replace("'", "''") for word in words], spaces) + "'"
    if form <= 7 or in_flow:
        escapes = draw(st.integers(0, 2))
        return '"' + _joined([_escaped(word, escapes) for word in words], spaces) + '"'
    lines = text.split("\n") + (["", "more", "  indented", ""] if draw(st.booleans()) else [])
    header = draw(st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "| # why", ">- # why"]))
    return header + "".join("\n" + " " * indent + line for line in lines)


@st.composite
def flows(draw: st.DrawFn, indent: int, depth: int = 0, *, is_mapping: bool = False) -> str:
    pad = draw(st.sampled_from(["", "", " ", "\n" + " " * indent]))
    comma = draw(st.sampled_from([",", ", ", ", ", " , ", ",\n" + " " * indent, ", # c\n" + " " * indent]))
    scalar = scalars(indent, in_flow=True)
    inner = scalar if depth > 1 else st.one_of(scalar, scalar, flows(indent, depth + 1), st.just(""))
    if not is_mapping and draw(st.booleans()):
        items = [item for item in draw(st.lists(inner, max_size=4)) if item]
        body, brackets = comma.join(items), "[]"
    else:
        colon = draw(st.sampled_from([": ", ": ", " : ", ":  "]))
        keys = draw(st.lists(KEYS, max_size=3, unique=True))
        body, brackets = comma.join(key + colon + draw(inner) for key in keys), "{}"
    trailing = draw(st.sampled_from(["", "", "", ","])) if body else ""
    return brackets[0] + pad + body + trailing + pad + brackets[1]


COMMENTS = st.sampled_from(["", "", "", "", "  # a comment", " # b: c", " #'…'", "  ", "\t# by a tab"])
GAPS = st.sampled_from(["", "", "", "", "\n", "# about the next\n", "  # deeper\n", "\n# both\n\n"])
PROPERTIES = st.sampled_from(["", "", "", "", "", "", "&x ", "&y ", "!!str ", "!own ", "&z !!str "])


@st.composite
def blocks(draw: st.DrawFn, indent: int = 0, depth: int = 0) -> str:
    """The lines of a block mapping, the first indentation included."""
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=draw(st.integers(0, 9)) > 0))
    out = ""
    for key in keys:
        out += draw(GAPS) + " " * indent + draw(pairs(key, indent, depth)) + "\n"
    return out


@st.composite
def pairs(draw: st.DrawFn, key: str, indent: int, depth: int) -> str:
    colon = draw(st.sampled_from([":", ":", ":", " :", ":\t"]))
    quoted = draw(st.sampled_from([key, key, key, f'"{key}"', f"? {key}\n" + " " * indent]))
    prefix = draw(PROPERTIES)
    form = draw(st.integers(0, 9))
    if form == 0:
        blank = draw(st.sampled_from(["", " "])) or " " * bool(prefix)
        return f"{quoted}{colon}{blank}{prefix.rstrip()}{draw(COMMENTS)}"
    if form == 1 and draw(st.booleans()):
        return f"{quoted}{colon} *x{draw(COMMENTS)}"
    if form <= 4 or depth > 1:
        deeper = indent + draw(st.sampled_from([1, 2, 4]))
        return f"{quoted}{colon} {prefix}{draw(scalars(deeper))}{draw(COMMENTS)}"
    if form <= 6:
        return f"{quoted}{colon} {prefix}{draw(flows(indent + 2))}{draw(COMMENTS)}"
    if form == 7:
        inner = draw(blocks(indent + draw(st.sampled_from([1, 2, 4])), depth + 1))
        return f"{quoted}{colon} {prefix}".rstrip() + draw(COMMENTS) + "\n" + inner.rstrip("\n")
    dash = indent + draw(st.sampled_from([0, 2, 3]))
    gap = draw(st.sampled_from([" ", " ", "   "]))
    between = draw(st.sampled_from(["", "", "\n", "# next\n"]))
    inside = dash + 1 + len(gap)
    item = draw(st.sampled_from([scalars(inside), flows(inside), blocks(inside, depth + 2)]))
    items = [draw(item).lstrip(" ").rstrip("\n") for _ in range(draw(st.integers(1, 4)))]
    lines = (" " * dash + f"-{gap}{draw(PROPERTIES)}{each}{draw(COMMENTS)}\n" for each in items)
    return f"{quoted}{colon}{draw(COMMENTS)}\n" + between.join(lines).rstrip("\n")


@st.composite
def documents(draw: st.DrawFn) -> str:
    in_braces = flows(1, is_mapping=True).map(lambda flow: flow + "\n")
    header: str = draw(st.one_of(blocks(), blocks(), blocks(), blocks(), in_braces, GAPS))
    if "*x" in header.split("&x", maxsplit=1)[0]:
        header = f"first: &x one\n{header}"
    header += draw(st.sampled_from(["", "", "", "# last\n", "\n\n"]))
    opening = draw(st.sampled_from(["---\n", "---\n", "--- \n", "\ufeff---\n"]))
    closing = draw(st.sampled_from(["---\n", "---", "...\n", "---  \n"]))
    body = draw(st.sampled_from(["", "# Text\n---\nmore: text", "\udcff\n---\n"]))
    newline = draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"]))
    return (opening + header + closing).replace("\n", newline) + (body if closing.endswith("\n") else "")
