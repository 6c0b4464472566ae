"""The memory that request bodies may take, in all requests at the same time."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sessionary.errors import BufferFullError

# Small bodies may exceed the limit by a reserve, so that large ones do not keep them out.
_SMALL_BYTES = 256 * 1024
_RESERVE_SHARE = 4


class BodyBudget:
    """Counts the bytes of all bodies from their first byte until their request ends.

    Bodies of one caller that are still arriving take at most half of it, so that a client that
    never completes them does not keep other callers out. Only received bytes are counted.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._taken = 0
        self._arriving: Counter[str] = Counter()
        # Bodies are unpacked in threads.
        self._lock = threading.Lock()

    @contextmanager
    def share(self, caller: str) -> Iterator["BodyShare"]:
        """The share of one request by a caller, returned at the end."""
        share = BodyShare(self, caller)
        try:
            yield share
        finally:
            share.close()

    def check(self, more: int, *, own: int, arriving: int | None, caller: str) -> None:
        """Refuse a request that needs that many bytes in addition to its `own`.

        Of those, `arriving` belong to an incomplete body; None once it is complete.
        A body always fits where there is no other, whatever its size.

        Raises:
            BufferFullError: other bodies take too much.
        """
        reserve = self.limit_bytes // _RESERVE_SHARE if own + more <= _SMALL_BYTES else 0
        _check(self._taken, own, more, self.limit_bytes + reserve)
        if arriving is not None:
            _check(self._arriving[caller], arriving, more, self.limit_bytes // 2 + reserve)

    def take(self, count: int, arriving: int, caller: str) -> None:
        """Count bytes in all, and bytes of arriving bodies; negative numbers return them."""
        with self._lock:
            self._taken += count
            self._arriving[caller] += arriving
            if not self._arriving[caller]:
                del self._arriving[caller]


def _check(taken: int, own: int, more: int, limit: int) -> None:
    if taken > own and taken + more > limit:
        raise BufferFullError(
            f"request bodies take {taken} bytes, of at most {limit}: send this again in a second"
        )


class BodyShare:
    """The bytes that one request's body takes, in each form in which it is in memory."""

    def __init__(self, budget: BodyBudget, caller: str) -> None:
        self._budget = budget
        self._caller = caller
        self._arriving = self.taken = 0
        self._is_complete = False

    def add(self, count: int) -> None:
        """Take more.

        Raises:
            BufferFullError: other bodies take too much.
        """
        self.expect(count)
        arriving = 0 if self._is_complete else count
        self._budget.take(count, arriving, self._caller)
        self.taken += count
        self._arriving += arriving

    def expect(self, count: int) -> None:
        """Refuse a body of that size before it arrives, if it would not fit now.

        Raises:
            BufferFullError: other bodies take too much.
        """
        self._budget.check(
            count,
            own=self.taken,
            arriving=None if self._is_complete else self._arriving,
            caller=self._caller,
        )

    def complete(self) -> None:
        """The body has arrived: what is added from here on are other forms of it."""
        self._is_complete = True
        self._budget.take(0, -self._arriving, self._caller)
        self._arriving = 0

    def close(self) -> None:
        """Return all bytes."""
        self._budget.take(-self.taken, -self._arriving, self._caller)
        self._arriving = self.taken = 0
