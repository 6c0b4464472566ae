"""`sessionary audit`."""

from typing import Annotated

import typer

from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output.listing import print_list
from sessionary.cli.output.tables import Column

_COLUMNS = (
    Column("WHEN", lambda entry: entry["at"][:19].replace("T", " ")),
    Column("WHO", lambda entry: entry["actor"], is_figure=False),
    Column("DID", lambda entry: entry["action"]),
    Column("TO", lambda entry: entry["subject"], is_figure=False),
    Column("DETAIL", lambda entry: entry.get("detail", ""), is_figure=False, only_wide=True),
)


def audit(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most entries to print.")] = 50,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List deletions and changes of keys, the latest first."""

    print_list(
        Place(url, database_url, api_key),
        "/v2/audit-log",
        _COLUMNS,
        as_json=as_json,
        empty="Nothing was deleted, and no key was changed.",
        limit=str(limit),
    )
