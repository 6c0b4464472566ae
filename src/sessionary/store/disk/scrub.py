"""Remove from disk what erasures deleted.

A deletion only masks rows: they stay in the part files, in older versions of other rows, in
replaced parts and as literals in stored mutations. `erase.py` records each erasure; `scrub` removes
what the recorded ones left, and `services/maintenance/scrubbing.py` decides when.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sessionary.errors import StorageError
from sessionary.store.clickhouse.damaged_parts import damaged_parts
from sessionary.store.clickhouse.pool import Connection, Database, Rows

_ERASED, _SCRUBBED = "erased", "scrubbed"
# Tables of which a superseded version may contain what a current one no longer does. Of spans and
# their texts every version is found by its trace.
_VERSIONED = (
    "sessions_by_start",
    "sessions",
    "traces",
    "trace_locations",
    "session_reports",
    "session_names",
    "contacts",
    "scores",
    "projects",
    "share_links",
)
_WITHOUT_TOMBSTONES = ("trace_locations", "session_reports", "session_names")
_SESSIONS_AT_ONCE = 1_000
_LEAKS = "command NOT LIKE '%APPLY DELETED MASK%'"
_LOOK_SECONDS = 0.5
_Named = tuple[str, str]
# What entries of older versions have; `session <_id>` and whether messages are shared is all that
# newer ones have.
_NAMES = """(action = 'session.delete' AND detail NOT IN ('', 'but for its traces')
    OR action IN ('share.create', 'share.revoke')
    AND NOT match(detail, '^(session [0-9a-f]{32})?(, )?(with(out)? messages)?$'))"""


@dataclass(frozen=True, slots=True)
class Marks:
    """When something was last erased, and up to when that has been removed; 0 is never."""

    erased_ns: int
    scrubbed_ns: int

    @property
    def is_pending(self) -> bool:
        """Whether erased data may still be on disk."""
        return self.erased_ns > self.scrubbed_ns


def mark_erasure(database: Database, connection: Connection) -> None:
    """Record that data has to be removed from disk. Call before deleting, while writing."""
    _mark(connection, _ERASED, database.next_version())


def read_marks(database: Database) -> Marks:
    """The current state."""
    with database.read_connection() as connection:
        return _marks(connection)


def begin_marks(database: Database) -> None:
    """Record an erasure where an older version, which did not, may have left some."""
    with database.rollup_connection() as connection:
        if _marks(connection).scrubbed_ns:
            return
        parts = database.topology.system_table("parts")
        (row,) = connection.rows("disk/has_rows", parts=parts)
        _mark(connection, _ERASED if row["has_rows"] else _SCRUBBED, database.next_version())


def scrub(database: Database) -> Iterator[float]:
    """Remove everything that was erased so far; yields the seconds to wait before going on.

    Stopped between two steps, it begins again from the first. Each step leaves all answers of the
    store the same.

    Raises:
        StorageError: a step failed, or damaged parts cannot be scrubbed.
    """
    # No erasure is half done while writing.
    with database.rollup_connection() as connection:
        until_ns = _marks(connection).erased_ns
    yield from _strip_audit_log(database)
    yield from _delete_moved_starts(database)
    for table in _VERSIONED:
        _merge(database, table)
        yield 0.0
    statements = _leaking_statements(database)
    yield from _apply_masks(database)
    yield from _wait_for_removal(database, statements)
    if damaged := damaged_parts(database):
        raise StorageError(
            f"{len(damaged)} damaged parts may contain erased data, for one {damaged[0].path}: "
            "delete them once they are no longer needed"
        )
    with database.rollup_connection() as connection:
        _mark(connection, _SCRUBBED, until_ns)


def stop_merging(database: Database) -> None:
    """Abort the merge that `scrub` waits for. Only for an embedded store, which is then closed."""
    with database.kill_connection() as connection:
        for table in _VERSIONED:
            connection.command(f"SYSTEM STOP MERGES {table}")


def _mark(connection: Connection, name: str, at_ns: int) -> None:
    connection.insert_rows("settled", ["name", "arrived_at"], [[name, at_ns]])


def _marks(connection: Connection) -> Marks:
    (row,) = connection.rows("disk/marks")
    return Marks(row["erased_ns"], row["scrubbed_ns"])


def _strip_audit_log(database: Database) -> Iterator[float]:
    with database.scrub_connection() as connection:
        (row,) = connection.rows("disk/named_entries", names=_NAMES)
        if row["has_names"]:
            table = database.topology.changed_table("audit_log")
            connection.run("disk/strip_entries", table=table, names=_NAMES)
    yield 0.0
    yield from _wait_for_mutations(database)


def _delete_moved_starts(database: Database) -> Iterator[float]:
    table = database.topology.changed_table("sessions_by_start")
    while True:
        with database.scrub_connection() as connection:
            rows = connection.rows("disk/moved_starts", {"limit": _SESSIONS_AT_ONCE})
            if not rows:
                return
            found = {name: [row[name] for row in rows] for name in ("id", "version")}
            latest = {"ids": found["id"], "versions": found["version"]}
            connection.run("disk/delete_moved_starts", latest, table=table)
        yield 0.0


def _merge(database: Database, table: str) -> None:
    # A server's tables lack the setting that allows it: they keep the keys of deleted rows.
    cleans = database.topology.is_embedded and table not in _WITHOUT_TOMBSTONES
    changed = database.topology.changed_table(table)
    with database.scrub_connection() as connection:
        connection.run("disk/merge", table=changed, cleanup="CLEANUP" if cleans else "")


def _apply_masks(database: Database) -> Iterator[float]:
    for table in _system_rows(database, "unclean_tables", leaks=_LEAKS):
        with database.scrub_connection() as connection:
            changed = database.topology.changed_table(table["name"])
            connection.run("disk/apply_masks", table=changed)
        yield from _wait_for_mutations(database)


def _wait_for_mutations(database: Database) -> Iterator[float]:
    while running := _system_rows(database, "running_mutations"):
        _raise_failure(running)
        yield _LOOK_SECONDS


def _raise_failure(mutations: Rows) -> None:
    for row in mutations:
        if reason := row["latest_fail_reason"].partition("\n")[0]:
            raise StorageError(f"{row['table']}: {reason}")


def _wait_for_removal(database: Database, statements: set[_Named]) -> Iterator[float]:
    """Wait until these and the parts that are replaced now are gone; more come all the time."""
    parts = _replaced_parts(database)
    while parts or statements:
        yield _LOOK_SECONDS
        parts &= _replaced_parts(database)
        statements &= _leaking_statements(database)


def _replaced_parts(database: Database) -> set[_Named]:
    return {(row["table"], row["name"]) for row in _system_rows(database, "replaced_parts")}


def _leaking_statements(database: Database) -> set[_Named]:
    # How many finished mutations a server keeps is its own setting.
    if not database.topology.is_embedded:
        return set()
    rows = _system_rows(database, "leaking_statements", leaks=_LEAKS)
    return {(row["table"], row["name"]) for row in rows}


def _system_rows(database: Database, name: str, **slots: str) -> Rows:
    parts, mutations = map(database.topology.system_table, ("parts", "mutations"))
    with database.scrub_connection() as connection:
        return connection.rows(f"disk/{name}", None, parts=parts, mutations=mutations, **slots)
