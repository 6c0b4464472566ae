"""`sessionary keys`: make, list and revoke API keys."""

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output.console import err, out, print_json
from sessionary.cli.output.listing import print_list
from sessionary.cli.output.tables import Column

keys = typer.Typer(help="Manage API keys.", no_args_is_help=True)

_PATH = "/v2/api-keys"
_COLUMNS = (
    Column("ID", lambda key: key["id"]),
    Column("NAME", lambda key: key["name"], is_figure=False),
    Column("KEY", lambda key: f"{key['prefix']}…"),
    Column("SCOPES", lambda key: ", ".join(key["scopes"]), is_figure=False),
    Column("PROJECT", lambda key: key.get("project_id", ""), is_figure=False, only_wide=True),
    Column("CREATED", lambda key: _day(key, "created_at"), only_wide=True),
    Column("LAST USED", lambda key: _day(key, "last_used_at")),
    Column("STATE", lambda key: _state(key)),
)


@keys.command()
def create(
    name: Annotated[str, typer.Argument(help="What or whom it is for.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SCOPE",
            help="ingest, read, write or admin; more than once for several. [ingest, read]",
            show_default=False,
        ),
    ] = None,
    project: Annotated[
        str | None, typer.Option(metavar="ID", help="Its only project.", show_default=False)
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="When it ends: 2027-01-31T00:00:00Z.", show_default=False
        ),
    ] = None,
    workspace: Annotated[
        str | None, typer.Option(metavar="ID", help="Another workspace.", show_default=False)
    ] = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Make an API key and print it, this once."""
    options = {
        "scopes": scope,
        "project_id": project,
        "expires_at": expires,
        "workspace_id": workspace,
    }
    body = {"name": name} | {field: value for field, value in options.items() if value}

    async def work(client: Client) -> Json:
        return await client.post(_PATH, body)

    made = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json(made)
        return
    err.print(f"Keep it: it is not shown again. Id {made['id']}, {', '.join(made['scopes'])}.")
    out.print(made["key"], soft_wrap=True)


@keys.command("list")
def list_keys(
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List the API keys, also those that are of no more use."""

    print_list(
        Place(url, database_url, api_key),
        _PATH,
        _COLUMNS,
        as_json=as_json,
        empty="There are no API keys: `sessionary keys create NAME` makes one.",
    )


@keys.command()
def revoke(
    id: Annotated[str, typer.Argument(help="The id, as `sessionary keys list` shows it.")],
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Let an API key in no more."""

    async def work(client: Client) -> Json:
        return await client.delete(f"{_PATH}/{quote(id, safe='')}")

    ask(Place(url, database_url, api_key), work)
    out.print(f"revoked {id}", markup=False)


def _state(key: Json) -> str:
    if "revoked_at" in key:
        return "revoked"
    if "expires_at" not in key:
        return "active"
    is_over = datetime.fromisoformat(key["expires_at"][:19]).replace(tzinfo=UTC) <= datetime.now(
        UTC
    )
    return "expired" if is_over else f"until {_day(key, 'expires_at')}"


def _day(key: Json, field: str) -> str:
    return str(key.get(field, ""))[:10]
