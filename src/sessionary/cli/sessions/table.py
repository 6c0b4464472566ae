"""Sessions as a table."""

from collections.abc import Sequence

from rich.table import Table

from sessionary.cli.client import Json
from sessionary.cli.output import figures
from sessionary.cli.output.tables import Column, table_of

FIELDS = (
    "model_calls_count",
    "failed_calls_count",
    "errors_count",
    "unpriced_calls_count",
)
"""The fields that the table needs in addition to a session's default ones."""


def session_cost(session: Json) -> str:
    """What a session cost, with the calls that have no price."""
    return figures.cost(
        session["billing"]["total_cost"],
        calls=session["model_calls_count"],
        failed=session["failed_calls_count"],
        unpriced=session["unpriced_calls_count"],
    )


def session_table(sessions: Sequence[Json]) -> Table:
    """One row a session."""
    return table_of(sessions, _COLUMNS)


def _contacts(session: Json) -> str:
    ids: list[str] = session["contact_ids"]
    if not ids:
        return figures.ABSENT
    return ids[0] if len(ids) == 1 else f"{ids[0]} + {len(ids) - 1}"


_COLUMNS = (
    Column("Session", lambda s: str(s["external_id"]), is_figure=False),
    Column("Contact", _contacts, is_figure=False, only_wide=True),
    Column("Started", lambda s: figures.minute(s["started_at"])),
    Column("Duration", lambda s: figures.duration(s["duration"])),
    Column("Traces", lambda s: figures.count(s["traces_count"]), only_wide=True),
    Column("Calls", lambda s: figures.count(s["model_calls_count"])),
    Column("Errors", lambda s: figures.count(s["errors_count"]), only_wide=True),
    Column("Tokens", lambda s: figures.count(s["usage"]["total_tokens"])),
    Column("Cost", session_cost),
)
