"""Work that is done to its end, whether or not anybody waits for it still."""

import logging
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from queue import SimpleQueue
from typing import TypeVar

from sessionary.errors import SessionaryError, StorageError

log = logging.getLogger(__name__)

T = TypeVar("T")


class BackgroundTask:
    """Does each piece of work in a thread of its own; a stop alone cuts it off, between steps."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self, steps: Generator[T, None, None]) -> Iterator[T]:
        """Run all steps in a thread; returns an iterator over their results.

        The iterator raises the error of a step, and StorageError where the work was interrupted.
        """
        results: SimpleQueue[T | SessionaryError | None] = SimpleQueue()
        thread = threading.Thread(target=self._work, args=(steps, results), name="lasting work")
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()
        return _follow(results)

    def stop(self) -> None:
        """Finish the steps at hand."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _work(
        self,
        steps: Generator[T, None, None],
        results: "SimpleQueue[T | SessionaryError | None]",
    ) -> None:
        try:
            with closing(steps):
                for step in steps:
                    results.put(step)
                    if self._stopping.is_set():
                        raise StorageError("the server stops: its next start finishes this")
            results.put(None)
        except SessionaryError as error:
            log.warning("long work was interrupted: %s", error)
            results.put(error)
        except Exception:
            log.exception("long work failed")
            results.put(StorageError("this failed: the server's log says why"))


def _follow(results: "SimpleQueue[T | SessionaryError | None]") -> Iterator[T]:
    while (step := results.get()) is not None:
        if isinstance(step, SessionaryError):
            raise step
        yield step
