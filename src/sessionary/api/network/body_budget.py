"""The memory that request bodies may take, in all requests at the same time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sessionary.errors import BufferFullError


class BodyBudget:
    """Counts the bytes of all bodies from their first byte until their request ends.

    Only what has arrived is counted, so that slow bodies keep nothing from others.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._taken = 0
        # Bodies are unpacked in threads.
        self._lock = threading.Lock()

    @contextmanager
    def share(self) -> Iterator["BodyShare"]:
        """The share of one request, given back at the end."""
        share = BodyShare(self)
        try:
            yield share
        finally:
            self.take(-share.taken)

    def check(self, more: int, *, own: int = 0) -> None:
        """Refuse a request that needs that many bytes beyond its `own`.

        A single body always fits, whatever its size.

        Raises:
            BufferFullError: other bodies take too much.
        """
        if self._taken > own and self._taken + more > self.limit_bytes:
            raise BufferFullError(
                f"request bodies take {self._taken} bytes, of at most {self.limit_bytes}: "
                "send this again in a second"
            )

    def take(self, count: int) -> None:
        """Count bytes."""
        with self._lock:
            self._taken += count


class BodyShare:
    """The bytes that one request's body takes, in each form in which it is in memory."""

    def __init__(self, budget: BodyBudget) -> None:
        self._budget = budget
        self.taken = 0

    def add(self, count: int) -> None:
        """Take more.

        Raises:
            BufferFullError: other bodies take too much.
        """
        self._budget.check(count, own=self.taken)
        self._budget.take(count)
        self.taken += count

    def expect(self, count: int) -> None:
        """Refuse a body of that size before it arrives, if it would not fit now.

        Raises:
            BufferFullError: other bodies take too much.
        """
        self._budget.check(count, own=self.taken)
