from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.matching.people import agreement, leading_surname

name = st.lists(
    st.sampled_from(
        ["Li", "Wei", "Jia", "Hao", "Jiahao", "J.", "Müller", "Mueller", "Muller", "Schmidt", "Schmitt", "A"]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Julian Mcauley", "Julian McAuley"),
        ("Alex Baker-whitcomb", "Alex Baker-Whitcomb"),
        ("Alex Baker Whitcomb", "Alex Baker-Whitcomb"),
        ("Ian O'connell", "Ian O’Connell"),
        ("Da Chen", "da Chen"),
        ("Z. F. Wu", "Z.F. Wu"),
        ("Zhiyong Frank Wu", "Z. Wu"),
        ("J. -P. Lévy", "Jean-Pierre Levy"),
        ("Wei Li", "Li Wei"),
        ("Wei X. Li", "Li Wei"),
        ("Li, Wei", "Wei Li"),
        ("Jia Hao Li", "Jiahao Li"),
        ("Zhi-Hong Deng", "Zhihong Deng"),
        ("Robert Logan Jr.", "Robert Logan"),
        ("Robert L. Logan IV", "Robert Logan"),
        ("Logan, Robert, III", "Robert Logan"),
        ("Robert Logan, Jr", "Robert Logan"),
        ("Wei Wang 0009", "Wei Wang"),
        ("Klaus-Robert Müller", "K.-R. Mueller"),
        ("Torleiv Kløve", "Torleiv Kloeve"),
        ("Aleksander Mądry", "Aleksander Madry"),
        ("Guy Barles (LMPT)", "Guy Barles"),
        ("Clément Mouhot (DMA", "Clement Mouhot"),
        ("Xin (Eric) Wang", "Xin Wang"),
        ("Vaswani AN", "Ashish N. Vaswani"),
        ("van der Berg J.A.", "Jan van der Berg"),
        ("Vaswani", "Ashish Vaswani"),
        ("Ashish Vaswani et al.", "Ashish Vaswani"),
        ("Openai", "OpenAI"),
        ("Thomas Schmitt", "T. Schmidt"),
        ("李伟", "李伟"),
    ],
)
def test_one_person_written_in_two_ways_agrees(one: str, other: str) -> None:
    for ours, theirs in ((one, other), (other, one)):
        found = agreement([ours], [theirs])

        assert (found.agreeing, found.shorter, found.first, found.full) == (1, 1, True, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wei Wang", "Wei Yang"),
        ("Wei Zhang", "Wei Zheng"),
        ("Anna Smith", "Bob Smith"),
        ("OpenAI", "Aaron Hurst"),
        ("Thomas Schmidt", "Peter Schmitt"),
        ("Thomas Schmidtke", "Thomas Schmitt"),
    ],
)
def test_two_people_do_not_agree(one: str, other: str) -> None:
    assert agreement([one], [other]).agreeing == agreement([other], [one]).agreeing == 0


@pytest.mark.parametrize("nobody", [":", "et al.", "and others", "...", "", "0009"])
def test_what_names_nobody_is_not_counted(nobody: str) -> None:
    assert agreement(["Aaron Hurst", nobody], ["Aaron Hurst"]).longer == 1


def test_nobody_is_counted_twice() -> None:
    found = agreement(["Wei Li", "Wei Li"], ["Wei Li", "Anna Bee", "W. Li", "Wei Li"])

    assert (found.agreeing, found.shorter, found.longer) == (2, 2, 4)


def test_one_letter_off_takes_each_person_once() -> None:
    assert agreement(["A Schmidt", "A Schmidt"], ["A Schmitt", "B Other"]).agreeing == 1


def test_a_cut_list_still_agrees() -> None:
    everyone = [f"Given{chr(97 + at // 26)} Surname{chr(97 + at % 26)}" for at in range(300)]

    found = agreement(everyone[:100], everyone)

    assert (found.agreeing, found.over, found.full, found.first) == (100, 1.0, False, True)


def test_the_first_author_is_the_first_person() -> None:
    assert agreement(["Aaron Hurst", "B C"], ["OpenAI", "Google Research", "Aaron Hurst"]).first
    assert not agreement(["B C", "Aaron Hurst"], ["OpenAI", "Aaron Hurst"]).first


def test_lists_without_persons_say_nothing() -> None:
    assert not agreement(["OpenAI"], ["Josh Achiam", "Steven Adler"]).comparable
    assert not agreement(["Kimi Team"], ["Josh Achiam"]).comparable
    assert not agreement([], ["Josh Achiam"]).comparable
    assert agreement(["OpenAI", "A B"], ["Josh Achiam"]).comparable


def test_no_lists_agree_in_nothing() -> None:
    found = agreement([], [])

    assert (found.over, found.full, found.first) == (0.0, False, False)


@given(st.lists(name, max_size=6), st.lists(name, max_size=6))
def test_agreement_is_symmetric(ours: list[str], theirs: list[str]) -> None:
    assert agreement(ours, theirs) == agreement(theirs, ours)


@given(
    st.lists(name, min_size=1, max_size=6).flatmap(
        lambda names: st.tuples(st.just(names), st.permutations(names))
    )
)
def test_a_list_agrees_with_itself_in_any_order(lists: tuple[list[str], list[str]]) -> None:
    found = agreement(*lists)

    assert found.agreeing == found.shorter == found.longer


def test_thousands_of_authors_are_compared_in_linear_time() -> None:
    ours = [
        f"Given{at} Surname{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}x"
        for at in range(3303)
    ]

    assert agreement(ours, list(reversed(ours))).agreeing == 3303


def test_of_a_word_without_end_a_thousand_letters_are_the_surname() -> None:
    assert leading_surname(["a" * 200_000]) == "a" * 1_000


@pytest.mark.parametrize("filling", [" ", ",", "(", "a ", "A"])
def test_of_a_name_without_end_a_thousand_characters_are_looked_at(filling: str) -> None:
    name = f"Ada Lovelace {filling * 500_000}"

    assert agreement([name], ["Ada Lovelace"]).longer == 1
