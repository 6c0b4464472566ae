"""Load the sample through the same door as anyone's spans."""

import asyncio
from collections.abc import Iterator

from sessionary.errors import BufferFullError
from sessionary.ingest.flusher import Ingest
from sessionary.ingest.submission import Submission
from sessionary.sample.make_sample import SESSIONS, make_sample
from sessionary.store.admin.sample_loads import LOADED, REMOVED, import_state, mark_loaded
from sessionary.store.clickhouse.pool import Database

_ATTEMPTS = 20


def import_name(workspace_id: str) -> str:
    """The name under which the store keeps that the sample was loaded."""
    return f"sample:{workspace_id}"


async def load_sample(
    ingest: Ingest,
    database: Database,
    workspace_id: str,
    *,
    now_ns: int,
    even_if_removed: bool = False,
) -> int:
    """Load the sample once; returns how many sessions that were, 0 where there was nothing to do.

    A sample that was removed stays away unless `even_if_removed`. A load that was cut off is done
    again, and gives the same sessions.

    Raises:
        BufferFullError: the server stayed too busy, or is stopping.
        StorageError: the store failed.
    """
    done = {LOADED} if even_if_removed else {LOADED, REMOVED}
    if await asyncio.to_thread(_state, database, workspace_id) in done:
        return 0
    bodies = make_sample(now_ns)
    while (body := await asyncio.to_thread(_next, bodies)) is not None:
        await _submit(ingest, Submission(workspace_id, body))
    await asyncio.to_thread(_mark_loaded, database, workspace_id)
    return SESSIONS


async def _submit(ingest: Ingest, submission: Submission) -> None:
    for _ in range(_ATTEMPTS):
        try:
            await ingest.submit(submission)
        except BufferFullError as error:
            await asyncio.sleep(error.retry_after_seconds)
        else:
            return
    await ingest.submit(submission)


def _next(bodies: Iterator[bytes]) -> bytes | None:
    return next(bodies, None)


def _state(database: Database, workspace_id: str) -> str:
    with database.read_connection() as connection:
        return import_state(connection, import_name(workspace_id))


def _mark_loaded(database: Database, workspace_id: str) -> None:
    with database.rollup_connection() as connection:
        mark_loaded(connection, import_name(workspace_id))
