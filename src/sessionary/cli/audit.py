"""`sessionary audit`."""

from typing import Annotated

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.console import out, print_json
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.tables import Column, table_of

_COLUMNS = (
    Column("WHEN", lambda entry: entry["at"][:19].replace("T", " ")),
    Column("WHO", lambda entry: entry["actor"], is_figure=False),
    Column("DID", lambda entry: entry["action"]),
    Column("TO", lambda entry: entry["subject"], is_figure=False),
    Column("DETAIL", lambda entry: entry.get("detail", ""), is_figure=False, only_wide=True),
)


def audit(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most entries to print.")] = 50,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List deletions and changes of keys, the latest first."""

    async def work(client: Client) -> Json:
        return await client.get("/v2/audit-log", limit=str(limit))

    answer = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json(answer)
    elif answer["data"]:
        out.print(table_of(answer["data"], _COLUMNS))
    else:
        out.print("Nothing was deleted, and no key was changed.")
