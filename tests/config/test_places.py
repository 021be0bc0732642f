"""Where keys and values stand: whatever tomllib takes, the places agree with the values."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.config.places import places

if TYPE_CHECKING:
    from enrich.config.kinds import Steps

# -- TOML written in many ways ---------------------------------------------------------------

KEYS = st.one_of(st.sampled_from(["a", "b-2", "0", "key"]), st.text(st.characters(codec="utf-8"), max_size=4))
BLANKS = st.sampled_from(["", " ", "\t "])
COMMENTS = st.sampled_from(["", " # note", '# = [x] "y" \''])
NEWLINES = st.sampled_from(["\n", "\r\n", "\n\n", "\n# [not.a.table]\n"])


def _basic(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


STRINGS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=6).map(_basic),
    st.sampled_from(["''", "'it\"s'", "'''x''y'''", "''''''"]),
    st.sampled_from(['"""a ""quoted"" b"""', '""""a"""""', '"""\nb\\\n   c"""']),
)
SCALARS = st.one_of(
    STRINGS,
    st.integers(-5, 5).map(str),
    st.sampled_from(["true", "1e3", "0x1F", "inf", "2027-03-01", "2027-03-01 10:00:00Z", "07:32:00"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(inner, max_size=3).map(
            lambda items: "[\n" + "".join(f"  {item}, # c ]\n" for item in items) + "]"
        ),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{_basic(key)} = {value}" for key, value in pairs.items()) + "}"
        ),
    ),
    max_leaves=6,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """TOML in many spellings; two headers of one name may make it invalid."""
    text = draw(st.sampled_from(["", "# first\n", "\n"]))
    for _ in range(draw(st.integers(0, 4))):
        header = draw(st.sampled_from(["[{}]", "[ {} ]", "[[{}]]", "[x.{}]", '[x."y.z".{}]']))
        text += header.format(_basic(draw(KEYS))) + draw(COMMENTS) + draw(NEWLINES)
        for key, value in draw(st.dictionaries(KEYS, VALUES, max_size=3)).items():
            dotted = draw(st.sampled_from(["{}", " {} ", "p.{}", "p . {}"])).format(_basic(key))
            text += f"{dotted}{draw(BLANKS)}={draw(BLANKS)}{value}{draw(COMMENTS)}{draw(NEWLINES)}"
    return text


def _paths(value: object, at: Steps = ()) -> dict[Steps, object]:
    found = {at: value} if at else {}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        found |= _paths(item, (*at, step))
    return found


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


VALID = documents().filter(_is_toml)


@settings(max_examples=200)
@given(VALID)
def test_every_key_and_item_has_its_place(text: str) -> None:
    assert set(places(text)) == set(_paths(tomllib.loads(text)))


@settings(max_examples=200)
@given(VALID)
def test_what_stands_at_a_place_is_the_value(text: str) -> None:
    values = _paths(tomllib.loads(text))

    for path, place in places(text).items():
        has_header = isinstance(values[path], dict) and not place.value.of(text).startswith("{")
        if not has_header and not _is_list_of_headers(values[path], place.value.of(text)):
            assert tomllib.loads(f"value = {place.value.of(text)}")["value"] == values[path]


def _is_list_of_headers(value: object, written: str) -> bool:
    return isinstance(value, list) and not written.startswith("[")


def test_a_key_is_found_in_every_way_to_write_it() -> None:
    text = """top = 1
[a.'b c']
"d" = {e = [1, 'x']}
f.g=2027-03-01 # day
[[h]]
i = 1
[[h]]
i = 2
[h.j]
k = 3
"""

    found = places(text)

    assert found["a", "b c", "d", "e", 1].value.of(text) == "'x'"
    assert found["a", "b c", "d"].key.of(text) == '"d"'
    assert found["a", "b c"].key.of(text) == "'b c'"
    assert found["a", "b c", "f", "g"].value.of(text) == "2027-03-01"
    assert found["h", 1, "i"].value.of(text) == "2"
    assert found["h", 1, "j", "k"].value.of(text) == "3"
    assert tomllib.loads(text)["a"]["b c"]["f"]["g"] == dt.date(2027, 3, 1)
