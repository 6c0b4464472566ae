"""`sessionary projects`: list and make projects."""

from typing import Annotated

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output.console import out
from sessionary.cli.output.listing import print_list
from sessionary.cli.output.tables import Column

projects = typer.Typer(help="Projects of the workspace.", no_args_is_help=True)

_PATH = "/v2/projects"
_COLUMNS = (
    Column("ID", lambda project: project["id"], is_figure=False),
    Column("NAME", lambda project: project["name"], is_figure=False),
    Column("SESSIONS", lambda project: f"{project['sessions_count']:,}"),
    Column("TRACES", lambda project: f"{project['traces_count']:,}"),
)


@projects.command("list")
def list_projects(
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List the projects: those that were made, and those that spans name."""

    print_list(
        Place(url, database_url, api_key),
        _PATH,
        _COLUMNS,
        as_json=as_json,
        empty="There are no projects.",
    )


@projects.command()
def create(
    id: Annotated[str, typer.Argument(help="As spans name it.")],
    name: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What to call it.", show_default=False)
    ] = None,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Make a project."""

    async def work(client: Client) -> Json:
        return await client.post(_PATH, {"id": id, "name": name})

    made = ask(Place(url, database_url, api_key), work)
    out.print(f"created {made['id']}", markup=False)
