"""Re-derive traces and sessions from spans, in SQL. Never add: a sum cannot retract.

Every statement is a file under sql/rollups; most make the temporary table of their name, which
the ones after it read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from sessionary.store.database import Session

# Which calls count, where that is not plain to see.
_CALL_STEPS = (
    "roles",
    "nested_calls",
    "proper_nested_calls",
    "kept_calls",
    "sibling_calls",
    "bearers",
    "counted_calls",
)
_TEMPORARY = (
    "touched_ids",
    "known_locations",
    "touched_spans",
    "superseded_spans",
    *_CALL_STEPS,
    "trace_sessions",
    "moved_traces",
    "touched_sessions",
    "session_traces",
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
    session.command("CREATE TEMPORARY TABLE touched_ids (trace_id String) ENGINE = Memory")
    session.insert("touched_ids", pa.table({"trace_id": touched.trace_ids}))
    same = {"workspace_id": touched.workspace_id, "version": version}
    session.run("rollups/known_locations", same)
    (known,) = session.rows("rollups/known_range")
    starts, ends = [touched.first_start_ns], [touched.last_start_ns]
    if known["traces_count"]:
        starts.append(known["first_start_ns"])
        ends.append(known["last_start_ns"])
    bounds = {"from_ns": min(starts), "to_ns": max(ends)}
    derive_traces(session, same | bounds, scope=_TOUCHED_TRACES)
    session.run("rollups/moved_traces")
    session.run("rollups/left_traces", same)
    session.run("rollups/trace_locations", same)
    session.run("rollups/touched_sessions")
    derive_sessions(session, same, scope=_TOUCHED_SESSIONS)
    session.run("rollups/emptied_sessions", same)
    forget(session)


def derive_traces(
    session: Session, parameters: Mapping[str, object], *, scope: str, into: str = "traces"
) -> None:
    """Insert the traces whose spans `scope` selects."""
    session.run("rollups/touched_spans", parameters, scope=scope)
    session.run("rollups/superseded_spans")
    (known,) = session.rows("rollups/is_plain")
    for step in ("plain_calls",) if known["is_plain"] else _CALL_STEPS:
        session.run(f"rollups/{step}")
    session.run("rollups/trace_sessions")
    session.run("rollups/traces", parameters, traces=into)


def derive_sessions(
    session: Session,
    parameters: Mapping[str, object],
    *,
    scope: str,
    traces: str = "traces",
    into: str = "sessions",
) -> None:
    """Insert the sessions whose traces `scope` selects."""
    session.run("rollups/session_traces", parameters, scope=scope, traces=traces)
    session.run("rollups/sessions", parameters, sessions=into)


def forget(session: Session) -> None:
    """Drop the temporary tables that a roll-up left."""
    for table in _TEMPORARY:
        session.command(f"DROP TEMPORARY TABLE IF EXISTS {table}")
