"""How often a key may ask."""

import pytest

from sessionary.access.rate_limit import RateLimit
from sessionary.errors import RateLimitedError


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
