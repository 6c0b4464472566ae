"""Empty damaged tables without which a server cannot start, and that a rebuild makes up for."""

import logging
from collections.abc import Callable, Collection

from sessionary.errors import DamagedDataError
from sessionary.store.clickhouse.damage import DERIVED
from sessionary.store.clickhouse.damaged_parts import damaged_parts, drop_damaged
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.disk.scrub import mark_erasure
from sessionary.store.rollup.watermarks import mark_rebuild

log = logging.getLogger(__name__)

# Read first by every start. Lost rows of these are not missed where they are read, so a part that
# was set aside counts as damage too.
_MARKS = ("settled", "pending_writes")


def repair_marks(database: Database) -> None:
    """Empty damaged tables of marks, so that the start rebuilds all sessions instead."""
    damaged = {part.table for part in damaged_parts(database)}.intersection(_MARKS)
    with database.rollup_connection() as connection:
        damaged |= {table for table in _MARKS if _is_unreadable(connection, table)}
    _empty(database, damaged)


def with_repairs(database: Database, work: Callable[[], None]) -> None:
    """Do work of the start; derived tables that it cannot read are emptied, and it begins again.

    Raises:
        DamagedDataError: a table that no rebuild fills is damaged.
    """
    for _ in DERIVED:
        try:
            return work()
        except DamagedDataError as error:
            if error.table not in DERIVED:
                raise
            _empty(database, {error.table})
    return work()


def _empty(database: Database, tables: Collection[str]) -> None:
    if not tables:
        return
    with database.rollup_connection() as connection:
        for table in sorted(tables):
            log.error("the table %s is damaged: emptying it and rebuilding all sessions", table)
            connection.command(f"TRUNCATE TABLE {database.topology.changed_table(table)}")
            drop_damaged(database, connection, table)
        mark_rebuild(connection)
        mark_erasure(database, connection)


def _is_unreadable(connection: Connection, table: str) -> bool:
    try:
        connection.rows_of(f"SELECT * FROM {table}")
    except DamagedDataError:
        return True
    return False
