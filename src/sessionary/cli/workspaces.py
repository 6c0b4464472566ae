"""`sessionary workspaces`: list and make workspaces."""

from typing import Annotated

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output.console import out
from sessionary.cli.output.listing import print_list
from sessionary.cli.output.tables import Column

workspaces = typer.Typer(help="Workspaces: one a tenant.", no_args_is_help=True)

_PATH = "/v2/workspaces"
_COLUMNS = (
    Column("ID", lambda workspace: workspace["id"], is_figure=False),
    Column("NAME", lambda workspace: workspace["name"], is_figure=False),
)


@workspaces.command("list")
def list_workspaces(
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List the workspaces."""

    print_list(
        Place(url, database_url, api_key),
        _PATH,
        _COLUMNS,
        as_json=as_json,
        empty="There are no workspaces.",
    )


@workspaces.command()
def create(
    id: Annotated[str, typer.Argument(help="Letters, digits and _ . -")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="What to call it.")] = "",
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Make a workspace; `sessionary keys create --workspace` makes its first key."""

    async def work(client: Client) -> Json:
        return await client.post(_PATH, {"id": id, "name": name})

    made = ask(Place(url, database_url, api_key), work)
    out.print(f"created {made['id']}", markup=False)
