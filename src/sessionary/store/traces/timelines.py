"""Read what it takes to draw a session or a trace. Every function takes the workspace first."""

from collections.abc import Mapping

from sessionary.model.timeline import Timeline
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.scopes.session_aliases import all_names
from sessionary.store.traces.spans import TracePlace

MAX_ROWS = 20_000


def session_timeline(
    database: Database,
    workspace_id: str,
    session: str,
    *,
    limit: int,
    last_id: str = "",
    project_id: str = "",
) -> Timeline:
    """The traces of a session by its external id, after the trace `last_id`.

    Only those of the project where one is named. One that is not there ends the walk.
    """
    with database.read_connection() as connection:
        parameters = {
            "workspace_id": workspace_id,
            "session_ids": all_names(connection, workspace_id, [session]),
            "project_id": project_id,
            "last_id": last_id,
        }
        return _page(connection, "session_timeline", parameters, limit)


def trace_timeline(
    database: Database, place: TracePlace, *, limit: int, after: tuple[int, str]
) -> Timeline:
    """The spans of a trace after the one that started at that nanosecond and has that id."""
    parameters = place.parameters | {
        "session_id": place.session_id,
        "after_ns": after[0],
        "after_id": after[1],
    }
    with database.read_connection() as connection:
        return _page(connection, "trace_timeline", parameters, limit)


def _page(
    connection: Connection, query: str, parameters: Mapping[str, object], limit: int
) -> Timeline:
    columns = connection.columns(f"traces/{query}", {**parameters, "limit": limit + 1})
    has_more = len(columns["started_ns"]) > limit
    return Timeline({name: column[:limit] for name, column in columns.items()}, has_more)
