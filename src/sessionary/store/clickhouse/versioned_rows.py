"""Write the record of something: one row a key, of which the greatest version stands."""

from collections.abc import Mapping
from typing import Any

from sessionary.store.clickhouse.pool import Database


def write_record(
    database: Database, table: str, row: Mapping[str, Any], *, key: tuple[str, ...]
) -> None:
    """Write a row in the place of the one with its key, though the clock was set back since."""
    names = " AND ".join(f"{name} = {{{name}:String}}" for name in key)
    known = {name: row[name] for name in key}
    with database.insert_connection() as connection:
        (latest,) = connection.rows("clickhouse/latest_version", known, table=table, key=names)
        versioned = {**row, "version": database.next_version(after=latest["version"])}
        connection.insert_rows(table, list(versioned), [list(versioned.values())])
