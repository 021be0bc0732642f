"""How a catalogue writes its front matter, learned from some of its files."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

from enrich.frontmatter.habits import NO_HABITS, Habits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.frontmatter.nodes import FrontMatter

T = TypeVar("T")

SHARE = 0.8
"""Of the files that show something, so many must agree for it to be a habit."""


def learn(front_matters: Iterable[FrontMatter]) -> Habits:
    """The habits of the catalogue that *front_matters* are a sample of; a few hundred are plenty."""
    from enrich.frontmatter.yaml.manner import Manner  # noqa: PLC0415 - not needed to read alone

    quotes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    needless: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    folds: Counter[tuple[int, bool] | None] = Counter()
    scripts: Counter[bool] = Counter()
    lists: Counter[int | None] = Counter()
    for front_matter in front_matters:
        if front_matter.format != "yaml":
            continue  # what a file of TOML doesn't show of itself, none of its neighbours tells
        manner = Manner(front_matter, NO_HABITS)
        for key, quote in manner.chosen_quotes():
            quotes[key][quote] += 1
        for key, is_quoted in manner.chosen_styles():
            needless[key][is_quoted] += 1
        folds.update(manner.foldings())
        scripts.update(manner.scripts())
        lists.update(manner.list_offsets())
    fold = _agreed(folds)
    agreed = {key: most for key, votes in sorted(quotes.items()) if (most := _agreed(votes))}
    return Habits(
        quote=_agreed(sum(quotes.values(), Counter())) or NO_HABITS.quote,
        quotes=tuple(agreed.items()),
        quoted_keys=tuple(key for key, votes in sorted(needless.items()) if _agreed(votes)),
        is_ascii=_agreed(scripts) or False,
        width=fold[0] if fold else None,
        is_past=fold[1] if fold else NO_HABITS.is_past,
        list_offset=_agreed(lists),
    )


def _agreed(votes: Counter[T]) -> T | None:
    """What most say, if it is enough of them."""
    if not votes:
        return None
    found, count = votes.most_common(1)[0]
    return found if count >= SHARE * votes.total() else None
