"""Keeps what spans say, to be searched, when nothing waits to be stored."""

import logging
import threading
from collections.abc import Callable

from sessionary.store.database import Database
from sessionary.store.message_texts import keep_messages

log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
_YIELD_SECONDS = 0.05


class Keeper:
    """One thread, which comes last: search reads what it has not kept yet from the spans."""

    def __init__(self, database: Database, *, is_busy: Callable[[], bool]) -> None:
        self._database = database
        self._is_busy = is_busy
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper")
        self.is_caught_up = False

    def start(self) -> None:
        """Go on where an earlier process stopped."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch at hand."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        pause = 0.0
        while not self._stopping.wait(pause):
            pause = self._keep()

    def _keep(self) -> float:
        """Keep a batch if nobody waits; returns the seconds to wait before the next."""
        try:
            if self._is_busy():
                return _YIELD_SECONDS
            self.is_caught_up = not keep_messages(self._database)
        except Exception:
            log.exception("what spans say could not be kept to be searched: trying again")
            return _LOOK_SECONDS
        return _LOOK_SECONDS if self.is_caught_up else 0.0
