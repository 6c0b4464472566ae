"""What the store is, and what it takes."""

from sessionary.model.storage import TableUse
from sessionary.store.database import Database


def engine_version(database: Database) -> str:
    """The version of ClickHouse that answers."""
    with database.reading() as session:
        (row,) = session.rows_of("SELECT version() AS version")
    return str(row["version"])


def tables_in_use(database: Database) -> list[TableUse]:
    """Every table with its rows and bytes, the largest first; of a cluster, each shard once."""
    parts = database.topology.system_table("parts")
    with database.reading() as session:
        return [TableUse(**row) for row in session.rows("queries/storage", parts=parts)]
