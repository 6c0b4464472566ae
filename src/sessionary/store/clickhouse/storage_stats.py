"""What the store is, and what it takes."""

from dataclasses import dataclass

from sessionary.model.storage import TableUse
from sessionary.store.clickhouse.pool import Connection, Database


@dataclass(frozen=True, slots=True)
class SpanSize:
    """The rows of `spans`, and their bytes, uncompressed."""

    spans: int
    bytes: int


def engine_version(database: Database) -> str:
    """The version of ClickHouse that answers."""
    with database.read_connection() as connection:
        (row,) = connection.rows_of("SELECT version() AS version")
    return str(row["version"])


def tables_in_use(database: Database) -> list[TableUse]:
    """Every table with its rows and bytes, the largest first; of a cluster, each shard once."""
    parts = database.topology.system_table("parts")
    with database.read_connection() as connection:
        return [TableUse(**row) for row in connection.rows("clickhouse/storage", parts=parts)]


def span_size(database: Database, connection: Connection) -> SpanSize:
    """How many spans are stored, and how large they are; of a cluster, each shard once."""
    parts = database.topology.system_table("parts")
    (row,) = connection.rows("clickhouse/span_bytes", parts=parts)
    return SpanSize(int(row["spans"]), int(row["bytes"]))
