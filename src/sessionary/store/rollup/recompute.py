"""Derive all traces and sessions of the store again, slice by slice."""

from collections.abc import Iterator
from typing import Any

from sessionary.errors import DamagedDataError
from sessionary.store.clickhouse.damage import DERIVED
from sessionary.store.clickhouse.damaged_parts import drop_damaged
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.clickhouse.storage_stats import span_size
from sessionary.store.messages.search_index import differing_messages, forget_messages
from sessionary.store.rollup.change_events import publish_reset
from sessionary.store.rollup.rollup import (
    derive_sessions,
    find_traces,
    forget,
    insert_traces,
    locate_traces,
    make_touched_sessions,
)
from sessionary.store.rollup.watermarks import mark_rebuild, unmark_rebuild

# The engine's memory that deriving a slice may take for each of its spans, where each has a session
# of its own, with as much left for merges and requests.
_MEMORY_PER_SPAN = 16 * 1024
_BYTES_PER_SLICE = 2**30
_SLICE = "cityHash64({column}) % {{slices:UInt64}} = {{slice:UInt64}}"
TRACES = _SLICE.format(column="trace_id")
SESSIONS = _SLICE.format(column="id")


def slices(database: Database, connection: Connection) -> int:
    """Into how many parts the work is cut."""
    size = span_size(database, connection)
    most_spans = database.memory_bytes // _MEMORY_PER_SPAN
    return max(size.spans // most_spans, size.bytes // _BYTES_PER_SLICE) + 1


def workspaces(connection: Connection) -> list[str]:
    """Every workspace that has spans or derived rows."""
    rows = connection.rows("rollup/workspaces")
    return [str(row["workspace_id"]) for row in rows]


def _known_workspaces(connection: Connection) -> list[str]:
    """All, or none where a table that a rebuild empties cannot be read."""
    try:
        return workspaces(connection)
    except DamagedDataError:
        return []


def rebuild_all(database: Database, version: int) -> Iterator[tuple[str, int, int]]:
    """Empty the derived tables and fill them again; yields (step, done, total).

    Writers wait until it is done; readers see what is there so far. What spans say is kept again
    afterwards, by the indexer. Until the end a marker shows that rows are missing.
    """
    # No owner is looked up while rows are missing.
    with database.claim_connection(), database.rollup_connection() as connection:
        mark_rebuild(connection)
        total = slices(database, connection)
        known = _known_workspaces(connection)
        for table in ("traces", "trace_locations", "sessions", "sessions_by_start"):
            connection.command(f"TRUNCATE TABLE {database.topology.changed_table(table)}")
        forget_messages(database)
        for table in sorted(DERIVED):
            drop_damaged(database, connection, table)
        names = sorted({*known, *workspaces(connection)})
        for step, derive in (("traces", _rebuild_traces), ("sessions", _rebuild_sessions)):
            for part in range(total):
                for workspace_id in names:
                    forget(connection)
                    derive(connection, _parameters(workspace_id, version, total, part))
                yield step, part + 1, total
        forget(connection)
        unmark_rebuild(database, connection)
        publish_reset(connection, names)


def _rebuild_traces(connection: Connection, parameters: dict[str, object]) -> None:
    found = find_traces(connection, parameters, traces=TRACES)
    same = {name: parameters[name] for name in ("workspace_id", "version")}
    locate_traces(connection, found.located, same)
    insert_traces(connection, found, same)


def _rebuild_sessions(connection: Connection, parameters: dict[str, object]) -> None:
    make_touched_sessions(connection)
    connection.run("rollup/slice_sessions", parameters)
    derive_sessions(connection, parameters)


def differing_rows(
    database: Database, kind: str, part: int, total: int
) -> list[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]:
    """The rows of one slice that are not what deriving them gives: (key, stored, derived)."""
    found = []
    with database.rollup_connection() as connection:
        for workspace_id in workspaces(connection):
            forget(connection)
            parameters = _parameters(workspace_id, 0, total, part)
            _empty_copy(connection, kind)
            if kind == "traces":
                found_traces = find_traces(connection, parameters, traces=TRACES)
                insert_traces(connection, found_traces, parameters, into="derived_traces")
            else:
                make_touched_sessions(connection)
                connection.run("rollup/slice_sessions", parameters)
                derive_sessions(connection, parameters, into="derived_sessions")
            found += _compare(connection, kind, parameters)
        forget(connection)
    return found


def differing_texts(database: Database, part: int, total: int) -> list[str]:
    """The traces of one slice of which the index has other texts than their spans."""
    with database.index_connection() as connection:
        found = _differing_texts(connection, part, total)
        if found:
            # Spans that arrived during the query can look like differences.
            with database.insert_connection():
                found = _differing_texts(connection, part, total)
    return found


def _differing_texts(connection: Connection, part: int, total: int) -> list[str]:
    return [
        trace_id
        for workspace_id in workspaces(connection)
        for trace_id in differing_messages(
            connection, _parameters(workspace_id, 0, total, part), scope=TRACES
        )
    ]


def _empty_copy(connection: Connection, table: str) -> None:
    connection.command(
        f"CREATE TEMPORARY TABLE derived_{table} ENGINE = Memory AS SELECT * FROM {table} LIMIT 0"
    )


def _compare(
    connection: Connection, kind: str, parameters: dict[str, object]
) -> list[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]:
    column, scope = ("trace_id", TRACES) if kind == "traces" else ("external_id", SESSIONS)
    slots = {"table": kind, "derived": f"derived_{kind}", "key": column, "scope": scope}
    rows = connection.rows("rollup/differing_rows", parameters, **slots)
    found = []
    for row in rows:
        named = {"workspace_id": parameters["workspace_id"], "key": row["row_key"]}
        stored = connection.rows_of(
            f"SELECT * FROM {kind} FINAL WHERE workspace_id = {{workspace_id:String}} "
            f"AND {column} = {{key:String}}",
            named,
        )
        derived = connection.rows_of(
            f"SELECT * FROM derived_{kind} WHERE {column} = {{key:String}}", named
        )
        found.append((row["row_key"], _one(stored), _one(derived)))
    return found


def _one(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    return rows[0] if rows else None


def _parameters(workspace_id: str, version: int, total: int, part: int) -> dict[str, object]:
    return {"workspace_id": workspace_id, "version": version, "slices": total, "slice": part}
