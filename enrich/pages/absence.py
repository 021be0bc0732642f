"""What a link shows that answers and is not what was linked."""

from __future__ import annotations

from enrich.models import Doubt, LinkCheck, LinkStatus
from enrich.pages.addresses import is_home

_LED = (LinkStatus.MOVED, LinkStatus.REDIRECTED)


def ends_at_home(url: str, check: LinkCheck) -> bool:
    """Whether canonical *url*, the address of a page, was redirected to the front page of a site."""
    if check.status not in _LED or not check.final_url:
        return False
    return not is_home(url) and is_home(check.final_url)


def is_absent(url: str, check: LinkCheck) -> bool:
    """Whether what was linked at canonical *url* is not there, though the link answers."""
    return check.doubt in (Doubt.GONE, Doubt.PARKED) or ends_at_home(url, check)
