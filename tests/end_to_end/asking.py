"""
Ask what a run could ask, and nothing else: `python -m tests.end_to_end.asking OPTIONS -- KEY…`.

The hands of the program as `enrich check OPTIONS` puts them together: configuration, cache, tokens,
sources. A key is a question as the cache writes it, `doi:10.5555/1`; told is one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import sys

from enrich.cache.encoding import fields_of, key_of, query_of
from enrich.cli.arguments import parse_arguments
from enrich.cli.setting import setting_of
from enrich.network import open_network


async def main() -> None:
    middle = sys.argv.index("--")
    args = parse_arguments(["check", *sys.argv[1:middle]])
    async with open_network(setting_of(args), offline=args.offline, refresh=args.refresh) as network:
        answers = await network.answer([query_of(key) for key in sys.argv[middle + 1 :]])
        totals = network.totals(complete=True, exit_code=0, entries=0, seconds=0)
        told = {
            key_of(query): [answer.source, type(answer.outcome).__name__, fields_of(answer.outcome)]
            for query, answer in answers.items()
        }
        unavailable = list(network.unavailable())
    print(json.dumps({"answers": told, "requests": dict(totals.requests), "unavailable": unavailable}))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
