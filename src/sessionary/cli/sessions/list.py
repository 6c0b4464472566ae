"""`sessionary sessions list`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import out, print_json
from sessionary.cli.sessions.table import FIELDS, session_table

HOW_TO_SEND = """There are no sessions yet.

Start a server (`sessionary serve`) and send it traces: an OpenTelemetry SDK without any
configuration exports OTLP to http://127.0.0.1:4318, where it listens; for others set
  OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318
A trace belongs to the session that an attribute of its spans names, such as `session.id`.

Or have a look at sample data: `sessionary sample load`."""

Words = Annotated[str, typer.Option(help="Only those with this text in id, contact or tag.")]
Tags = Annotated[list[str] | None, typer.Option(help="Only those with this tag; may be repeated.")]
Contact = Annotated[str, typer.Option(help="Only those of this contact.")]
Model = Annotated[str, typer.Option(help="Only those that called this model.")]
Since = Annotated[
    datetime | None, typer.Option(show_default=False, help="Only those active since then (UTC).")
]
Until = Annotated[
    datetime | None, typer.Option(show_default=False, help="Only those active until then (UTC).")
]
MinCost = Annotated[
    float | None,
    typer.Option(min=0, show_default=False, help="Only those that cost as many dollars or more."),
]


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
    search: Words = "",
    tag: Tags = None,
    contact: Contact = "",
    model: Model = "",
    since: Since = None,
    until: Until = None,
    min_cost: MinCost = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List sessions."""
    filters = [_has("tags", value) for value in tag or ()]
    filters += [_has("contact_ids", contact)] if contact else []
    filters += [_has("models", model)] if model else []
    filters += [_costs_at_least(min_cost)] if min_cost is not None else []
    wanted: Json = {
        "filters": _window(since, until),
        "query": {"search": search, "filters": filters},
    }
    query = wanted | {
        "limit": limit,
        "page": page,
        "sortingProps": [{"key": sort, "direction": "desc" if descending else "asc"}],
        "includedFields": FIELDS,
    }

    async def work(client: Client) -> tuple[Json, int]:
        answer = await client.post("/v2/sessions/query", query)
        counted = await client.post("/v2/sessions/count", wanted)
        return answer, int(counted["count"])

    answer, total = ask(Place(url, database_url, api_key), work)
    is_filtered = bool(filters or search or since or until)
    if as_json:
        print_json(answer)
    elif is_filtered and total == 0:
        out.print("No session is like that.")
    else:
        _print(answer, total, first=(page - 1) * limit + 1, page=page)


def _has(path: str, value: str) -> Json:
    return {"type": "string", "path": path, "operator": "is", "value": value}


def _costs_at_least(dollars: float) -> Json:
    operator = "is_greater_than_or_equal_to"
    return {"type": "number", "path": "billing.total_cost", "operator": operator, "value": dollars}


def _window(since: datetime | None, until: datetime | None) -> Json:
    dates = {"start_date": since, "end_date": until}
    return {name: _milliseconds(date) for name, date in dates.items() if date is not None}


def _milliseconds(date: datetime) -> str:
    return str(int(date.replace(tzinfo=UTC).timestamp() * 1000))


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
