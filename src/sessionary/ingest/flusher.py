"""The one bounded buffer and the one writer behind it.

Two threads: one prepares the next batch (Python, Arrow) while the other stores and rolls up the
one before (the engine). A submission is answered when its spans are durable and visible.
"""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from sessionary.errors import BufferFullError, SessionaryError, StorageError
from sessionary.ingest.prepare import Prepared, prepare
from sessionary.ingest.submission import Acknowledgement, Submission
from sessionary.model.log_entry import LogEntry
from sessionary.otlp.limits import Limits
from sessionary.settings import Settings
from sessionary.store import settlement
from sessionary.store.database import Database, Session
from sessionary.store.log_records import insert_log_records
from sessionary.store.rollup import TouchedTraces, combine, roll_up
from sessionary.store.spans import insert_spans

log = logging.getLogger(__name__)

# How long to leave a roll-up that failed before it is tried again.
_SETTLE_SECONDS = 2.0

Answer = Acknowledgement | SessionaryError


@dataclass(frozen=True, slots=True)
class _Waiting:
    submission: Submission
    since: float
    answered: "asyncio.Future[Acknowledgement]"
    loop: asyncio.AbstractEventLoop

    def answer(self, answer: Answer) -> None:
        self.loop.call_soon_threadsafe(self._settle, answer)

    def _settle(self, answer: Answer) -> None:
        if self.answered.done():
            return
        if isinstance(answer, SessionaryError):
            self.answered.set_exception(answer)
        else:
            self.answered.set_result(answer)


@dataclass(slots=True)
class StepTimes:
    """CPU-free wall seconds by step, and spans stored, since the start."""

    spans: int = 0
    flushes: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, step: str, since: float) -> float:
        """Add the time since `since` to the step; returns now."""
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - since
        return now


class Ingest:
    """Takes submissions and stores them in groups."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._limits = Limits(attribute_bytes=settings.max_attribute_bytes)
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._ready: tuple[list[_Waiting], Prepared] | None = None
        self._changed = threading.Condition()
        self._stopping = False
        self._preparing = False
        self._last_ns = 0
        self._unsettled: list[TouchedTraces] = []
        self._settle_at = 0.0
        self._threads: list[threading.Thread] = []
        self.times = StepTimes()

    def start(self) -> None:
        """Roll up what an earlier process stored but did not finish, then take submissions."""
        with self._database.writing() as session:
            self._last_ns = settlement.last_version(session)
            self._unsettled = settlement.unsettled(session)
            self._next_version(0)
            self._settle(session)
        steps = ((self._prepare_all, "sessionary-prepare"), (self._commit_all, "sessionary-commit"))
        self._threads = [threading.Thread(target=run, name=name) for run, name in steps]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Store all that was taken, then stop."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    async def submit(self, submission: Submission) -> Acknowledgement:
        """Store the spans of a body; returns when they are durable and visible.

        Raises:
            InvalidRequestError: the body is not an ExportTraceServiceRequest.
            BufferFullError: too much is waiting; nothing was taken.
            StorageError: the store failed; nothing was acknowledged.
        """
        loop = asyncio.get_running_loop()
        waiting = _Waiting(submission, time.monotonic(), loop.create_future(), loop)
        with self._changed:
            full = self._waiting_bytes + len(submission.body) > self._settings.buffer_bytes
            if self._stopping or (full and self._waiting):
                raise BufferFullError(
                    f"{self._waiting_bytes} bytes are waiting to be stored, of at most "
                    f"{self._settings.buffer_bytes}: send this again in a second"
                )
            self._waiting.append(waiting)
            self._waiting_bytes += len(submission.body)
            self._changed.notify_all()
        return await waiting.answered

    async def keep_logs(self, workspace_id: str, entries: Sequence[LogEntry]) -> None:
        """Store log records beside the spans."""
        await asyncio.to_thread(self._keep_logs, workspace_id, entries)

    def _keep_logs(self, workspace_id: str, entries: Sequence[LogEntry]) -> None:
        with self._database.writing() as session:
            insert_log_records(session, workspace_id, entries)

    def _prepare_all(self) -> None:
        while (batch := self._take()) is not None:
            since = time.perf_counter()
            prepared = prepare([waiting.submission for waiting in batch], self._limits)
            self.times.add("prepare", since)
            with self._changed:
                self._changed.wait_for(lambda: self._ready is None)
                self._ready = (batch, prepared)
                self._changed.notify_all()
        with self._changed:
            self._preparing = False
            self._changed.notify_all()

    def _take(self) -> list[_Waiting] | None:
        """The next batch; None when stopping and nothing waits."""
        with self._changed:
            self._preparing = True
            self._changed.wait_for(lambda: self._waiting or self._stopping)
            while self._waiting and not self._stopping and not self._is_due():
                self._changed.wait(self._settings.flush_interval_ms / 1000)
            batch: list[_Waiting] = []
            size = 0
            while self._waiting and (not batch or size < self._settings.flush_bytes):
                waiting = self._waiting.popleft()
                size += len(waiting.submission.body)
                batch.append(waiting)
            self._waiting_bytes -= size
            return batch or None

    def _is_due(self) -> bool:
        if self._waiting_bytes >= self._settings.flush_bytes:
            return True
        age = time.monotonic() - self._waiting[0].since
        return age * 1000 >= self._settings.flush_interval_ms

    def _commit_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ready is not None or self._is_drained())
                if self._ready is None:
                    return
                batch, prepared = self._ready
                self._ready = None
                self._changed.notify_all()
            answers = self._commit(prepared)
            for waiting, answer in zip(batch, answers, strict=True):
                waiting.answer(answer)

    def _is_drained(self) -> bool:
        return self._stopping and not self._preparing and not self._waiting

    def _commit(self, prepared: Prepared) -> list[Answer]:
        if not len(prepared.spans):
            return prepared.answers
        try:
            with self._database.writing() as session:
                self._store(session, prepared)
        except Exception as error:
            log.exception("a flush failed")
            self._unsettled = combine([*self._unsettled, *prepared.touched])
            failure = error if isinstance(error, StorageError) else StorageError(str(error))
            return [a if isinstance(a, SessionaryError) else failure for a in prepared.answers]
        self.times.spans += len(prepared.spans)
        self.times.flushes += 1
        return prepared.answers

    def _store(self, session: Session, prepared: Prepared) -> None:
        since = time.perf_counter()
        base_ns = self._next_version(len(prepared.spans))
        insert_spans(session, prepared.spans, workspace_ids=prepared.workspace_ids, base_ns=base_ns)
        since = self.times.add("insert", since)
        for traces in prepared.touched:
            roll_up(session, traces, version=self._last_ns)
        self._settle(session)
        self.times.add("roll up", since)

    def _settle(self, session: Session) -> None:
        """Roll up what earlier flushes had to leave; should that fail again, this flush holds."""
        if self._unsettled:
            if time.monotonic() < self._settle_at:
                return
            self._settle_at = time.monotonic() + _SETTLE_SECONDS
            try:
                for traces in self._unsettled:
                    roll_up(session, traces, version=self._last_ns)
            except StorageError:
                log.exception("%d roll-ups are still to be done", len(self._unsettled))
                return
            self._unsettled = []
        settlement.mark_settled(session, self._last_ns)

    def _next_version(self, spans: int) -> int:
        """The arrival of the next flush's first span: later than all before, its last the
        version of what is derived from it."""
        first = max(time.time_ns(), self._last_ns + 1)
        self._last_ns = first + spans
        return first
