"""The latest events, and those who wait for the next; how they are sent is not here."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from sessionary.model.event import EventKind, SessionEvent

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SequencedEvent:
    """An event under its id: greater than that of any event before it."""

    id: int
    event: SessionEvent


class Feed:
    """The last `kept` events of all workspaces, in memory; of this process only.

    A listener has no queue of its own: it reads on from the id that it has, at its own pace, so
    that however many there are and however slow, they cost publishing nothing.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, *, kept: int) -> None:
        self._loop = loop
        self._kept: deque[SequencedEvent] = deque(maxlen=kept)
        self._lock = threading.Lock()
        # The time, so that ids go on after a restart; in microseconds, which a busy server's
        # events do not overtake, and JavaScript still counts.
        self._forgotten = self._last = time.time_ns() // 1000
        self._news = asyncio.Event()
        self._has_subscribers = self._is_closed = False

    def has_subscribers(self) -> bool:
        """Whether there ever was a subscriber: without one, no events can be requested later."""
        return self._has_subscribers

    def listen(self) -> int:
        """Begin to listen; returns the id of the latest event."""
        self._has_subscribers = True
        return self._latest()

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will come."""
        return self._is_closed

    def publish(self, events: Sequence[SessionEvent]) -> None:
        """Add events and wake the listeners; from any thread, and without waiting."""
        if not events:
            return
        with self._lock:
            for event in events:
                if len(self._kept) == self._kept.maxlen:
                    self._forgotten = self._kept[0].id
                self._last = max(self._last + 1, time.time_ns() // 1000)
                self._kept.append(SequencedEvent(self._last, event))
        self._loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """Wake the listeners a last time; from the loop."""
        self._is_closed = True
        self._wake()

    def after(
        self, id: int, workspace_id: str, project_id: str = ""
    ) -> tuple[int, list[SequencedEvent]] | None:
        """The next of the workspace's events, and the id to go on from.

        Only of the project where one is named, and those that may be of any.
        None where some may have been forgotten, or where the id is none that was given.
        """
        with self._lock:
            if not self._forgotten <= id <= self._last:
                return None
            newer = list(takewhile(lambda kept: kept.id > id, reversed(self._kept)))
            last = self._last
        mine = (
            kept
            for kept in reversed(newer)
            if kept.event.workspace_id == workspace_id
            and (not project_id or _concerns(kept.event, project_id))
        )
        found = list(islice(mine, _AT_ONCE))
        return found[-1].id if len(found) == _AT_ONCE else last, found

    async def wait(self, id: int, seconds: float) -> None:
        """Return when there is an event after `id`, when the feed closes, or after the time."""
        news = self._news
        if self._latest() > id or self._is_closed:
            return
        try:
            async with asyncio.timeout(seconds):
                await news.wait()
        except TimeoutError:
            return

    def _latest(self) -> int:
        with self._lock:
            return self._last

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


def _concerns(event: SessionEvent, project_id: str) -> bool:
    return event.kind is EventKind.RESET or event.project_id == project_id
