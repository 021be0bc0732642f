from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.matching import fold, plain_text
from enrich.matching.markup import loose_text

loose_text(r"\beta")  # imports pylatexenc, so that no example pays for that

snippets = st.lists(
    st.sampled_from(
        [*r"\${}^_~&<>'`\"=.", "alpha", "frac", "emph", "deg", "c", "R", "amp;", "&lt;", " ", "a", "É", "1"]
    )
    | st.text(max_size=3),
    max_size=14,
).map("".join)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"M\'ethodologie d'\'etude", "Méthodologie d'étude"),
        (r"Schr{\"o}dinger, H\"{o}lder, L{\'e}vy", "Schrödinger, Hölder, Lévy"),
        (
            r"Caracter\'{i}sticas, na\"\i ve, Erd\H{o}s, \v{C}ech, Ho\c c",
            "Características, naïve, Erdős, Čech, Hoç",
        ),
        (r"{\L}ukasiewicz and Torleiv Kl{\o}ve", "Łukasiewicz and Torleiv Kløve"),
        (r"Path Finding in \~O(sqrt(rank))", "Path Finding in Õ(sqrt(rank))"),
        (r"Symmetric $\alpha$-stable $\mu$-calculus", "Symmetric α-stable μ-calculus"),
        (r"Pangu-\(\alpha\) on \[x\]", "Pangu-α on x"),
        (r"$\nabla$NABLA: with $\mathbb{R}^2$", "∇NABLA: with R^2"),
        (r"$\text{R}^2\text{ec}$ in $L^{2}$, $Mn_{12}$", "R^2ec in L^2, Mn_12"),
        (r"360{\deg} Stance, at 45$\deg$", "360° Stance, at 45°"),
        (r"$O(\log\log n)$ by $\max_x$, $\log 2$", "O(log log n) by max_x, log 2"),
        (r"A $\frac74$-Approximation of $\sqrt{n}$", "A 7/4-Approximation of √n"),
        (r"Higher Domain \#CSP, 5\% \& more", "Higher Domain #CSP, 5% & more"),
        (r"A Minimal Network\\ for Time~Series", "A Minimal Network for Time Series"),
        (r"Humanoid Policy ~ Human Policy", "Humanoid Policy ~ Human Policy"),
        (r"\emph{FoQuS} ~ \textbf{a} b", "FoQuS ~ a b"),
        (r"\' etude", "étude"),
        (r"O(n\^{}2) and \~{}user", "O(n^2) and ~user"),
        (r"\LaTeX\ and \ldots", "LaTeX and …"),
        ("T2S-Bench &amp;amp; Structure &#945;&#x3B2;", "T2S-Bench & Structure αβ"),
        ("H<sub>2</sub>O <i>in vivo</i>", "H2O in vivo"),
        ("  two\n   lines ", "two lines"),
        ("zero\u200bwidth, NFD e\u0301", "zerowidth, NFD é"),
        ("set {a, b}", "set a, b"),
        (r"\{a\} \_ \$5", "{a} _ $5"),
    ],
)
def test_markup_is_decoded(written: str, plain: str) -> None:
    assert plain_text(written) == plain


@pytest.mark.parametrize(
    "title",
    [
        "Earn $1 Million",
        "From $100 to $200",
        "Costs of $1 or $2",
        r"\$OneMillion-Bench".replace("\\", ""),
        "Between $5 and US$60 per hour, $ 7 or 8 $",
        "$$",
    ],
)
def test_a_dollar_that_is_money_stays(title: str) -> None:
    assert plain_text(title) == title


def test_an_odd_dollar_stays_beside_a_formula() -> None:
    assert plain_text(r"Pay $5 for $\beta$-Skeletons") == "Pay $5 for β-Skeletons"


@pytest.mark.parametrize(
    "title",
    [
        r"Wave equations on $\RR^3$",
        r"$\mathbb{R}^{1+n}$",
        r"$\tilde{O}(n^{3/2})$ Rounds",
        r"$x^{12}y$",
        r"$\frac{1}{x^2}$",
        r"$\sqrt{a+b}$",
        r"$\bar\partial$-Neumann",
        r"\cite{knuth} and \ref{x}",
        r"Back\@slash",
        "ends in \\",
        r"never {closed",
        r"closed} never opened",
        r"\emph{never closed",
        r"\'{never closed",
        r"accent on nothing \'",
        r"accent on nothing \'{}",
        r"$\hat{x y}$",
        r"$\tilde\mathcal{O}(n)$",
        r"\'" * 20 + "e",
        "<mml:math><mml:mi>x</mml:mi></mml:math>",
    ],
)
def test_what_plain_text_would_lose_is_not_decoded(title: str) -> None:
    assert plain_text(title) is None


@pytest.mark.parametrize(
    ("title", "loose"),
    [
        (r"on $\RR^3$", "on RR^3"),
        (r"$\mathbb{R}^{1+n}$", "R^1+n"),
        (r"\'{" * 20 + "e" + "}" * 20, ""),
        (r"Back\@slash \'", "Back@slash "),
        (r"\'{never closed", "never closed"),
    ],
)
def test_for_comparing_unknown_commands_leave_their_letters(title: str, loose: str) -> None:
    assert loose_text(title) == loose


@pytest.mark.parametrize(
    "title",
    [
        "<think> So let's replace this",
        "in <100LOC",
        "A < B and C > D",
        "Q&A and AT&T",
        "&notes; &unknown; R&D;",
    ],
)
def test_what_only_looks_like_html_stays(title: str) -> None:
    assert plain_text(title) == title


@given(snippets)
def test_decoding_takes_any_text(text: str) -> None:
    plain = plain_text(text)

    assert isinstance(loose_text(text), str)
    assert plain is None or plain == " ".join(plain.split())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\\${}&<"), max_size=40))
def test_text_without_markup_is_never_lossy(text: str) -> None:
    assert plain_text(text) is not None


@pytest.mark.parametrize(
    "title", ["{" * 30_000, r"\'" * 30_000, "$" * 30_000, "&" + "amp;" * 1_000, r"\frac{" * 9_000]
)
def test_hostile_markup_ends(title: str) -> None:
    assert fold(title) is not None


def test_pylatexenc_is_imported_only_for_a_symbol() -> None:
    program = (
        "import sys; from enrich.matching import fold\n"
        r"fold(r'Schr\"odinger {\"U}ber $L^2$ \emph{x}'); before = 'pylatexenc' in sys.modules" + "\n"
        r"fold(r'$\beta$'); print(before, 'pylatexenc' in sys.modules)"
    )

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.split() == ["False", "True"]
