"""Sessions as a table."""

from collections.abc import Sequence

from rich.table import Table

from sessionary.cli import figures
from sessionary.cli.client import Json

FIELDS = (
    "model_calls_count",
    "failed_calls_count",
    "errors_count",
    "unpriced_calls_count",
)
"""The fields that the table needs beside a session's default ones."""


def plain_table(texts: Sequence[str], numbers: Sequence[str]) -> Table:
    """A table without lines: columns of text, then columns of figures."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in texts:
        table.add_column(name, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def session_table(sessions: Sequence[Json]) -> Table:
    """One row a session."""
    table = plain_table(
        ("Session", "Contact", "Started"),
        ("Duration", "Traces", "Calls", "Errors", "Tokens", "Cost"),
    )
    for session in sessions:
        table.add_row(
            session["external_id"],
            contacts(session["contact_ids"]),
            figures.instant(session["started_at"]),
            figures.duration(session["duration"]),
            figures.count(session["traces_count"]),
            figures.count(session["model_calls_count"]),
            figures.count(session["errors_count"]),
            figures.count(session["usage"]["total_tokens"]),
            session_cost(session),
        )
    return table


def session_cost(session: Json) -> str:
    """What a session cost, with the calls that have no price."""
    return figures.cost(
        session["billing"]["total_cost"],
        calls=session["model_calls_count"],
        failed=session["failed_calls_count"],
        unpriced=session["unpriced_calls_count"],
    )


def contacts(ids: Sequence[str]) -> str:
    """The first contact and how many more there are."""
    if not ids:
        return figures.ABSENT
    return ids[0] if len(ids) == 1 else f"{ids[0]} + {len(ids) - 1}"
