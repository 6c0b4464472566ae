"""The statement that a client is running, so that one which never ends can be found."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_SHOWN_CHARACTERS = 60


class Running:
    """The current statement of one client, and since when it runs."""

    def __init__(self, line: str = "") -> None:
        self._line = line
        self._current: tuple[str, float] | None = None

    @contextmanager
    def statement(self, name: str) -> Iterator[None]:
        """Note that the statement runs."""
        self._current = (name, time.monotonic())
        try:
            yield
        finally:
            self._current = None

    def described(self, seconds: float) -> str:
        """The statement as a sentence where it has been running for so long, else empty."""
        current = self._current
        if current is None:
            return ""
        name, since = current
        taken = time.monotonic() - since
        if taken < seconds:
            return ""
        return f"the {self._line} has been running {name[:_SHOWN_CHARACTERS]!r} for {taken:.0f} s"
