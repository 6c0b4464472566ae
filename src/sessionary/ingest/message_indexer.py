"""Keeps what spans say, to be searched, when none are being stored."""

import logging
import threading
import time
from collections.abc import Callable

from sessionary.errors import DamagedDataError, StorageError
from sessionary.store.clickhouse.pool import Database
from sessionary.store.messages.search_index import INDEX_TABLES, forget_messages, index_messages

log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
_YIELD_SECONDS = 0.05
# How long others may keep it waiting: what is not kept is slower to search.
_BEHIND_SECONDS = 30.0


class MessageIndexer:
    """One thread, which comes last: search reads what it has not kept yet from the spans.

    While `is_busy` it waits, until it is `behind_seconds` behind.
    """

    def __init__(
        self,
        database: Database,
        *,
        is_busy: Callable[[], bool],
        behind_seconds: float = _BEHIND_SECONDS,
    ) -> None:
        self._database = database
        self._is_busy = is_busy
        self._behind_seconds = behind_seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="indexer")
        self._caught_up_at = time.monotonic()
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
        """Keep a batch if it is time; returns the seconds to wait before the next."""
        try:
            if self._is_busy() and time.monotonic() < self._caught_up_at + self._behind_seconds:
                self.is_caught_up = False
                return _YIELD_SECONDS
            self.is_caught_up = not index_messages(self._database)
        except DamagedDataError as error:
            return self._repair(error)
        except Exception:
            log.exception("what spans say could not be kept to be searched: trying again")
            return _LOOK_SECONDS
        if not self.is_caught_up:
            return 0.0
        self._caught_up_at = time.monotonic()
        return _LOOK_SECONDS

    def _repair(self, damage: DamagedDataError) -> float:
        """Begin the index again if it is damaged, as after a disk that was full."""
        self.is_caught_up = False
        log.error("what spans say could not be kept to be searched: %s", damage)
        if damage.table in INDEX_TABLES:
            log.warning("indexing the messages of all spans again")
            try:
                forget_messages(self._database)
            except StorageError:
                log.exception("the index could not be emptied: trying again")
        return _LOOK_SECONDS
