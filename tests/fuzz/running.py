"""
One target and input after input, until there has been enough of it.
"""

from __future__ import annotations

import random
import time
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fuzz.mutating import mutated

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fuzz.targets import Target

SLOW_S = 5.0
"""CPU time of one input, of at most 200 KB, from which on it counts as a hang."""


@dataclass(slots=True)
class Outcome:
    name: str
    inputs: int = 0
    crashes: dict[str, str] = field(default_factory=dict)
    """By where it happened: how to see it again, and the last lines of the traceback."""
    slowest_s: float = 0.0


def input_of(target: Target, seed: int, number: int) -> bytes:
    return mutated(random.Random(f"{target.name} {seed} {number}"), target.seeds)


def fuzz(target: Target, seed: int, goes_on: Callable[[], bool]) -> Outcome:
    outcome = Outcome(target.name)
    while goes_on():
        content = input_of(target, seed, outcome.inputs)
        began = time.process_time()
        try:
            target.take(content)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            where = _where(error)
            told = "".join(traceback.format_exception(error)[-4:])
            outcome.crashes.setdefault(
                where, f"--target {target.name!r} --seed {seed} --again {outcome.inputs}\n{told}"
            )
        took = time.process_time() - began
        if took > SLOW_S:
            outcome.crashes.setdefault(
                "slow", f"--target {target.name!r} --seed {seed} --again {outcome.inputs}: {took:.1f} s"
            )
        outcome.slowest_s = max(outcome.slowest_s, took)
        outcome.inputs += 1
    return outcome


def again(target: Target, seed: int, number: int) -> None:
    content = input_of(target, seed, number)
    print(content[:2_000])  # noqa: T201
    target.take(content)


def _where(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {last.filename}:{last.lineno}"
