"""`sessionary serve`: what the operator says and sees; the listening itself is in listen.py."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from sessionary import __version__
from sessionary.cli.client import in_process
from sessionary.cli.engine import load_sample_once
from sessionary.cli.options import load_settings, takes_settings
from sessionary.cli.output.console import complain, err, out
from sessionary.cli.sample import said_of
from sessionary.cli.server.listen import bind, run_server
from sessionary.cli.sessions.table import FIELDS, session_table
from sessionary.errors import SessionaryError
from sessionary.settings import Settings
from sessionary.store.clickhouse.data_folder import refuse_taken

if TYPE_CHECKING:
    from fastapi import FastAPI

_SHOWN = 8


@takes_settings
def serve(
    sample: Annotated[
        bool, typer.Option("--sample", help="Load the sample sessions, once, and print a few.")
    ] = False,
    **flags: str | bool | None,
) -> None:
    """Receive traces and serve the API, until SIGTERM or Ctrl+C; what was taken is stored first."""
    settings = load_settings(**flags)
    refuse_taken(settings.data_folder)
    listener = bind(settings)
    settings = settings.model_copy(update={"port": listener.getsockname()[1]})

    async def welcome(app: "FastAPI") -> None:
        out.print(_addresses(settings), soft_wrap=True)
        if sample:
            await _show_sample(app)

    run_server(settings, listener, welcome)


def _addresses(settings: Settings) -> Table:
    url = f"http://{_reachable(settings.host)}:{settings.port}"
    rows = {
        "OTLP over HTTP": f"{url}  (OTEL_EXPORTER_OTLP_ENDPOINT)",
        "OTLP over gRPC": f"http://{_reachable(settings.host)}:{settings.grpc_port}"
        if settings.grpc_port
        else "off",
        "API": f"{url}/docs",
        "Data": str(settings.data_folder or "on the ClickHouse server"),
        "Sessions": "sessionary sessions list",
        "Stop": "Ctrl+C",
    }
    table = Table.grid(padding=(0, 3, 0, 0))
    table.title = f"Sessionary {__version__}"
    table.title_style, table.title_justify = "bold", "left"
    table.add_column(style="bold")
    table.add_column(no_wrap=True)
    for name, text in rows.items():
        table.add_row(name, text)
    return table


def _reachable(host: str) -> str:
    """An address of this machine where `host` means all of them."""
    named = "127.0.0.1" if host in {"", "0.0.0.0", "::"} else host
    return f"[{named}]" if ":" in named else named


async def _show_sample(app: "FastAPI") -> None:
    query = {
        "filters": [],
        "limit": _SHOWN,
        "sortingProps": [{"key": "started_at", "direction": "desc"}],
        "includedFields": FIELDS,
    }
    try:
        with err.status("Loading the sample sessions"):
            loaded = await load_sample_once(app)
        async with in_process(app) as client:
            answer = await client.post("/v2/sessions/query", query)
    except SessionaryError as error:
        # The server serves without them.
        complain(f"the sample sessions could not be loaded: {error}")
        return
    out.print(f"\n{said_of(loaded)}\n")
    out.print(session_table(answer["data"]))
