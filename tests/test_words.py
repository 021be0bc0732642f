"""Data classes that are written late: whatever one does with them, they are the standard library's."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field, replace
from typing import Any

import pytest

from enrich.words import dataclass


@dataclass(frozen=True, slots=True)
class Late:
    first: int
    second: tuple[str, ...] = ()
    hidden: str = field(default="", repr=False)
    aside: str = field(default="", compare=False)
    made: tuple[int, ...] = field(default_factory=tuple)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    first: int
    second: tuple[str, ...] = ()
    hidden: str = field(default="", repr=False)
    aside: str = field(default="", compare=False)
    made: tuple[int, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Base:
    x: int

    def __repr__(self) -> str:
        return "mine"


@dataclass(frozen=True)
class Derived(Base):
    """Its own words."""

    y: int = 2


@dataclass(frozen=True, slots=True)
class Empty:
    pass


@dataclass(slots=True)
class Changing:
    x: int


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    x: int


ARGUMENTS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, ("a",)), {}),
    ((1, ("a",), "h", "a", (3,)), {}),
    ((), {"first": 2, "hidden": "x"}),
    ((1,), {"aside": "x"}),
    ((1.0,), {}),
]


@pytest.mark.parametrize("left", ARGUMENTS)
@pytest.mark.parametrize("right", ARGUMENTS)
def test_they_are_equal_hashed_and_shown_alike(left: Any, right: Any) -> None:
    ours = Late(*left[0], **left[1]), Late(*right[0], **right[1])
    theirs = Standard(*left[0], **left[1]), Standard(*right[0], **right[1])

    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert (ours[0] != ours[1]) == (theirs[0] != theirs[1])
    assert hash(ours[0]) == hash(theirs[0])
    assert repr(ours[0]) == repr(theirs[0]).replace("Standard", "Late")


@pytest.mark.parametrize("arguments", [((), {}), ((1, 2, 3, 4, 5, 6), {}), ((1,), {"other": 2})])
def test_they_refuse_the_same_arguments(arguments: Any) -> None:
    for made in (Late, Standard):
        with pytest.raises(TypeError):
            made(*arguments[0], **arguments[1])


@pytest.mark.parametrize("name", ["first", "other"])
def test_they_are_frozen(name: str) -> None:
    one = Late(1)

    with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign to field '{name}'"):
        setattr(one, name, 2)
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot delete field '{name}'"):
        delattr(one, name)
    assert one == Late(1)


@pytest.mark.parametrize(
    "one", [Late(1, ("a",), "b", "c", (2,)), Empty(), Derived(1), Changing(1), Ordered(1)]
)
def test_they_survive_pickle_copy_and_replace(one: Any) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(one, protocol)) == one
    assert copy.deepcopy(one) == one
    assert replace(one) == one


def test_their_fields_are_known() -> None:
    assert dataclasses.asdict(Late(1)) == dataclasses.asdict(Standard(1))
    assert Late.__match_args__ == Standard.__match_args__
    assert Late.__slots__ == Standard.__slots__
    assert [one.name for one in dataclasses.fields(Derived)] == ["x", "y"]
    match Late(1, ("a",)):
        case Late(first, second):
            assert (first, second) == (1, ("a",))


def test_what_a_class_says_itself_stands() -> None:
    assert repr(Base(1)) == "mine"
    assert repr(Derived(1)) == "Derived(x=1, y=2)"
    assert Derived.__doc__ == "Its own words."
    assert hash(Empty()) == hash(())


def test_classes_that_change_or_have_an_order_are_the_standard_librarys() -> None:
    changing = Changing(1)
    changing.x = 2

    assert changing == Changing(2)
    with pytest.raises(TypeError):
        hash(changing)
    assert Ordered(1) < Ordered(2)


def test_a_method_is_written_once() -> None:
    Late(1)
    written = Late.__init__

    Late(2)

    assert Late.__init__ is written
    assert written.__qualname__ == "Late.__init__"
