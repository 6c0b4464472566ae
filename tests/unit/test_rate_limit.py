"""Rate limits of keys."""

import pytest

from sessionary.errors import RateLimitedError
from sessionary.services.access.rate_limit import RateLimit
from sessionary.services.access.wrong_secrets import network_of


def test_key_is_limited_to_its_rate() -> None:
    """A burst of two seconds, then as the bucket refills; separately for each key."""
    now = [0.0]
    limit = RateLimit(10, clock=lambda: now[0])
    for _ in range(20):
        limit.take("a")
    with pytest.raises(RateLimitedError) as refused:
        limit.take("a")
    assert refused.value.retry_after_seconds == 1
    limit.take("b")
    now[0] = 0.1
    limit.take("a")
    with pytest.raises(RateLimitedError):
        limit.take("a")


def test_zero_is_unlimited() -> None:
    """Without a bucket."""
    limit = RateLimit(0, clock=lambda: 0.0)
    for _ in range(1000):
        limit.take("a")


def test_number_of_buckets_is_limited() -> None:
    """The least recently used bucket is dropped; that of a busy key stays."""
    limit = RateLimit(1, burst=1, clock=lambda: 0.0)
    limit.take("busy")
    for number in range(20_000):
        limit.take(str(number))
        with pytest.raises(RateLimitedError):
            limit.take("busy")
    assert len(vars(limit)["_buckets"]) <= 10_000


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1:2:3:4", "2001:db8::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_ipv6_clients_are_limited_by_network(address: str, network: str) -> None:
    """A client controls all addresses of its /64."""
    assert network_of(address) == network
