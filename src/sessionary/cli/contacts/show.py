"""`sessionary contacts show`."""

import json
from typing import Annotated
from urllib.parse import quote

import typer
from rich.markup import escape
from rich.table import Table

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.contacts.table import contact_cost
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import out, print_json


def show_contact(
    contact_id: Annotated[
        str, typer.Argument(metavar="ID", help="The contact's own id, or its id here.")
    ],
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Show a contact."""

    async def work(client: Client) -> Json:
        return await client.get(f"/v2/contacts/{quote(contact_id, safe='')}")

    contact = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json(contact)
    else:
        out.print(_summary(contact))


def _summary(contact: Json) -> Table:
    rows = {
        "Contact": contact["external_id"],
        "Id": contact["id"],
        "Name": contact["display_name"],
        "Email": contact["email"],
        "Tags": ", ".join(contact["tags"]),
        "Metadata": json.dumps(contact["metadata"]) if contact["metadata"] else "",
        "Seen": _seen(contact),
        "Work": _work(contact),
        "Tokens": figures.count(contact["usage"]["total_tokens"]),
        "Cost": contact_cost(contact),
    }
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    for name, text in rows.items():
        grid.add_row(name, escape(text or figures.ABSENT))
    return grid


def _seen(contact: Json) -> str:
    if contact["first_seen_at"] is None:
        return figures.ABSENT
    first, last = (figures.instant(contact[name]) for name in ("first_seen_at", "last_seen_at"))
    return f"{first} to {last}"


def _work(contact: Json) -> str:
    parts = [
        figures.several(contact["sessions_count"], "session"),
        figures.several(contact["traces_count"], "trace"),
        figures.several(contact["model_calls_count"], "model call"),
        figures.several(contact["errors_count"], "error"),
    ]
    return ", ".join(parts)
