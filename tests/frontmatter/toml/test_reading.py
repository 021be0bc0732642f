"""TOML as nodes: what is said, where it stands, and why a header can't be read."""

from __future__ import annotations

import tomllib

import pytest

from enrich.frontmatter import FrontMatter, Habits, Kind, Style, Unreadable, learn, parse, source_span
from enrich.frontmatter.fences import Fenced, cut
from enrich.frontmatter.splicing import Unverified
from enrich.frontmatter.toml.editing import verified
from enrich.frontmatter.toml.outline import outline
from enrich.frontmatter.toml.patching import reads_as
from enrich.frontmatter.toml.reading import read
from enrich.frontmatter.toml.values import agrees, sketch, sketch_of
from enrich.text import Edit, Span
from tests.documents import document
from tests.frontmatter.toml.writing import opened, unread


@pytest.mark.parametrize(
    ("source", "style", "text"),
    [
        ('"x \\u0105\\t\\"q\\" \\\\ \\U0001D4B3"', Style.DOUBLE, 'x ą\t"q" \\ 𝒳'),
        ("'C:\\x'", Style.SINGLE, "C:\\x"),
        ('"""\n  a\n"""', Style.DOUBLE_LINES, "  a\n"),
        ('"""a \\\n\n   b \\  \n c"""', Style.DOUBLE_LINES, "a b c"),
        ('"""a "" \\"" b"""', Style.DOUBLE_LINES, 'a "" "" b'),
        ('"""""a"""""', Style.DOUBLE_LINES, '""a""'),
        ('""""""', Style.DOUBLE_LINES, ""),
        ("'''\n''a''\n'''", Style.SINGLE_LINES, "''a''\n"),
        ("2410.21270", Style.PLAIN, "2410.21270"),
        ("1979-05-27 07:32:00Z", Style.PLAIN, "1979-05-27 07:32:00Z"),
        ("07:32:00.5", Style.PLAIN, "07:32:00.5"),
        ("+1_000", Style.PLAIN, "+1_000"),
        ("0xDEAD_beef", Style.PLAIN, "0xDEAD_beef"),
        ("0b11", Style.PLAIN, "0b11"),
        ("0o17", Style.PLAIN, "0o17"),
        ("-inf", Style.PLAIN, "-inf"),
        ("+nan", Style.PLAIN, "+nan"),
        ("6.02e+2_3", Style.PLAIN, "6.02e+2_3"),
        ("false", Style.PLAIN, "false"),
    ],
)
def test_scalars_are_read_as_text_with_their_places(source: str, style: Style, text: str) -> None:
    front_matter = opened(f"a = {source} # why\n")

    node = front_matter.get(("a",))

    assert node is not None
    assert (node.style, node.text) == (style, text)
    assert node.plain is (style is Style.PLAIN)
    assert not node.is_null
    assert node.span.of(front_matter.document.text) == source


def test_tables_of_every_kind_are_one_tree() -> None:
    front_matter = opened(
        "a.b = 1\na.c.d = 2\n[x.y]\nk = 3\n[x]\nz = [{u = 4, v.w = 5}, [6]]\n"
        '[[l]]\nn = 7\n[l."s t"]\no = 8\n[[l]]\n[[l.m]]\np = 9\n'
    )

    found = {
        path: node.text
        for path in [
            ("a", "b"), ("a", "c", "d"), ("x", "y", "k"), ("x", "z", 0, "u"), ("x", "z", 0, "v", "w"),
            ("x", "z", 1, 0), ("l", 0, "n"), ("l", 0, "s t", "o"), ("l", 1, "m", 0, "p"),
        ]
        if (node := front_matter.get(path))
    }  # fmt: skip

    assert "".join(found.values()) == "123456789"
    items = front_matter.get(("l",))
    assert items is not None
    assert (items.kind, items.style) == (Kind.SEQUENCE, Style.BLOCK)
    text = front_matter.document.text
    spans = {path: front_matter.get((path,)).span.of(text) for path in "axl"}  # type: ignore[union-attr]
    assert spans == {"a": "b = 1", "x": "[x]\nz = [{u = 4, v.w = 5}, [6]]", "l": "[[l]]\nn = 7"}
    assert [key.text for key, _ in front_matter.lines] == []
    assert [key.text for key, _ in opened("b = 1\n[x]\n").lines] == ["b"]


def test_a_part_of_a_value_is_found_in_its_source() -> None:
    front_matter = opened('a = "\\u0105 https://x.org"\nb = 2410.21270\nc = []\n')
    text = front_matter.document.text
    found = {
        key: span.of(text)
        for key, start, end in (("a", 0, 1), ("a", 2, 7), ("b", 5, 10))
        if (node := front_matter.get((key,))) and (span := source_span(front_matter, node, start, end))
    }

    assert found == {"a": "https", "b": "21270"}
    assert source_span(front_matter, front_matter.get(("c",)), 0, 0) is None  # type: ignore[arg-type]


def test_toml_shows_no_habits_of_yaml() -> None:
    assert learn([opened("a = 'x'\n")]) == Habits()


@pytest.mark.parametrize(
    ("header", "problem", "shown"),
    [
        ('title = "A title\nyear = 2020\n', "quote opened here is never closed", '"'),
        ("title = 'A title\n", "quote opened here is never closed", "'"),
        ('title = """A title\nyear = 2020\n', "quote opened here is never closed", '"""'),
        ('authors = ["A",\n "B"\ndoi = "x"\n', "bracket opened here is never closed", "["),
        ('authors = ["A",\ndoi = "x"\n', "bracket opened here is never closed", "["),
        ('authors = ["A"\n[header]\n', "bracket opened here is never closed", "["),
        ('authors = ["A"\n', "bracket opened here is never closed", "["),
        ("a = {b = 1, \n", "brace opened here is never closed", "{"),
        ("a = {b = 1 c = 2}\n", "a comma is missing before this", "c = 2}"),
        ('a = ["x" "y"]\n', "a comma is missing before this", '"y"]'),
        ("title = A title\n", "text needs quotes", "A title"),
        ("title = \u201cA\u201d\n", "text needs quotes", "\u201cA\u201d"),
        ("a = [yes]\n", "text needs quotes", "yes]"),
        ("a = [,]\n", "text needs quotes", ",]"),
        ("arxiv = 0704.0001\n", "no number begins with 0; `0704.0001` needs quotes", "0704.0001"),
        ('title: "x"\n', "a colon stands where `=` is needed", ': "x"'),
        ("title\n", "no `=` stands behind `title`", "title"),
        ("title =\n", "no value stands behind `=`", "title ="),
        ("title = # none\n", "no value stands behind `=`", "title ="),
        ("- x\n= 1\n", "no `=` stands behind `-`", "-"),
        ("= 1\n", "no key stands here", "= 1"),
        ("a. = 1\n", "no key stands here", "= 1"),
        ("[]\n", "no name of a table stands here", "]"),
        ("[a\nb = 1\n", "bracket opened here is never closed", "["),
        ("[[a]\n", "bracket opened here is never closed", "[["),
        ('"a = 1\n', "quote opened here is never closed", '"'),
        ('title = "a "b" c"\n', 'more stands behind the closing `"`', 'b" c"'),
        ("a = 1 2\n", "more stands behind the value", "2"),
        ("a = 1\nb = 2 c = 3\n", "more stands behind the value", "c = 3"),
        ('a = "\\alpha"\n', "`\\a` is no escape; write `\\\\` for a backslash", "\\a"),
        ('a = "\\ud800"\n', "`\\ud800` is no escape; write `\\\\` for a backslash", "\\ud800"),
        ('a = "\\UFFFFFFFF"\n', "`\\UFFFFFFFF` is no escape; write `\\\\` for a backslash", "\\UFFFFFFFF"),
        ("a = 1\na = 2\n", "`a` stands twice", "a"),
        ("a = 1\na.b = 2\n", "`a` stands twice", "a"),
        ("a = {b = 1, b = 2}\n", "`b` stands twice", "b"),
        ("[a]\n[a]\n", "`a` stands twice", "a"),
        ("a = 1\n[a]\n", "`a` stands twice", "a"),
        ("a = 1\n[[a]]\n", "`a` stands twice", "a"),
        ("[[a]]\n[a]\n", "`a` stands twice", "a"),
        # what only the judge finds: the whole line
        ("x = 1\n  a = 2024-02-31 # why\n", "invalid date or datetime", "a = 2024-02-31 # why"),
        ("x = 1\ry = 2\n", "expected newline or end of document after a statement", "x = 1"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_said_where_it_began(header: str, problem: str, shown: str) -> None:
    parsed, pointed = unread(header)

    assert parsed.message == f"front matter is not valid TOML: {problem}"
    assert pointed == shown
    assert parsed.evidence


def test_bytes_that_are_no_utf8_are_named() -> None:
    parsed, shown = unread("a = '\udcff'\n")

    assert parsed.message == "front matter is not valid UTF-8: byte 0xFF"
    assert shown == "\udcff"


def _cut(header: str) -> Fenced:
    fenced = cut(f"+++\n{header}+++\n")
    assert isinstance(fenced, Fenced)
    return fenced


def test_a_header_that_two_readers_take_differently_is_not_read() -> None:
    parsed = read(document(b"+++\na = 1\n+++\n"), _cut("a = 1\n"), judge=lambda _: {"a": 2})

    assert isinstance(parsed, Unreadable)
    assert parsed.message == "front matter is TOML that two readers take differently"


@pytest.mark.parametrize(
    ("said", "message", "shown"),
    [
        ("Bad (at line 2, column 3)", "bad", "b = 2"),
        ("Bad (at end of document)", "bad", "a = 1"),
        ("Bad", "bad", "a = 1"),
        ("Bad (at line 9, column 1)", "bad", "b = 2"),
    ],
)
def test_the_line_that_the_judge_means_is_shown(said: str, message: str, shown: str) -> None:
    text = "+++\na = 1\n b = 2\n+++\n"

    def judge(_: str) -> dict[str, object]:
        raise ValueError(said)

    parsed = read(document(text.encode()), _cut("a = 1\n b = 2\n"), judge)

    assert isinstance(parsed, Unreadable)
    assert parsed.message == f"front matter is not valid TOML: {message}"
    assert parsed.span.of(text) == shown


def test_what_the_judge_takes_and_the_scanner_does_not_is_not_read_either() -> None:
    parsed = read(document(b"+++\na = x\n+++\n"), _cut("a = x\n"), judge=lambda _: {"a": "x"})

    assert isinstance(parsed, Unreadable)
    assert (parsed.message, parsed.evidence) == ("front matter is not valid TOML: text needs quotes", "")


def test_what_the_next_toml_allows_is_understood_where_the_judge_takes_it() -> None:
    header = 'a = {b = "\\e\\x41",\n # c\n}\nd = 07:32\n'

    root = outline(f"+++\n{header}+++\n", _cut(header).header).root

    texts = [node.text for node in root.walk() if node.kind is Kind.SCALAR]
    assert texts == ["a", "b", "\x1bA", "d", "07:32"]


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("a = [1]", {"a": [1, 2]}), ("a = [1]", {"a": 1}), ("a = [1]", {"a": [2]}), ("a = 1", {"b": 1}),
        ("a = 1", {}), ("a = 1", {"a": 1.0}), ("a = 1", {"a": True}), ("a = true", {"a": 1}),
        ("a = true", {"a": False}), ("a = 'x'", {"a": "y"}), ("a = 'x'", {"a": 1}),
        ("a = 2024-01-01", {"a": "x"}),
        ("a = {b = 1}", {"a": {"b": 2}}), ("a = {}", {"a": []}), ("a = 1.0", {"a": -1.0}),
    ],
)  # fmt: skip
def test_disagreement_is_noticed(source: str, data: object) -> None:
    front_matter = opened(f"{source}\n")

    assert agrees(front_matter.root, tomllib.loads(source))
    assert not agrees(front_matter.root, data)


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([Edit(Span(4, 6), ""), Edit(Span(5, 7), "")], "two edits would overlap"),
        ([Edit(Span(10, 13), "")], "the fences would move"),
        ([Edit(Span(10, 10), "+++\n")], "the fences would move"),
        ([Edit(Span(3, 3), " ")], "something outside of the front matter would change"),
        ([Edit(Span(14, 15), "x")], "something outside of the front matter would change"),
        ([Edit(Span(8, 9), "x")], "the result would not be valid TOML"),
        ([Edit(Span(8, 9), "2")], "the result would read differently"),
    ],
)
def test_edits_that_do_more_than_they_should_are_refused(edits: list[Edit], reason: str) -> None:
    front_matter = opened("a = 1\n")

    with pytest.raises(Unverified, match=reason):
        verified(front_matter, edits, sketch(front_matter.root))


def test_a_string_that_would_not_end_where_it_should_is_not_patched() -> None:
    front_matter = opened('a = """x"""\n')
    node, text = front_matter.root.pairs[0][1], front_matter.document.text
    inside = node.span.start + 3

    assert reads_as(text, node, (Edit(Span(inside, inside), "y "),), "y x")
    assert not reads_as(text, node, (Edit(Span(inside, inside), "y "),), "x")
    assert not reads_as(text, node, (Edit(Span(inside, inside), '"""'),), '"""x')
    assert not reads_as(text, node, (Edit(Span(inside, inside), "\\q"),), "x")


def test_there_is_no_null() -> None:
    with pytest.raises(ValueError, match="TOML has no null"):
        sketch_of(None)


# -- hostile ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("a = " + "[" * 50_000 + "\n", "front matter nests deeper than 60 levels"),
        ("a = " + "[" * 61 + "]" * 61 + "\n", "front matter nests deeper than 60 levels"),
        ("a = " + "{b = " * 50_000 + "\n", "front matter nests deeper than 60 levels"),
        ("a" + ".a" * 100_000 + " = 1\n", "front matter nests deeper than 60 levels"),
        ("[a" + ".a" * 20_000 + "]\n", "front matter nests deeper than 60 levels"),
        (f"[{'.'.join('a' * 50)}]\n{'.'.join('b' * 50)} = 1\n", "front matter nests deeper than 60 levels"),
        ("a = " + "9" * 5_000 + "\n", "front matter has a number of more than 4,300 digits"),
    ],
)
def test_more_than_any_front_matter_has_is_not_read(header: str, message: str) -> None:
    parsed, _ = unread(header)

    assert parsed.message == message


@pytest.mark.parametrize(
    "header",
    [
        "a = '" + "x" * 990_000 + "'\n",
        'a = "' + "\\n" * 200_000 + '"\n',
        'a = """' + '""\\"' * 50_000 + '"""\n',
        "a = [" + "1, " * 20_000 + "]\n",
        "# " + "x" * 490_000 + "\n" * 500_000,
    ],
    ids=["string", "escapes", "quotes", "list", "blank"],
)
def test_what_is_merely_large_is_read(header: str) -> None:
    assert isinstance(parse(document(f"+++\n{header}+++\n".encode())), FrontMatter)


@pytest.mark.parametrize("header", ["a = '''" + "''x" * 300_000 + "\n", 'a = "' + "\\" * 990_001 + "\n"])
def test_what_is_large_and_never_closed_is_told_all_the_same(header: str) -> None:
    assert unread(header)[1] in ("'''", '"')
