"""Read the text of spans, and of the log records about them, trace by trace."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sessionary.errors import QueryMemoryError
from sessionary.model.span_text import Event, SpanText
from sessionary.store.clickhouse.pool import Database
from sessionary.store.scopes.session_aliases import all_names, names_by_session

# A trace of more spans than that is read part by part, as though the parts were traces.
PART_SPANS = 1_000
# Spans to read together, in case very many started in one nanosecond.
_MAX_SPANS = 20_000
_MAX_RECORDS = 20_000
# Of the texts of several traces; more are read in turn. Text takes about three times its size.
_MEMORY_BYTES = 128 * 2**20


@dataclass(frozen=True, slots=True)
class ConversationTrace:
    """The time range of a trace, or of a part of a long one, and its counted calls.

    Of a part, it is the spans that start from `started_ns` to `ended_ns`.
    """

    trace_id: str
    started_ns: int
    ended_ns: int
    call_span_ids: frozenset[str]
    spans_count: int = 1


def session_traces(
    database: Database, workspace_id: str, session: str, *, after: str, with_it: bool, limit: int
) -> list[ConversationTrace]:
    """The traces of a session in order of start: after the trace `after`, itself too if asked."""
    parameters = {"after": after, "with_it": with_it, "limit": limit}
    return _traces(database, "conversation_traces", workspace_id, session, parameters)


def preceding_traces(
    database: Database, workspace_id: str, session: str, *, before: str, limit: int
) -> list[ConversationTrace]:
    """The `limit` traces before the trace `before`, in order of start."""
    parameters = {"before": before, "limit": limit}
    return _traces(database, "preceding_traces", workspace_id, session, parameters)[::-1]


def find_trace(database: Database, workspace_id: str, trace_id: str) -> ConversationTrace | None:
    """The trace by its id, whatever its session."""
    with database.read_connection() as connection:
        rows = connection.rows(
            "messages/conversation_trace", {"workspace_id": workspace_id, "trace_id": trace_id}
        )
    return _trace(rows[0]) if rows else None


def parts_of(
    database: Database, workspace_id: str, trace: ConversationTrace, *, size: int = PART_SPANS
) -> list[ConversationTrace]:
    """The parts of a trace of more than `size` spans in order of start; a short one itself."""
    if trace.spans_count <= size:
        return [trace]
    parameters = _place(workspace_id, trace) | {"size": size}
    with database.read_connection() as connection:
        rows = connection.rows("messages/trace_segments", parameters)
    starts = [row["started_ns"] for row in rows]
    ends = [start - 1 for start in starts[1:]] + [trace.ended_ns]
    return [
        replace(trace, started_ns=start, ended_ns=end, spans_count=size)
        for start, end in zip(starts, ends, strict=True)
    ]


def batches_by_span_count(traces: Iterable[ConversationTrace]) -> Iterator[list[ConversationTrace]]:
    """Traces and parts in their order, as many at a time as can be read at once; a part alone."""
    chosen, spans = list[ConversationTrace](), 0
    for trace in traces:
        if chosen and spans + trace.spans_count > PART_SPANS:
            yield chosen
            chosen, spans = [], 0
        chosen.append(trace)
        spans += trace.spans_count
    if chosen:
        yield chosen


def part_with(
    database: Database, workspace_id: str, parts: Sequence[ConversationTrace], span_id: str
) -> int:
    """Which of the parts of one trace has the span; the first if none has."""
    whole = replace(parts[0], ended_ns=parts[-1].ended_ns)
    parameters = _place(workspace_id, whole) | {"span_id": span_id}
    with database.read_connection() as connection:
        rows = connection.rows("messages/span_start", parameters)
    starts = [part.started_ns for part in parts]
    return max(bisect_right(starts, rows[0]["started_ns"]) - 1, 0) if rows else 0


def _place(workspace_id: str, trace: ConversationTrace) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "trace_id": trace.trace_id,
        "from_ns": trace.started_ns,
        "to_ns": trace.ended_ns,
    }


def first_and_last_traces(
    database: Database,
    workspace_id: str,
    sessions: Sequence[str],
    *,
    limit: int,
    project_id: str = "",
) -> dict[str, list[ConversationTrace]]:
    """The first and the last traces of each session by external id, in order of start.

    Only those of the project where one is named.
    """
    with database.read_connection() as connection:
        owners = names_by_session(connection, workspace_id, sessions)
        parameters = {
            "workspace_id": workspace_id,
            "session_ids": sorted(owners),
            "project_id": project_id,
            "limit": limit,
        }
        rows = connection.rows("messages/first_and_last_traces", parameters)
    found: dict[str, list[ConversationTrace]] = {}
    for row in rows:
        found.setdefault(owners[row["session_id"]], []).append(_trace(row))
    return found


def read_first(
    database: Database,
    workspace_id: str,
    waiting: list[ConversationTrace],
    *,
    most: int = PART_SPANS,
) -> tuple[list[ConversationTrace], dict[str, list[SpanText]]]:
    """The first of the traces and parts with their spans, as many as can be read at once.

    They are removed from `waiting`; a trace with much text is replaced by parts of it first.
    """
    chosen = next(batches_by_span_count(waiting))[:most]
    while True:
        try:
            spans = read_spans(database, workspace_id, chosen, memory_bytes=_MEMORY_BYTES)
            break
        except QueryMemoryError:
            if len(chosen) > 1:
                chosen = chosen[: len(chosen) // 2]
                continue
        halves = _halves(database, workspace_id, chosen[0])
        if len(halves) == 1:
            spans = read_spans(database, workspace_id, chosen)
            break
        waiting[:1] = halves
        chosen = halves[:1]
    del waiting[: len(chosen)]
    return chosen, spans


def _halves(
    database: Database, workspace_id: str, trace: ConversationTrace
) -> list[ConversationTrace]:
    size = -(-trace.spans_count // 2)
    return parts_of(database, workspace_id, trace, size=size)


def read_spans(
    database: Database,
    workspace_id: str,
    traces: Sequence[ConversationTrace],
    *,
    memory_bytes: int = 0,
) -> dict[str, list[SpanText]]:
    """The spans of traces that can be read `together`, by trace id and in order of start.

    Raises:
        QueryMemoryError: that takes more than `memory_bytes`, or than the engine has.
    """
    if not traces:
        return {}
    parameters = {
        "workspace_id": workspace_id,
        "trace_ids": [trace.trace_id for trace in traces],
        "from_ns": min(trace.started_ns for trace in traces),
        "to_ns": max(trace.ended_ns for trace in traces),
    }
    with database.read_connection() as connection:
        rows = connection.rows(
            "messages/span_texts",
            parameters | {"limit": _MAX_SPANS},
            memory_bytes=str(memory_bytes),
        )
        records = connection.rows("messages/trace_records", parameters | {"limit": _MAX_RECORDS})
    return _spans(rows, records)


def _traces(
    database: Database,
    query: str,
    workspace_id: str,
    session: str,
    parameters: Mapping[str, object],
) -> list[ConversationTrace]:
    with database.read_connection() as connection:
        scope = {
            "workspace_id": workspace_id,
            "session_ids": all_names(connection, workspace_id, [session]),
        }
        return [
            _trace(row) for row in connection.rows(f"messages/{query}", {**scope, **parameters})
        ]


def _trace(row: Mapping[str, Any]) -> ConversationTrace:
    calls = frozenset(row["call_span_ids"])
    return ConversationTrace(
        row["trace_id"], row["started_ns"], row["ended_ns"], calls, row["spans_count"]
    )


def _spans(
    rows: Sequence[Mapping[str, Any]], records: Sequence[Mapping[str, Any]]
) -> dict[str, list[SpanText]]:
    spans: dict[str, list[SpanText]] = {}
    known = {(row["trace_id"], row["span_id"]) for row in rows}
    events: dict[tuple[str, str], list[Event]] = {}
    writers = {(row["trace_id"], row["project_id"]) for row in rows}
    for record in records:
        # One that a key of another project sent before the trace had an owner.
        if record["project_id"] and (record["trace_id"], record["project_id"]) not in writers:
            continue
        key = (record["trace_id"], record["span_id"])
        # Messages of a span that was not sent are those of the trace, reported by its first span.
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
        cost_source=row["cost_source"],
        attributes=row["attributes"],
        events=tuple(sorted((*own, *records), key=lambda event: event.time_ns)),
    )


def _event_of_record(record: Mapping[str, Any]) -> Event:
    attributes = json.loads(record["attributes"])
    body = json.loads(record["body"])
    return Event(record["event_name"], record["time_ns"], attributes, body)
