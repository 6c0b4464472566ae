"""How often a key, or an address, may ask: a bucket of tokens for each, in memory."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from sessionary.errors import RateLimitedError

# An idle client may send the requests of this many seconds at once.
_BURST_SECONDS = 2
# The bucket that was used least recently goes first: its key may then send a burst again.
_MAX_BUCKETS = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """At most `per_second` for each key, over time, and `burst` at once; 0 is any number.

    `rule` is how a refusal begins.
    """

    def __init__(
        self,
        per_second: float,
        *,
        burst: int = 0,
        rule: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_second
        self._burst = float(burst or per_second * _BURST_SECONDS)
        self._rule = rule or f"no key or link may send more than {per_second} requests a second"
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, key_id: str) -> None:
        """Count a request.

        Raises:
            RateLimitedError: the key asked too often; the error says when it may again.
        """
        if self._per_second:
            self._check(key_id)
            self._buckets[key_id].tokens -= 1

    def is_over(self, key_id: str) -> bool:
        """Whether `take` would refuse."""
        bucket = self._buckets.get(key_id)
        return bucket is not None and self._tokens(bucket, self._clock()) < 1

    def _check(self, key_id: str) -> None:
        bucket = self._filled(key_id)
        if bucket.tokens < 1:
            wait = math.ceil((1 - bucket.tokens) / self._per_second)
            raise RateLimitedError(f"{self._rule}: try again in {wait} s", retry_after_seconds=wait)

    def _filled(self, key_id: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.pop(key_id, None) or _Bucket(self._burst, now)
        self._buckets[key_id] = bucket
        if len(self._buckets) > _MAX_BUCKETS:
            del self._buckets[next(iter(self._buckets))]
        bucket.tokens, bucket.filled_at = self._tokens(bucket, now), now
        return bucket

    def _tokens(self, bucket: _Bucket, now: float) -> float:
        gained = (now - bucket.filled_at) * self._per_second
        return min(self._burst, bucket.tokens + gained)
