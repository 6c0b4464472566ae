"""How often a key may ask."""

import pytest

from sessionary.errors import RateLimitedError
from sessionary.services.access.rate_limit import RateLimit
from sessionary.services.access.wrong_secrets import network_of


def test_a_key_may_ask_as_often_as_it_says() -> None:
    """After two seconds' worth at once, as fast as the bucket fills; each key has its own."""
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


def test_zero_is_any_number() -> None:
    """No bucket is kept."""
    limit = RateLimit(0, clock=lambda: 0.0)
    for _ in range(1000):
        limit.take("a")


def test_the_buckets_are_bounded() -> None:
    """The least recently used one goes; a busy key keeps its own."""
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
def test_a_client_counts_by_its_network(address: str, network: str) -> None:
    """It has all addresses of its /64."""
    assert network_of(address) == network
