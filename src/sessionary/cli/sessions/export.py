"""`sessionary sessions export`."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sessionary.cli.client import Client, ask
from sessionary.cli.options import ApiKey, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output.console import err
from sessionary.errors import ConfigurationError


def export_sessions(
    output: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write; there once it is complete.")
    ],
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="csv, jsonl or parquet; without it, what FILE ends in.",
            show_default=False,
        ),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(metavar="KEY", help="The field to sort by, such as billing.total_cost."),
    ] = "started_at",
    descending: Annotated[
        bool, typer.Option("--desc/--asc", help="Largest or latest first, or last.")
    ] = True,
    include: Annotated[
        str,
        typer.Option(
            metavar="FIELDS", help="Further fields, separated by commas.", show_default=False
        ),
    ] = "",
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Export all sessions to a file."""
    body = {
        "format": format or output.suffix.removeprefix("."),
        "sortingProps": [{"key": sort, "direction": "desc" if descending else "asc"}],
        "includedFields": [name.strip() for name in include.split(",") if name.strip()],
    }

    async def work(client: Client) -> None:
        await _write(client.download("/v2/sessions/export", body), output)

    ask(Place(url, database_url, api_key), work)


async def _write(chunks: AsyncIterator[bytes], output: Path) -> None:
    """Write to a temporary file and rename it at the end, so that no partial export remains."""
    columns = (SpinnerColumn(), TextColumn("Exporting"), DownloadColumn(), TimeElapsedColumn())
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file, Progress(*columns, console=err, transient=True) as bars:
            task = bars.add_task("", total=None)
            async for chunk in chunks:
                file.write(chunk)
                bars.advance(task, len(chunk))
        part.replace(output)
    except OSError as error:
        raise ConfigurationError(f"cannot write {output}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
