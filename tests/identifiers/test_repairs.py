from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from enrich.identifiers import (
    ArxivId,
    Candidate,
    near_misses,
    parse_arxiv_id,
    read_arxiv_id,
    repair_candidates,
)
from tests.identifiers.strategies import TODAY, ids, new_style, old_style
from tests.shared_data import shared

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://arxiv.org/abs/"


def _ids(candidates: tuple[Candidate, ...]) -> list[str]:
    return [candidate.arxiv.id for candidate in candidates]


# -- real and known damage -------------------------------------------------------------------


def _known_damage() -> list[tuple[str, str]]:
    lines = shared("corpus", "arxiv_ids.jsonl").read_text("utf-8").splitlines()
    return [(row["raw"], row["expected"]) for row in map(json.loads, lines) if row["tier"] == "repair"]


def test_the_first_candidate_is_right_for_nearly_all_known_damage() -> None:
    rows = _known_damage()

    right = sum(_ids(repair_candidates(raw, today=TODAY))[:1] == [expected] for raw, expected in rows)

    # Two rows lost a digit that nobody can know: 2410.1276 and 1602.0726.
    assert right >= len(rows) - 2


def test_known_damage_has_the_right_candidate_in_some_tier() -> None:
    missed = [
        (raw, expected)
        for raw, expected in _known_damage()
        if expected not in _ids(repair_candidates(raw, today=TODAY, max_tier=6))
    ]

    assert missed == []


@pytest.mark.parametrize(
    ("text", "arxiv", "tier", "kind", "title"),
    [
        (URL + "hf2410.21276", "2410.21276", 1, "hf-prefix", "remove the `hf` prefix"),
        (URL + "hf2410.21276v2.pdf", "2410.21276v2", 1, "hf-prefix", "remove the `hf` prefix"),
        ("hf2410.21276", "2410.21276", 1, "hf-prefix", "remove the `hf` prefix"),
        (URL + "paper2410.21276", "2410.21276", 1, "word-prefix", "remove the `paper` prefix"),
        (URL + "hf_2410.21276", "2410.21276", 1, "leading-debris", "remove `hf_`"),
        (URL + "10.48550/arXiv.2410.21276", "2410.21276", 1, "leading-debris", "remove `10.48550/arXiv.`"),
        (URL + "cs.CL/2410.21276", "2410.21276", 1, "mixed-old-new", "remove the subject class `cs.CL`"),
        (URL + "{2410.21276}", "2410.21276", 1, "braces", "remove the braces"),
        (URL + "2410.21276}{arXiv", "2410.21276", 1, "latex-debris", "remove `}{arXiv`"),
        (URL + "2410.21276&#125;", "2410.21276", 1, "html-entity-debris", "remove `&#125;`"),
        (URL + "2410.21276/sso-callback", "2410.21276", 1, "trailing-path", "remove `/sso-callback`"),
        (URL + "2410.21276arXiv", "2410.21276", 1, "trailing-debris", "remove `arXiv`"),
        (URL + "2410.21276v", "2410.21276", 1, "version-empty", "remove the empty version `v`"),
        (URL + "2410.21276v0", "2410.21276", 1, "version-zero", "remove the version `v0`"),
        (URL + "2410.21276_v2", "2410.21276v2", 1, "version-form", "write the version as `v2`"),
        (
            URL + "hf2410.21276/v3",
            "2410.21276v3",
            1,
            "hf-prefix",
            "remove the `hf` prefix and write the version as `v3`",
        ),
        (URL + "2410.21276" + "x" * 40, "2410.21276", 1, "trailing-debris", "remove `" + "x" * 29 + "…`"),
        ("https://arxiv.org/abs2410.21276", "2410.21276", 1, "path-typo", "put the slash back after `abs`"),
        ("https://arxiv.org/asb/2410.21276", "2410.21276", 1, "path-typo", "write `abs/` for `asb/`"),
        ("https://arvix.org/abs/2410.21276", "2410.21276", 1, "host-typo", "write the host as `arxiv.org`"),
        (
            "https://arvix.org/abs/hf2410.21276",
            "2410.21276",
            1,
            "host-typo",
            "write the host as `arxiv.org` and remove the `hf` prefix",
        ),
        (
            "https://arxiv.org/abs/2410%2E21276?next=https://a.example",
            "2410.21276",
            1,
            "surroundings",
            "remove what stands around the identifier",
        ),
        (URL + "241021276", "2410.21276", 2, "missing-dot", "put the dot back"),
        ("241021276", "2410.21276", 2, "missing-dot", "put the dot back"),
        (URL + "24102.1276", "2410.21276", 2, "misplaced-dot", "move the dot"),
        (URL + "2410.21.276", "2410.21276", 2, "misplaced-dot", "move the dot"),
        (URL + "2410,21276v2", "2410.21276v2", 2, "wrong-separator", "write a dot for the comma"),
        (URL + "2410·21276", "2410.21276", 2, "wrong-separator", "write a dot for `·`"),
        ("2410/21276", "2410.21276", 2, "wrong-separator", "write a dot for the slash"),
        ("2410..21276", "2410.21276", 2, "wrong-separator", "write one dot"),
        ("2410. 21276", "2410.21276", 2, "whitespace", "remove the space"),
        (URL + "24O9.02060", "2409.02060", 2, "letter-O", "write the letter O as 0"),
        ("24l0.2I276", "2410.21276", 2, "letter-l", "write the letter l as 1 and write the letter I as 1"),
        (URL + "24|0.21276", "2410.21276", 2, "letter-|", "write the bar as 1"),
        ("2410.2127", "2410.21270", 2, "yaml-float-lost-zero", "restore the zero lost at the end"),
        ("2410.21", "2410.21000", 2, "yaml-float-lost-zero", "restore the 3 zeros lost at the end"),
        ("704.0001", "0704.0001", 2, "yaml-lost-leading-zero", "restore the leading zero"),
        (
            "704.001",
            "0704.0010",
            2,
            "yaml-lost-leading-zero",
            "restore the leading zero and restore the zero lost at the end",
        ),
        (
            "1810.0268800000001",
            "1810.02688",
            2,
            "yaml-float-noise",
            "remove the noise of a rounded float",
        ),
        (
            "1810.0268799999999",
            "1810.02688",
            2,
            "yaml-float-noise",
            "remove the noise of a rounded float",
        ),
        (URL + "1810.4805", "1810.04805", 2, "missing-leading-zero", "restore the zero lost after the dot"),
        (URL + "1412.06980", "1412.6980", 2, "extra-zero", "remove one zero"),
        (URL + "24100.21276", "2410.21276", 2, "extra-zero", "remove one zero"),
        (
            URL + "7040001",
            "0704.0001",
            2,
            "yaml-lost-leading-zero",
            "restore the leading zero and put the dot back",
        ),
        ("astro-ph0703750v2", "astro-ph/0703750v2", 2, "old-style-no-slash", "put the slash back"),
        (URL + "hepth/9901001", "hep-th/9901001", 2, "old-style-no-hyphen", "write the archive as `hep-th`"),
        ("math.GT 0309136", "math/0309136", 2, "wrong-separator", "write a slash for the space"),
        (URL + "cs/205028", "cs/0205028", 2, "missing-leading-zero", "restore the lost zero"),
        (URL + "cs/00205028", "cs/0205028", 2, "extra-zero", "remove one zero"),
        (URL + "cs/02O5028}", "cs/0205028", 2, "letter-O", "write the letter O as 0 and remove `}`"),
    ],
)
def test_each_kind_of_damage_is_undone_first_and_says_how(
    text: str, arxiv: str, tier: int, kind: str, title: str
) -> None:
    first = repair_candidates(text, today=TODAY)[0]

    assert (str(first.arxiv), first.tier, first.kind, first.title) == (arxiv, tier, kind, title)


@pytest.mark.parametrize(
    "text",
    [
        "https://arxiv.org/abs/2402.03300https:/arxiv.org/abs/2501.12948",
        URL + "2402.03300,2501.12948",
        URL + "2410.21276/..",
        URL + "TODO",
        URL + "XXXX.XXXXX",
        URL + "2410.2127612",
        URL + "2500.00000",
        "https://arxiv.org/pdf/",
        "https://arxiv.org/list/cs/hf2410.21276",
        "https://example.org/abs/hf2410.21276",
        "https://huggingface.co/papers/https://example.org/2410.21276x",
        "arXiv:https://example.org/2410.21276x",
        "2012-2013 2014",
        "paper241021276",
        "24102127",
        "2410,2127",
        "foo-bar/0301001",
        "x" * 2049,
    ],
)
def test_what_cannot_be_repaired_without_a_guess_has_no_candidates(text: str) -> None:
    assert repair_candidates(text, today=TODAY) == ()


# -- properties ------------------------------------------------------------------------------

_TEXTS = st.one_of(
    st.text(st.sampled_from("0123456789.,/ vOl-hfcsmatharXiv:{}"), max_size=16),
    st.text(st.sampled_from("0123456789.,/ vOl-"), max_size=12).map(URL.__add__),
)


@given(_TEXTS)
def test_candidates_are_well_formed_unique_in_order_and_never_beside_a_reading(text: str) -> None:
    found = repair_candidates(text, today=TODAY, max_tier=6)

    assert all(parse_arxiv_id(str(one.arxiv), today=TODAY) == one.arxiv for one in found)
    assert len(set(_ids(found))) == len(found)
    assert [one.tier for one in found] == sorted(one.tier for one in found)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert not (found and read_arxiv_id(text, today=TODAY))


@given(_TEXTS)
def test_later_tiers_add_candidates_and_change_none_before_them(text: str) -> None:
    few = repair_candidates(text, today=TODAY)
    many = repair_candidates(text, today=TODAY, max_tier=6)

    assert few == tuple(one for one in many if one.tier <= 2)
    assert repair_candidates(text, today=TODAY, max_tier=1) == tuple(one for one in many if one.tier == 1)


_MECHANICAL: dict[str, Callable[[str], str]] = {
    "hf prefix": lambda text: f"{URL}hf{text}",
    "glued path": lambda text: f"https://arxiv.org/abs{text}",
    "host": lambda text: f"https://arvix.org/abs/{text}",
    "trailing debris": lambda text: f"{URL}{text}}}{{arXiv",
    "version zero": lambda text: f"{URL}{text}v0",
    "no dot": lambda text: URL + text.replace(".", ""),
    "no dot, bare": lambda text: text.replace(".", ""),
    "comma": lambda text: text.replace(".", ","),
    "hyphen": lambda text: text.replace(".", "-"),
    "underscore": lambda text: URL + text.replace(".", "_"),
    "space": lambda text: text.replace(".", " "),
    "dot too early": lambda text: f"{URL}{text[:3]}.{text[3]}{text[5:]}",
    "dot too late": lambda text: f"{URL}{text[:4]}{text[5]}.{text[6:]}",
    "letter O": lambda text: URL + text.replace("0", "O", 1),
    "letter l": lambda text: text.replace("1", "l", 1),
    "float": lambda text: repr(float(text)),
    "float in an address": lambda text: URL + repr(float(text)),
    "zeros lost after the dot": lambda text: f"{URL}{text[:5]}{text[5:].lstrip('0')}",
    "zero too many after the dot": lambda text: f"{URL}{text[:5]}0{text[5:]}",
    "zero too many at the end": lambda text: f"{URL}{text}0",
}


@given(new_style, st.sampled_from(sorted(_MECHANICAL)))
def test_one_mechanical_damage_leaves_the_identifier_among_the_candidates(text: str, damage: str) -> None:
    damaged = _MECHANICAL[damage](text)
    assume(read_arxiv_id(damaged, today=TODAY) is None)

    assert text in _ids(repair_candidates(damaged, today=TODAY))


_MECHANICAL_OLD: dict[str, Callable[[str], str]] = {
    "no slash": lambda text: text.replace("/", ""),
    "no hyphen": lambda text: URL + text.replace("-", ""),
    "neither": lambda text: text.replace("/", "").replace("-", ""),
    "space": lambda text: text.replace("/", " "),
    "underscore": lambda text: URL + text.replace("/", "_"),
    "letter O": lambda text: URL + text[:-6] + text[-6:].replace("0", "O", 1),
}


@given(old_style, st.sampled_from(sorted(_MECHANICAL_OLD)))
def test_one_mechanical_damage_leaves_the_old_identifier_as_the_only_candidate(
    text: str, damage: str
) -> None:
    damaged = _MECHANICAL_OLD[damage](text)
    assume(read_arxiv_id(damaged, today=TODAY) is None)

    assert _ids(repair_candidates(damaged, today=TODAY)) == [text]


def _slips(text: str) -> st.SearchStrategy[str]:
    places = [at for at, char in enumerate(text) if char.isdigit()]
    place, digit = st.sampled_from(places), st.sampled_from("0123456789")
    return st.one_of(
        place.map(lambda at: text[:at] + text[at + 1 :]),
        st.builds(lambda at, other: text[:at] + other + text[at + 1 :], place, digit),
        st.builds(lambda at, other: text[:at] + other + text[at:], place, digit),
        st.sampled_from(places[:-1])
        .filter(lambda at: text[at + 1].isdigit())
        .map(lambda at: text[:at] + text[at + 1] + text[at] + text[at + 2 :]),
    )


@given(st.data())
def test_one_slip_in_the_digits_leaves_the_identifier_among_the_guesses(data: st.DataObject) -> None:
    text = data.draw(ids)
    slipped = URL + data.draw(_slips(text))
    reading = read_arxiv_id(slipped, today=TODAY)

    if reading:
        found = near_misses(reading, today=TODAY)
        assert text in (*_ids(found), reading.arxiv.id)
        assert all(one.tier > 2 and one.span == reading.span for one in found)
    else:
        assert text in _ids(repair_candidates(slipped, today=TODAY, max_tier=6))


def test_guesses_are_some_hundred_at_most_and_come_by_tier() -> None:
    found = repair_candidates(URL + "2410.1276", today=TODAY, max_tier=6)
    reading = read_arxiv_id(URL + "2410.21276", today=TODAY)
    assert reading is not None

    assert "2410.21276" in _ids(found)
    assert len(found) < 170
    assert {one.tier for one in found} == {2, 5, 6}
    assert {one.tier for one in near_misses(reading, today=TODAY, max_tier=4)} == {3}


@pytest.mark.parametrize(
    ("text", "meant", "title"),
    [
        ("2413.21276", "2412.21276", "write `2` for a digit `3`"),
        ("2431.21276", "2413.21276", None),
        ("2401.021", "2401.00021", None),
        ("2140.21276", "2104.21276", "swap the digits `40`"),
        ("2410.212765", "2410.21276", "remove a digit `5`"),
        ("2410.1276", "2410.21276", "insert a digit `2`"),
    ],
)
def test_a_guess_says_which_digit_it_is_about(text: str, meant: str, title: str | None) -> None:
    found = repair_candidates(URL + text, today=TODAY, max_tier=6)

    assert next((one.title for one in found if one.arxiv.id == meant and one.tier > 2), None) == title


def test_a_candidate_survives_pickling_and_can_be_a_key() -> None:
    candidate = repair_candidates("hf2410.21276", today=TODAY)[0]

    assert {pickle.loads(pickle.dumps(candidate)): 1}[candidate] == 1
    assert candidate.arxiv == ArxivId("2410.21276")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (URL + "hf2410.21276", "hf2410.21276"),
        (URL + "hf2410.21276?x=1", "hf2410.21276"),
        ("https://arvix.org/abs/2410.21276", "arvix.org"),
        ("https://arvix.org/abs/hf2410.21276", "hf2410.21276"),
        ("https%3A%2F%2Farxiv.org%2Fabs%2Fhf2410%2E21276", "hf2410%2E21276"),
        ("（２４１０，２１２７６）", "２４１０，２１２７６"),
        ("arXiv:2410,21276, 2024", "2410,21276"),
    ],
)
def test_a_candidate_marks_what_is_wrong(text: str, marked: str) -> None:
    assert repair_candidates(text, today=TODAY)[0].span.of(text) == marked
