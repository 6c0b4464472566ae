"""`sessionary traces show`."""

from typing import Annotated
from urllib.parse import quote

import typer
from rich.markup import escape
from rich.table import Table

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import out, print_json
from sessionary.cli.output.tables import Column, table_of
from sessionary.cli.traces.cost import trace_cost

# A chain may be deeper than a terminal is wide.
_DEEPEST = 20


def show_trace(
    trace_id: Annotated[str, typer.Argument(metavar="ID", help="The trace's id.")],
    spans: Annotated[
        int, typer.Option(min=1, max=1000, help="Most spans to print, from the root on.")
    ] = 200,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Show a trace with the tree of its spans."""

    async def work(client: Client) -> tuple[Json, Json]:
        path = f"/v3/traces/{quote(trace_id, safe='')}"
        trace = await client.get(path)
        return trace["trace"], await client.get(f"{path}/spans", limit=str(spans))

    trace, page = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json({"trace": trace, "spans": page["data"], "has_more": page["has_more"]})
        return
    out.print(_summary(trace))
    out.print()
    out.print(table_of(page["data"], _COLUMNS))
    if page["has_more"]:
        rest = trace["spans_count"] - len(page["data"])
        out.print(f"\n… and {figures.several(rest, 'more span')}", style="dim")


def _summary(trace: Json) -> Table:
    usage = trace["usage"]
    tokens = (figures.count(usage[name]) for name in ("prompt_tokens", "completion_tokens"))
    rows = {
        "Trace": trace["trace_id"],
        "Name": trace.get("name", ""),
        "Session": trace.get("session_id", ""),
        "Identity": trace.get("identity_id", ""),
        "Tags": ", ".join(trace["tags"]),
        "Started": figures.instant(trace["started_at"]),
        "Duration": figures.duration(trace["duration_ms"]),
        "Tokens": "{} in, {} out".format(*tokens),
        "Cost": trace_cost(trace),
    }
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    for name, text in rows.items():
        grid.add_row(name, escape(text or figures.ABSENT))
    return grid


def _name(span: Json) -> str:
    mark = "✗ " if span["status"] == "error" else ""
    return f"{'  ' * min(span['level'], _DEEPEST)}{mark}{span.get('name', '')}"


def _tokens(span: Json) -> str:
    return figures.count(span["usage"]["total_tokens"]) if "usage" in span else ""


def _cost(span: Json) -> str:
    if "cost" in span:
        return figures.money(span["cost"]["total"])
    return "unpriced" if span["is_counted"] and span["status"] != "error" else ""


_COLUMNS = (
    Column("Span", _name, is_figure=False),
    Column("Kind", lambda s: str(s["type"]), is_figure=False, only_wide=True),
    Column("Model", lambda s: str(s.get("model", "")), is_figure=False),
    Column("Duration", lambda s: figures.duration(s["duration_ms"])),
    Column("Counts", lambda s: "yes" if s["is_counted"] else "", is_figure=False, only_wide=True),
    Column("Tokens", _tokens),
    Column("Cost", _cost),
)
