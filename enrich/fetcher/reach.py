"""Whether there is a network at all, told before six thousand timeouts."""

from __future__ import annotations

FIRST_HOSTS = 3
"""Where the first so many hosts can't be reached and no other could, there is no network."""


class Reach:
    """What the hosts that were asked say of the network."""

    def __init__(self) -> None:
        self._is_reached = False
        self._out_of_reach: set[str] = set()

    def has_answer(self) -> None:
        self._is_reached = True

    def misses(self, host: str) -> None:
        if not self._is_reached and len(self._out_of_reach) < FIRST_HOSTS:
            self._out_of_reach.add(host)

    @property
    def unreachable(self) -> str | None:
        """The first hosts, where not one could be reached; None where one was, or none was asked."""
        return None if self._is_reached else ", ".join(sorted(self._out_of_reach)) or None

    @property
    def is_without_network(self) -> bool:
        return not self._is_reached and len(self._out_of_reach) >= FIRST_HOSTS
