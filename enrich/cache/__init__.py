"""
What a run already knows: answers on disk, snapshots, and the order in which they are looked at.

    memory     `Memory`: what the fetcher looks in     snapshot   reviewable files, read-only
    store      `Cache`: get, put, and housekeeping     opening    the database's file
    rows       one row of it                           census     what is in it, counted
    aging      how long an answer stays fresh          encoding   questions and answers as text
    entries    what came of whole entries              told       that as text
    forms      how values stand in JSON
"""

from enrich.cache.aging import Ttl
from enrich.cache.entries import Entry, Kept, Situation, State
from enrich.cache.memory import MIRROR, Layer, Memory
from enrich.cache.snapshot import Exported, Snapshot, write_snapshot
from enrich.cache.store import Cache, Remembered
from enrich.cache.told import Told, read_told, write_told

__all__ = [
    "MIRROR",
    "Cache",
    "Entry",
    "Exported",
    "Kept",
    "Layer",
    "Memory",
    "Remembered",
    "Situation",
    "Snapshot",
    "State",
    "Told",
    "Ttl",
    "read_told",
    "write_snapshot",
    "write_told",
]
