"""`sessionary contacts list`."""

from typing import Annotated

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.contacts.table import contact_table
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output.console import out, print_json


def list_contacts(
    search: Annotated[str, typer.Option(help="Occurs in an id, a name or an email.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most contacts to print.")] = 20,
    sort: Annotated[
        str,
        typer.Option(metavar="KEY", help="The field to sort by, such as billing.total_cost."),
    ] = "last_seen_at",
    descending: Annotated[
        bool, typer.Option("--desc/--asc", help="Largest or latest first, or last.")
    ] = True,
    after: Annotated[
        str, typer.Option(metavar="ID", help="The contacts after the one of this id.")
    ] = "",
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List contacts with what their traces add up to."""
    query = {
        "search": search,
        "sortingProps": [{"key": sort, "direction": "desc" if descending else "asc"}],
        "pagination": {"limit": limit, "lastId": after},
    }

    async def work(client: Client) -> Json:
        return await client.post("/v2/contacts/query", query)

    answer = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json(answer)
    else:
        _print(answer)


def _print(answer: Json) -> None:
    contacts = answer["data"]
    if not contacts:
        out.print("There are no such contacts.")
        return
    out.print(contact_table(contacts))
    if answer["has_more"]:
        out.print(f"\nnext: --after {contacts[-1]['id']}", style="dim")
