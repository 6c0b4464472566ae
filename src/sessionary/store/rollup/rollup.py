"""Re-derive traces and sessions from spans, in SQL. Never add: a sum cannot retract.

Every statement is a file under sql/rollups; most of those about spans make the temporary table of
their name, which the ones after it read. What is known by trace or by session passes through here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from sessionary.model.session import session_id
from sessionary.store.clickhouse.pool import Connection, Rows
from sessionary.store.clickhouse.statements import statement
from sessionary.store.rollup.change_events import publish_changes
from sessionary.store.scopes.session_aliases import renamed_ids

# Which calls count, where some may be reported twice (rollup/sql/trace_sessions.sql).
_CALL_STEPS = (
    "superseded_spans",
    "roles",
    "nested_calls",
    "acyclic_nested_calls",
    "calls_after_nesting",
    "sibling_calls",
    "fallback_usage_spans",
    "counted_calls",
    "counted_spans",
)
_TEMPORARY = (
    "touched_ids",
    "touched_spans",
    *_CALL_STEPS,
    "touched_sessions",
    "measured_sessions",
    "derived_traces",
    "derived_sessions",
)
# With one session each, these take a sixth of the engine's default memory.
_MAX_TRACES = 10_000
_TOUCHED_HOURS = (
    "start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC') "
    "AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')"
)
# Where there is none, any is as good as all.
_NO_METADATA = "any(metadata)"
_TOUCHED_TRACES = "trace_id GLOBAL IN (SELECT trace_id FROM touched_ids)"
_TOUCHED_SESSIONS = (
    "workspace_id = {workspace_id:String} "
    "AND session_id GLOBAL IN (SELECT session_id FROM touched_sessions)"
)


@dataclass(frozen=True, slots=True)
class TouchedTraces:
    """Traces of one workspace that got spans, and the span of start times those lie in."""

    workspace_id: str
    trace_ids: Sequence[str]
    first_start_ns: int
    last_start_ns: int


def combine(touched: Iterable[TouchedTraces]) -> list[TouchedTraces]:
    """The same traces, each once, in items of one workspace that are small enough to roll up."""
    groups: dict[str, list[TouchedTraces]] = {}
    for traces in touched:
        groups.setdefault(traces.workspace_id, []).append(traces)
    return [part for group in groups.values() for part in _parts(group)]


def _parts(group: Sequence[TouchedTraces]) -> Iterator[TouchedTraces]:
    """The traces of one workspace."""
    names = sorted({name for traces in group for name in traces.trace_ids})
    first_ns = min(traces.first_start_ns for traces in group)
    last_ns = max(traces.last_start_ns for traces in group)
    for start in range(0, len(names), _MAX_TRACES):
        part = names[start : start + _MAX_TRACES]
        yield TouchedTraces(group[0].workspace_id, part, first_ns, last_ns)


def roll_up(connection: Connection, touched: TouchedTraces, *, version: int) -> None:
    """Derive the rows of the touched traces, and of the sessions they are and were in.

    Interrupted after any statement, it is completed by doing it again, also where more spans have
    arrived since: a trace is in no other session than trace_locations says, so it leaves that one
    completely, then its new location is recorded, and only then it is inserted there.
    """
    forget(connection)
    _name_traces(connection, touched.trace_ids)
    same = {"workspace_id": touched.workspace_id, "version": version}
    known = connection.rows("rollup/known_locations", same)
    bounds = {
        "from_ns": min([touched.first_start_ns, *(row["first_start_ns"] for row in known)]),
        "to_ns": max([touched.last_start_ns, *(row["last_start_ns"] for row in known)]),
    }
    found = find_traces(connection, same | bounds, traces=_TOUCHED_TRACES, hours=_TOUCHED_HOURS)
    now = {(row["trace_id"], row["session_id"]) for row in found.located}
    left = [row for row in known if (row["trace_id"], row["session_id"]) not in now]
    names = {row["session_id"] for row in (*found.located, *left)} - {""}
    ids = ids_by_name(connection, touched.workspace_id, names)
    entered = {ids[row["session_id"]] for row in found.located if row["session_id"]}
    if left:
        _leave_sessions(connection, left, same)
        # Those that a trace is in as well are derived once, below.
        only_left = {name: id for name, id in ids.items() if id not in entered}
        _derive_left(connection, only_left, same)
    locate_traces(connection, _covering(found.located, known), same)
    insert_traces(connection, found, same)
    touch_sessions(connection, {name: id for name, id in ids.items() if id in entered})
    with publish_changes(connection, touched.workspace_id):
        derive_sessions(connection, same)
    forget(connection)


def _covering(located: Rows, known: Rows) -> Rows:
    """`located`, with the bounds of `known` too: where copies lie that won before."""
    before = {row["trace_id"]: row for row in known}
    return [
        row
        | {
            "first_start_ns": min(row["first_start_ns"], old["first_start_ns"]),
            "last_start_ns": max(row["last_start_ns"], old["last_start_ns"]),
        }
        for row in located
        for old in [before.get(row["trace_id"], row)]
    ]


def _derive_left(
    connection: Connection, ids: Mapping[str, bytes], same: Mapping[str, object]
) -> None:
    """Derive sessions that traces left; those without a trace end, and their share links first."""
    if not ids:
        return
    touch_sessions(connection, ids)
    with publish_changes(connection, str(same["workspace_id"])):
        derive_sessions(connection, same)
        emptied = connection.rows("rollup/emptied_sessions", same)
        if emptied:
            ended = {"session_ids": [row["id"].hex() for row in emptied]}
            connection.run("rollup/ended_links", {**same, **ended})
            connection.insert("sessions", _deleted_sessions(emptied, same))
    forget_sessions(connection)


def _deleted_sessions(emptied: Rows, same: Mapping[str, object]) -> pa.Table:
    columns: dict[str, object] = {
        "id": pa.array([row["id"] for row in emptied], pa.binary(16)),
        "external_id": [row["external_id"] for row in emptied],
        "is_deleted": pa.array([1] * len(emptied), pa.uint8()),
    }
    repeated = {name: [value] * len(emptied) for name, value in same.items()}
    return pa.table(columns | repeated)


@dataclass(frozen=True, slots=True)
class FoundTraces:
    """Traces whose spans were read: where each lies, and the temporary table of the spans."""

    located: Rows
    spans: str


def find_traces(
    connection: Connection, parameters: Mapping[str, object], *, traces: str, hours: str = "1"
) -> FoundTraces:
    """Read the spans of the traces that `traces` selects, begun within `hours`."""
    connection.run("rollup/touched_spans", parameters, traces=traces, hours=hours)
    spans = "touched_spans"
    located = connection.rows("rollup/trace_sessions", spans=spans)
    if any(row["has_doubts"] for row in located):
        for step in _CALL_STEPS:
            connection.run(f"rollup/{step}")
        spans = "counted_spans"
        located = connection.rows("rollup/trace_sessions", spans=spans)
    return FoundTraces(located, spans)


def insert_traces(
    connection: Connection,
    found: FoundTraces,
    parameters: Mapping[str, object],
    *,
    into: str = "traces",
) -> None:
    """Insert the traces that were found."""
    has_metadata = any(row["has_metadata"] for row in found.located)
    metadata = _metadata("place") if has_metadata else _NO_METADATA
    connection.run("rollup/traces", parameters, traces=into, spans=found.spans, metadata=metadata)


def locate_traces(connection: Connection, located: Rows, same: Mapping[str, object]) -> None:
    """Keep what the next roll-up of these traces has to know."""
    columns = ["trace_id", "session_id", "first_start_ns", "last_start_ns"]
    connection.insert("trace_locations", _table(located, columns, same))


def _leave_sessions(connection: Connection, left: Rows, same: Mapping[str, object]) -> None:
    """Take traces out of the sessions they were in."""
    if left:
        rows = _table(left, ["trace_id", "session_id"], same)
        deleted = pa.array([1] * len(left), pa.uint8())
        connection.insert("traces", rows.append_column("is_deleted", deleted))


def _table(rows: Rows, columns: Sequence[str], same: Mapping[str, object]) -> pa.Table:
    values: dict[str, object] = {name: [row[name] for row in rows] for name in columns}
    repeated = {name: [value] * len(rows) for name, value in same.items()}
    return pa.table(values | repeated)


def derive_sessions(
    connection: Connection, parameters: Mapping[str, object], *, into: str = "sessions"
) -> None:
    """Insert the sessions of `touched_sessions`."""
    known = _known_sessions(connection, parameters)
    if known["has_reports"]:
        _measure_sessions(connection, parameters, known)
        join_overrides(connection, parameters, into=into)
    else:
        _run_sessions(connection, parameters, known, into=into)


def measure_sessions(connection: Connection, parameters: Mapping[str, object]) -> None:
    """Make `measured_sessions`: the sessions of `touched_sessions` without what was reported."""
    _measure_sessions(connection, parameters, _known_sessions(connection, parameters))


def join_overrides(
    connection: Connection, parameters: Mapping[str, object], *, into: str = "sessions"
) -> None:
    """Insert `measured_sessions` together with what was reported of them."""
    connection.run("rollup/measured_reports", parameters)
    connection.run("rollup/reported_sessions", parameters, sessions=into)


def _known_sessions(
    connection: Connection, parameters: Mapping[str, object]
) -> Mapping[str, object]:
    (known,) = connection.rows("rollup/known_sessions", parameters, scope=_TOUCHED_SESSIONS)
    return known


def _measure_sessions(
    connection: Connection, parameters: Mapping[str, object], known: Mapping[str, object]
) -> None:
    connection.command(
        "CREATE TEMPORARY TABLE measured_sessions ENGINE = Memory AS SELECT * FROM sessions LIMIT 0"
    )
    _run_sessions(connection, parameters, known, into="measured_sessions")


def _run_sessions(
    connection: Connection,
    parameters: Mapping[str, object],
    known: Mapping[str, object],
    *,
    into: str,
) -> None:
    connection.run(
        "rollup/sessions",
        parameters,
        sessions=into,
        scope=_TOUCHED_SESSIONS,
        counted_traces=_part("counted_traces", scope=_TOUCHED_SESSIONS)
        if known["has_logs"]
        else "1",
        metadata=_metadata("(start_time, trace_id)") if known["has_metadata"] else _NO_METADATA,
    )


def _metadata(place: str) -> str:
    return _part("merged_metadata", place=place)


def _part(name: str, **slots: str) -> str:
    return statement(f"rollup/{name}").substitute(slots)


def name_sessions(connection: Connection, workspace_id: str, names: Collection[str]) -> None:
    """Make `touched_sessions` of external ids: the sessions, under each of their names."""
    touch_sessions(connection, ids_by_name(connection, workspace_id, names))


def ids_by_name(
    connection: Connection, workspace_id: str, names: Collection[str]
) -> dict[str, bytes]:
    """The `_id` of each session, under each of its names."""
    ids = {name: bytes.fromhex(session_id(workspace_id, name)) for name in names}
    return ids | renamed_ids(connection, workspace_id, names)


def touch_sessions(connection: Connection, ids: Mapping[str, bytes]) -> None:
    """Make `touched_sessions` of these names and their `_id`."""
    make_touched_sessions(connection)
    columns = {
        "session_id": pa.array(ids.keys(), pa.string()),
        "id": pa.array(ids.values(), pa.binary(16)),
    }
    connection.insert("touched_sessions", pa.table(columns))


def make_touched_sessions(connection: Connection) -> None:
    """The empty table."""
    connection.command(
        "CREATE TEMPORARY TABLE touched_sessions (session_id String, id FixedString(16)) "
        "ENGINE = Memory"
    )


def _name_traces(connection: Connection, trace_ids: Sequence[str]) -> None:
    connection.command("CREATE TEMPORARY TABLE touched_ids (trace_id String) ENGINE = Memory")
    connection.insert("touched_ids", pa.table({"trace_id": pa.array(trace_ids, pa.string())}))


def forget(connection: Connection) -> None:
    """Drop the temporary tables that a roll-up left."""
    connection.command(f"DROP TEMPORARY TABLE IF EXISTS {', '.join(_TEMPORARY)}")


def forget_sessions(connection: Connection) -> None:
    """Drop the temporary tables about sessions, to derive others."""
    connection.command("DROP TEMPORARY TABLE IF EXISTS touched_sessions, measured_sessions")
