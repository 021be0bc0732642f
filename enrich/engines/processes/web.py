"""The source of what links answer, where other processes ask most of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrich.engines.processes.lines import NotBegun
from enrich.links import canonical_url, host_key
from enrich.models import AnchorQuery, LinkQuery, SecureQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.engines.processes.hand import Hand
    from enrich.engines.processes.hands import Hands
    from enrich.models import AnswerOutcome, Query
    from enrich.sources.web import Web


class SharedWeb:
    """Deals questions out by their hosts; what no process asks, *web* does."""

    name = "web"
    batch = 1

    def __init__(self, web: Web, hands: Hands) -> None:
        self._web = web
        self._hands = hands

    def accepts(self, query: Query) -> bool:
        return self._web.accepts(query)

    async def ask(self, queries: Sequence[Query]) -> Sequence[AnswerOutcome | None]:
        return [await self._ask(query) for query in queries]

    async def _ask(self, query: Query) -> AnswerOutcome | None:
        hand = self._hand(query)
        if hand is not None:
            try:
                return await hand.ask(query)
            except NotBegun:
                pass  # nobody asked it yet
        (outcome,) = await self._web.ask((query,))
        return outcome

    def _hand(self, query: Query) -> Hand | None:
        url = canonical_url(query.url) if isinstance(query, LinkQuery | SecureQuery | AnchorQuery) else None
        return None if url is None else self._hands.of(host_key(url))
