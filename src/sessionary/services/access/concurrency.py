"""Limits on how much of a shared resource one caller can occupy at the same time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sessionary.errors import RateLimitedError

_RETRY_SECONDS = 5


class ConcurrencyLimit:
    """At most `total` at the same time, of which one caller has at most `per_caller`.

    `noun` names what is limited, in the plural, as a refusal reports it.
    """

    def __init__(self, total: int, *, per_caller: int, noun: str) -> None:
        self._total = total
        self._per_caller = per_caller
        self._noun = noun
        self._held: Counter[str] = Counter()

    @contextmanager
    def hold(self, caller: str) -> Iterator[None]:
        """Count one while in the block.

        Raises:
            RateLimitedError: the caller, or all callers together, have as many as they may.
        """
        if self._held[caller] >= self._per_caller or self._held.total() >= self._total:
            raise RateLimitedError(
                f"too many {self._noun} at the same time: at most {self._per_caller} of one "
                f"caller and {self._total} in all; try again in {_RETRY_SECONDS} s",
                retry_after_seconds=_RETRY_SECONDS,
            )
        self._held[caller] += 1
        try:
            yield
        finally:
            self._held[caller] -= 1
            if not self._held[caller]:
                del self._held[caller]


class FairSlots:
    """`total` slots that callers wait for; one caller never has more than `per_caller`.

    A caller that occupies all of its slots delays its own work only.
    """

    def __init__(self, total: int, *, per_caller: int) -> None:
        self._free = asyncio.Semaphore(total)
        self._per_caller = per_caller
        self._own: dict[str, asyncio.Semaphore] = {}
        self._users: Counter[str] = Counter()

    @asynccontextmanager
    async def slot(self, caller: str, *, wait_seconds: float) -> AsyncIterator[None]:
        """Wait for a slot, and occupy it while in the block.

        Raises:
            TimeoutError: none became free in time.
        """
        own = self._own.setdefault(caller, asyncio.Semaphore(self._per_caller))
        self._users[caller] += 1
        try:
            async with asyncio.timeout(wait_seconds) as timeout, own, self._free:
                timeout.reschedule(None)
                yield
        finally:
            self._users[caller] -= 1
            if not self._users[caller]:
                del self._users[caller], self._own[caller]
