"""
One look-up of many identifiers: what to ask next, after what was told so far.

Pure: no I/O and no clock; whoever makes the requests hands in what came back.
Every request either answers something or is counted as fruitless, and fruitless
ones are bounded, so a look-up ends however the service behaves.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeAlias, assert_never

from enrich.models import Failure, NotFound, Reason, Record
from enrich.sources.arxiv.feed import Feed, Refused, Unusable
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.models import AnswerOutcome

TRIES = 2
"""How often the same request is sent that gets no usable answer, before its halves are."""
PAUSES_S = (15.0, 60.0)
"""After each `Rate exceeded.`; one more, and arXiv is left alone for the run."""
TIMEOUTS = 3
"""In a row; each but the last halves the batch."""
FRUITLESS = 12
"""In a row; enough to find the one bad identifier among 250 by halving."""


@dataclass(frozen=True, slots=True)
class TooMuch:
    """The request was too long for the service."""

    detail: str


Told: TypeAlias = "Feed | Refused | Unusable | TooMuch | Failure"
"""What came of one request."""


class LookUp:
    """
    While `request` gives identifiers, ask for them and hand what was told to `take`.

    At the end an identifier that is not in `outcomes` is one that whole answers lacked.
    """

    def __init__(self, ids: tuple[str, ...], batch: int, witness: str | None = None) -> None:
        """*witness*: an identifier known to exist, which goes with each request."""
        self.outcomes: dict[str, AnswerOutcome] = {}
        self.batch = batch
        """Most identifiers in one request; shrinks by experience."""
        self.set_aside: Failure | None = None
        """What to answer instead of asking, for the rest of the run; None while all is well."""
        self._witness = (witness,) if witness else ()
        self._todo = deque([_Portion(ids)] if ids else [])
        self._fruitless = 0
        self._timeouts = 0

    def request(self) -> tuple[str, ...] | None:
        """What to ask for next; None when nothing is left to ask."""
        most = max(1, self.batch - len(self._witness))
        while self._todo and len(self._todo[0].ids) > most:
            ids = self._todo.popleft().ids
            self._todo.extendleft((_Portion(ids[most:]), _Portion(ids[:most])))
        return self._todo[0].ids + self._witness if self._todo else None

    def take(self, told: Told) -> float:
        """Learn what came of the last request; seconds to wait before the next."""
        portion = self._todo.popleft()
        match self._believed(told):
            case Feed(records):
                self.outcomes.update(records)
                self._fruitless = self._timeouts = 0
            case Refused(named, detail) if named in portion.ids:
                self.outcomes[named] = NotFound(detail)
                self._first(tuple(identifier for identifier in portion.ids if identifier != named))
                self._fruitless = 0
            case Refused(_, detail):
                self._by_halves(portion, Failure(Reason.SERVER_ERROR, detail))
            case TooMuch(detail):
                self._shrink(portion)
                self._by_halves(portion, Failure(Reason.SERVER_ERROR, detail))
            case Unusable(Reason.RATE_LIMITED as reason, detail):
                return self._refused_by_pace(portion, Failure(reason, detail))
            case Unusable(reason, detail):
                self._again(portion, Failure(reason, detail))
            case Failure(Reason.TIMEOUT) as failure:
                self._after_timeout(portion, failure)
            case Failure() as failure:
                self._give_up(portion, failure)
            case _ as never:
                assert_never(never)
        return 0.0

    def _believed(self, told: Told) -> Told:
        if isinstance(told, Feed) and self._witness:
            (witness,) = self._witness
            if not isinstance(dict(told.records).get(witness), Record):
                return Unusable(Reason.SERVER_ERROR, f"arXiv's answer lacks {witness}, which exists")
        return told

    def _again(self, portion: _Portion, failure: Failure) -> None:
        if portion.tries + 1 >= TRIES:
            self._by_halves(portion, failure)
        elif self._may_go_on(portion, failure):
            self._first(portion.ids, portion.tries + 1)

    def _by_halves(self, portion: _Portion, failure: Failure) -> None:
        """One identifier of *portion* may be at fault; alone, it is what *failure* is about."""
        if not self._may_go_on(portion, failure):
            return
        if len(portion.ids) == 1:
            self.outcomes[portion.ids[0]] = failure
            return
        middle = (len(portion.ids) + 1) // 2
        self._first(portion.ids[middle:])
        self._first(portion.ids[:middle])

    def _after_timeout(self, portion: _Portion, failure: Failure) -> None:
        self._timeouts += 1
        if self._timeouts >= TIMEOUTS:
            self._leave_alone(portion, failure)
        elif len(portion.ids) == 1:
            self._give_up(portion, failure)
        else:
            self._shrink(portion)
            self._by_halves(portion, failure)

    def _refused_by_pace(self, portion: _Portion, failure: Failure) -> float:
        if portion.tries < len(PAUSES_S):
            self._first(portion.ids, portion.tries + 1)
            return PAUSES_S[portion.tries]
        self._leave_alone(portion, failure)
        return 0.0

    def _may_go_on(self, portion: _Portion, failure: Failure) -> bool:
        self._fruitless += 1
        if self._fruitless < FRUITLESS:
            return True
        self._leave_alone(portion, failure)
        return False

    def _leave_alone(self, portion: _Portion, failure: Failure) -> None:
        """The service is not well; every further request would burden it for nothing."""
        self.set_aside = Failure(failure.reason, f"{failure.detail}; not asked again in this run")
        self._give_up(portion, failure)

    def _give_up(self, portion: _Portion, failure: Failure) -> None:
        """What could not be got now, after all retries, would not be got by the next request either."""
        for left in (portion, *self._todo):
            self.outcomes |= dict.fromkeys(left.ids, failure)
        self._todo.clear()

    def _shrink(self, portion: _Portion) -> None:
        self.batch = max(1, (len(portion.ids) + len(self._witness)) // 2)

    def _first(self, ids: tuple[str, ...], tries: int = 0) -> None:
        if ids:
            self._todo.appendleft(_Portion(ids, tries))


@dataclass(frozen=True, slots=True)
class _Portion:
    """Identifiers that go into one request."""

    ids: tuple[str, ...]
    tries: int = 0
    """Requests for just these that got no usable answer."""
