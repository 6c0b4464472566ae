"""`sessionary sessions show`."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sessionary.cli.client import Client, Json, ask, session_path
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import out, print_json
from sessionary.cli.output.tables import Column, table_of
from sessionary.cli.sessions.table import session_cost

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
    api_key: ApiKey = None,
) -> None:
    """Show a session with its models and traces."""

    async def work(client: Client) -> tuple[Json, Json]:
        session = await client.get(session_path(session_id), include=",".join(_FIELDS))
        path = session_path(session["_id"], "traces")
        return session, await client.get(path, limit=str(traces))

    session, page = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json({"session": session, "traces": page["data"], "has_more": page["has_more"]})
        return
    out.print(_summary(session))
    if session["models"]:
        out.print()
        out.print(_models(session))
    out.print()
    out.print(table_of(page["data"], _TRACE_COLUMNS))
    if page["has_more"]:
        rest = session["traces_count"] - len(page["data"])
        out.print(f"\n… and {figures.several(rest, 'more trace')}", style="dim")


def _summary(session: Json) -> Table:
    rows = {
        "Session": session["external_id"],
        "Id": session["_id"],
        "Project": session.get("project_id"),
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
        grid.add_row(name, escape(text or figures.ABSENT))
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
    unpriced = session["unpriced_calls_count"]
    return table_of([use | {"unpriced": unpriced} for use in session["models"]], _MODEL_COLUMNS)


def _model_cost(use: Json) -> str:
    # The number of unpriced calls is known per session, not per model.
    if use["cost"] == 0 and use["unpriced"] and use["calls"] > use["failed_calls"]:
        return "unpriced"
    return figures.cost(use["cost"], calls=use["calls"], failed=use["failed_calls"], unpriced=0)


def _trace_cost(trace: Json) -> str:
    return figures.cost(
        trace["total_cost"],
        calls=trace["model_calls_count"],
        failed=trace["failed_calls_count"],
        unpriced=trace["unpriced_calls_count"],
    )


_MODEL_COLUMNS = (
    Column("Model", lambda m: m["model"] or figures.ABSENT, is_figure=False),
    Column("Calls", lambda m: figures.count(m["calls"])),
    Column("Failed", lambda m: figures.count(m["failed_calls"])),
    Column("Tokens in", lambda m: figures.count(m["prompt_tokens"])),
    Column("Tokens out", lambda m: figures.count(m["completion_tokens"])),
    Column("Cost", _model_cost),
)
_TRACE_COLUMNS = (
    Column("Trace", lambda t: str(t["trace_id"]), is_figure=False),
    Column("Name", lambda t: str(t["name"]), is_figure=False, only_wide=True),
    Column("Started", lambda t: figures.instant(t["started_at"]), only_wide=True),
    Column("Duration", lambda t: figures.duration(t["duration"])),
    Column("Spans", lambda t: figures.count(t["spans_count"]), only_wide=True),
    Column("Calls", lambda t: figures.count(t["model_calls_count"])),
    Column("Errors", lambda t: figures.count(t["errors_count"]), only_wide=True),
    Column("Tokens", lambda t: figures.count(t["total_tokens"])),
    Column("Cost", _trace_cost),
)
