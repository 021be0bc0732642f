"""
What a run over many links takes, simulated: hosts with paces and latencies, and the program's lanes.

    python -m benchmarks.simulate
    python -m benchmarks.simulate --links 10000 1000000 --in-flight 16 256 --hf-latency 0.2
    python -m benchmarks.simulate --like-links 2000 --latency 200 --in-flight 16

Each host is one lane with the manners of `enrich.http`, on a clock of its own. Links are
spread over hosts as docs/scale.md tells: three large hosts, and a tail by the law of Zipf.
Up to `MOST_SIMULATED` requests are played one by one; what is beyond is bounded from below
by the busiest host, by what may be in flight, and by the CPU. `--like-links` plays the catalogue and
the hosts of `python -m benchmarks.links`, to be held against what that measures.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from enrich.http.exchange import Pace
from enrich.http.manners import Manners

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SIMULATED = 400_000
CPU_S = 0.001
"""Of a link, in one process; see docs/performance.md."""
SHARES = {"arxiv": 0.627, "huggingface": 0.213, "github": 0.099}
"""Of the distinct addresses of two whole catalogues; the rest is the tail."""
TAIL_HOSTS, TAIL_LINKS, ONCE = 357, 486, 0.86
"""Hosts and addresses of their tail, and the part of the hosts that have one address."""
MEDIAN_S, SIGMA = 0.25, 0.8
"""Latency of a host of the tail: lognormal, assumed."""
LINKS_PER_ENTRY = 7_962 / 5_243
LINK_BYTES, RECORD_BYTES, ENTRY_BYTES = 230, 1_000, 1_900
"""Of the cache: a link's answer, a work's, and what came of an entry."""
PAGE_BYTES = 40_000
"""Read of a page, headers and handshake included; assumed, at most 128 KiB are."""


@dataclass(frozen=True, slots=True)
class Host:
    name: str
    requests: int
    pace: Pace
    latency_s: float

    @property
    def least_s(self) -> float:
        """Seconds that its own pace asks for."""
        alone_s = self.latency_s + self.pace.after_s if self.pace.after_s else 0.0
        return self.requests * max(self.pace.between_s, self.latency_s / self.pace.concurrency, alone_s)


@dataclass(slots=True)
class _Lane:
    host: Host
    manners: Manners
    left: int
    wakes_at: float = -math.inf
    waits: bool = False


def catalogue(links: int, hf_latency_s: float, *, token: bool) -> list[Host]:
    """The hosts of a catalogue with so many distinct addresses."""
    parts = {name: round(share * links) for name, share in SHARES.items()}
    hosts = [
        Host("arxiv", math.ceil(parts["arxiv"] / 250), Pace(1, 3.0, 3.0), 1.0),
        Host("huggingface", parts["huggingface"], Pace(1), hf_latency_s),
        Host("github", math.ceil(parts["github"] / 100), Pace(1, 1.0), 0.5)
        if token
        else Host("github", parts["github"], Pace(8), MEDIAN_S),
    ]
    drawn = random.Random(1)
    tail = links - sum(parts.values())
    for number, size in enumerate(sizes(tail)):
        latency_s = MEDIAN_S * math.exp(drawn.gauss(0, SIGMA))
        hosts.append(Host(f"tail{number}", size, Pace(), min(latency_s, 20.0)))
    return hosts


def sizes(links: int) -> list[int]:
    """Addresses of each host of a tail, the largest first: as rank^(-1/ONCE), and one at least."""
    number = max(1, min(links, round(TAIL_HOSTS * (links / TAIL_LINKS) ** ONCE)))
    low, high = 1.0, float(links)
    for _ in range(40):
        middle = (low + high) / 2
        larger = _larger(middle, number)
        total = sum(larger) + number - len(larger)
        low, high = (middle, high) if total < links else (low, middle)
    larger = _larger(low, number)
    found = larger + [1] * (number - len(larger))
    found[0] += max(0, links - sum(found))
    return found


def _larger(largest: float, number: int) -> list[int]:
    """Of the hosts that have two addresses or more, where the first has the *largest* number."""
    last = min(number, int((largest / 2) ** ONCE))
    return [int(largest * rank ** (-1 / ONCE)) for rank in range(1, last + 1)]


def play(hosts: list[Host], bound: int, cpu_s: float) -> float:
    """Seconds until every request is answered, of which *bound* may be in flight."""
    simulation = _Simulation(hosts, bound, cpu_s)
    return simulation.run()


@dataclass(slots=True)
class _Simulation:
    hosts: list[Host]
    bound: int
    cpu_s: float
    now: float = 0.0
    flying: int = 0
    busy_until: float = 0.0
    """By when the one process has handled what has come so far."""
    events: list[tuple[float, int, _Lane, bool]] = field(default_factory=list)
    waiting: deque[_Lane] = field(default_factory=deque)
    """Lanes that may send, and have no place among all requests in flight."""
    numbers: Iterator[int] = field(default_factory=count)

    def run(self) -> float:
        for host in self.hosts:
            if host.requests:
                self._send(_Lane(host, Manners(host.pace, 300.0, lambda: 0.5), host.requests))
        while self.events:
            self.now, _, lane, is_answer = heapq.heappop(self.events)
            if is_answer:
                self.flying -= 1
                lane.manners.succeeded()
                lane.manners.ended(self.now)
            self._send(lane)
            while self.waiting and self.flying < self.bound:
                next_lane = self.waiting.popleft()
                next_lane.waits = False
                self._send(next_lane)
        return max(self.now, self.busy_until)

    def _send(self, lane: _Lane) -> None:
        while lane.left:
            wait_s = lane.manners.wait_s(self.now)
            if wait_s == math.inf:
                return  # an answer wakes it
            if wait_s > 0:
                if lane.wakes_at <= self.now:
                    lane.wakes_at = self.now + wait_s
                    self._at(lane.wakes_at, lane, is_answer=False)
                return
            if self.flying >= self.bound:
                if not lane.waits:
                    lane.waits = True
                    self.waiting.append(lane)
                return
            self._start(lane)

    def _start(self, lane: _Lane) -> None:
        lane.left -= 1
        self.flying += 1
        lane.manners.started(self.now)
        self.busy_until = max(self.busy_until, self.now) + self.cpu_s
        self._at(self.busy_until + lane.host.latency_s, lane, is_answer=True)

    def _at(self, moment: float, lane: _Lane, *, is_answer: bool) -> None:
        heapq.heappush(self.events, (moment, next(self.numbers), lane, is_answer))


def bounds(hosts: list[Host], in_flight: int, cpu_s: float) -> dict[str, float]:
    """Seconds that a run takes at least, and what for."""
    busiest = max(hosts, key=lambda host: host.least_s)
    others = [host for host in hosts if host.name != "arxiv"]
    return {
        busiest.name: busiest.least_s,
        "in flight": sum(host.requests * host.latency_s for host in others) / in_flight,
        "CPU": sum(host.requests for host in hosts) * cpu_s,
    }


def main() -> None:
    options = _options()
    if options.like_links:
        hosts, after_s = _like_links(options.like_links, options.latency / 1000)
        for in_flight in options.in_flight:
            seconds = play(hosts, in_flight, CPU_S) + after_s
            print(
                f"{options.like_links:,} links, {options.latency} ms, {in_flight} in flight: {seconds:.1f} s"
            )
        return
    print(f"{'links':>12} {'hosts':>10} {'requests':>12} {'in flight':>9} {'hours':>10}  bound by")
    for links in options.links:
        hosts = catalogue(links, options.hf_latency, token=not options.no_token)
        requests = sum(host.requests for host in hosts)
        for in_flight in options.in_flight:
            least = bounds(hosts, in_flight, CPU_S)
            what = max(least, key=least.__getitem__)
            is_played = requests <= MOST_SIMULATED
            seconds = play(hosts, in_flight, CPU_S) if is_played else least[what]
            sign = " " if is_played else "≥"
            told = ", ".join(f"{name} {spent / 3600:,.2f} h" for name, spent in least.items())
            print(
                f"{links:>12,} {len(hosts):>10,} {requests:>12,} {in_flight:>9} "
                f"{sign}{seconds / 3600:>9,.2f}  {what}; at least: {told}",
                flush=True,
            )
        _print_sizes(links, hosts)


def _print_sizes(links: int, hosts: list[Host]) -> None:
    entries = links / LINKS_PER_ENTRY
    works = SHARES["arxiv"] * links
    kept = (links - works) * LINK_BYTES + works * RECORD_BYTES + entries * ENTRY_BYTES
    pages = sum(host.requests for host in hosts if host.name.startswith("tail")) * PAGE_BYTES
    print(f"{'':>12} {entries:,.0f} entries; cache {kept / 1e6:,.0f} MB; pages {pages / 1e6:,.0f} MB")


def _like_links(links: int, latency_s: float) -> tuple[list[Host], float]:
    """The hosts of `benchmarks.links`, and after how long the last page that is gone is asked again."""
    chance = random.Random(1)
    requests = [0] * 250
    for number in range(links):
        # A page in twenty has moved to another of its host, one in twenty is gone and asked twice.
        requests[chance.randrange(250)] += 2 if number % 10 == 0 else 1
    return [Host(f"host{place}", asked, Pace(), latency_s) for place, asked in enumerate(requests)], 3.0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulate")
    parser.add_argument("--links", type=int, nargs="+", default=[10_000, 1_000_000, 100_000_000])
    parser.add_argument("--in-flight", type=int, nargs="+", default=[16, 256])
    parser.add_argument("--hf-latency", type=float, default=0.3, help="seconds, of Hugging Face's API")
    parser.add_argument("--no-token", action="store_true", help="GitHub is asked page by page")
    parser.add_argument("--like-links", type=int, metavar="LINKS", help="as benchmarks.links, so many")
    parser.add_argument("--latency", type=int, default=50, help="milliseconds, with --like-links")
    return parser.parse_args()


if __name__ == "__main__":
    main()
