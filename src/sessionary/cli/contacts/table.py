"""Contacts as a table."""

from collections.abc import Sequence

from rich.table import Table

from sessionary.cli.client import Json
from sessionary.cli.output import figures
from sessionary.cli.output.tables import Column, table_of


def contact_table(contacts: Sequence[Json]) -> Table:
    """One row a contact."""
    return table_of(contacts, _COLUMNS)


def contact_cost(contact: Json) -> str:
    """What the contact's traces cost, with the calls that have no price."""
    return figures.cost(
        contact["billing"]["total_cost"],
        calls=contact["model_calls_count"],
        failed=contact["failed_calls_count"],
        unpriced=contact["unpriced_calls_count"],
    )


def _seen(contact: Json) -> str:
    last = contact["last_seen_at"]
    return figures.minute(last) if last else figures.ABSENT


_COLUMNS = (
    Column("Contact", lambda c: str(c["external_id"]), is_figure=False),
    Column("Name", lambda c: c["display_name"] or figures.ABSENT, is_figure=False, only_wide=True),
    Column("Last seen", _seen),
    Column("Sessions", lambda c: figures.count(c["sessions_count"])),
    Column("Traces", lambda c: figures.count(c["traces_count"]), only_wide=True),
    Column("Errors", lambda c: figures.count(c["errors_count"]), only_wide=True),
    Column("Tokens", lambda c: figures.count(c["usage"]["total_tokens"])),
    Column("Cost", contact_cost),
)
