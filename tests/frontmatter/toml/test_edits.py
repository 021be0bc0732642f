"""What each edit makes of each way to write TOML."""

from __future__ import annotations

import datetime as dt

import pytest

from enrich.frontmatter import Append, Edited, FrontMatter, Insert, Operation, Remove, Set, edit, parse
from enrich.models import Map
from tests.documents import document
from tests.frontmatter.toml.writing import after, opened, refusal

LINK = Map((("name", "Code"), ("url", "https://x.org")))


@pytest.mark.parametrize(
    ("header", "value", "made"),
    [
        # strings keep their style where it can say the value
        ('a = "x"\n', "y", 'a = "y"\n'),
        ("a = 'x'\n", "y", "a = 'y'\n"),
        ("a = 'x'\n", "it's", 'a = "it\'s"\n'),
        ("a = 'x'\n", "\\alpha", "a = '\\alpha'\n"),
        ('a = "x"\n', '\\alpha "so"', 'a = "\\\\alpha \\"so\\""\n'),
        ('a = "x"\n', "b\nc\td\x07", 'a = "b\\nc\\td\\u0007"\n'),
        ('a = "x" # why\n', "y", 'a = "y" # why\n'),
        ("'a'   =\t'x'\n", "y", "'a'   =\t'y'\n"),
        # of those on lines, only the words that differ
        ('a = """\none\ntwo three\n"""\n', "one\ntwo four\n", 'a = """\none\ntwo four\n"""\n'),
        ('a = """one \\\n  two \\\n  three"""\n', "one 2 three", 'a = """one \\\n  2 \\\n  three"""\n'),
        ("a = '''\none\ntwo'''\n", "one\n2", "a = '''\none\n2'''\n"),
        ("a = '''\none\ntwo'''\n", "one '''", "a = \"\"\"one '''\"\"\"\n"),
        ('a = """x"""\n', 'x """', 'a = """x ""\\""""\n'),
        ('a = """x"""\n', "\nx", 'a = """\n\nx"""\n'),
        # escaped text stays escaped, raw text raw
        ('a = "\\u0105 b"\n', "ą é", 'a = "\\u0105 \\u00E9"\n'),
        ('a = "ą b"\n', "ą é𝒳", 'a = "ą é𝒳"\n'),
        ('a = "\\u0105"\n', "𝒳", 'a = "\\U0001D4B3"\n'),
        # other types
        ("a = 2410.21270\n", "2410.21270", 'a = "2410.21270"\n'),
        ("b = 'x'\na = 2410.21270\n", "2410.21270", "b = 'x'\na = '2410.21270'\n"),
        ('a = "2024"\n', 2024, "a = 2024\n"),
        ("a = 1 # one\n", 2, "a = 2 # one\n"),
        ("a = 0x10\n", 16, "a = 0x10\n"),
        ("a = 1_000.50\n", 1000.5, "a = 1_000.50\n"),
        ("a = 1.5\n", 1, "a = 1\n"),
        ("a = 1\n", 1.0, "a = 1.0\n"),
        ("a = 1\n", True, "a = true\n"),
        ("a = 1\n", float("-inf"), "a = -inf\n"),
        ("a = 2024-10-25\n", dt.date(2024, 10, 25), "a = 2024-10-25\n"),
        ("a = 2024-10-25\n", dt.date(2024, 10, 26), "a = 2024-10-26\n"),
        ('a = "x"\n', ("y", "z"), 'a = ["y", "z"]\n'),
        ('a = ["y", "z"]\n', "x", 'a = "x"\n'),
        ('a = "x"\n', Map((("b c", 1), ("d", ("é",)))), 'a = {"b c" = 1, d = ["é"]}\n'),
        ('a = {b = 1}\n', Map((("c", 1),)), "a = {c = 1}\n"),
        ('a = {b = 1}\n', Map(()), "a = {}\n"),
        # of lists and tables, only what differs
        ('a = ["x", # one\n  "y"]\n', ("x", "z"), 'a = ["x", # one\n  "z"]\n'),
        ('a = ["x", "y", "z"]\n', ("x", "z"), 'a = ["x", "z"]\n'),
        ('a = ["x", "z"]\n', ("x", "y", "z"), 'a = ["x", "y", "z"]\n'),
        ('a = ["x", "z"]\n', ("w", "x", "z"), 'a = ["w", "x", "z"]\n'),
        ('a = [\n  "x", # one\n  "z",\n]\n', ("x", "y", "z"), 'a = [\n  "x", # one\n  "y",\n  "z",\n]\n'),
        ("a = ['x']\n", (), "a = []\n"),
        ("a = {b = 1, c = 2}\n", Map((("b", 1), ("c", 3), ("d", 4))), "a = {b = 1, c = 3, d = 4}\n"),
        ("a.b = 1\na.c = 2\n", Map((("b", 3), ("d", 4))), "a.b = 3\na.d = 4\n"),
        ("[a]\nb = 1\n", Map((("b", 1), ("c", 2))), "[a]\nb = 1\nc = 2\n"),
        (
            '[[a]]\nb = 1\n\n[[a]]\nb = 2\n',
            (Map((("b", 1),)), Map((("b", 3),))),
            '[[a]]\nb = 1\n\n[[a]]\nb = 3\n',
        ),
    ],
)  # fmt: skip
def test_set(header: str, value: object, made: str) -> None:
    assert after(header, Set(("a",), value)) == made  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "anchor", "made"),
    [
        ("", "", 'n = "v"\n'),
        ("# first\n", "", 'n = "v"\n# first\n'),
        ("a = 1\nb = 2\n", "", 'a = 1\nb = 2\nn = "v"\n'),
        ("a = 1\nb = 2\n", "a", 'a = 1\nn = "v"\nb = 2\n'),
        ("a = 1 # one\n\n# two\nb = 2\n", "a", 'a = 1 # one\nn = "v"\n\n# two\nb = 2\n'),
        ("a = [\n  1,\n]\nb = 2\n", "a", 'a = [\n  1,\n]\nn = "v"\nb = 2\n'),
        # never below a header
        ("a = 1\n\n# about b\n[b]\nc = 1\n", "", 'a = 1\nn = "v"\n\n# about b\n[b]\nc = 1\n'),
        ("a = 1\n\n[b]\nc = 1\n", "b", 'a = 1\nn = "v"\n\n[b]\nc = 1\n'),
        ("a = 1\n\n[[b]]\nc = 1\n", "b", 'a = 1\nn = "v"\n\n[[b]]\nc = 1\n'),
        ("[b]\nc = 1\n", "", 'n = "v"\n[b]\nc = 1\n'),
        ("# top\n\n[b]\n", "", 'n = "v"\n# top\n\n[b]\n'),
        # behind the last line of a dotted key
        ("a.b = 1\na.c = 2\nd = 3\n", "a", 'a.b = 1\na.c = 2\nn = "v"\nd = 3\n'),
        # as those around it
        ("a='1'\nb='2'\n", "a", "a='1'\nn='v'\nb='2'\n"),
        ("title = '1'\nab    = '2'\n", "title", "title = '1'\nn     = 'v'\nab    = '2'\n"),
        ("a   = 1\n", "a", 'a   = 1\nn = "v"\n'),
        ("  a = 1\n", "a", '  a = 1\n  n = "v"\n'),
    ],
)
def test_insert_at_the_top(header: str, anchor: str, made: str) -> None:
    assert after(header, Insert(("n",), "v", (anchor,))) == made


@pytest.mark.parametrize(
    ("header", "path", "made"),
    [
        ("[a]\nb = 1\n\n[c]\n", ("a", "n"), "[a]\nb = 1\nn = 7\n\n[c]\n"),
        ("[a] # x\n[c]\n", ("a", "n"), "[a] # x\nn = 7\n[c]\n"),
        ("[[a]]\nb = 1\n[[a]]\nb = 2\n", ("a", 0, "n"), "[[a]]\nb = 1\nn = 7\n[[a]]\nb = 2\n"),
        ("a.b = 1\nc = 2\n", ("a", "n"), "a.b = 1\na.n = 7\nc = 2\n"),
        ("a.b = 1\nx = 2\n[a.c]\nd = 3\n", ("a", "n"), "a.b = 1\na.n = 7\nx = 2\n[a.c]\nd = 3\n"),
        ("a . b.c = 1\n", ("a", "b", "n"), "a . b.c = 1\na . b.n = 7\n"),
        ("a = {b = 1}\n", ("a", "n"), "a = {b = 1, n = 7}\n"),
        ("a = { b=1 }\n", ("a", "n"), "a = { b=1, n=7 }\n"),
        ("a = {}\n", ("a", "n"), "a = {n = 7}\n"),
        ("a = { }\n", ("a", "n"), "a = {n = 7}\n"),
        ("a = [{b = 1}]\n", ("a", 0, "é n"), 'a = [{b = 1, "é n" = 7}]\n'),
    ],
)  # fmt: skip
def test_insert_further_down(header: str, path: tuple[str | int, ...], made: str) -> None:
    assert after(header, Insert(path, 7)) == made


@pytest.mark.parametrize(
    ("header", "made"),
    [
        ("a = []\n", 'a = ["v"]\n'),
        ("a = [ ]\n", 'a = ["v"]\n'),
        ("a = [ # none\n]\n", 'a = ["v" # none\n]\n'),
        ('a = ["x"]\n', 'a = ["x", "v"]\n'),
        ("a = ['x','y']\n", "a = ['x','y','v']\n"),
        ('a = ["x", "y",]\n', 'a = ["x", "y", "v",]\n'),
        ('a = [ "x" ]\n', 'a = [ "x", "v" ]\n'),
        ('a = [\n  "x",\n  "y",\n]\n', 'a = [\n  "x",\n  "y",\n  "v",\n]\n'),
        ('a = [\n  "x",\n  "y"\n]\n', 'a = [\n  "x",\n  "y",\n  "v"\n]\n'),
        ('a = [\n\t"x", # one\n\t"y" # two\n]\n', 'a = [\n\t"x", # one\n\t"y", # two\n\t"v"\n]\n'),
        ('a = ["x",\n     "y"]\n', 'a = ["x",\n     "y",\n     "v"]\n'),
        ('a = [\n  "x", "y",\n  "z", "w",\n]\n', 'a = [\n  "x", "y",\n  "z", "w", "v",\n]\n'),
        ('a = ["x" # one\n  , # two\n]\n', 'a = ["x" # one\n  , "v", # two\n]\n'),
    ],
)
def test_append(header: str, made: str) -> None:
    assert after(header, Append(("a",), "v")) == made


def test_two_items_appended_stand_in_their_order() -> None:
    two = Append(("a",), "v"), Append(("a",), "w")

    assert after("a = []\n", *two) == 'a = ["v", "w"]\n'
    assert after("a = [ #\n]\n", *two) == 'a = ["v", "w" #\n]\n'
    assert after('a = ["x"]\n', *two) == 'a = ["x", "v", "w"]\n'
    assert after('a = ["x",]\n', *two) == 'a = ["x", "v", "w",]\n'
    assert after('a = [\n "x" # one\n]\n', *two) == 'a = [\n "x", # one\n "v",\n "w"\n]\n'


@pytest.mark.parametrize(
    ("header", "made"),
    [
        (
            'a = [{name = "P", url = "u"}]\n',
            'a = [{name = "P", url = "u"}, {name = "Code", url = "https://x.org"}]\n',
        ),
        (
            "a = [{ url='u', name='P' }]\n",
            "a = [{ url='u', name='P' }, { url='https://x.org', name='Code' }]\n",
        ),
        (
            '[[a]]\nname = "P"\nurl = "u"\n\n[b]\n',
            '[[a]]\nname = "P"\nurl = "u"\n\n[[a]]\nname = "Code"\nurl = "https://x.org"\n\n[b]\n',
        ),
        (
            "[[a]] # one\n  url = 'u'\n  name = 'P'\n[[a]]\n  url = 'v'\n  name = 'Q'\n",
            "[[a]] # one\n  url = 'u'\n  name = 'P'\n[[a]]\n  url = 'v'\n  name = 'Q'\n"
            "[[a]]\n  url = 'https://x.org'\n  name = 'Code'\n",
        ),
        (
            "[[a]]\nx = 1\n[a.b]\nc = 1\n[d]\n",
            '[[a]]\nx = 1\n[a.b]\nc = 1\n\n[[a]]\nname = "Code"\nurl = "https://x.org"\n[d]\n',
        ),
        ("[[a]]\n", '[[a]]\n\n[[a]]\nname = "Code"\nurl = "https://x.org"\n'),
    ],
)
def test_append_a_link(header: str, made: str) -> None:
    assert after(header, Append(("a",), LINK)) == made


@pytest.mark.parametrize(
    ("header", "path", "made"),
    [
        ("a = 1 # one\nb = 2\n", ("a",), "b = 2\n"),
        ("# about a\na = [\n  1,\n]\nb = 2\n", ("a",), "# about a\nb = 2\n"),
        ("a.b = 1\nc = 2\na.d = 3\n", ("a",), "c = 2\n"),
        ("a.b = 1\na.d = 3\n", ("a", "b"), "a.d = 3\n"),
        ("x = 1\n\n[a]\nb = 1\n\n[a.c]\nd = 1\n\n[e]\n", ("a",), "x = 1\n\n[e]\n"),
        ("[a]\nb = 1\nc = 2\n", ("a", "b"), "[a]\nc = 2\n"),
        ("[[a]]\nb = 1\n\n[[a]]\nb = 2\n\n[c]\n", ("a", 0), "[[a]]\nb = 2\n\n[c]\n"),
        ("[[a]]\nb = 1\n\n[[a]]\nb = 2\n\n[c]\n", ("a", 1), "[[a]]\nb = 1\n\n[c]\n"),
        ('a = ["x", "y", "z"]\n', ("a", 0), 'a = ["y", "z"]\n'),
        ('a = ["x", "y", "z"]\n', ("a", 1), 'a = ["x", "z"]\n'),
        ('a = ["x", "y", "z"]\n', ("a", 2), 'a = ["x", "y"]\n'),
        ('a = ["x", "y",]\n', ("a", 1), 'a = ["x",]\n'),
        ('a = ["x"]\n', ("a", 0), "a = []\n"),
        ('a = [ "x", ]\n', ("a", 0), "a = []\n"),
        ('a = [\n  "x", # one\n  "y",\n]\n', ("a", 0), 'a = [\n  "y",\n]\n'),
        ('a = [\n  "x", # one\n  "y" # two\n]\n', ("a", 1), 'a = [\n  "x" # one\n]\n'),
        ('a = [\n  "x", # one\n  "y", # two\n]\n', ("a", 1), 'a = [\n  "x", # one\n]\n'),
        ('a = [\n  "x", # one\n]\n', ("a", 0), "a = []\n"),
        ('a = [\n  # all\n  "x", # one\n]\n', ("a", 0), "a = [\n  # all\n]\n"),
        ("a = {b = 1, c = 2}\n", ("a", "c"), "a = {b = 1}\n"),
        ("a = {b = 1}\n", ("a", "b"), "a = {}\n"),
    ],
)
def test_remove(header: str, path: tuple[str | int, ...], made: str) -> None:
    assert after(header, Remove(path)) == made


def test_several_at_once() -> None:
    assert after("a = 1\n") == "a = 1\n"
    assert after('a = ["x", "y", "z"]\n', Remove(("a", 0)), Remove(("a", 2))) == 'a = ["y"]\n'
    assert after('a = ["x", "y", "z"]\n', Remove(("a", 0)), Remove(("a", 1))) == 'a = ["z"]\n'
    assert after('a = ["x", "y", "z"]\n', Remove(("a", 1)), Remove(("a", 2))) == 'a = ["x"]\n'
    assert after('a = ["x", "y"]\n', Remove(("a", 1)), Append(("a",), "z")) == 'a = ["x", "z"]\n'
    assert (
        after('a = ["x"]\n', Remove(("a", 0)), Append(("a",), "z"), Append(("a",), "w")) == 'a = ["z", "w"]\n'
    )
    assert after('a = ["x", "y"]\n', Remove(("a", 0)), Append(("a",), "z")) == 'a = ["y", "z"]\n'
    assert after("a = 1\nb = 2\n", Remove(("a",)), Insert(("c",), 3, ("a",))) == "c = 3\nb = 2\n"
    assert after("a = {b = 1, c = 2}\n", Remove(("a", "b")), Insert(("a", "d"), 3)) == "a = {c = 2, d = 3}\n"
    new = Insert(("n",), 1, ("a",)), Insert(("m",), 2, ("n",)), Set(("b",), 3)
    assert after("a = 1\nb = 2\n", *new) == "a = 1\nn = 1\nm = 2\nb = 3\n"


NULL = "TOML has no null"


@pytest.mark.parametrize(
    ("header", "operations", "reason"),
    [
        ("a = 1\n", [Set(("a",), None)], NULL),
        ("a = 1\n", [Insert(("b",), ("x", None))], NULL),
        ("a = 1\n", [Insert(("b",), Map((("x", None),)))], NULL),
        ("a = 1\n", [Set(("a",), 2**63)], "the number is too large for TOML"),
        ("a = 1\n", [Set(("a",), "\ud800")], "it holds half of a surrogate pair"),
        ("a = 1\n", [Set(("b",), 2)], "there is no key `b`"),
        ("a = 1\n", [Insert(("a",), 2)], "the key is there already"),
        ("[a]\nb = 1\n", [Set(("a",), "x")], "it is a table with lines of its own"),
        ("[[a]]\nb = 1\n", [Set(("a",), ())], "it is a table with lines of its own"),
        ("[[a]]\nb = 1\n", [Remove(("a", 0))], "a list of tables is never empty"),
        ("[[a]]\nb = 1\n", [Append(("a",), "x")], "its items are tables"),
        ("[[a]]\nb = 1\n", [Set(("a",), (Map((("c", 2),)), Map((("b", 1),))))], "nothing stands before it"),
        ("[a.b]\nc = 1\n", [Insert(("a", "d"), 1)], "its table has no header of its own"),
        ("[a.b]\nc = 1\n", [Remove(("a", "b"))], "the result would read differently"),
        ("a = {b.c = 1}\n", [Insert(("a", "d"), 1)], "a dotted key stands in its braces"),
        ("a = {b.c = 1}\n", [Remove(("a", "b"))], "a dotted key stands in its braces"),
        (
            "a = {b = 1, c = 2}\n",
            [Remove(("a", "c")), Insert(("a", "d"), 3)],
            "another operation changes its end",
        ),
        ('a = ["x", # one\n"y", "z"]\n', [Remove(("a", 0))], "a comment stands beside it"),
        ('a = ["x" # one\n]\n', [Remove(("a", 0))], "a comment stands beside it"),
        ('a = """x"""\n', [Set(("a",), "x\n+++\ny")], "the fences would move"),
    ],
)
def test_refusals(header: str, operations: list[Operation], reason: str) -> None:
    assert refusal(header, *operations) == reason


def test_of_several_operations_the_one_that_cannot_be_made_is_named() -> None:
    front_matter = opened("a = '''x'''\nb = 1\n")
    operations: list[Operation] = [Set(("b",), 2), Set(("a",), "x\n+++\ny"), Insert(("c",), 1)]

    refused = edit(front_matter, operations)
    last = edit(front_matter, operations[:2])

    assert not isinstance(refused, Edited)
    assert refused.operation == operations[1]
    assert not isinstance(last, Edited)
    assert last.operation == operations[1]


@pytest.mark.parametrize("opening", ["+++", "\ufeff+++", "+++ "])
@pytest.mark.parametrize("body", ["", "\r\nbody", "\r\nbody\r\n"])
def test_crlf_byte_order_mark_and_a_missing_last_newline_stay(opening: str, body: str) -> None:
    text = f'{opening}\r\na = [\r\n  "x"\r\n]\r\nm = """\r\none\r\ntwo"""\r\n\r\n[[t]]\r\nb = 1\r\n+++{body}'
    parsed = parse(document(text.encode()))
    assert isinstance(parsed, FrontMatter)
    assert parsed.get(("m",)).text == "one\ntwo"  # type: ignore[union-attr]

    edited = edit(
        parsed,
        [
            Append(("a",), "y"),
            Set(("m",), "one\n2\n3"),
            Insert(("n",), "v", ("a",)),
            Append(("t",), Map((("b", 2),))),
        ],
    )

    assert isinstance(edited, Edited)
    assert edited.text == (
        f'{opening}\r\na = [\r\n  "x",\r\n  "y"\r\n]\r\nn = "v"\r\nm = """\r\none\r\n2\r\n3"""\r\n\r\n'
        f"[[t]]\r\nb = 1\r\n\r\n[[t]]\r\nb = 2\r\n+++{body}"
    )


def test_an_empty_header_of_crlf_gets_a_line_of_crlf() -> None:
    parsed = parse(document(b"+++\r\n+++"))
    assert isinstance(parsed, FrontMatter)

    edited = edit(parsed, [Insert(("n",), 1)])

    assert isinstance(edited, Edited)
    assert edited.text == "+++\r\nn = 1\r\n+++"
