"""
What the mirror as a whole is, by name: how far it reaches, what is under way, what its index is of.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

_DROP = "DELETE FROM facts WHERE name = ?"
_PUT = "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)"


class Facts:
    """Read from the file each time, for another process may write them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def get(self, name: str) -> str | None:
        found = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def put(self, facts: Mapping[str, str | None]) -> None:
        """None takes a fact away."""
        for name, value in facts.items():
            if value is None:
                self._database.execute(_DROP, (name,))
            else:
                self._database.execute(_PUT, (name, value))

    @property
    def revision(self) -> str:
        """Another one after every change."""
        return self.get("revision") or ""

    @property
    def forms(self) -> str | None:
        """As `titles.forms` was when titles were indexed; None where none is."""
        return self.get("forms")

    @property
    def newest(self) -> dt.date | None:
        """The newest datestamp of any paper, from which an update goes on."""
        return _day(self.get("newest"))

    @property
    def whole_on(self) -> dt.date | None:
        """The day up to which nothing is missing; None while the first import isn't finished."""
        return _day(self.get("whole on"))

    def under_way(self, name: str) -> dict[str, Any]:
        """How far an `import` or an `update` has come that isn't finished; empty where none is."""
        try:
            read = json.loads(self.get(name) or "{}")
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
