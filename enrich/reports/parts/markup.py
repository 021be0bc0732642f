"""
Text from outside in Markdown: always as code, so that it can be nothing else.

In code a name with `@` pings nobody, a number with `#` links to no issue, HTML is text.
"""

from __future__ import annotations

import re

from enrich.text import printable


def code(text: str) -> str:
    """
    *text* as code in a line.

    The fence is longer than any run of backticks inside, and a space keeps those at
    the ends apart from it.

    >>> code("a `test`")
    '`` a `test` ``'
    """
    shown = printable(text) or " "
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * max(2, longest + 1)
    return f"{fence} {shown} {fence}"


def cell(text: str) -> str:
    """
    *text* as code in a cell of a table, where a `|` ends the cell even inside code.

    A backslash before a `|` would escape the one that is put there; a space parts them.
    """
    return code(re.sub(r"\\(?=\|)", r"\\ ", text)).replace("|", "\\|")
