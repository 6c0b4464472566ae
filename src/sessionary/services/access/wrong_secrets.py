"""Limit wrong keys, cookies and links by client address."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sessionary.services.access.concurrency import ConcurrencyLimit
from sessionary.services.access.rate_limit import RateLimit

_SUBSCRIBER_BITS = 64
# Waiting lookups occupy connections, which health checks need too.
_MAX_WAITING, _MAX_WAITING_PER_ADDRESS = 8, 2


class WrongSecrets:
    """Refuses an address that has sent `burst` wrong secrets, then more than `per_second`.

    Valid secrets from the same address are still accepted, a few at a time.
    """

    def __init__(self, per_second: float, *, burst: int, rule: str) -> None:
        self._limit = RateLimit(per_second, burst=burst, rule=rule)
        self._one_at_a_time = asyncio.Lock()
        self._waiting = ConcurrencyLimit(
            _MAX_WAITING,
            per_caller=_MAX_WAITING_PER_ADDRESS,
            noun="requests of addresses that sent many wrong secrets",
        )

    @asynccontextmanager
    async def looking_up(self, address: str) -> AsyncIterator[None]:
        """Look up a secret in the store; addresses over the limit wait for each other.

        Raises:
            RateLimitedError: too many of them wait already.
        """
        network = network_of(address)
        if not self._limit.is_over(network):
            yield
            return
        with self._waiting.hold(network):
            async with self._one_at_a_time:
                yield

    def count(self, address: str) -> None:
        """Count a wrong secret.

        Raises:
            RateLimitedError: the address has sent too many.
        """
        self._limit.take(network_of(address))


def network_of(address: str) -> str:
    """The network of one client: the /64 of an IPv6 address, else the address itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _SUBSCRIBER_BITS), strict=False))
