"""`sessionary traces list`."""

import shlex
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import out, print_json
from sessionary.cli.output.tables import Column, table_of
from sessionary.cli.traces.cost import trace_cost


def list_traces(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most traces to print.")] = 20,
    days: Annotated[int, typer.Option(min=1, max=9_000, help="How far back to look.")] = 30,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILTER",
            help="Such as 'cost_total gt 0.5' or 'tags in web beta'; several have to hold.",
        ),
    ] = None,
    search: Annotated[
        str, typer.Option(metavar="TEXT", help="What a name, id, tag or model has to contain.")
    ] = "",
    sort: Annotated[
        str, typer.Option(metavar="FIELD", help="The field to sort by, such as cost_total.")
    ] = "started_at",
    descending: Annotated[
        bool, typer.Option("--desc/--asc", help="Largest or latest first, or last.")
    ] = True,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List traces."""
    query = {
        "from": (datetime.now(UTC) - timedelta(days=days)).isoformat(),
        "filters": [_filter(text) for text in where or ()],
        "query": search,
        "sort": [{"field": sort, "order": "desc" if descending else "asc"}],
        "limit": limit,
    }

    async def work(client: Client) -> Json:
        return await client.post("/v3/traces/search", query)

    answer = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json(answer)
    elif not answer["data"]:
        out.print(f"No such traces in the last {figures.several(days, 'day')}.")
    else:
        out.print(table_of(answer["data"], _COLUMNS))
        if answer["has_more"]:
            out.print("\n… and more: see --limit", style="dim")


def _filter(text: str) -> Json:
    try:
        field, operator, *values = shlex.split(text)
    except ValueError as error:
        message = f"{text!r} is not a filter like 'cost_total gt 0.5'"
        raise typer.BadParameter(message, param_hint="--where") from error
    return {"field": field, "op": operator, "values": values}


_COLUMNS = (
    Column("Trace", lambda t: str(t["trace_id"]), is_figure=False),
    Column("Name", lambda t: str(t.get("name", "")), is_figure=False),
    Column("Session", lambda t: str(t.get("session_id", "")), is_figure=False, only_wide=True),
    Column("Started", lambda t: figures.minute(t["started_at"]), only_wide=True),
    Column("Duration", lambda t: figures.duration(t["duration_ms"])),
    Column("Calls", lambda t: figures.count(t["model_calls_count"]), only_wide=True),
    Column("Errors", lambda t: figures.count(t["errors_count"]), only_wide=True),
    Column("Tokens", lambda t: figures.count(t["usage"]["total_tokens"])),
    Column("Cost", trace_cost),
)
