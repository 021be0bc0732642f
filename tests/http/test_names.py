"""Whether names can be resolved at all, so that a machine without a network calls no host dead."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from enrich.config import Links, Network
from enrich.http import Http
from enrich.http.guard import WITNESSES, Names
from enrich.models import LinkQuery, LinkStatus, Reason
from enrich.sources.web import Web

if TYPE_CHECKING:
    from collections.abc import Sequence

DEAD = "gone-lab.org"


def names_of(*existing: str) -> Names:
    """A resolver that knows *existing* and says of every other name that it does not exist."""

    async def look_up(host: str) -> Sequence[str]:
        if host in existing:
            return ("93.184.216.34",)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    return Names(look_up)


def test_names_work_where_one_was_resolved_or_a_witness_can_be() -> None:
    async def works(names: Names, *asked: str) -> bool:
        for host in asked:
            await names.addresses(host)
        return await names.work()

    assert asyncio.run(works(names_of(WITNESSES[1])))
    assert asyncio.run(works(names_of("lab.org"), "lab.org"))
    assert not asyncio.run(works(names_of("lab.org")))


async def check(names: Names) -> tuple[LinkStatus, Reason | None]:
    async def no_sleep(_seconds: float) -> None:
        await asyncio.sleep(0)

    async with Http(Network(), Links(retry=0), version="1", names=names) as http:
        (outcome,) = await Web(http, Links(), sleep=no_sleep).ask([LinkQuery(f"https://{DEAD}/")])
    return outcome.status, outcome.reason  # type: ignore[union-attr]


def test_a_host_is_dead_where_other_names_exist() -> None:
    assert asyncio.run(check(names_of(WITNESSES[0]))) == (LinkStatus.BROKEN, None)


def test_no_host_is_dead_where_every_name_is_said_not_to_exist() -> None:
    assert asyncio.run(check(names_of())) == (LinkStatus.UNVERIFIED, Reason.NETWORK)
