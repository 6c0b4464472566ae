"""`sessionary sample`: load and remove the sample data."""

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import ApiKey, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import err, out

sample = typer.Typer(help="Sample data, under a project of its own.", no_args_is_help=True)

_PATH = "/v2/sample"


@sample.command()
def load(database_url: DatabaseUrl = None, url: ServerUrl = None, api_key: ApiKey = None) -> None:
    """Load the sample sessions, once."""

    async def work(client: Client) -> Json:
        return await client.post(_PATH)

    with err.status("Loading the sample sessions"):
        answer = ask(Place(url, database_url, api_key), work)
    out.print(said_of(answer["sessions"]))


@sample.command()
def remove(database_url: DatabaseUrl = None, url: ServerUrl = None, api_key: ApiKey = None) -> None:
    """Remove the sample sessions, with their traces and spans."""

    async def work(client: Client) -> Json:
        return await client.delete(_PATH)

    answer = ask(Place(url, database_url, api_key), work)
    out.print(f"removed {figures.several(answer['sessions'], 'sample session')}")


def said_of(loaded: int) -> str:
    """A sentence on the number of loaded sample sessions."""
    if not loaded:
        return "no sample sessions were loaded: they were before"
    return (
        f"loaded {figures.several(loaded, 'sample session')}, under the project `sample`; "
        "`sessionary sample remove` removes them"
    )
