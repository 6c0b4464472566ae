"""Complete writes that were interrupted between two statements: by a crash, a full disk, an error.

This happens at the start, before spans are ingested, and in a running process before the next
write. Completing means doing the whole write again.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import assert_never

from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.pending_writes.deletions import (
    detach,
    erase,
    erase_spans_of_project,
    find_again,
    find_detached,
    find_project,
)
from sessionary.store.pending_writes.intents import (
    Detachment,
    Erasure,
    PendingWrite,
    ProjectErasure,
    Repricing,
    pending_writes,
    record,
    recorded,
    remove,
)
from sessionary.store.pending_writes.stale_overrides import derive_stale_overrides
from sessionary.store.rollup.rollup import TouchedTraces, roll_up

log = logging.getLogger(__name__)


@contextmanager
def uninterrupted(database: Database) -> Iterator[Connection]:
    """The client that writes, with every interrupted write completed.

    Raises:
        StorageError: one could not be completed.
    """
    with database.rollup_connection() as connection:
        complete_interrupted(database, connection)
        yield connection


def complete_earlier(database: Database) -> Sequence[PendingWrite]:
    """Complete interrupted writes, where there may be any; returns them.

    For a deletion that is repeated: what it is about may be found no longer.
    """
    if not database.has_interrupted_writes:
        return []
    with database.rollup_connection() as connection:
        return complete_interrupted(database, connection)


def complete_interrupted(database: Database, connection: Connection) -> Sequence[PendingWrite]:
    """Complete all writes that this or an earlier process was interrupted in; returns them.

    Re-pricing needs prices, so services/prices/apply.py completes it.
    """
    if not database.has_interrupted_writes:
        return []
    pending = pending_writes(connection)
    writes = [write for write in pending if not isinstance(write, Repricing)]
    for write in writes:
        log.warning("completing an interrupted write: %s", type(write).__name__)
        _complete(database, connection, write)
    stale = derive_stale_overrides(database, connection)
    if stale:
        log.warning("completed %d interrupted updates of sessions", stale)
    database.has_interrupted_writes = False
    return writes


def carry_out(database: Database, connection: Connection, write: PendingWrite) -> None:
    """Do a write that is completed later where it is interrupted."""
    with recorded(database, connection, write):
        _perform(database, connection, write)


def _complete(database: Database, connection: Connection, write: PendingWrite) -> None:
    """Do a recorded write again, with what has arrived since among its targets."""
    current = _found_again(connection, write)
    if current != write:
        record(connection, current)
    _perform(database, connection, current)
    remove(database, connection, current)
    if current != write:
        remove(database, connection, write)


def _found_again(connection: Connection, write: PendingWrite) -> PendingWrite:
    match write:
        case Erasure():
            return find_again(connection, write)
        case Detachment():
            return find_detached(connection, write.workspace_id, write.names, write.traces)
        case ProjectErasure():
            traces = find_project(connection, write.workspace_id, write.project_id, write.traces)
            return replace(write, traces=traces)
        case Repricing() | TouchedTraces():
            return write
        case _:
            assert_never(write)


def _perform(database: Database, connection: Connection, write: PendingWrite) -> None:
    match write:
        case Erasure():
            erase(database, connection, write)
        case Detachment():
            detach(database, connection, write)
        case ProjectErasure():
            erase_spans_of_project(database, connection, write)
        case TouchedTraces():
            roll_up(connection, write, version=database.next_version())
        case Repricing():
            pass
        case _:
            assert_never(write)
