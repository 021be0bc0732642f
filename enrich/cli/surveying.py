"""What a catalogue holds, counted over all its entries: what `enrich doctor` tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING

from enrich.files import Unread, read
from enrich.models import Plan
from enrich.planning import context_for, identifiers_of, open_entry
from enrich.words import dataclass

if TYPE_CHECKING:
    from enrich.cli.catalogue import Catalogue
    from enrich.models import Entry
    from enrich.setting import Setting

FIELDS = ("title", "authors", "year", "venue", "doi")


@dataclass(slots=True)
class Survey:
    entries: int = 0
    unread: int = 0
    """Files that can't be read, or whose front matter can't."""
    bare: int = 0
    """Files without front matter where that is no fault."""
    links: Counter[str] = field(default_factory=Counter)
    """By role."""
    identifiers: Counter[str] = field(default_factory=Counter)
    """Entries that state one, by scheme."""
    fields: Counter[str] = field(default_factory=Counter)
    """Entries that have them."""

    def add(self, entry: Entry, names: frozenset[str]) -> None:
        self.entries += 1
        self.links.update(link.role.value for link in entry.links)
        self.identifiers.update({name.partition(":")[0] for name in names})
        self.fields.update(name for name in FIELDS if getattr(entry, name) is not None)


def survey(setting: Setting, catalogue: Catalogue) -> Survey:
    """Reads every entry; asks nobody."""
    context = context_for(setting.config, catalogue.shape, setting.started_at.date())
    counted = Survey()
    for path in catalogue.paths:
        document = read(setting.root, path)
        if isinstance(document, Unread):
            counted.unread += 1
            continue
        subject = open_entry(document, context)
        if not isinstance(subject, Plan):
            counted.add(subject.entry, identifiers_of(subject.entry, context.today))
        elif subject.is_entry:
            counted.unread += 1
        else:
            counted.bare += 1
    return counted
