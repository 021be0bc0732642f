"""
What a run asks with: `open_network` puts it together, and `Network` is asked.

    opening    cache, snapshots, mirror, workers and the way to the network, closed at the end
    sources    who is asked, and in which order     asking    where questions go, and how they fare
"""

from enrich.network.asking import Network, utc_now
from enrich.network.opening import Known, open_cache, open_mirror, open_network

__all__ = ["Known", "Network", "open_cache", "open_mirror", "open_network", "utc_now"]
