"""`sessionary shares`: make, list and revoke links to a session."""

from datetime import timedelta
from typing import Annotated
from urllib.parse import quote, urljoin

import typer

from sessionary.cli.client import Client, Json, ask, session_path
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import err, out, print_json
from sessionary.cli.output.listing import print_list
from sessionary.cli.output.tables import Column

shares = typer.Typer(help="Links that show one session without a key.", no_args_is_help=True)

SessionId = Annotated[
    str, typer.Argument(metavar="SESSION", help="The session's own id, or its _id here.")
]

_COLUMNS = (
    Column("ID", lambda link: link["id"]),
    Column("SHOWS", lambda link: _shows(link), is_figure=False),
    Column("CREATED", lambda link: figures.instant(link["created_at"]), only_wide=True),
    Column("BY", lambda link: link["created_by"], is_figure=False, only_wide=True),
    Column("UNTIL", lambda link: figures.instant(link["expires_at"])),
)


@shares.command()
def create(
    session: SessionId,
    with_messages: Annotated[
        bool, typer.Option("--with-messages", help="Show messages too.")
    ] = False,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it lasts.")] = 7,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Make a link to a session and print it, this once."""
    seconds = int(timedelta(days=days).total_seconds())

    async def work(client: Client) -> Json:
        wanted = {"expires_in": seconds, "with_messages": with_messages}
        made = await client.post(session_path(session, "shares"), wanted)
        return made | {"url": urljoin(str(client.http.base_url), made["url"])}

    made = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json(made)
        return
    until = figures.instant(made["expires_at"])
    err.print(f"It is not shown again. Id {made['id']}, {_shows(made)}, until {until}.")
    out.print(made["url"], soft_wrap=True, markup=False)


@shares.command("list")
def list_shares(
    session: SessionId,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List the links to a session, also those whose time is over."""

    print_list(
        Place(url, database_url, api_key),
        session_path(session, "shares"),
        _COLUMNS,
        as_json=as_json,
        empty="There are no links to it: `sessionary shares create SESSION` makes one.",
    )


@shares.command()
def revoke(
    session: SessionId,
    id: Annotated[str, typer.Argument(help="The id, as `sessionary shares list` shows it.")],
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Have a link show nothing from now on."""

    async def work(client: Client) -> Json:
        return await client.delete(session_path(session, "shares", quote(id, safe="")))

    ask(Place(url, database_url, api_key), work)
    out.print(f"revoked {id}", markup=False)


def _shows(link: Json) -> str:
    return "figures and messages" if link["with_messages"] else "figures"
