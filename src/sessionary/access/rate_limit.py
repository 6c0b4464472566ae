"""How often a key may ask: a bucket of tokens for each, in memory."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from sessionary.errors import RateLimitedError

# A client that was quiet may catch up on so many seconds at once.
_BURST_SECONDS = 2


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """At most `per_second` requests a second for each key, over time; 0 is any number."""

    def __init__(self, per_second: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, key_id: str) -> None:
        """Count a request.

        Raises:
            RateLimitedError: the key asked too often; the error says when it may again.
        """
        if not self._per_second:
            return
        bucket = self._filled(key_id)
        if bucket.tokens < 1:
            wait = math.ceil((1 - bucket.tokens) / self._per_second)
            raise RateLimitedError(
                f"this key may send {self._per_second} requests a second: try again in {wait} s",
                retry_after_seconds=wait,
            )
        bucket.tokens -= 1

    def _filled(self, key_id: str) -> _Bucket:
        now, most = self._clock(), float(self._per_second * _BURST_SECONDS)
        bucket = self._buckets.setdefault(key_id, _Bucket(most, now))
        gained = (now - bucket.filled_at) * self._per_second
        bucket.tokens, bucket.filled_at = min(most, bucket.tokens + gained), now
        return bucket
