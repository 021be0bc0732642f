"""
Phrases that are looked for in a page: a pattern, and words without which it matches nowhere.

To look for a few words costs a hundredth of what the pattern does, and hardly any page has them.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache


class Phrases:
    def __init__(self, pattern: str, words: str) -> None:
        """Every match of *pattern* holds one of *words*, which `|` divides."""
        self._source = pattern
        self.words = tuple(words.split("|"))
        self.search = lru_cache(maxsize=8)(self._search)  # several questions about one page are the same
        """The first match in a text, or None."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled once a page has one of the words: that takes milliseconds, and most runs read no page."""
        return re.compile(self._source)

    def _search(self, text: str) -> re.Match[str] | None:
        for word in self.words:
            if word in text:
                return self.pattern.search(text)
        return None
