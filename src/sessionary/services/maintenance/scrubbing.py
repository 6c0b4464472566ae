"""Remove erased data from disk some time after the erasure, in the background."""

import logging
import threading
import time
from contextlib import suppress

from sessionary.errors import StorageError
from sessionary.store.clickhouse.pool import Database
from sessionary.store.disk.scrub import begin_marks, read_marks, scrub, stop_merging

log = logging.getLogger(__name__)

_LOOK_SECONDS = 2.0
# Erasures often come in series: one scrub covers those of a sixtieth of the limit.
_DELAYS_PER_LIMIT = 60
_MAX_DELAY_SECONDS = 60.0
# At most a tenth of the time is spent on scrubbing, unless the limit is near.
_REST = 9
_RETRY_SECONDS, _MAX_RETRY_SECONDS = 5.0, 600.0
_STOP_SECONDS = 5.0
_NS_PER_SECOND = 10**9


class Scrubber:
    """One thread that removes erased data within `within_seconds` of its erasure.

    It goes on with what an earlier process did not finish. A limit that is exceeded is logged as an
    error, and the work goes on.
    """

    def __init__(self, database: Database, *, within_seconds: int) -> None:
        self._database = database
        self._within_ns = within_seconds * _NS_PER_SECOND
        self._delay_ns = int(
            min(_MAX_DELAY_SECONDS, within_seconds / _DELAYS_PER_LIMIT) * _NS_PER_SECOND
        )
        self._earliest_ns = 0
        self._retry_seconds = _RETRY_SECONDS
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scrubber", daemon=True)
        self._oldest_ns = 0

    def start(self) -> None:
        """Go on where an earlier process stopped."""
        begin_marks(self._database)
        self._thread.start()

    def stop(self) -> None:
        """Stop between two steps; the next start begins again."""
        self._stopping.set()
        if self._database.topology.is_embedded:
            with suppress(StorageError):  # A store that fails must not keep the server from ending.
                stop_merging(self._database)
        # A server's merge goes on without this process.
        self._thread.join(_STOP_SECONDS)

    def deadline_ns(self) -> int:
        """When data that is erased now will have been removed from disk."""
        return time.time_ns() + self._within_ns

    def pending_since_ns(self) -> int:
        """When the oldest erasure was made whose data is still on disk; 0 where there is none."""
        marks = read_marks(self._database)
        return (self._oldest_ns or marks.erased_ns) if marks.is_pending else 0

    def _run(self) -> None:
        pause = 0.0
        while not self._stopping.wait(pause):
            pause = self._look()

    def _look(self) -> float:
        """Scrub if it is time; returns the seconds to wait before looking again."""
        try:
            if self._is_due():
                self._scrub()
        except StorageError as error:
            return self._retry(error)
        except Exception as error:
            log.exception("scrubbing failed")
            return self._retry(error)
        self._retry_seconds = _RETRY_SECONDS
        return min(_LOOK_SECONDS, self._delay_ns / _NS_PER_SECOND)

    def _is_due(self) -> bool:
        marks = read_marks(self._database)
        if not marks.is_pending:
            self._oldest_ns = 0
            return False
        self._oldest_ns = self._oldest_ns or marks.erased_ns
        now_ns = time.time_ns()
        if now_ns >= self._oldest_ns + self._within_ns // 2:
            return True
        return now_ns >= max(marks.erased_ns + self._delay_ns, self._earliest_ns)

    def _scrub(self) -> None:
        begun_ns = time.time_ns()
        for pause in scrub(self._database):
            if self._stopping.wait(pause):
                return
        ended_ns = time.time_ns()
        self._earliest_ns = ended_ns + _REST * (ended_ns - begun_ns)
        if ended_ns > self._oldest_ns + self._within_ns:
            log.error("erased data was removed from disk later than promised: %s", self._late())
        # What was erased meanwhile is found at the next look.
        self._oldest_ns = begun_ns

    def _retry(self, error: Exception) -> float:
        if self._stopping.is_set():
            return 0.0
        self._log_failure(error)
        pause = self._retry_seconds
        self._retry_seconds = min(2 * pause, _MAX_RETRY_SECONDS)
        return pause

    def _log_failure(self, error: Exception) -> None:
        late = time.time_ns() > self._oldest_ns + self._within_ns > self._within_ns
        log.log(
            logging.ERROR if late else logging.WARNING,
            "erased data could not be removed from disk yet%s; trying again: %s",
            f", {self._late()}" if late else "",
            error,
        )

    def _late(self) -> str:
        seconds = (time.time_ns() - self._oldest_ns) // _NS_PER_SECOND
        return f"erased {seconds} s ago, the limit is {self._within_ns // _NS_PER_SECOND} s"
