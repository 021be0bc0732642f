"""
The onion: redirects ∘ retries ∘ pace per host ∘ one request, guarded where it connects.

Links are asked by `fetch`, sources' endpoints by `call`; what both get back is a value.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import time
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

import httpx

from enrich.http.body import ACCEPT_ENCODING
from enrich.http.envelope import Envelope
from enrich.http.errands import Brought
from enrich.http.exchange import ApiResponse, Pace
from enrich.http.faults import Mishap
from enrich.http.guard import Names
from enrich.http.host_headers import HostHeaders
from enrich.http.lanes import Lanes
from enrich.http.proxies import from_environment
from enrich.http.sending import Received, send
from enrich.http.telling import retry_after_s
from enrich.http.transport import PoolTransport, tls_context
from enrich.http.trying import Budget, is_refusal, try_again
from enrich.http.way import Fetched, Way
from enrich.links import Trouble, authority_of, failure, host_key, is_local, phrase
from enrich.models import Failure, Reason
from enrich.words import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from types import TracebackType

    from enrich.config import Links, Network
    from enrich.http.envelope import Transport
    from enrich.http.errands import Elsewhere, Errand
    from enrich.http.exchange import ApiRequest
    from enrich.http.lanes import Turn

CONNECT_S = 10.0
HOST_PACES: Mapping[str, Pace] = {"huggingface.co": Pace(concurrency=1)}
"""Hosts that most catalogues link so often that they get a pace of their own; the configuration wins."""

_WEB = "web"
_BROWSER_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": ACCEPT_ENCODING,
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run takes from outside, so that a test can take it from elsewhere."""

    clock: Callable[[], float] = time.monotonic
    """Seconds; never goes back."""
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    """Draws from 0 up to 1."""


class Http:
    """The network of one run, in one event loop. Use as an asynchronous context manager."""

    def __init__(
        self,
        network: Network,
        links: Links,
        *,
        version: str,
        transport: Transport | None = None,
        names: Names | None = None,
        surroundings: Surroundings | None = None,
        environ: Mapping[str, str] = os.environ,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """
        *transport* and *names* stand in for the network where they are given; *environ*
        holds what the configuration names but does not hold itself; redirects to hosts that
        are asked *elsewhere* go there.

        Raises UsageError where the environment's proxies, certificates or headers can't be used.
        """
        self._network = network
        self._links = links
        self._around = surroundings or Surroundings()
        self._names = names or Names()
        # Not httpx's client: it follows redirects and keeps cookies, which is done here, per link.
        self._transport = transport or self._new_transport()
        self._is_stand_in = transport is not None
        self._elsewhere = elsewhere
        self._user_agent = f"enrich/{version}" + (f" (mailto:{network.contact})" if network.contact else "")
        usual = httpx.Headers({"User-Agent": self._user_agent, **_BROWSER_HEADERS})
        self._host_headers = HostHeaders(usual, links, network, environ)
        self.notes = tuple(self._host_headers.missing)
        """Sentences about what links are asked without."""
        self.lanes = Lanes(
            bound=network.concurrency,
            max_wait_s=network.max_wait_s,
            pace_of=self._pace_of,
            clock=self._around.clock,
            sleep=self._around.sleep,
            jitter=self._around.jitter,
        )

    def _new_transport(self) -> PoolTransport:
        return PoolTransport(
            self._names, tls_context(), from_environment(), deny_private=self._network.deny_private
        )

    def _pace_of(self, host: str) -> Pace:
        built_in = HOST_PACES.get(host, Pace())
        configured = self._links.host(host)
        return Pace(
            concurrency=built_in.concurrency if configured.concurrency is None else configured.concurrency,
            between_s=built_in.between_s if configured.delay_s is None else configured.delay_s,
            per_run=configured.per_run,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._names.close()
        await self._transport.aclose()

    def stop(self) -> None:
        """Send nothing more; requests under way go on to their end."""
        self.lanes.stop()

    def forget(self, host: str) -> None:
        """Resolve *host* anew when it is next connected to."""
        self._names.forget(host)

    async def resolves_names(self) -> bool:
        """Whether "no such host" says something about a host: not where every name is said not to exist."""
        if self._is_stand_in or from_environment().by_scheme:
            return True  # no name is resolved here
        return await self._names.work()

    # -- links -------------------------------------------------------------------------------

    def budget(self, url: str = "") -> Budget:
        """What one link, or that to canonical *url*, may cost over all requests made for it."""
        return Budget(self._timeout_s(url) * (self._links.retry + 1), self._links.retry)

    def _timeout_s(self, url: str) -> float:
        configured = self._links.host(authority_of(url), host_key(url)).timeout_s
        return self._links.timeout_s if configured is None else configured

    async def fetch(
        self,
        url: str,
        budget: Budget,
        *,
        method: str = "GET",
        page_bytes: int = 0,
    ) -> Fetched:
        """
        What canonical *url* answers, redirects followed hop by hop, each in its own host's lane.

        Of a body that is a page of HTML at most *page_bytes* are read, and no more than
        `network.max-body` allows; of any other, nothing.

        Never raises for what a network or a server can do. No credentials are sent but those
        that the configuration names for the host of *url*.
        """
        way = Way(method, url, self._links.max_redirects)
        while True:
            fetched = way.take(await self._ask_link(way, page_bytes, budget))
            if fetched is not None:
                return fetched

    async def _ask_link(self, way: Way, page_bytes: int, budget: Budget) -> Received | Mishap:
        if way.is_closed:
            return Mishap(Trouble.LOOP)
        way.asking()
        host = host_key(way.url)
        # Before its lane, for behind a proxy the guard never sees where a connection leads.
        if self._network.deny_private and is_local(host):
            return Mishap(Trouble.PRIVATE)
        if self._elsewhere is not None and self._elsewhere.has(host):
            brought = await self._elsewhere.ask(way.errand(page_bytes, budget))
            budget.seconds, budget.retries = brought.seconds, brought.retries
            return brought.outcome
        return await self._ask_host(way, host, page_bytes, budget)

    async def run(self, errand: Errand) -> Brought:
        """One hop of a way that began in another process; its host is asked in this one."""
        budget = Budget(errand.seconds, errand.retries)
        outcome = await self._ask_host(Way.of(errand), host_key(errand.url), errand.page_bytes, budget)
        return Brought(outcome, budget.seconds, budget.retries)

    async def _ask_host(self, way: Way, host: str, page_bytes: int, budget: Budget) -> Received | Mishap:
        if way.method == "HEAD":  # what HEAD does not get, GET is asked for
            return await self._send(self._link_envelope(way, page_bytes, budget), budget, host, _WEB)

        async def attempt() -> Received | Mishap:
            return await self._send(self._link_envelope(way, page_bytes, budget), budget, host, _WEB)

        return await try_again(attempt, budget, sleep=self._around.sleep, jitter=self._around.jitter)

    def _link_envelope(self, way: Way, page_bytes: int, budget: Budget) -> Envelope:
        seconds = min(self._timeout_s(way.url), budget.seconds)
        return Envelope(
            way.method,
            way.url,
            self._host_headers.of(way.url, at_home=way.at_home).raw,
            connect_s=min(CONNECT_S, seconds),
            read_s=seconds,
            total_s=seconds,
            max_body=min(page_bytes, self._network.max_body_bytes),
            pages_only=True,
            cookies=way.cookies,
        )

    # -- endpoints ---------------------------------------------------------------------------

    async def call(self, request: ApiRequest) -> ApiResponse | Failure:
        """See `exchange.Api`."""
        budget = Budget((request.retry + 1) * 2 * request.timeout_s, request.retry)
        envelope = self._api_envelope(request)

        async def attempt() -> Received | Mishap:
            pace = None if request.lane else request.pace
            return await self._send(envelope, budget, request.lane or request.source, request.source, pace)

        outcome = await try_again(attempt, budget, sleep=self._around.sleep, jitter=self._around.jitter)
        return _api_outcome(outcome, request.source)

    def _api_envelope(self, request: ApiRequest) -> Envelope:
        url, content = request.url, request.body
        headers = {
            "User-Agent": self._user_agent,
            "Accept-Encoding": ACCEPT_ENCODING,
            **dict(request.headers),
        }
        encoded = urlencode(request.params)
        if encoded and request.method == "POST" and content is None:
            content = encoded.encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif encoded:
            url += ("&" if "?" in url else "?") + encoded
        return Envelope(
            request.method,
            url,
            httpx.Headers(headers).raw,
            connect_s=request.connect_s,
            read_s=request.timeout_s,
            total_s=2 * request.timeout_s,
            max_body=request.max_body,
            content=content,
            is_endpoint=True,
        )

    # -- one request -------------------------------------------------------------------------

    async def _send(
        self, envelope: Envelope, budget: Budget, lane: str, asker: str, pace: Pace | None = None
    ) -> Received | Mishap:
        if budget.is_spent:
            return Mishap(Trouble.TIMEOUT)
        async with self.lanes.turn(lane, asker, pace) as turn:
            if turn.set_aside is not None:
                return Mishap(turn.set_aside, turn.detail)
            loop = asyncio.get_running_loop()
            began = loop.time()
            outcome = await send(self._transport, envelope)
            budget.spend(loop.time() - began)
            self._tell(turn, outcome)
            return outcome

    def _tell(self, turn: Turn, outcome: Received | Mishap) -> None:
        if isinstance(outcome, Mishap):
            if outcome.trouble is Trouble.TIMEOUT:
                turn.timed_out()
        elif is_refusal(outcome):
            turn.refused(outcome.status, retry_after_s(outcome.headers, self._around.now()))
        else:
            turn.succeeded()


def _api_outcome(outcome: Received | Mishap, source: str) -> ApiResponse | Failure:
    if isinstance(outcome, Mishap):
        failed = failure(outcome.trouble, outcome.detail)
        return Failure(failed.reason, f"{source}: {failed.detail}")
    if outcome.status == 429:
        return Failure(Reason.RATE_LIMITED, f"{source}: {phrase(429)}")
    if 500 <= outcome.status < 600:
        return Failure(Reason.SERVER_ERROR, f"{source}: {phrase(outcome.status)}")
    if not outcome.complete:
        return Failure(Reason.BLOCKED, f"{source}: the answer is larger than allowed")
    # A redirect is not followed, but told: some APIs say so that a thing has another name now.
    return ApiResponse(outcome.status, tuple(outcome.headers.items()), outcome.content)
