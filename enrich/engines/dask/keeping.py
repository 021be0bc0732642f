"""Credentials stay with the driver: hosts that are asked with any are asked from there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enrich.links import host_key

if TYPE_CHECKING:
    from enrich.config import Links, Network


def hosts_with_credentials(network: Network, links: Links) -> frozenset[str]:
    """
    Hosts that get a token or a header of their own.

    >>> from enrich.config import Links, Network
    >>> hosts_with_credentials(Network(token_env=(("a.example:8443", "A"), ("github", "B"))), Links())
    frozenset({'a.example'})
    """
    with_token = (host for host, _ in network.token_env if "." in host)
    with_header = (host for host, settings in links.hosts if settings.headers)
    return frozenset(host_key(f"https://{host}/") for host in (*with_token, *with_header))


def without_credentials(network: Network, links: Links) -> tuple[Network, Links]:
    """What a worker may know, which asks none of these hosts."""
    hosts = tuple((host, replace(settings, headers=())) for host, settings in links.hosts)
    return replace(network, token_env=()), replace(links, hosts=hosts)
