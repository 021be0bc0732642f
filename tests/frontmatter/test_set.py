"""A value becomes another one: its style stays, and so does all that need not change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from enrich.frontmatter import NO_HABITS, Edited, Habits, Set, edit
from enrich.frontmatter.yaml.manner import Manner
from enrich.frontmatter.yaml.scalars import string_edits
from enrich.frontmatter.yaml.spelling import Place
from enrich.models import Map, Path, Value
from enrich.text import Edit
from tests.frontmatter.writing import after, front_matter, opened

TITLE = ("title",)
A = ("a",)


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("title: Gpt-4o  # short\n", "GPT-4o", "title: GPT-4o  # short\n"),
        ("title : Gpt-4o\n", "GPT-4o", "title : GPT-4o\n"),
        ("'title': Gpt-4o\r\n", "GPT-4o", "'title': GPT-4o\r\n"),
        ("{title: Gpt-4o, year: 1}\n", "GPT-4o", "{title: GPT-4o, year: 1}\n"),
        ("? title\n: Gpt-4o\n", "GPT-4o", "? title\n: GPT-4o\n"),
        ("title: &t Gpt-4o\n", "GPT-4o", "title: &t GPT-4o\n"),
        ("title: !!str Gpt-4o\n", "GPT-4o", "title: !!str GPT-4o\n"),
        ("title: A 'b' “c”\n", "A 'b' \"c\"", "title: A 'b' \"c\"\n"),
        ("title: Café\n", "Kafé 𝒳", "title: Kafé 𝒳\n"),
        # plain gives way to quotes only where it must
        ("title: A b\n", "A: b", 'title: "A: b"\n'),
        ("title: A b\n", "A #b", 'title: "A #b"\n'),
        ("title: A b\n", "A b:", 'title: "A b:"\n'),
        ("title: A b\n", "- A b", 'title: "- A b"\n'),
        ("title: A b\n", "[A] b", 'title: "[A] b"\n'),
        ("title: A b\n", " A b", 'title: " A b"\n'),
        ("title: A b\n", "", 'title: ""\n'),
        ("title: A b\n", "2301.10540", 'title: "2301.10540"\n'),
        ("title: A b\n", "yes", 'title: "yes"\n'),
        ("title: A b\n", ":b", 'title: ":b"\n'),
        ("title: A b\n", "a:b, [c]", "title: a:b, [c]\n"),
        ("{title: A b}\n", "a, [c]", '{title: "a, [c]"}\n'),
        ("title: A b\n", "A\tb", 'title: "A\\tb"\n'),
        ("title: A b\n", "A\nb", 'title: "A\\nb"\n'),
        ("title: A b\n", "A\u2028b\x85\ufeff\x07", 'title: "A\\Lb\\N\\uFEFF\\a"\n'),
        ("title: 2410.21276\n", "2410.21276", 'title: "2410.21276"\n'),
        # which quotes
        ("title: A b\nurl: 'x y'\n", "A: b", "title: 'A: b'\nurl: 'x y'\n"),
        ("title: A b\nurl: 'x y'\n", "A: b's", "title: \"A: b's\"\nurl: 'x y'\n"),
        ("title: A b\n", 'A: "b"', "title: 'A: \"b\"'\n"),
        ("title: A b\n", "A: \"b's\"", 'title: "A: \\"b\'s\\""\n'),
        ("title: A b\nurl: 'x y'\n", "A: \"b's\"", "title: 'A: \"b''s\"'\nurl: 'x y'\n"),
        ("title: A b\nx: \"it's\"\nurl: 'x y'\n", "A: b", "title: 'A: b'\nx: \"it's\"\nurl: 'x y'\n"),
        ("title: A b\ntags: ['x']\nurl: \"x\"\n", "A: b", "title: \"A: b\"\ntags: ['x']\nurl: \"x\"\n"),
        ("title: A b\ntags: ['x']\n", "A: b", "title: 'A: b'\ntags: ['x']\n"),
        ("title: A b\nx: &x 'c'\ny: *x\nz: \"c\"\nw: \"c\"\n", "A: b",
         "title: \"A: b\"\nx: &x 'c'\ny: *x\nz: \"c\"\nw: \"c\"\n"),
        # quotes stay
        ("title: 'A b'\n", "A: b", "title: 'A: b'\n"),
        ("title: 'A b'\n", "A b's", "title: 'A b''s'\n"),
        ("title: 'A b'\n", "é", "title: 'é'\n"),
        ("title: 'A b'\n", "A\x07b", 'title: "A\\ab"\n'),
        ('title: "A b"\n', 'A "b" \\c', 'title: "A \\"b\\" \\\\c"\n'),
        ('title: "A b"\n', "é\xa0𝒳", 'title: "é\xa0𝒳"\n'),
        # escapes as found
        ('title: "M\\u0105dry b"\n', "Mądry c é", 'title: "M\\u0105dry c \\xE9"\n'),
        ('title: "M\\u0105dry, \\xE9"\n', "Mądry, ö", 'title: "M\\u0105dry, \\xF6"\n'),
        ('title: "\\u0105, \\u00e9"\n', "ą, öŁ𝒳", 'title: "\\u0105, \\u00f6\\u0141\\U0001d4b3"\n'),
        ('title: "\\xE9 \\u00e9"\n', "é é ö\xa0", 'title: "\\xE9 \\u00e9 \\u00F6\\u00A0"\n'),
        ('title: "M\\u0105dry é"\n', "Mądry ö", 'title: "M\\u0105dry ö"\n'),
        ('title: "a \\\\xE9"\n', "b \\xE9é", 'title: "b \\\\xE9é"\n'),
        ('title: "a"\nx: "\\xE9"\n', "é", 'title: "\\xE9"\nx: "\\xE9"\n'),
        ('title: "a"\nx: "\\xE9"\ny: é\n', "é", 'title: "é"\nx: "\\xE9"\ny: é\n'),
        ("title: a\nx: \"\\xE9\"\n", "é: ö", 'title: "\\xE9: \\xF6"\nx: "\\xE9"\n'),
    ],
)  # fmt: skip
def test_a_string_keeps_its_style(header: str, value: str, expected: str) -> None:
    assert after(header, Set(TITLE, value)) == expected


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("doi:\n", "10.1/x", "doi: 10.1/x\n"),
        ("doi: \n", "10.1/x", "doi: 10.1/x\n"),
        ("doi:  # none yet\n", "10.1/x", "doi: 10.1/x  # none yet\n"),
        ("doi: # none yet\n", "10.1/x", "doi: 10.1/x # none yet\n"),
        ("doi: ''  # none yet\n", "10.1/x", "doi: '10.1/x'  # none yet\n"),
        ('doi: ""  # none yet\n', "10.1/x", 'doi: "10.1/x"  # none yet\n'),
        ("doi: ~\n", "10.1/x", "doi: 10.1/x\n"),
        ("doi: null # none\n", "10.1/x", "doi: 10.1/x # none\n"),
        ("doi: #'10.1/y'\n", "10.1/x", "doi: 10.1/x #'10.1/y'\n"),
        ("doi: &d # none\n", "10.1/x", "doi: &d 10.1/x # none\n"),
        ("doi: !!str\nx: y\n", "10.1/x", "doi: !!str 10.1/x\nx: y\n"),
        ("doi:\ntitle: \"A\"\nvenue: \"B\"\n", "10.1/x", 'doi: "10.1/x"\ntitle: "A"\nvenue: "B"\n'),
        ("doi:\ntitle: 'A: b'\n", "2410.1", "doi: '2410.1'\ntitle: 'A: b'\n"),
        ("{doi: , x: y}\n", "10.1/x", "{doi: 10.1/x, x: y}\n"),
        ("{doi: }\n", "10.1/x", "{doi: 10.1/x}\n"),
        ("doi:\n", ("a", "b: c"), 'doi: [a, "b: c"]\n'),
        ("doi: \ntags:\n- x\n", ("a", "b"), "doi: \n- a\n- b\ntags:\n- x\n"),
        ("doi: x \ntags:\n  - x\n", ("a", "b"), "doi:\n  - a\n  - b\ntags:\n  - x\n"),
        ("doi: # why\ntags:\n- x\n", ("a", "b"), "doi: [a, b] # why\ntags:\n- x\n"),
        ("doi:\n", Map((("a", 1), ("b", None))), "doi:\n  a: 1\n  b: null\n"),
        ("doi: x\nm: {a: b}\n", Map((("a", "1"),)), 'doi: {a: "1"}\nm: {a: b}\n'),
        ("doi:\n", (), "doi: []\n"),
    ],
)  # fmt: skip
def test_a_placeholder_is_filled_where_it_stands(header: str, value: Value, expected: str) -> None:
    assert after(header, Set(("doi",), value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dt.date(2024, 10, 25), "2024-10-25"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (-12, "-12"),
        (2.5, "2.5"),
        (1e20, "1.0e+20"),
        (float("inf"), ".inf"),
        (float("-inf"), "-.inf"),
        (float("nan"), ".nan"),
        ((1, "1", ()), "[1, '1', []]"),
        (Map((("a b", "c"), ("yes", Map(())))), "{a b: c, 'yes': {}}"),
    ],
)
def test_what_is_no_string_is_written_plainly(value: Value, expected: str) -> None:
    assert after("x: 'y'\nl: {a: [b]}\n", Set(("x",), value)) == f"x: {expected}\nl: {{a: [b]}}\n"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("text", "text"),
        ("'2024'", "2024"),
        ("2024", 2024),
        ("0x10", 16),
        ("1_000", 1000),
        ("2.50", 2.5),
        ("yes", True),
        ("~", None),
        ("", None),
        ("2024-10-25", dt.date(2024, 10, 25)),
        ('[a, "b", 1]', ("a", "b", 1)),
        ("\n- a\n- 'b'\n- 1", ("a", "b", 1)),
        ("{a: 'b'}", Map((("a", "b"),))),
        ("one\n  two", "one two"),
        ("|\n  one\n  two", "one\ntwo\n"),
    ],
)
def test_an_equal_value_gives_no_edit(source: str, value: Value) -> None:
    found = opened(f"x: {source}\n")
    operation = Set(("x",), value)

    assert edit(found, [operation]) == Edited(found.document.text, ((operation, ()),))


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("2024", "2024", '"2024"'),
        ("'2024'", 2024, "2024"),
        ("1e5", "1e5", '"1e5"'),
        ("12:30", "12:30", '"12:30"'),
        ("yes", "yes", '"yes"'),
        ("'2020-01-01'", dt.date(2020, 1, 1), "2020-01-01"),
        ("2020-99-99", dt.date(2020, 1, 1), "2020-01-01"),
        ("1", True, "true"),
    ],
)
def test_a_value_of_another_type_is_another_value(source: str, value: Value, expected: str) -> None:
    assert after(f"x: {source}\n", Set(("x",), value)) == f"x: {expected}\n"


AUTHORS = (
    'authors: "Openai, Aaron Hurst, Adam Lerer, Adam P. Goucher, Adam Perelman, Aditya\\\n'
    "  \\ Ramesh, Aidan Clark, Aj Ostrow, Akila Welihinda, Alan Hayes, Alec Radford, Aleksander\\\n"
    "  \\ M\\u0105dry, Alex Baker-whitcomb, Alex Beutel, Alex Borzunov, Alex Carney, Alex\\\n"
    '  \\ Chow, C\\xE9\\\n  sar"\n'
)


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("Openai", "OpenAI", 0,
         'authors: "OpenAI, Aaron Hurst, Adam Lerer, Adam P. Goucher, Adam Perelman, Aditya\\'),
        ("Baker-whitcomb", "Baker-Whitcomb", 2,
         "  \\ M\\u0105dry, Alex Baker-Whitcomb, Alex Beutel, Alex Borzunov, Alex Carney, Alex\\"),
        ("Mądry", "Mądra", 2,
         "  \\ M\\u0105dra, Alex Baker-whitcomb, Alex Beutel, Alex Borzunov, Alex Carney, Alex\\"),
        ("Ramesh, Aidan", "Räm, A. I.", 1,
         "  \\ R\\xE4m, A. I. Clark, Aj Ostrow, Akila Welihinda, Alan Hayes, Alec Radford, Aleksander\\"),
        ("Aditya Ramesh", "Aditya", 1, None),
        ("Perelman, Aditya Ramesh", "Perelman, Aditya Q. Ramesh", 1,
         "  \\ Q. Ramesh, Aidan Clark, Aj Ostrow, Akila Welihinda, Alan Hayes, Alec Radford, Aleksander\\"),
    ],
)  # fmt: skip
def test_a_word_in_a_folded_scalar_leaves_the_other_lines(
    old: str, new: str, line: int, expected: str | None
) -> None:
    value = opened(AUTHORS).root.pairs[0][1].text

    lines = after(AUTHORS, Set(("authors",), value.replace(old, new))).split("\n")

    before = AUTHORS.split("\n")
    changed = [number for number, (one, other) in enumerate(zip(before, lines, strict=False)) if one != other]
    assert len(lines) == len(before)
    if expected:
        assert changed == [line]
        assert lines[line] == expected
    else:
        assert len(changed) <= 2


def test_a_line_break_inside_a_word_stays_where_the_word_is_kept() -> None:
    header = 'a: "one C\\xE9\\\n  sar two"\n'

    assert after(header, Set(("a",), "one César: two")) == 'a: "one C\\xE9\\\n  sar: two"\n'
    assert after(header, Set(("a",), "one Cesar two")) == 'a: "one Ce\\\n  sar two"\n'


FOLDED = (
    "title: An Empirical Study Of End-to-end Video-language Transformers With Masked Visual\n"
    "  Modeling And Much More Of The Same Kind In Two Lines\n"
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Study", "study", FOLDED.replace("Study", "study")),
        ("Much More", "Much: More", FOLDED.replace("An Emp", '"An Emp').replace("Much More", "Much: More")
         .replace("Lines", 'Lines"')),
        ("Visual Modeling", "Visual and Textual Modeling",
         FOLDED.replace("Modeling", "and Textual Modeling")),
        ("Masked Visual Modeling", "Modeling", FOLDED.replace(" Masked Visual", "")),
        ("Study", "Stüdy", FOLDED.replace("Study", "Stüdy")),
        ("Lines", "Lines and in a Third One that Was Not There Before", FOLDED.replace(
            "Lines", "Lines and in a Third One that Was\n  Not There Before")),
    ],
)  # fmt: skip
def test_a_folded_plain_scalar_keeps_its_line_breaks(old: str, new: str, expected: str) -> None:
    value = opened(FOLDED).root.pairs[0][1].text

    assert after(FOLDED, Set(TITLE, value.replace(old, new))) == expected


def test_a_folded_scalar_that_gets_quotes_is_folded_anew_with_them() -> None:
    words = "Quite another: a title that shares next to nothing with the one that stood here before it, twice"

    assert after(FOLDED, Set(TITLE, words)) == (
        'title: "Quite another: a title that shares next to nothing with the one that stood\\\n'
        '  \\ here before it, twice"\n'
    )


def test_names_that_are_added_to_a_folded_list_of_names_are_folded_too() -> None:
    value = opened(AUTHORS).root.pairs[0][1].text
    more = ", Aidan Clark, Aj Ostrow, Akila Welihinda, Alan Hayes, Alec Radford, Łukasz Mądry"

    edited = after(AUTHORS, Set(("authors",), value + more))

    assert edited == AUTHORS.replace('sar"\n', (
        "sar, Aidan Clark, Aj Ostrow, Akila Welihinda, Alan Hayes, Alec Radford, \\u0141ukasz\\\n"
        '  \\ M\\u0105dry"\n'
    ))  # fmt: skip


def test_a_tab_beside_a_line_break_is_not_lost() -> None:
    header = "a: 'x'\nb: '" + "word " * 16 + "\n  word'\n"
    value = "word " * 16 + "\t" + "word " * 3

    assert opened(after(header, Set(A, value))).root.pairs[0][1].text == value


def test_a_scalar_whose_source_is_not_understood_is_written_anew() -> None:
    found = opened("a: 'one two'\n")
    node = replace(found.root.pairs[0][1], text="something else")
    place = Place("a", (), in_flow=False, indent=2)

    edits = string_edits(node, "one three", place, Manner(found, NO_HABITS))

    assert edits == (Edit(node.span, "'one three'"),)


def test_a_scalar_of_which_little_stays_is_folded_anew() -> None:
    words = "Quite another title that shares next to nothing with the one that stood here before it, in two"

    assert after(FOLDED, Set(TITLE, words)) == (
        "title: Quite another title that shares next to nothing with the one that stood here\n"
        "  before it, in two\n"
    )


LONG = "Measuring the Quality of Things: What Nobody Has Ever Measured Before and Will Never Again"


def test_a_long_value_is_folded_where_the_file_folds() -> None:
    folded = "x: " + "word " * 16 + "\n  word\n"
    unfolded = folded + "y: " + "word " * 17 + "\n"

    assert after("title: A\n" + folded, Set(TITLE, LONG.replace(":", ""))) == (
        "title: Measuring the Quality of Things What Nobody Has Ever Measured Before and Will\n"
        f"  Never Again\n{folded}"
    )
    assert after("title: A\n" + unfolded, Set(TITLE, LONG)) == f'title: "{LONG}"\n{unfolded}'


def test_a_long_value_is_folded_as_the_catalogue_folds() -> None:
    past, before = Habits(width=80), Habits(width=40, is_past=False, quote="'")

    assert after("title: A\n", Set(TITLE, LONG), habits=past) == (
        'title: "Measuring the Quality of Things: What Nobody Has Ever Measured Before and\\\n'
        '  \\ Will Never Again"\n'
    )
    assert after("title: A\r\n", Set(TITLE, LONG), habits=before) == (
        "title: 'Measuring the Quality of Things:\r\n  What Nobody Has Ever Measured Before\r\n"
        "  and Will Never Again'\r\n"
    )
    assert after("title: A\nx: " + "word " * 20 + "\n", Set(TITLE, LONG), habits=past).count("\n") == 2


BLOCK = "text: |  # long\n  one two\n  three four\n\n\nyear: 1\n"
KEPT = BLOCK.replace("|", "|+")
JOINED = BLOCK.replace("|", ">")


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        (BLOCK, "one two\nthree five\n", BLOCK.replace("four", "five")),
        (BLOCK, "one two\nthree four", BLOCK.replace("|", "|-")),
        (BLOCK.replace("|", "|-"), "one two\nthree five\n", BLOCK.replace("four", "five")),
        (KEPT, "one two\nthree five\n\n\n", KEPT.replace("four", "five")),
        (BLOCK, "all\nnew: #x\n\nhere\n", "text: |  # long\n  all\n  new: #x\n\n  here\n\n\nyear: 1\n"),
        (BLOCK, " one\n", 'text: " one\\n"\n\n\nyear: 1\n'),
        (BLOCK, "a\x07\n", 'text: "a\\a\\n"\n\n\nyear: 1\n'),
        (BLOCK, "", 'text: ""\n\n\nyear: 1\n'),
        (KEPT, "x", 'text: "x"\n\n\nyear: 1\n'),
        (JOINED, "one two three five\n", JOINED.replace("four", "five")),
        (JOINED, "all new\nin two\n", "text: >  # long\n  all new\n\n  in two\n\n\nyear: 1\n"),
        (KEPT, "all new\n\n\n", "text: |+  # long\n  all new\n\n\nyear: 1\n"),
        (BLOCK.replace("  one", "\n\n  one"), "new", "text: |-  # long\n  new\n\n\nyear: 1\n"),
        (BLOCK, 5, "text: 5\n\n\nyear: 1\n"),
        ("text: |\n\nyear: 1\n", "a\n", 'text: "a\\n"\n\nyear: 1\n'),
    ],
)  # fmt: skip
def test_a_block_scalar_stays_one_where_it_can(header: str, value: Value, expected: str) -> None:
    assert after(header, Set(("text",), value)) == expected


@pytest.mark.parametrize(
    ("header", "path", "value", "expected"),
    [
        ("a: [x, v, z]\n", A, ("x", "w", "z"), "a: [x, w, z]\n"),
        ("a: [x, v, z]\n", A, ("x", "z"), "a: [x, z]\n"),
        ("a: [x, v]\n", A, ("w", "x", "t", "v", "u"), "a: [w, x, t, v, u]\n"),
        ("a: ['x']\n", A, ("w", "x"), "a: ['w', 'x']\n"),
        ("a: [x]\n", A, (), "a: []\n"),
        ("a:\n- x # one\n- v\n", A, ("x", "z"), "a:\n- x # one\n- z\n"),
        ("a:\n- v\n", A, ("x", "v"), "a:\n- x\n- v\n"),
        ("a:\n- x\n- v\n", A, (), "a: []\n"),
        ("a:\n- x\n- v\nb: 1\n", A, "z", "a: z\nb: 1\n"),
        ("a:\n- b: x\n  url: v\n", A, (Map((("b", "x"), ("url", "z"))),), "a:\n- b: x\n  url: z\n"),
        ("a: {b: c, d: e}\n", A, Map((("b", "c"), ("f", "g"))), "a: {b: c, f: g}\n"),
        ("a:\n  b: c\n  d: e\n", A, Map((("z", 1), ("d", "x"))), "a:\n  z: 1\n  d: x\n"),
        ("a:\n  b: c\n  d: e\n", A, Map((("d", "e"), ("b", "c"))), "a:\n  b: c\n  d: e\n"),
        ("a:\n  b: c\n  d: e\n", A, Map((("d", "x"), ("b", "z"))), "a:\n  b: z\n  d: x\n"),
        ("a:\n  b: c\nd: e\n", A, Map((("x", "v"),)), "a: {x: v}\nd: e\n"),
        ("a: {b: c}\n", A, 1, "a: 1\n"),
        ("a:\n- b: c\n  d: e\n- f\n", ("a", 0), "x", "a:\n- x\n- f\n"),
        ("a: \n  b: c\nd: e\n", A, 1, "a: 1\nd: e\n"),
    ],
)  # fmt: skip
def test_only_what_differs_in_a_collection_is_touched(
    header: str, path: Path, value: Value, expected: str
) -> None:
    assert after(header, Set(path, value)) == expected


def test_many_edits_are_made_at_once() -> None:
    header = "a: one\nb: [x, y]\nc:\n  d: e\n"

    edited = after(header, Set(("a",), "two"), Set(("b", 1), "z"), Set(("c", "d"), "f"), Set(("b", 0), "w"))

    assert edited == "a: two\nb: [w, z]\nc:\n  d: f\n"


def test_edits_come_with_their_operations() -> None:
    found = front_matter("---\na: one two\nb: x\n---\n")
    same, changed = Set(("b",), "x"), Set(("a",), "one three")

    edited = edit(found, [same, changed])

    assert isinstance(edited, Edited)
    assert edited.edits[0] == (same, ())
    (operation, (only,)), text = edited.edits[1], found.document.text
    assert operation is changed
    assert (only.span.of(text), only.replacement) == ("wo", "hree")
