"""The message indexer removes any number of superseded rows."""

from pathlib import Path

from sessionary.store.messages.search_index import index_messages
from sessionary.store.rollup.watermarks import advance_watermark
from tests.support.store import Stored, opened, store

ROWS = 400_000


def test_many_superseded_rows_are_removed_in_bounded_memory(tmp_path: Path) -> None:
    """As after a client that sent the same spans repeatedly."""
    with opened(tmp_path / "data", memory_bytes=400 << 20) as database:
        with database.index_connection() as connection:
            for table, columns in (
                ("message_texts", "version, text"),
                ("superseded_texts", "version, superseded_by"),
            ):
                connection.command(
                    f"INSERT INTO {table} (workspace_id, trace_id, span_id, {columns}) "
                    "SELECT 'w', repeat(hex(sipHash64(number)), 2), hex(sipHash64(number)), "
                    f"1, 2 FROM numbers({ROWS})"
                )
        store(database, [Stored("trace", "session", 1, 2)], version=3)
        with database.rollup_connection() as connection:
            advance_watermark(connection, 3)
        assert index_messages(database) == 1
        with database.read_connection() as connection:
            (row,) = connection.rows_of("SELECT count() AS rows FROM message_texts")
    assert row["rows"] == 0
