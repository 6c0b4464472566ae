"""Add up what the calls of a session cost."""

from decimal import Decimal

from sessionary.model.cost import CallCosts
from sessionary.store.clickhouse.pool import Database
from sessionary.store.scopes.counted_traces import counted_trace
from sessionary.store.scopes.session_aliases import all_names
from sessionary.store.sessions.rows import billing_of, usage_of

_OF_SESSION = "session_id IN {session_ids:Array(String)}"


def session_costs(
    database: Database, workspace_id: str, session: str, *, project_id: str = ""
) -> list[CallCosts]:
    """The calls of a session by its external id, grouped; the most expensive first.

    Only those of the project where one is named.
    """
    with database.read_connection() as connection:
        parameters = {
            "workspace_id": workspace_id,
            "session_ids": all_names(connection, workspace_id, [session]),
            "project_id": project_id,
        }
        rows = connection.rows(
            "sessions/session_costs", parameters, counts=counted_trace(_OF_SESSION)
        )
    return [
        CallCosts(
            kind=row["kind"],
            provider=row["provider"],
            response_model=row["response_model"],
            request_model=row["request_model"],
            cost_source=row["cost_source"],
            calls=row["calls"],
            failed_calls=row["failed_calls"],
            unpriced_calls=row["unpriced_calls"],
            usage=usage_of(row),
            billing=billing_of(row),
            first_ns=row["first_ns"],
            last_ns=row["last_ns"],
        )
        for row in rows
    ]


def written_cost(database: Database, workspace_id: str, session_id: str) -> Decimal:
    """US dollars that API calls wrote over what the calls cost; less than 0 if they wrote less."""
    with database.read_connection() as connection:
        named = {"workspace_id": workspace_id, "id": session_id}
        rows = connection.rows("sessions/session_report", named)
    return rows[0]["total_cost"] if rows else Decimal(0)
