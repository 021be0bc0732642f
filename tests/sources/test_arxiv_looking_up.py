from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.models import Failure, NotFound, Reason, Record
from enrich.sources.arxiv.feed import Feed, Refused, Unusable
from enrich.sources.arxiv.looking_up import FRUITLESS, PAUSES_S, LookUp, Told, TooMuch

if TYPE_CHECKING:
    from collections.abc import Callable

    from enrich.models import AnswerOutcome

HTML = Unusable(Reason.SERVER_ERROR, "a page")
RATE = Unusable(Reason.RATE_LIMITED, "Rate exceeded.")
TIMEOUT = Failure(Reason.TIMEOUT, "60 s")
DOWN = Failure(Reason.NETWORK, "connection refused")


def names(count: int) -> tuple[str, ...]:
    return tuple(f"2401.{n:05d}" for n in range(1, count + 1))


def record(name: str) -> Record:
    return Record("arxiv", name, f"Title of {name}", ("A",))


def everything(ids: tuple[str, ...]) -> Told:
    return Feed(tuple((name, record(name)) for name in ids))


def run(look_up: LookUp, service: Callable[[tuple[str, ...]], Told]) -> tuple[list[int], list[float]]:
    """The sizes of the requests, and the pauses after them that were not 0 s."""
    sizes: list[int] = []
    pauses: list[float] = []
    while ids := look_up.request():
        assert len(sizes) < 2000, "it does not end"
        sizes.append(len(ids))
        if pause := look_up.take(service(ids)):
            pauses.append(pause)
    return sizes, pauses


def in_turn(*told: Told) -> Callable[[tuple[str, ...]], Told]:
    coming = list(told)
    return lambda ids: coming.pop(0) if coming else everything(ids)


def test_nothing_is_asked_where_nothing_is_wanted() -> None:
    assert LookUp((), 250).request() is None


def test_identifiers_are_asked_in_as_few_requests_as_the_batch_allows() -> None:
    look_up = LookUp(names(600), 250)

    assert run(look_up, everything) == ([250, 250, 100], [])
    assert list(look_up.outcomes) == list(names(600))


def test_what_a_whole_answer_lacks_has_no_outcome() -> None:
    look_up = LookUp(names(3), 250)

    run(look_up, lambda ids: everything(ids[:1]))

    assert list(look_up.outcomes) == [names(3)[0]]


def test_a_refused_identifier_is_dropped_and_the_rest_asked_again() -> None:
    bad = names(5)[2]
    look_up = LookUp(names(5), 250)

    sizes, _ = run(look_up, lambda ids: Refused(bad, "bad format") if bad in ids else everything(ids))

    assert sizes == [5, 4]
    assert look_up.outcomes[bad] == NotFound("bad format")
    assert sum(isinstance(outcome, Record) for outcome in look_up.outcomes.values()) == 4


def test_any_number_of_refused_identifiers_is_dropped_one_by_one() -> None:
    look_up = LookUp(names(100), 250)

    run(look_up, lambda ids: Refused(ids[0], "bad format"))

    assert set(look_up.outcomes.values()) == {NotFound("bad format")}
    assert len(look_up.outcomes) == 100


@pytest.mark.parametrize("told", [Refused(None, "bad"), HTML])
def test_one_identifier_that_spoils_answers_without_a_name_is_found_by_halving(told: Told) -> None:
    bad = names(250)[137]
    look_up = LookUp(names(250), 250)

    sizes, _ = run(look_up, lambda ids: told if bad in ids else everything(ids))

    assert look_up.outcomes.pop(bad) == Failure(Reason.SERVER_ERROR, told.detail)  # type: ignore[union-attr]
    assert len(look_up.outcomes) == 249
    assert all(isinstance(outcome, Record) for outcome in look_up.outcomes.values())
    assert len(sizes) <= 27
    assert look_up.batch == 250


def test_an_unusable_answer_is_asked_for_again_before_anything_else() -> None:
    look_up = LookUp(names(5), 250)

    assert run(look_up, in_turn(HTML)) == ([5, 5], [])
    assert all(isinstance(outcome, Record) for outcome in look_up.outcomes.values())


@pytest.mark.parametrize("told", [Refused(None, "bad"), HTML, TooMuch("414")])
def test_a_service_that_never_answers_is_left_alone_soon(told: Told) -> None:
    look_up = LookUp(names(1000), 250)

    sizes, _ = run(look_up, lambda _: told)

    assert len(sizes) <= FRUITLESS
    assert set(look_up.outcomes) == set(names(1000))
    assert all(isinstance(outcome, Failure) for outcome in look_up.outcomes.values())
    assert look_up.set_aside is not None


def test_a_batch_that_is_too_long_is_halved_and_the_size_remembered() -> None:
    look_up = LookUp(names(600), 250)

    sizes, _ = run(look_up, lambda ids: TooMuch("414") if len(ids) > 70 else everything(ids))

    assert sizes[:3] == [250, 125, 62]
    assert max(sizes[2:]) == 62
    assert look_up.batch == 62
    assert all(isinstance(outcome, Record) for outcome in look_up.outcomes.values())


def test_one_identifier_that_is_too_long_alone_fails_alone() -> None:
    look_up = LookUp(names(2), 250)

    run(look_up, lambda ids: TooMuch("414") if names(2)[0] in ids else everything(ids))

    assert look_up.outcomes == {
        names(2)[0]: Failure(Reason.SERVER_ERROR, "414"),
        names(2)[1]: record(names(2)[1]),
    }


def test_a_timeout_halves_the_batch_for_good() -> None:
    look_up = LookUp(names(250), 250)

    assert run(look_up, in_turn(TIMEOUT))[0] == [250, 125, 125]
    assert look_up.batch == 125


def test_timeouts_in_a_row_end_the_look_up() -> None:
    look_up = LookUp(names(600), 250)

    sizes, _ = run(look_up, lambda _: TIMEOUT)

    assert sizes == [250, 125, 62]
    assert look_up.set_aside == Failure(Reason.TIMEOUT, "60 s; not asked again in this run")
    assert set(look_up.outcomes.values()) == {TIMEOUT}
    assert len(look_up.outcomes) == 600


def test_a_single_identifier_is_not_asked_again_after_a_timeout() -> None:
    look_up = LookUp(names(1), 250)

    assert run(look_up, lambda _: TIMEOUT)[0] == [1]
    assert look_up.set_aside is None


def test_what_the_network_refused_after_all_retries_is_not_tried_with_the_next_batch() -> None:
    look_up = LookUp(names(600), 250)

    sizes, _ = run(look_up, in_turn(everything(names(250)), DOWN))

    assert sizes == [250, 250]
    assert [type(look_up.outcomes[name]) for name in (names(250)[-1], names(251)[-1], names(600)[-1])] == [
        Record,
        Failure,
        Failure,
    ]


def test_rate_exceeded_makes_longer_and_longer_pauses() -> None:
    look_up = LookUp(names(5), 250)

    assert run(look_up, in_turn(RATE, RATE)) == ([5, 5, 5], list(PAUSES_S))
    assert look_up.set_aside is None
    assert len(look_up.outcomes) == 5


def test_rate_exceeded_again_and_again_sets_the_source_aside() -> None:
    look_up = LookUp(names(600), 250)

    sizes, _ = run(look_up, lambda _: RATE)

    assert sizes == [250, 250, 250]
    assert look_up.set_aside == Failure(Reason.RATE_LIMITED, "Rate exceeded.; not asked again in this run")
    assert set(look_up.outcomes.values()) == {Failure(Reason.RATE_LIMITED, "Rate exceeded.")}


# -- with a witness ----------------------------------------------------------------------------

WITNESS = "1706.03762"


def test_the_witness_goes_with_every_request_and_counts_for_the_batch() -> None:
    asked: list[tuple[str, ...]] = []

    def absent(ids: tuple[str, ...]) -> Told:
        asked.append(ids)
        return everything((WITNESS,))

    look_up = LookUp(names(5), 3, WITNESS)
    run(look_up, absent)

    assert [len(ids) for ids in asked] == [3, 3, 2]
    assert all(ids[-1] == WITNESS for ids in asked)
    assert list(look_up.outcomes) == [WITNESS]


def test_an_answer_without_the_witness_is_not_believed() -> None:
    look_up = LookUp(names(3), 250, WITNESS)

    sizes, _ = run(look_up, lambda _: Feed(()))

    assert len(sizes) > 1
    assert look_up.outcomes == dict.fromkeys(
        names(3), Failure(Reason.SERVER_ERROR, f"arXiv's answer lacks {WITNESS}, which exists")
    )


def test_a_witness_whose_record_is_spoilt_is_no_witness() -> None:
    look_up = LookUp(names(1), 250, WITNESS)

    run(look_up, lambda _: Feed(((WITNESS, Failure(Reason.SERVER_ERROR, "no date")),)))

    assert isinstance(look_up.outcomes[names(1)[0]], Failure)


def test_a_batch_of_one_still_takes_a_witness_along() -> None:
    assert LookUp(names(1), 1, WITNESS).request() == (names(1)[0], WITNESS)


# -- whatever happens --------------------------------------------------------------------------

_ANSWERS = st.sampled_from(
    ["all", "none", "half", "named", "unnamed", "html", "rate", "long", "timeout", "down"]
)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 40), st.integers(1, 12), st.lists(_ANSWERS, max_size=60), st.booleans())
def test_every_identifier_gets_its_own_outcome_and_the_end_is_reached(
    count: int, batch: int, answers: list[str], witnessed: bool
) -> None:
    asked: set[str] = set()
    lacked: set[str] = set()

    def service(ids: tuple[str, ...]) -> Told:
        asked.update(ids)
        match answers.pop(0) if answers else "all":
            case "none" | "half" as some:
                told = ids[len(ids) // 2 :] if some == "half" else ()
                lacked.update(set(ids) - set(told))
                return everything(told)
            case "named":
                return Refused(ids[0], "bad")
            case other:
                table: dict[str, Told] = {
                    "unnamed": Refused(None, "bad"), "html": HTML, "rate": RATE, "long": TooMuch("414"),
                    "timeout": TIMEOUT, "down": DOWN,
                }  # fmt: skip
                return table.get(other) or everything(ids)

    look_up = LookUp(names(count), batch, WITNESS if witnessed else None)
    run(look_up, service)

    absent = set(names(count)) - set(look_up.outcomes)
    assert absent <= lacked
    assert set(look_up.outcomes) <= {*names(count), WITNESS}
    outcome: AnswerOutcome
    for name, outcome in look_up.outcomes.items():
        assert not isinstance(outcome, Record) or outcome.id == name
        assert isinstance(outcome, Failure) or name in asked
