"""
LaTeX as it occurs in titles and names, read as text.

Not a TeX: no environments, no definitions. pylatexenc knows the symbols; its own
conversion to text is not used, as it drops unknown commands and takes `%` for a
comment, and a title must not lose a word in silence.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from enrich.patterns import pattern

_MARKUP = pattern(r"[\\${}]")
_DOLLAR = pattern(r"\\.|(\$\$?)", re.DOTALL)
_TOKEN = pattern(r"\\([A-Za-z]+)\*?[ \t\n]*|\\(.)|[{}^_~]|[^\\{}^_~]+|\\", re.DOTALL)
_GROUPING = pattern(r"\\.|[{}]", re.DOTALL)
_RUNS_ON = pattern(r"[^\W_]|\\[A-Za-z]")
_TIE = pattern(r"(?<=\S)~(?=\S)")
_ARGUMENT = pattern(r"\s*(?:\\[A-Za-z]+\s*|\\.|[^\\{}\s])", re.DOTALL)
_SCRIPT = pattern(r"[-+]?\w+|\W")
_DEEPEST = 8
"""Commands within arguments of commands; no title comes near."""

_ACCENTS = {
    **dict.fromkeys(("'", "acute"), "\u0301"),
    **dict.fromkeys(("`", "grave"), "\u0300"),
    **dict.fromkeys(("^", "hat", "widehat"), "\u0302"),
    **dict.fromkeys(("~", "tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(('"', "ddot"), "\u0308"),
    **dict.fromkeys((".", "dot"), "\u0307"),
    **dict.fromkeys(("=", "bar", "overline"), "\u0304"),
    **dict.fromkeys(("u", "breve"), "\u0306"),
    **dict.fromkeys(("v", "check"), "\u030c"),
    "vec": "\u20d7", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_LITERALS = {"\u0302": "^", "\u0303": "~"}
"""What accents on nothing, `\\^{}` and `\\~{}`, are written for."""
_SIGNS = {
    **{sign: sign for sign in "&%#_{}$"},
    # As groups, so that a space after `\(\alpha\)` is none that the command takes.
    "(": "{", "[": "{", ")": "}", "]": "}",
    "\\": " ", " ": " ", "\n": " ", ",": " ", ";": " ", ":": " ", "!": "", "-": "", "/": "", "|": "‖",
}  # fmt: skip
_WORDS = {
    "i": "ı", "j": "ȷ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "SS": "ẞ", "aa": "å", "AA": "Å",
    "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ",
    "TH": "Þ", "quad": " ", "qquad": " ", "newline": " ", "space": " ", "slash": "/",
    "textbackslash": "\\", "LaTeX": "LaTeX", "TeX": "TeX", "dots": "…", "ldots": "…", "cdots": "⋯",
}  # fmt: skip
_STYLES = frozenset({
    "bf", "bfseries", "big", "Big", "bigl", "bigr", "bm", "boldsymbol", "displaystyle", "em", "emph",
    "ensuremath", "hbox", "it", "itshape", "large", "Large", "left", "mathbb", "mathbf", "mathcal",
    "mathfrak", "mathit", "mathnormal", "mathrm", "mathscr", "mathsf", "mathtt", "mbox", "operatorname",
    "pmb", "right", "rm", "rmfamily", "sc", "scriptsize", "scshape", "sf", "sffamily", "sl", "small",
    "text", "textbf", "textit", "textmd", "textnormal", "textrm", "textsc", "textsf", "textsl",
    "texttt", "textup", "tt", "ttfamily", "underline", "uppercase",
})  # fmt: skip
"""Commands that change the look of what follows, not what it says."""
_OPERATORS = frozenset({
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "det", "dim", "exp", "gcd", "hom", "inf",
    "ker", "lim", "ln", "log", "max", "min", "Pr", "sin", "sinh", "sup", "tan", "tanh",
})  # fmt: skip


class LossyError(Exception):
    """Plain text can't say this."""


def without_latex(text: str, *, strict: bool) -> str:
    """
    *text* with its LaTeX decoded.

    Raises LossyError where *strict* and something would be lost: an unknown
    command, a fraction or an exponent that can't be told from its neighbours,
    unbalanced braces. Else what can't be decoded leaves its letters behind.
    """
    return _Reader(strict).read(_math_as_groups(text)) if _MARKUP.search(text) else text


def _math_as_groups(text: str) -> str:
    """
    `$…$` as `{…}` where it is mathematics, not money.

    It is money in `from $100 to $200`: a formula neither begins nor ends with a
    space, and no digit follows it. Source: pandoc's rule for `tex_math_dollars`,
    relaxed where the inside holds TeX.
    """
    signs = [found.span() for found in _DOLLAR.finditer(text) if found[1]]
    parts: list[str] = []
    done = at = 0
    while at + 1 < len(signs):
        (start, inner_start), (inner_end, end) = signs[at], signs[at + 1]
        inner = text[inner_start:inner_end]
        if not _is_formula(inner, text[end : end + 1]):
            at += 1
            continue
        parts += (text[done:start], "{", inner, "}")
        done, at = end, at + 2
    return "".join((*parts, text[done:]))


def _is_formula(inner: str, following: str) -> bool:
    if not inner or (inner[0].isdigit() and following.isdigit()):
        return False
    if re.search(r"[\\^_{]", inner):
        return True
    return inner.strip() == inner and not following.isdigit()


class _Reader:
    def __init__(self, strict: bool) -> None:
        self._strict = strict
        self._depth = 0

    def read(self, text: str) -> str:
        parts: list[str] = []
        opened = at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            assert found is not None  # noqa: S101 - every character begins some token
            at = found.end()
            word, sign = found[1], found[2]
            if word is not None:
                said, at = self._word(word, text, at)
            elif sign in _ACCENTS:
                said, at = self._accented(_ACCENTS[sign], text, at)
            elif sign is not None:
                said = self._sign(sign)
            elif found[0] in "^_" and text[at : at + 1] == "{":
                said, at = self._script(found[0], text, at)
            elif found[0] == "~" and _TIE.match(text, at - 1):
                said = " "
            elif found[0] == "\\":
                said = self._lossy("")
            else:
                said = found[0]
            # `\(` and `\[` open a group as `{` does; a brace that is meant as one comes as `\{`.
            if said in ("{", "}") and sign not in ("{", "}"):
                opened += 1 if said == "{" else -1
                said = self._lossy("") if opened < 0 else ""
                opened = max(opened, 0)
            parts.append(said)
        if opened:
            self._lossy("")
        return "".join(parts)

    def _lossy(self, instead: str) -> str:
        if self._strict:
            raise LossyError
        return instead

    def _sign(self, sign: str) -> str:
        said = _SIGNS.get(sign)
        return self._lossy(sign) if said is None else said

    def _word(self, word: str, text: str, at: int) -> tuple[str, int]:
        if word in _STYLES:
            return "", at
        if word in _ACCENTS:
            return self._accented(_ACCENTS[word], text, at)
        if word == "deg" and text[at : at + 1] in ("", "}"):
            return "°", at  # arXiv writes `{\deg}` for the sign; `\deg f` is a degree
        if word in _OPERATORS:
            return word + (" " if _RUNS_ON.match(text, at) else ""), at
        if word in ("frac", "tfrac", "dfrac", "nicefrac"):
            above, at = self._argument(text, at)
            below, at = self._argument(text, at)
            said = f"{above}/{below}"
            return (said if above.isalnum() and below.isalnum() else self._lossy(said)), at
        if word == "sqrt":
            root, at = self._argument(text, at)
            return (f"√{root}" if root.isalnum() else self._lossy(f"√{root}")), at
        sign = _WORDS.get(word) or _symbols().get(word)
        return (self._lossy(word) if sign is None else sign), at

    def _accented(self, accent: str, text: str, at: int) -> tuple[str, int]:
        if text.startswith("{}", at) and accent in _LITERALS:
            return _LITERALS[accent], at + 2
        base, at = self._argument(text, at)
        base = {"ı": "i", "ȷ": "j"}.get(base, base)
        said = unicodedata.normalize("NFC", base + accent)
        return (said if len(base) == 1 and base.isalpha() else self._lossy(base)), at

    def _script(self, mark: str, text: str, at: int) -> tuple[str, int]:
        script, at = self._argument(text, at)
        # `x^{12}y` would read as another power.
        runs_on = len(script) > 1 and text[at : at + 1].isalnum()
        return mark + (script if _SCRIPT.fullmatch(script) and not runs_on else self._lossy(script)), at

    def _argument(self, text: str, at: int) -> tuple[str, int]:
        """What a command at *at* takes, decoded, and where it ends."""
        while text[at : at + 1].isspace():
            at += 1
        if text[at : at + 1] == "{":
            end = _end_of_group(text, at)
            inner = text[at + 1 : end - 1] if end <= len(text) else self._lossy(text[at + 1 :])
        elif found := _ARGUMENT.match(text, at):
            inner, end = found[0], found.end()
        else:
            return self._lossy(""), at
        if self._depth == _DEEPEST:
            return self._lossy(""), end
        self._depth += 1
        try:
            return self.read(inner), end
        finally:
            self._depth -= 1


def _end_of_group(text: str, at: int) -> int:
    """After the brace that closes the one at *at*; beyond the text where none does."""
    depth = 0
    for found in _GROUPING.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(text) + 1


@functools.cache
def _symbols() -> dict[str, str]:
    # Imported when a command is met that is none of the above: it takes 30 ms.
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415

    specs = get_default_latex_context_db().iter_macro_specs()
    said = {spec.macroname: spec.simplify_repl for spec in specs}
    return {name: sign for name, sign in said.items() if isinstance(sign, str) and len(sign) == 1}
