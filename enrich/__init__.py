"""
The tool that keeps a paper catalogue true, for other programs.

    plan(text) -> Plan          what is wrong with an entry, and the changes that repair it
    apply(text, changes)        the entry with those of them made that still fit
    resolve(items)              what identifiers, addresses, titles and citations stand for
    check(urls)                 whether links work
    open_session(folder)        all of it for programs with an event loop, over one network

The names in `__all__`, their arguments and the attributes that docs/api.md lists change
only with the first number of the version. Everything else is the house's own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from enrich.version import VERSION

if TYPE_CHECKING:
    from enrich.applying import Applied
    from enrich.calls import apply, check, plan, resolve
    from enrich.errors import ConfigError, EnrichError, StateError, UsageError
    from enrich.models import (
        Applicability,
        Change,
        Finding,
        Fix,
        LinkCheck,
        LinkStatus,
        Plan,
        Reason,
        Record,
        Severity,
    )
    from enrich.resolution import Candidate, Resolution, Wanted
    from enrich.session import CheckedLink, Session, open_session

__all__ = [
    "Applicability",
    "Applied",
    "Candidate",
    "Change",
    "CheckedLink",
    "ConfigError",
    "EnrichError",
    "Finding",
    "Fix",
    "LinkCheck",
    "LinkStatus",
    "Plan",
    "Reason",
    "Record",
    "Resolution",
    "Session",
    "Severity",
    "StateError",
    "UsageError",
    "Wanted",
    "__version__",
    "apply",
    "check",
    "open_session",
    "plan",
    "resolve",
]

__version__ = VERSION

_HOMES = {
    "enrich.applying": ("Applied",),
    "enrich.calls": ("apply", "check", "plan", "resolve"),
    "enrich.errors": ("ConfigError", "EnrichError", "StateError", "UsageError"),
    "enrich.models": (
        "Applicability",
        "Change",
        "Finding",
        "Fix",
        "LinkCheck",
        "LinkStatus",
        "Plan",
        "Reason",
        "Record",
        "Severity",
    ),
    "enrich.resolution": ("Candidate", "Resolution", "Wanted"),
    "enrich.session": ("CheckedLink", "Session", "open_session"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Loaded when it is first used: a command that needs none of it starts without."""
    if name not in _HOME:
        raise AttributeError(f"module `enrich` has no attribute `{name}`")
    return getattr(import_module(_HOME[name]), name)
