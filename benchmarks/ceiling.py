"""The ceiling: how fast the engine alone takes the same columns.

The payloads are decoded, normalised and priced beforehand; timed is only the insert of the Arrow
tables into a fresh `spans` table, fsync'ed as it is configured, with nothing else going on.
"""

import multiprocessing
import pickle
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.payloads import Load
from sessionary.ingest.prepare import prepare
from sessionary.ingest.submission import Submission
from sessionary.otlp.limits import Limits
from sessionary.settings import Settings
from sessionary.store.clickhouse.migrations import migrate
from sessionary.store.clickhouse.pool import Database
from sessionary.store.rollup.insert_spans import insert_spans


def measure_ceiling(load: Load, folder: Path, *, batch_bytes: int) -> float:
    """Spans a second of a raw insert, `batch_bytes` of payload at a time."""
    # A process of its own: the engine keeps what it took of memory.
    context = multiprocessing.get_context("spawn")
    payloads = folder.with_suffix(".payloads")
    payloads.write_bytes(pickle.dumps(load.bodies))
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        seconds = pool.submit(_insert_all, payloads, folder, batch_bytes).result()
    payloads.unlink()
    return load.spans / seconds


def _insert_all(payloads: Path, folder: Path, batch_bytes: int) -> float:
    bodies: tuple[bytes, ...] = pickle.loads(payloads.read_bytes())
    settings = Settings(database_url=f"chdb://{folder}")
    database = Database(settings.database_url, clients=1, memory_bytes=settings.engine_memory_bytes)
    migrate(database)
    limits = Limits(attribute_bytes=settings.max_attribute_bytes)
    seconds = 0.0
    with database.rollup_connection() as connection:
        for batch in _batches(bodies, batch_bytes):
            prepared = prepare([Submission("default", body) for body in batch], limits)
            since = time.perf_counter()
            insert_spans(
                connection,
                prepared.spans,
                workspace_ids=prepared.workspace_ids,
                base_ns=time.time_ns(),
            )
            seconds += time.perf_counter() - since
    database.close()
    return seconds


def _batches(bodies: Sequence[bytes], batch_bytes: int) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for body in bodies:
        batch.append(body)
        size += len(body)
        if size >= batch_bytes:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
