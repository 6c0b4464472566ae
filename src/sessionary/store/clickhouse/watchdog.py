"""Watch whether the store answers, so that nothing has to wait for it to find out."""

import logging
import threading
import time
from collections.abc import Callable

from sessionary.errors import SessionaryError
from sessionary.store.clickhouse.engine_threads import EngineThreads
from sessionary.store.clickhouse.pool import Database

log = logging.getLogger(__name__)

_PROBE_SECONDS = 1.0
_SILENT_SECONDS = 5.0
# Longer than any statement on a writing client takes unless the engine is stuck.
_STUCK_SECONDS = 120.0


class StoreWatch:
    """Probes the store every second in a thread of its own, and logs each change of its state.

    A stuck engine never returns from a query, so a second thread reads the clock.
    """

    def __init__(
        self,
        database: Database,
        *,
        silent_seconds: float = _SILENT_SECONDS,
        stuck_seconds: float = _STUCK_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._silent_seconds, self._stuck_seconds = silent_seconds, stuck_seconds
        self._clock = clock
        # The store was opened a moment ago.
        self._answered_at = clock()
        self._error = ""
        self._engine_threads = EngineThreads() if database.topology.is_embedded else None
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=target, name=name, daemon=True)
            for target, name in ((self._probe_all, "store probe"), (self._log_all, "store watch"))
        ]

    def start(self) -> None:
        """Begin to probe."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop; a probe that does not return is left behind."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=_PROBE_SECONDS)

    def failure(self) -> str:
        """Why the store is not ready, empty if it is."""
        silent = self._clock() - self._answered_at
        if silent > self._silent_seconds:
            error = f": {self._error}" if self._error else ""
            return f"the store has not answered for {silent:.0f} s{error}"
        stuck = self._database.running_writes(seconds=self._stuck_seconds)
        return f"the store does not finish a write: {'; '.join(stuck)}" if stuck else ""

    def busy(self) -> list[str]:
        """What the writing clients are running now, for the log."""
        return self._database.running_writes(seconds=0)

    def _probe_all(self) -> None:
        while not self._stopping.wait(_PROBE_SECONDS):
            try:
                self._database.probe()
            except SessionaryError as error:
                self._error = str(error)
            except Exception:
                self._error = "the probe failed"
                log.exception("the store could not be probed")
            else:
                self._answered_at, self._error = self._clock(), ""

    def _log_all(self) -> None:
        was_failing = False
        while not self._stopping.wait(_PROBE_SECONDS):
            if self._engine_threads is not None:
                self._engine_threads.lower()
            failure = self.failure()
            if failure and not was_failing:
                running = "; ".join(self.busy()) or "no writes are running"
                log.error("not ready: %s (%s)", failure, running)
            elif was_failing and not failure:
                log.warning("ready: the store answers again")
            was_failing = bool(failure)
