from __future__ import annotations

import pytest

from enrich.matching import clean_authors, derive_short_authors


@pytest.mark.parametrize(
    ("raw", "names", "collaboration"),
    [
        (["OpenAI", ":", "Aaron Hurst", "Adam Lerer"], ("OpenAI", "Aaron Hurst", "Adam Lerer"), "OpenAI"),
        (["LearnLM Team", "Google", ":", "A B"], ("LearnLM Team", "Google", "A B"), "LearnLM Team, Google"),
        (["Kimi Team", "Angang Du"], ("Kimi Team", "Angang Du"), "Kimi Team"),
        (["ATLAS Collaboration"], ("ATLAS Collaboration",), None),
        (["NVIDIA :", "A B"], ("NVIDIA", "A B"), "NVIDIA"),
        (["NVIDIA", ": A B"], ("NVIDIA", "A B"), "NVIDIA"),
        (["A B", "C D", ":"], ("A B", "C D"), None),
        ([":", "A B", ":", "C D"], ("A B", "C D"), None),
        (["A B", "for the ABCD Collaboration"], ("A B", "for the ABCD Collaboration"), None),
        (["Aaron Hurst", "and Adam Lerer", " "], ("Aaron Hurst", "Adam Lerer"), None),
        (["Codefuse", "Ling Team", ":", "A B"], ("Codefuse", "Ling Team", "A B"), "Codefuse, Ling Team"),
        ([], (), None),
    ],
)
def test_the_colon_of_a_collaboration_is_no_author(
    raw: list[str], names: tuple[str, ...], collaboration: str | None
) -> None:
    assert clean_authors(raw) == (names, collaboration)


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (["Guy Barles (LMPT)", "Raphael Ponge (University of Toronto)"], ("Guy Barles", "Raphael Ponge")),
        (["Anca-Veronica Ion (University of Pitesti", "Romania)", "A B"], ("Anca-Veronica Ion", "A B")),
        (
            ["Nadine Even (2)", "Christian Klingenberg (2) ((1) Northwestern Univ.", "(2) Würzburg Univ.)"],
            ("Nadine Even", "Christian Klingenberg"),
        ),
        (["Xin (Eric) Wang", "A B"], ("Xin (Eric) Wang", "A B")),
        (["A B (C", "D", "E)", "F G"], ("A B", "F G")),
        (["A B)", "F G"], ("A B)", "F G")),
        (["(for the team)", "A B"], ("A B",)),
    ],
)
def test_affiliations_are_no_names_and_nicknames_stay(raw: list[str], names: tuple[str, ...]) -> None:
    assert clean_authors(raw) == (names, None)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("J. -P. Lévy", "J.-P. Lévy"),
        ("C. -C. Jay Kuo", "C.-C. Jay Kuo"),
        ("GLM-4. 5 Team", "GLM-4.5 Team"),
        ("01. AI", "01.AI"),
        ("MOSI. AI", "MOSI.AI"),
        ("Z. ai", "Z.ai"),
        ("Mu{ñ}oz", "Muñoz"),
        (r"P\'erez", "Pérez"),
        (r"odd \unknown{x}", r"odd \unknownx"),
        ("Z. F. Wu", "Z. F. Wu"),
        ("J. AI", "J. AI"),
        ("Shuaiqi, Xia", "Shuaiqi, Xia"),
        ("Robert L. Logan IV", "Robert L. Logan IV"),
        ("Anders Andersen", "Anders Andersen"),
    ],
)
def test_what_the_api_does_to_a_name_is_undone(raw: str, clean: str) -> None:
    assert clean_authors([raw])[0] == (clean,)


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ([], ""),
        (["Da Chen"], "Da Chen"),
        (["A B", "C D", "E F"], "A B, C D, E F"),
        (["Aaron van den Oord", "C D", "E F", "G H"], "Oord et al."),
        (["", "C D", "E F", "G H"], " et al."),
    ],
)
def test_short_authors_are_derived(names: list[str], short: str) -> None:
    assert derive_short_authors(names) == short
