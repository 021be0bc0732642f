"""
TOML front matter as people and programs write it, drawn at random: every form of string, number
and date, lists on one line and on many, comments, dotted keys, tables and lists of them, CRLF.

Some of it is no valid TOML; a test keeps what parses.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from enrich.models import Map

if TYPE_CHECKING:
    from enrich.models import Value

WORDS = [
    "Deep", "learning", "of", "GPT-4o", "it's", '"so"', "Mądry", "é", "𝒳", "a#b", "[x]", "{y}", "=", ",",
    "\\alpha", "2301.10540", "https://arxiv.org/?a=b#c", "+++", "'''", '"""', "\u200bzero",
]  # fmt: skip
ODD = [
    "", " ", "\n", "a\nb", "\n\nx\n", "tab\there", "\x07", "\x7f", "\ufeff", "\x85", "\r", "\\", '"', "'",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
    st.sampled_from(ODD),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
KEYS = st.sampled_from(
    ["title", "authors", "date", "url_pdf", "doi", "links", "tags", "a b", "x-y", "é", "1"]
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.one_of(
        TEXTS,
        st.integers(-(2**63), 2**63 - 1),
        st.booleans(),
        st.floats(allow_nan=False),
        st.dates(dt.date(1000, 1, 1)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(KEYS, inner, max_size=3).map(lambda pairs: Map(tuple(pairs.items()))),
    ),
    max_leaves=4,
)


def basic(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _written_key(key: str) -> str:
    return key if key.isascii() and " " not in key else basic(key)


@st.composite
def strings(draw: st.DrawFn) -> str:
    text = draw(TEXTS)
    match draw(st.integers(0, 9)):
        case 0 | 1 if "'" not in text and text.isprintable():
            return f"'{text}'"
        case 2 if "'" not in text and text.replace("\n", "").isprintable():
            return f"'''{text}'''"
        case 3:
            return f'"""\n{basic(text)[1:-1]}"""'
        case 4:
            return f'"""{basic(text)[1:-1].replace(" ", chr(92) + chr(10) + "   ", 1)} and ""two"" """'
        case 5:
            return json.dumps(text).replace("\x7f", "\\u007f") if max(text, default="") < "\ud800" else '"x"'
        case _:
            return basic(text)


PLAIN = st.sampled_from(
    ["1", "-17", "0x1F", "1_000", "2410.21270", "1e3", "-inf", "nan", "true", "2024-10-25", "07:32:00"]
)
COMMENTS = st.sampled_from(["", "", "", " # why", ' # = [x] "y" \'', "\t# by a tab"])
GAPS = st.sampled_from(["", "", "", "\n", "# about the next\n", "\n# commented = 'out'\n"])


@st.composite
def lists(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(inner, max_size=4))
    trailing = draw(st.sampled_from(["", ","])) if items else ""
    match draw(st.integers(0, 3)):
        case 0:
            lines = [f"  {item}," for item in items]
            lines[-1:] = [line[:-1] + trailing for line in lines[-1:]]
            return "[\n" + "".join(draw(GAPS) + line + draw(COMMENTS) + "\n" for line in lines) + "]"
        case 1:
            separator = draw(st.sampled_from([",", ", ", " , ", ",\n    ", ", # c\n  ", "\n  , "]))
            ends = draw(st.sampled_from(["", " ", "\n"]))
            return f"[{ends}{separator.join(items)}{trailing}{ends}]"
        case _:
            return f"[{', '.join(items)}{trailing}]"


@st.composite
def tables(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    padding, equals = draw(st.sampled_from(["", " "])), draw(st.sampled_from([" = ", "=", " =  "]))
    dotted = draw(st.sampled_from(["", "", "", "p."]))
    pairs = [f"{dotted}{_written_key(key)}{equals}{draw(inner)}" for key in keys]
    return f"{{{padding}{', '.join(pairs)}{padding}}}"


SOURCES = st.recursive(
    st.one_of(strings(), strings(), PLAIN), lambda inner: st.one_of(lists(inner), tables(inner)), max_leaves=6
)


@st.composite
def statements(draw: st.DrawFn) -> str:
    out = ""
    equals = draw(st.sampled_from([" = ", " = ", "=", "   = ", "\t=\t"]))
    for key in draw(st.lists(KEYS, max_size=5, unique=True)):
        dotted = draw(st.sampled_from(["{}"] * 6 + ["p.{}", "{}.q", "p . {}"])).format(_written_key(key))
        out += f"{draw(GAPS)}{dotted}{equals}{draw(SOURCES)}{draw(COMMENTS)}\n"
    return out


@st.composite
def documents(draw: st.DrawFn) -> str:
    header = draw(statements())
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 4]))):
        form = draw(st.sampled_from(["[{}]", "[[{}]]", "[[links2]]", "[ x.{} ]", "[[x.{}]]", "[links2.{}]"]))
        header += (
            draw(GAPS) + form.format(_written_key(draw(KEYS))) + draw(COMMENTS) + "\n" + draw(statements())
        )
    header += draw(st.sampled_from(["", "", "# last\n", "\n\n"]))
    opening = draw(st.sampled_from(["+++\n", "+++\n", "+++ \n", "\ufeff+++\n"]))
    closing = draw(st.sampled_from(["+++\n", "+++", "+++  \n"]))
    body = draw(st.sampled_from(["", "# Text\n+++\nmore = 'text'", "\udcff\n+++\n"]))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return (opening + header + closing).replace("\n", newline) + (body if closing.endswith("\n") else "")
