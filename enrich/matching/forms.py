"""
Normal forms, under which two spellings of one text are equal.

`fold` keeps what a reader would call the same title: only case, accents, markup
and typography may differ. `squash` also drops every space and hyphen, but
neither version numbers nor `+`: CodeT5 is not CodeT5+, Qwen2 is not Qwen2.5.
"""

from __future__ import annotations

import unicodedata

from enrich.matching.markup import loose_text
from enrich.patterns import pattern

_DASHES = "-\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_QUOTES = (
    "'\"`´«»‹›\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f"
    "\u2032\u2033\u2034\u2035\uff02\uff07"
)
_TYPOGRAPHY = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_QUOTES, "'"))
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ȷ": "j", "ß": "ss", "æ": "ae", "œ": "oe"}
    | {"Ø": "O", "Ł": "L", "Đ": "D", "ẞ": "SS", "Æ": "AE", "Œ": "OE"}
)
_ZERO_WIDTH = pattern("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_RUN = pattern(r"(-)-+|(')'+")
_MARKUP_LEFT = pattern(r"[\\{}$]")
_CAN_FOLD_ON = pattern(r"[&<]")
_CLOSED_BY = {"(": ")", "[": "]"}
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
    "upsilon phi chi psi omega"
)
_GREEK = str.maketrans(
    dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", _GREEK_NAMES.split(), strict=True)) | {"∇": "nabla"}
)
_WORD = pattern(r"(?:[^\W_]|(?<=\d)\.(?=\d))+(?:[+#]{2,}|[+#](?![^\W_]))?")


def fold(text: str) -> str:
    r"""
    *text* without what a catalogue's tools lose: case, accents, markup, typography.

    HTML entities and LaTeX are decoded, `{}`, `$` and formatting commands dropped;
    NFKD without combining marks, `ø ł đ ı ß æ œ` as `o l d i ss ae oe`; casefold;
    any dash is `-`, any quote `'`, and one stands for a run of them; runs of white
    space are one space; no zero-width characters, surrounding quotes or brackets,
    trailing `. , ;`.

    >>> fold(r"{GPT}-4o  Sch\"on System – Card.")
    'gpt-4o schon system - card'
    """
    folded = _folded_once(text)
    # An escaped escape (`\&amp;`) shows itself only now.
    while _CAN_FOLD_ON.search(folded) and (again := _folded_once(folded)) != folded:
        folded = again
    return folded


def squash(text: str) -> str:
    r"""
    The words of *text* joined: spelling with hyphens, spaces and quotes is one, with other numbers is not.

    >>> squash("Pre-Training of CodeT5+ (v2.5)") == squash("pretraining of CodeT5+ V2.5")
    True
    """
    return "".join(words(text))


def words(text: str) -> tuple[str, ...]:
    """
    What `squash` joins: lower-case words with their digits.

    `.` is kept between digits, `+` and `#` at a word's end; Greek letters are
    spelled out, for catalogues write `alpha` where arXiv has the letter.
    """
    return tuple(_WORD.findall(letters(text).replace("^", "").translate(_GREEK)))


def letters(text: str) -> str:
    """*text* decoded, without accents and in lower case; typography and spaces as they were."""
    return _bare(loose_text(text))


def with_plain_typography(text: str) -> str:
    """*text* with `-` for any dash and `'` for any quote, single spaces; its letters as they are."""
    text = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)
    return " ".join(_RUN.sub(r"\1\2", text).split())


def _folded_once(text: str) -> str:
    # Typography first: NFKD makes a space of a lone acute accent.
    bare = _bare(loose_text(text).translate(_TYPOGRAPHY)).translate(_TYPOGRAPHY)
    bare = _ZERO_WIDTH.sub("", _MARKUP_LEFT.sub("", bare)).replace("~", " ")
    return _stripped(" ".join(_RUN.sub(r"\1\2", bare).split()))


def _bare(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = _without_marks(text).translate(_LETTERS)
    # Again: folding case makes marks (`ŉ`) and letters (`ẞ`) of its own.
    return _without_marks(text.casefold())


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _stripped(text: str) -> str:
    closing = _closing_brackets(text) if text[:1] in _CLOSED_BY or text[:1] == "'" else {}
    start, end = 0, len(text)
    while start < end:
        if text[end - 1] in ".,; ":
            end -= 1
        elif text[start] == " ":
            start += 1
        elif end - start > 1 and (text[start] == text[end - 1] == "'" or closing.get(start) == end - 1):
            start, end = start + 1, end - 1
        else:
            break
    return text[start:end]


def _closing_brackets(text: str) -> dict[int, int]:
    """Where each bracket of *text* is closed: in `(a) and (b)` the first is not by the last."""
    closing: dict[int, int] = {}
    opened: dict[str, list[int]] = {bracket: [] for bracket in _CLOSED_BY.values()}
    for at, char in enumerate(text):
        if char in _CLOSED_BY:
            opened[_CLOSED_BY[char]].append(at)
        elif opened.get(char):
            closing[opened[char].pop()] = at
    return closing
