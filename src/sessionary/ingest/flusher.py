"""The one bounded buffer and the one writer behind it.

Three threads, a batch in each: one prepares (Python, Arrow), one inserts, one rolls up (the
engine). A submission is answered when its spans are durable and visible.
"""

import asyncio
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from sessionary.errors import BufferFullError, ConflictError, SessionaryError, StorageError
from sessionary.ingest.claims import Claims, Writes
from sessionary.ingest.ownership import Ownership
from sessionary.ingest.prepare import Prepared, prepare
from sessionary.ingest.submission import Acknowledgement, Submission
from sessionary.model.log_entry import LogEntry
from sessionary.otlp.limits import Limits
from sessionary.pricing.tariff import PriceBooks
from sessionary.settings import Settings
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.pending_writes.complete import complete_interrupted
from sessionary.store.rollup import watermarks as settlement
from sessionary.store.rollup.insert_log_records import insert_log_records
from sessionary.store.rollup.insert_spans import insert_spans
from sessionary.store.rollup.rollup import TouchedTraces, combine, roll_up
from sessionary.store.scopes.owners import find_owners

log = logging.getLogger(__name__)

# How long to leave a roll-up that failed before it is tried again.
_SETTLE_SECONDS = 2.0
# How often to write how far spans are rolled up: a start after a crash rolls up the rest again.
_MARK_SECONDS = 1.0
# How many batches may wait for a roll-up; it takes all that do, since it costs little more then.
_INSERTED_BATCHES = 2

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
class _Batch:
    """Submissions on their way; `failure` is why their spans could not be inserted."""

    waiting: list[_Waiting]
    prepared: Prepared
    writes: Writes
    last_ns: int = 0
    failure: StorageError | None = None

    def answer(self, failure: StorageError | None) -> None:
        """Answer each: with its own error, else the batch's, else its acknowledgement."""
        for waiting, answer in zip(self.waiting, self.prepared.answers, strict=True):
            if failure is None or isinstance(answer, SessionaryError):
                waiting.answer(answer)
            else:
                waiting.answer(failure)


@dataclass(slots=True)
class StepTimes:
    """Wall seconds by step, and spans stored, since the start."""

    spans: int = 0
    flushes: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, step: str, since: float) -> None:
        """Add the time since `since` to the step."""
        self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - since


class Ingest:
    """Takes submissions and stores them in groups."""

    def __init__(self, database: Database, settings: Settings, prices: PriceBooks) -> None:
        self._database = database
        self._settings = settings
        self._prices = prices
        self._limits = Limits(attribute_bytes=settings.max_attribute_bytes)
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._unanswered = 0
        self._prepared: queue.Queue[_Batch | None] = queue.Queue(maxsize=1)
        self._inserted: queue.Queue[_Batch | None] = queue.Queue(maxsize=_INSERTED_BATCHES)
        self._changed = threading.Condition()
        self._stopping = False
        self._last_ns = 0
        self._unsettled: list[TouchedTraces] = []
        self._settle_at = self._mark_at = self._complete_at = 0.0
        self._rolled_up_ns = self._marked_ns = 0
        self._threads: list[threading.Thread] = []
        self._claims = Claims()
        self.times = StepTimes()

    def start(self) -> None:
        """Complete what an earlier process began, then take submissions."""
        with self._database.rollup_connection() as connection:
            self._last_ns = self._database.next_version(after=settlement.last_version(connection))
            self._complete_interrupted(connection)
            self._unsettled = combine(settlement.unsettled(connection))
            self._rolled_up_ns = self._last_ns
            self._settle(connection)
            if self._unsettled:
                self._claims.leave(Writes.of_stored(settlement.owners_after_watermark(connection)))
        steps = (self._prepare_all, self._insert_all, self._roll_up_all)
        self._threads = [threading.Thread(target=step, name=step.__name__) for step in steps]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Store all that was taken, then stop."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        try:
            with self._database.rollup_connection() as connection:
                self._mark_settled(connection)
        except StorageError:
            log.exception("the next start rolls up the latest spans again")

    def is_busy(self) -> bool:
        """Whether submissions wait to be stored or are being stored."""
        return self._unanswered > 0

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
            self._unanswered += 1
            self._changed.notify_all()
        try:
            return await waiting.answered
        finally:
            with self._changed:
                self._unanswered -= 1

    async def catch_up(self) -> None:
        """Returns when all that was taken before is stored: what comes later has prices of now.

        Raises:
            BufferFullError: too much is waiting.
        """
        await self.submit(Submission("", b""))

    @contextmanager
    def naming_session(
        self, workspace_id: str, external_id: str, project_id: str
    ) -> Iterator[None]:
        """A context in which no spans sent with keys of projects take the session's name.

        Raises:
            ConflictError: spans of another owner that name it are being stored.
        """
        with self._database.claim_connection():
            written = self._claims.written(workspace_id, "session_id", [external_id])
            if any(owner != project_id for _, owner in written):
                raise ConflictError(
                    f"there is a session {external_id!r} already: use another external_id"
                )
            yield

    async def insert_logs(
        self, workspace_id: str, entries: Sequence[LogEntry], *, project_id: str = ""
    ) -> None:
        """Store log records next to the spans; `project_id` is the project of their key."""
        keep = self._keep_project_logs if project_id else self._keep_logs
        await asyncio.to_thread(keep, workspace_id, entries, project_id)

    def _keep_logs(self, workspace_id: str, entries: Sequence[LogEntry], project_id: str) -> None:
        with self._database.insert_connection() as connection:
            insert_log_records(connection, workspace_id, entries, project_id=project_id)

    def _keep_project_logs(
        self, workspace_id: str, entries: Sequence[LogEntry], project_id: str
    ) -> None:
        with self._database.claim_connection() as connection:
            ownership = Ownership(self._claims, partial(find_owners, connection))
            entries = ownership.assign_entries(workspace_id, project_id, entries)
            self._keep_logs(workspace_id, entries, project_id)

    def _prepare_all(self) -> None:
        while (waiting := self._take()) is not None:
            since = time.perf_counter()
            batch = self._prepare(waiting)
            self.times.add("prepare", since)
            self._prepared.put(batch)
        self._prepared.put(None)

    def _prepare(self, waiting: list[_Waiting]) -> _Batch:
        submissions = [one.submission for one in waiting]
        prices = self._prices.own()
        if not any(one.project_id for one in submissions):
            return self._on_its_way(waiting, prepare(submissions, self._limits, prices))
        with self._database.claim_connection() as connection:
            assign = Ownership(self._claims, partial(find_owners, connection)).assign
            return self._on_its_way(waiting, prepare(submissions, self._limits, prices, assign))

    def _on_its_way(self, waiting: list[_Waiting], prepared: Prepared) -> _Batch:
        batch = _Batch(waiting, prepared, Writes.of(prepared.spans, prepared.workspace_ids))
        self._claims.add(batch.writes)
        return batch

    def _take(self) -> list[_Waiting] | None:
        """The next batch; None when stopping and nothing waits."""
        with self._changed:
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

    def _insert_all(self) -> None:
        for batch in iter(self._prepared.get, None):
            if len(batch.prepared.spans):
                self._insert(batch)
            self._inserted.put(batch)
        self._inserted.put(None)

    def _insert(self, batch: _Batch) -> None:
        since = time.perf_counter()
        prepared = batch.prepared
        base_ns = self._arrivals(len(prepared.spans))
        batch.last_ns = self._last_ns
        try:
            with self._database.insert_connection() as connection:
                insert_spans(
                    connection,
                    prepared.spans,
                    workspace_ids=prepared.workspace_ids,
                    base_ns=base_ns,
                )
        except Exception as error:
            log.exception("%d spans could not be stored", len(prepared.spans))
            batch.failure = _as_storage_error(error)
        self.times.add("insert", since)

    def _roll_up_all(self) -> None:
        while (batches := self._take_inserted()) is not None:
            stored = [batch for batch in batches if batch.failure is None]
            self._leave([batch for batch in batches if batch.failure is not None])
            failure = self._roll_up([batch for batch in stored if len(batch.prepared.spans)])
            if failure is not None:
                self._leave(stored)
            for batch in batches:
                self._claims.remove(batch.writes)
            for batch in batches:
                batch.answer(batch.failure or failure)

    def _take_inserted(self) -> list[_Batch] | None:
        """The batches that wait to be rolled up; none after a while without, None at the end."""
        batches: list[_Batch] = []
        try:
            batch = self._inserted.get(timeout=_MARK_SECONDS)
            while batch is not None:
                batches.append(batch)
                batch = self._inserted.get_nowait()
        except queue.Empty:
            return batches
        if batches:
            # For the next time.
            self._inserted.put(None)
        return batches or None

    def _leave(self, batches: Sequence[_Batch]) -> None:
        """Schedule a roll-up: some of the spans may be stored although the insert failed."""
        self._unsettled = combine([*self._unsettled, *_touched(batches)])
        for batch in batches:
            self._claims.leave(batch.writes)

    def _roll_up(self, batches: Sequence[_Batch]) -> StorageError | None:
        if not batches and not self._has_work_left():
            return None
        since = time.perf_counter()
        spans = sum(len(batch.prepared.spans) for batch in batches)
        try:
            with self._database.rollup_connection() as connection:
                self._complete_interrupted(connection)
                for traces in combine(_touched(batches)):
                    roll_up(connection, traces, version=self._database.next_version())
                self._rolled_up_ns = max([self._rolled_up_ns, *(b.last_ns for b in batches)])
                self._settle(connection)
        except Exception as error:
            log.exception("%d spans could not be rolled up", spans)
            return _as_storage_error(error)
        if batches:
            self.times.add("roll up", since)
            self.times.spans += spans
            self.times.flushes += 1
        return None

    def _has_work_left(self) -> bool:
        is_marked = self._marked_ns == self._rolled_up_ns
        return bool(self._unsettled) or not is_marked or self._database.has_interrupted_writes

    def _complete_interrupted(self, connection: Connection) -> None:
        """Complete interrupted writes; a failure stops neither the start nor ingest."""
        if self._database.has_interrupted_writes and time.monotonic() >= self._complete_at:
            self._complete_at = time.monotonic() + _SETTLE_SECONDS
            try:
                complete_interrupted(self._database, connection)
            except Exception:
                log.exception("an interrupted write could not be completed: trying again")

    def _settle(self, connection: Connection) -> None:
        """Roll up what earlier flushes had to leave; should that fail again, this flush holds."""
        if self._unsettled:
            if time.monotonic() < self._settle_at:
                return
            self._settle_at = time.monotonic() + _SETTLE_SECONDS
            try:
                for traces in self._unsettled:
                    roll_up(connection, traces, version=self._database.next_version())
            except StorageError:
                log.exception("%d roll-ups are still to be done", len(self._unsettled))
                return
            self._unsettled = []
            self._claims.forget_left()
        if time.monotonic() >= self._mark_at:
            self._mark_at = time.monotonic() + _MARK_SECONDS
            self._mark_settled(connection)

    def _mark_settled(self, connection: Connection) -> None:
        if self._marked_ns < self._rolled_up_ns and not self._unsettled:
            has_stale_reports = self._database.has_interrupted_writes
            settlement.advance_watermark(
                connection, self._rolled_up_ns, has_stale_reports=has_stale_reports
            )
            self._marked_ns = self._rolled_up_ns

    def _arrivals(self, spans: int) -> int:
        """The arrival time of the first of `count` spans: later than all before."""
        first = self._database.next_version(after=self._last_ns, count=spans + 1)
        self._last_ns = first + spans
        return first


def _touched(batches: Sequence[_Batch]) -> list[TouchedTraces]:
    return [traces for batch in batches for traces in batch.prepared.touched]


def _as_storage_error(error: Exception) -> StorageError:
    return error if isinstance(error, StorageError) else StorageError(str(error))
