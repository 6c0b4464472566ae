"""`sessionary sessions list`."""

from typing import Annotated

import typer

from sessionary.cli import figures
from sessionary.cli.client import Client, Json, ask
from sessionary.cli.console import out, print_json
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.session_table import FIELDS, session_table

HOW_TO_SEND = """There are no sessions yet.

Start a server (`sessionary serve`) and send it traces: an OpenTelemetry SDK without any
configuration exports OTLP to http://127.0.0.1:4318, where it listens; for others set
  OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318
A trace belongs to the session that an attribute of its spans names, such as `session.id`.

Or have a look at sample data: `sessionary sample load`."""


def list_sessions(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most sessions to print.")] = 20,
    sort: Annotated[
        str,
        typer.Option(metavar="KEY", help="The field to sort by, such as billing.total_cost."),
    ] = "started_at",
    descending: Annotated[
        bool, typer.Option("--desc/--asc", help="Largest or latest first, or last.")
    ] = True,
    page: Annotated[int, typer.Option(min=1, help="Which page of that many sessions.")] = 1,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List sessions."""
    query = {
        "filters": [],
        "limit": limit,
        "page": page,
        "sortingProps": [{"key": sort, "direction": "desc" if descending else "asc"}],
        "includedFields": FIELDS,
    }

    async def work(client: Client) -> tuple[Json, int]:
        answer = await client.post("/v2/sessions/query", query)
        counted = await client.post("/v2/sessions/count", {"filters": []})
        return answer, int(counted["count"])

    answer, total = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json(answer)
    else:
        _print(answer, total, first=(page - 1) * limit + 1, page=page)


def _print(answer: Json, total: int, *, first: int, page: int) -> None:
    shown = answer["data"]
    if total == 0:
        out.print(HOW_TO_SEND, markup=False, soft_wrap=True)
    elif not shown:
        out.print(f"Page {page} is empty: there are {figures.several(total, 'session')}.")
    else:
        out.print(session_table(shown))
        more = f"; next: --page {page + 1}" if answer["has_more"] else ""
        out.print(f"\n{first:,}–{first + len(shown) - 1:,} of {total:,}{more}", style="dim")
