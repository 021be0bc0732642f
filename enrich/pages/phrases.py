"""
Phrases that are looked for in a page: a pattern, and words without which it matches nowhere.

To look for a few words costs a hundredth of what the pattern does, and hardly any page has them.
"""

from __future__ import annotations

import re


class Phrases:
    def __init__(self, pattern: str, words: str) -> None:
        """Every match of *pattern* holds one of *words*, which `|` divides."""
        self.pattern = re.compile(pattern)
        self.words = tuple(words.split("|"))

    def search(self, text: str) -> re.Match[str] | None:
        for word in self.words:
            if word in text:
                return self.pattern.search(text)
        return None
