"""
What a person can act on.

    EnrichError                 exit code
    ├── UsageError              2   an option, a path, a rule name
    │   └── ConfigError         2   a configuration file, with every mistake in it
    ├── NothingHere             3   what is here is nothing that can be checked
    ├── WriteRefused            4   the tree is dirty, a plan is stale, a file would change elsewhere
    └── StateError              2   cache or ledger can't be read or are from a newer enrich

Expected trouble (a dead link, an unknown identifier, a timeout, an unreadable
entry) is a value in `models`, never an exception.
"""

from __future__ import annotations


class EnrichError(Exception):
    """Stops the run. Its text says what, where and what to do."""

    exit_code = 2


class UsageError(EnrichError):
    """The call can't be carried out as it was given."""


class ConfigError(UsageError):
    """A configuration that isn't valid; the text lists every mistake with its place and cure."""


class NothingHere(EnrichError):  # noqa: N818 - says what is, not that it's an error
    """What is here is nothing that enrich could check."""

    exit_code = 3


class WriteRefused(EnrichError):  # noqa: N818 - says what happened, not that it's an error
    """Nothing was written, for writing could have lost something."""

    exit_code = 4


class StateError(EnrichError):
    """Cache or ledger can't be used; the text names the file and the cure."""
