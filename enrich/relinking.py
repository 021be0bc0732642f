"""
How the address of a link is rewritten: never so that an entry links one address twice.

Pure. A link whose new address is another one's already is to go instead; where the two
have different labels, or the item holds more than a link, a person decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.links import canonical_url, repair_url
from enrich.models import Applicability, Fix, Role

if TYPE_CHECKING:
    from enrich.models import Entry, Link


def rewritten(
    entry: Entry,
    link: Link,
    after: str,
    *,
    title: str,
    applicability: Applicability,
    source: str,
    confidence: float = 1.0,
) -> Fix | None:
    """The fix that writes *after* for *link*, or takes it out; None for a link of the text."""
    if link.role is Role.BODY:
        return None
    twin = next((other for other in entry.links if _becomes(other, link, after, entry)), None)
    if twin is None or link.item is None:
        return Fix(title, link.path, link.url, after, applicability, source, confidence)
    certain = applicability if is_redundant(link, twin) else min(applicability, Applicability.UNSAFE)
    return removed(link, twin, certain, source, confidence)


def removed(
    link: Link, twin: Link, applicability: Applicability, source: str, confidence: float = 1.0
) -> Fix:
    """The fix that takes *link*, an item of a list, out of it, for *twin* links the same."""
    title = (
        f"drop the link: `{twin.label}` links the same"
        if twin.label
        else "drop the link: another one links the same"
    )
    return Fix(title, link.path[:-1], link.item, None, applicability, source, confidence)


def is_redundant(link: Link, twin: Link) -> bool:
    """Whether nothing is lost with *link*, where it links what *twin* links: its item says nothing else."""
    if link.item is None or link.role is not twin.role or link.path[:-2] != twin.path[:-2]:
        return False
    said = {value.strip().casefold() for _, value in link.item.pairs if isinstance(value, str)}
    return said - {link.url.strip().casefold(), ""} <= {twin.label.casefold()}


def same_address(one: str, other: str) -> bool:
    """Whether two texts are one address, their fragments included."""
    canonical = canonical_url(one)
    return canonical is not None and (canonical, _fragment(one)) == (canonical_url(other), _fragment(other))


def _fragment(text: str) -> str:
    return text.strip().partition("#")[2]


def _becomes(other: Link, link: Link, after: str, entry: Entry) -> bool:
    """Whether *other* is or, standing before *link*, may become a link of *after*."""
    if other is link or other.role is Role.BODY or other.path == link.path:
        return False
    if same_address(other.url, after):
        return True
    if not _stands_before(other, link):
        return False
    repair = repair_url(other.url, entry.document.text)
    return repair is not None and same_address(repair.url, after)


def _stands_before(other: Link, link: Link) -> bool:
    return other.span.start < link.span.start
