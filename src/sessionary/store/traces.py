"""Read traces. Every function takes the workspace first."""

from collections.abc import Mapping
from typing import Any

from sessionary.model.page import Page
from sessionary.model.session import model_uses
from sessionary.model.trace import Trace
from sessionary.store.database import Database
from sessionary.store.session_names import all_names
from sessionary.store.session_rows import billing_of, counts_of, requested_models_of, usage_of


def list_traces(
    database: Database, workspace_id: str, session: str, *, limit: int, last_id: str = ""
) -> Page[Trace]:
    """The traces of a session by its external id (empty: of none), in order of start.

    `last_id` is the trace after which the page begins; one that is not there ends the walk.
    """
    with database.reading() as connection:
        parameters = {
            "workspace_id": workspace_id,
            "session_ids": all_names(connection, workspace_id, [session]),
            "limit": limit + 1,
            "last_id": last_id,
        }
        rows = connection.rows("queries/list_traces", parameters)
    return Page([_trace(row, session) for row in rows[:limit]], len(rows) > limit)


def _trace(row: Mapping[str, Any], session: str) -> Trace:
    return Trace(
        trace_id=row["trace_id"],
        session_id=session,
        project_id=row["project_id"],
        name=row["name"],
        started_ns=row["started_ns"],
        ended_ns=row["ended_ns"],
        contact_id=row["contact_id"],
        tags=tuple(row["tags"]),
        billing=billing_of(row),
        usage=usage_of(row),
        counts=counts_of(row),
        models=model_uses(row, requested_models_of(row)),
        call_span_ids=tuple(row["call_span_ids"]),
    )
