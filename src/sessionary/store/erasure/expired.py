"""Count what has been here for long; erase.py deletes it."""

from sessionary.store.clickhouse.pool import Database


def count_expired(database: Database, workspace_id: str, before_ns: int) -> tuple[int, int]:
    """How many sessions ended before then, and how many traces in none."""
    scope = {"workspace_id": workspace_id, "before_ns": before_ns}
    with database.read_connection() as connection:
        (row,) = connection.rows("erasure/count_expired", scope)
    return int(row["sessions"]), int(row["traces"])
