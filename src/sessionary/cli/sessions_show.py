"""`sessionary sessions show`."""

from typing import Annotated

import typer
from rich.table import Table

from sessionary.cli import figures
from sessionary.cli.client import Client, Json, ask, session_path
from sessionary.cli.console import out, print_json
from sessionary.cli.options import AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.session_table import plain_table, session_cost

_FIELDS = (
    "ended_at",
    "active_duration",
    "spans_count",
    "model_calls_count",
    "failed_calls_count",
    "tool_calls_count",
    "errors_count",
    "unpriced_calls_count",
    "models",
    "cached_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
)


def show_session(
    session_id: Annotated[
        str, typer.Argument(metavar="ID", help="The session's own id, or its _id here.")
    ],
    traces: Annotated[
        int, typer.Option(min=1, max=1000, help="Most traces to print, the earliest first.")
    ] = 100,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
) -> None:
    """Show a session with its models and traces."""

    async def work(client: Client) -> tuple[Json, Json]:
        session = await client.get(session_path(session_id), include=",".join(_FIELDS))
        path = session_path(session["_id"], "traces")
        return session, await client.get(path, limit=str(traces))

    session, page = ask(Place(url, database_url), work)
    if as_json:
        print_json({"session": session, "traces": page["data"], "has_more": page["has_more"]})
        return
    out.print(_summary(session))
    if session["models"]:
        out.print()
        out.print(_models(session))
    out.print()
    out.print(_traces(page["data"]))
    if page["has_more"]:
        rest = session["traces_count"] - len(page["data"])
        out.print(f"\n… and {figures.several(rest, 'more trace')}", style="dim")


def _summary(session: Json) -> Table:
    rows = {
        "Session": session["external_id"],
        "Id": session["_id"],
        "Project": session["project_id"],
        "Contacts": ", ".join(session["contact_ids"]),
        "Tags": ", ".join(session["tags"]),
        "Time": _time(session),
        "Work": _work(session),
        "Tokens": _tokens(session),
        "Cost": _cost(session),
    }
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    for name, text in rows.items():
        grid.add_row(name, text or figures.ABSENT)
    return grid


def _time(session: Json) -> str:
    start, end = (figures.instant(session[name]) for name in ("started_at", "ended_at"))
    took = figures.duration(session["duration"])
    return f"{start} to {end}: {took}, {figures.duration(session['active_duration'])} of it active"


def _work(session: Json) -> str:
    parts = [
        figures.several(session["traces_count"], "trace"),
        figures.several(session["spans_count"], "span"),
        figures.several(session["model_calls_count"], "model call"),
        figures.several(session["tool_calls_count"], "tool call"),
        figures.several(session["errors_count"], "error"),
    ]
    return ", ".join(parts)


def _tokens(session: Json) -> str:
    usage = session["usage"]
    cached, written = session["cached_tokens"], session["cache_write_tokens"]
    into = [f"{figures.count(usage['prompt_tokens'])} in"]
    into += [f"{figures.count(cached)} of them cached"] if cached else []
    into += [f"{figures.count(written)} written to the cache"] if written else []
    out_of = [f"{figures.count(usage['completion_tokens'])} out"]
    reasoning = session["reasoning_tokens"]
    out_of += [f"{figures.count(reasoning)} of them reasoning"] if reasoning else []
    return f"{figures.count(usage['total_tokens'])}: {', '.join(into)}; {', '.join(out_of)}"


def _cost(session: Json) -> str:
    total = session_cost(session)
    billing = session["billing"]
    if not billing["input_cost"] and not billing["output_cost"]:
        return total
    into, out_of = figures.money(billing["input_cost"]), figures.money(billing["output_cost"])
    return f"{total}: {into} in, {out_of} out"


def _models(session: Json) -> Table:
    table = plain_table(("Model",), ("Calls", "Failed", "Tokens in", "Tokens out", "Cost"))
    for use in session["models"]:
        unpriced = session["unpriced_calls_count"] if use["cost"] == 0 else 0
        cost = figures.cost(
            use["cost"], calls=use["calls"], failed=use["failed_calls"], unpriced=unpriced
        )
        table.add_row(
            use["model"] or figures.ABSENT,
            figures.count(use["calls"]),
            figures.count(use["failed_calls"]),
            figures.count(use["prompt_tokens"]),
            figures.count(use["completion_tokens"]),
            # How many of the session's unpriced calls are this model's, nobody tells.
            "unpriced" if cost.endswith("unpriced") else cost,
        )
    return table


def _traces(traces: list[Json]) -> Table:
    table = plain_table(
        ("Trace", "Name", "Started"), ("Duration", "Spans", "Calls", "Errors", "Tokens", "Cost")
    )
    for trace in traces:
        cost = figures.cost(
            trace["total_cost"],
            calls=trace["model_calls_count"],
            failed=trace["failed_calls_count"],
            unpriced=trace["unpriced_calls_count"],
        )
        table.add_row(
            trace["trace_id"],
            trace["name"],
            figures.instant(trace["started_at"]),
            figures.duration(trace["duration"]),
            figures.count(trace["spans_count"]),
            figures.count(trace["model_calls_count"]),
            figures.count(trace["errors_count"]),
            figures.count(trace["total_tokens"]),
            cost,
        )
    return table
