"""Re-derive traces and sessions from spans, in SQL. Never add: a sum cannot retract.

Every statement is a file under sql/rollups; most of those about spans make the temporary table of
their name, which the ones after it read. What is known by trace or by session passes through here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from sessionary.store.database import Rows, Session

# Which calls count, where that is not plain to see.
_CALL_STEPS = (
    "superseded_spans",
    "roles",
    "nested_calls",
    "proper_nested_calls",
    "kept_calls",
    "sibling_calls",
    "bearers",
    "counted_calls",
    "counted_spans",
)
_TEMPORARY = (
    "touched_ids",
    "touched_spans",
    *_CALL_STEPS,
    "touched_sessions",
    "derived_traces",
    "derived_sessions",
)
_TOUCHED_TRACES = (
    "start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC') "
    "AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC') "
    "AND trace_id GLOBAL IN (SELECT trace_id FROM touched_ids)"
)
_TOUCHED_SESSIONS = "session_id GLOBAL IN (SELECT session_id FROM touched_sessions)"


@dataclass(frozen=True, slots=True)
class TouchedTraces:
    """Traces of one workspace that got spans, and the span of start times those lie in."""

    workspace_id: str
    trace_ids: Sequence[str]
    first_start_ns: int
    last_start_ns: int


def combine(touched: Iterable[TouchedTraces]) -> list[TouchedTraces]:
    """The same traces, each once, in one item a workspace."""
    groups: dict[str, list[TouchedTraces]] = {}
    for traces in touched:
        groups.setdefault(traces.workspace_id, []).append(traces)
    return [
        TouchedTraces(
            workspace_id,
            sorted({name for traces in group for name in traces.trace_ids}),
            min(traces.first_start_ns for traces in group),
            max(traces.last_start_ns for traces in group),
        )
        for workspace_id, group in groups.items()
    ]


def roll_up(session: Session, touched: TouchedTraces, *, version: int) -> None:
    """Make the rows of the touched traces, and of the sessions they are and were in, anew."""
    forget(session)
    _name_rows(session, "touched_ids", "trace_id", touched.trace_ids)
    same = {"workspace_id": touched.workspace_id, "version": version}
    known = session.rows("rollups/known_locations", same)
    bounds = {
        "from_ns": min([touched.first_start_ns, *(row["first_start_ns"] for row in known)]),
        "to_ns": max([touched.last_start_ns, *(row["last_start_ns"] for row in known)]),
    }
    located = derive_traces(session, same | bounds, scope=_TOUCHED_TRACES)
    locate_traces(session, located, same)
    now = {(row["trace_id"], row["session_id"]) for row in located}
    left = [row for row in known if (row["trace_id"], row["session_id"]) not in now]
    _leave_sessions(session, left, same)
    names = {row["session_id"] for row in (*located, *left)} - {""}
    derive_sessions(session, same, scope=name_sessions(session, sorted(names)))
    if left:
        session.run("rollups/emptied_sessions", same)
    forget(session)


def derive_traces(
    session: Session, parameters: Mapping[str, object], *, scope: str, into: str = "traces"
) -> Rows:
    """Insert the traces whose spans `scope` selects; returns where each lies."""
    session.run("rollups/touched_spans", parameters, scope=scope)
    (known,) = session.rows("rollups/is_plain")
    if not known["is_plain"]:
        for step in _CALL_STEPS:
            session.run(f"rollups/{step}")
    spans = "touched_spans" if known["is_plain"] else "counted_spans"
    session.run("rollups/traces", parameters, traces=into, spans=spans)
    return session.rows("rollups/trace_sessions", spans=spans)


def locate_traces(session: Session, located: Rows, same: Mapping[str, object]) -> None:
    """Keep what the next roll-up of these traces has to know."""
    columns = ["trace_id", "session_id", "first_start_ns", "last_start_ns"]
    session.insert("trace_locations", _table(located, columns, same))


def _leave_sessions(session: Session, left: Rows, same: Mapping[str, object]) -> None:
    """Take traces out of the sessions they were in."""
    if left:
        rows = _table(left, ["trace_id", "session_id"], same)
        deleted = pa.array([1] * len(left), pa.uint8())
        session.insert("traces", rows.append_column("is_deleted", deleted))


def _table(rows: Rows, columns: Sequence[str], same: Mapping[str, object]) -> pa.Table:
    values: dict[str, object] = {name: [row[name] for row in rows] for name in columns}
    repeated = {name: [value] * len(rows) for name, value in same.items()}
    return pa.table(values | repeated)


def derive_sessions(
    session: Session,
    parameters: Mapping[str, object],
    *,
    scope: str,
    traces: str = "traces",
    into: str = "sessions",
) -> None:
    """Insert the sessions whose traces `scope` selects."""
    session.run("rollups/sessions", parameters, scope=scope, traces=traces, sessions=into)


def name_sessions(session: Session, names: Sequence[str]) -> str:
    """Make `touched_sessions` of external ids; returns the scope that selects their traces."""
    _name_rows(session, "touched_sessions", "session_id", names)
    return _TOUCHED_SESSIONS


def _name_rows(session: Session, table: str, column: str, names: Sequence[str]) -> None:
    session.command(f"CREATE TEMPORARY TABLE {table} ({column} String) ENGINE = Memory")
    session.insert(table, pa.table({column: pa.array(names, pa.string())}))


def forget(session: Session) -> None:
    """Drop the temporary tables that a roll-up left."""
    session.command(f"DROP TEMPORARY TABLE IF EXISTS {', '.join(_TEMPORARY)}")
