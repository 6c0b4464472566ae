"""Read the text of spans, and of the log records about them, trace by trace."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sessionary.model.span_text import Event, SpanText
from sessionary.store.database import Database
from sessionary.store.session_names import all_names, names_by_session

# Of all traces read together: what a person can read is far less.
_MOST_SPANS = 20_000
_MOST_RECORDS = 20_000


@dataclass(frozen=True, slots=True)
class SpokenTrace:
    """Where a trace lies in time, and which of its spans are the calls that count."""

    trace_id: str
    started_ns: int
    ended_ns: int
    call_span_ids: frozenset[str]


def session_traces(
    database: Database, workspace_id: str, session: str, *, after: str, with_it: bool, limit: int
) -> list[SpokenTrace]:
    """The traces of a session in order of start: after the trace `after`, itself too if asked."""
    parameters = {"after": after, "with_it": with_it, "limit": limit}
    return _traces(database, "spoken_traces", workspace_id, session, parameters)


def preceding_traces(
    database: Database, workspace_id: str, session: str, *, before: str, limit: int
) -> list[SpokenTrace]:
    """The `limit` traces before the trace `before`, in order of start."""
    parameters = {"before": before, "limit": limit}
    return _traces(database, "preceding_traces", workspace_id, session, parameters)[::-1]


def find_trace(database: Database, workspace_id: str, trace_id: str) -> SpokenTrace | None:
    """The trace by its id, whatever its session."""
    with database.reading() as connection:
        rows = connection.rows(
            "queries/spoken_trace", {"workspace_id": workspace_id, "trace_id": trace_id}
        )
    return _trace(rows[0]) if rows else None


def outer_traces(
    database: Database, workspace_id: str, sessions: Sequence[str], *, limit: int
) -> dict[str, list[SpokenTrace]]:
    """The first and the last traces of each session by external id, in order of start."""
    with database.reading() as connection:
        owners = names_by_session(connection, workspace_id, sessions)
        rows = connection.rows(
            "queries/outer_traces",
            {"workspace_id": workspace_id, "session_ids": sorted(owners), "limit": limit},
        )
    found: dict[str, list[SpokenTrace]] = {}
    for row in rows:
        found.setdefault(owners[row["session_id"]], []).append(_trace(row))
    return found


def read_spans(
    database: Database, workspace_id: str, traces: Sequence[SpokenTrace]
) -> dict[str, list[SpanText]]:
    """The spans of the traces, by trace id and in order of start."""
    if not traces:
        return {}
    parameters = {
        "workspace_id": workspace_id,
        "trace_ids": [trace.trace_id for trace in traces],
        "from_ns": min(trace.started_ns for trace in traces),
        "to_ns": max(trace.ended_ns for trace in traces),
    }
    with database.reading() as connection:
        rows = connection.rows("queries/span_texts", parameters | {"limit": _MOST_SPANS})
        records = connection.rows("queries/trace_records", parameters | {"limit": _MOST_RECORDS})
    return _spans(rows, records)


def _traces(
    database: Database,
    query: str,
    workspace_id: str,
    session: str,
    parameters: Mapping[str, object],
) -> list[SpokenTrace]:
    with database.reading() as connection:
        scope = {
            "workspace_id": workspace_id,
            "session_ids": all_names(connection, workspace_id, [session]),
        }
        return [_trace(row) for row in connection.rows(f"queries/{query}", {**scope, **parameters})]


def _trace(row: Mapping[str, Any]) -> SpokenTrace:
    calls = frozenset(row["call_span_ids"])
    return SpokenTrace(row["trace_id"], row["started_ns"], row["ended_ns"], calls)


def _spans(
    rows: Sequence[Mapping[str, Any]], records: Sequence[Mapping[str, Any]]
) -> dict[str, list[SpanText]]:
    spans: dict[str, list[SpanText]] = {}
    known = {(row["trace_id"], row["span_id"]) for row in rows}
    events: dict[tuple[str, str], list[Event]] = {}
    for record in records:
        key = (record["trace_id"], record["span_id"])
        # About a span that was not sent: what it says is the trace's, told by its first span.
        place = key if key in known else (record["trace_id"], "")
        events.setdefault(place, []).append(_event_of_record(record))
    for row in rows:
        mine = spans.setdefault(row["trace_id"], [])
        about = events.get((row["trace_id"], row["span_id"]), [])
        if not mine:
            about = [*about, *events.get((row["trace_id"], ""), [])]
        mine.append(_span(row, about))
    return spans


def _span(row: Mapping[str, Any], records: Sequence[Event]) -> SpanText:
    own = [Event(name, time_ns, attributes) for time_ns, name, attributes in row["event_tuples"]]
    return SpanText(
        trace_id=row["trace_id"],
        span_id=row["span_id"],
        parent_span_id=row["parent_span_id"],
        name=row["name"],
        kind=row["kind"],
        started_ns=row["started_ns"],
        ended_ns=row["ended_ns"],
        is_error=row["is_error"],
        status_message=row["status_message"],
        model=row["response_model"],
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        total_cost=row["total_cost"],
        attributes=row["attributes"],
        events=tuple(sorted((*own, *records), key=lambda event: event.time_ns)),
    )


def _event_of_record(record: Mapping[str, Any]) -> Event:
    attributes = json.loads(record["attributes"])
    body = json.loads(record["body"])
    return Event(record["event_name"], record["time_ns"], attributes, body)
