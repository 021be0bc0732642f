"""
The one way to the network: redirects, retries, pace per host, and a guard where connections are made.

Sources need the words of `exchange` and an `Api` only. Importing this package imports
httpx, so only paths that use the network do.
"""

from enrich.http.client import Http, Surroundings
from enrich.http.exchange import MEGABYTE, Api, ApiRequest, ApiResponse, Pace
from enrich.http.guard import Guard, Names
from enrich.http.lanes import Lanes, LaneState
from enrich.http.trying import Budget
from enrich.http.way import Fetched

__all__ = [
    "MEGABYTE",
    "Api",
    "ApiRequest",
    "ApiResponse",
    "Budget",
    "Fetched",
    "Guard",
    "Http",
    "LaneState",
    "Lanes",
    "Names",
    "Pace",
    "Surroundings",
]
