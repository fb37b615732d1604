"""Which address a request comes from."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

from service.settings import Network

Address: TypeAlias = IPv4Address | IPv6Address
IPV6_PREFIX = 64  # what one subscriber is given


def address_of(peer: str, forwarded: str, trusted: Iterable[Network]) -> str:
    """The peer, or the nearest address of X-Forwarded-For that is no trusted proxy's.

    The header counts only as far as trusted proxies wrote it: read from its end, up to the first
    address that is none of theirs. IPv6 is the /64.
    """
    networks = tuple(trusted)
    found = _parsed(peer)
    hops = [hop.strip() for hop in forwarded.split(",")]
    while found is not None and hops and any(found in network for network in networks):
        before = _parsed(hops.pop())
        if before is None:
            break
        found = before
    return peer if found is None else _shown(found)


def _parsed(text: str) -> Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _shown(address: Address) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), IPV6_PREFIX), strict=False))
    return str(address)
