"""Limit wrong keys, cookies and links by client address, without keeping right ones out."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sessionary.services.access.rate_limit import RateLimit

_SUBSCRIBER_BITS = 64


class WrongSecrets:
    """Refuses wrong secrets of an address that has sent `burst` of them, then `per_second`.

    A right one is never refused, so that others behind the same address still get in.
    """

    def __init__(self, per_second: float, *, burst: int, rule: str) -> None:
        self._limit = RateLimit(per_second, burst=burst, rule=rule)
        self._slow_lane = asyncio.Lock()

    @asynccontextmanager
    async def looking_up(self, address: str) -> AsyncIterator[None]:
        """Look a secret up in the store; addresses over the limit take turns."""
        if self._limit.is_over(network_of(address)):
            async with self._slow_lane:
                yield
        else:
            yield

    def count(self, address: str) -> None:
        """Count a wrong secret.

        Raises:
            RateLimitedError: the address has sent too many.
        """
        self._limit.take(network_of(address))


def network_of(address: str) -> str:
    """What one client can have addresses of: of IPv6 its /64, else the address itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _SUBSCRIBER_BITS), strict=False))
