"""`sessionary sample`: load and remove the sample data."""

import typer

from sessionary.cli import figures
from sessionary.cli.client import Client, Json, ask
from sessionary.cli.console import err, out
from sessionary.cli.options import DatabaseUrl, Place, ServerUrl

sample = typer.Typer(help="Sample data, under a project of its own.", no_args_is_help=True)

PATH = "/v2/sample"


@sample.command()
def load(database_url: DatabaseUrl = None, url: ServerUrl = None) -> None:
    """Load the sample sessions, once."""

    async def work(client: Client) -> Json:
        return await client.post(PATH)

    with err.status("Loading the sample sessions"):
        answer = ask(Place(url, database_url), work)
    out.print(said_of(answer))


@sample.command()
def remove(database_url: DatabaseUrl = None, url: ServerUrl = None) -> None:
    """Remove the sample sessions, with their traces and spans."""

    async def work(client: Client) -> Json:
        return await client.delete(PATH)

    answer = ask(Place(url, database_url), work)
    out.print(f"removed {figures.several(answer['sessions'], 'sample session')}")


def said_of(answer: Json) -> str:
    """What loading did, in a sentence."""
    sessions = figures.several(answer["sessions"], "sample session")
    if answer["loaded"]:
        return f"loaded {sessions}, under the project `sample`; `sessionary sample remove` removes"
    return f"{sessions}: loaded before"
