"""Folders of earlier versions are read like new ones."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sessionary.model.pagination import Paging
from sessionary.model.session import Session
from sessionary.model.session_filter import MessageSearch
from sessionary.store.clickhouse.migrations import migrate
from sessionary.store.clickhouse.pool import Database
from sessionary.store.messages.search_index import index_messages
from sessionary.store.rollup.watermarks import advance_watermark
from sessionary.store.sessions.queries import get_session, list_sessions
from tests.support.store import Stored, opened, store

NEW_YEAR_NS = 1_767_225_600 * 10**9
TEXTS = "0025_session_texts"


def test_sessions_without_stored_texts(tmp_path: Path) -> None:
    """Their texts are computed from columns when they are read."""
    with opened(tmp_path / "data") as database:
        store(database, [span(number) for number in (1, 2)], version=1)
        shown = read(database)
        assert [session.external_id for session in shown] == ["s2", "s1"]
        remove_texts(database)
        assert migrate(database) == [f"migrations/{TEXTS}"]
        assert read(database) == shown
        store(database, [span(3)], version=2)
        assert read(database)[1:] == shown


def test_message_index_without_versions_is_rebuilt(tmp_path: Path) -> None:
    """A search finds the texts of spans during and after the rebuild."""
    with opened(tmp_path / "data") as database:
        said = replace(span(1), attributes={"input.value": "current"})
        store(database, [said], version=1)
        with database.rollup_connection() as connection:
            advance_watermark(connection, 1)
        make_old_index(database)
        assert len(migrate(database)) == 3
        assert [found(database, text) for text in ("current", "superseded")] == [["s1"], []]
        assert index_messages(database) == 1
        assert [found(database, text) for text in ("current", "superseded")] == [["s1"], []]


def found(database: Database, text: str) -> list[str]:
    listed = list_sessions(database, "w", Paging(), where=MessageSearch(text)).items
    return [session.external_id for session in listed]


def make_old_index(database: Database) -> None:
    """Create the index of an earlier version, with a superseded text."""
    with database.rollup_connection() as connection:
        connection.command("DROP TABLE superseded_texts")
        connection.command("ALTER TABLE message_texts DROP COLUMN version")
        connection.command(
            "INSERT INTO message_texts SELECT workspace_id, trace_id, span_id, start_time, "
            "end_time, 'superseded' FROM spans"
        )
        connection.insert_rows("settled", ["name", "arrived_at"], [["messages", 1]])
        connection.command(
            "ALTER TABLE migrations DELETE WHERE match(name, '/00(28|29|30)_') "
            "SETTINGS mutations_sync = 2"
        )


def span(number: int) -> Stored:
    start_ns = NEW_YEAR_NS + number
    return Stored(f"t{number}", f"s{number}", start_ns, start_ns + 5)


def read(database: Database) -> Sequence[Session]:
    listed = list_sessions(database, "w", Paging(), with_details=True).items
    assert [get_session(database, "w", s.external_id, with_details=True) for s in listed] == listed
    return listed


def remove_texts(database: Database) -> None:
    with database.rollup_connection() as connection:
        for table in ("sessions", "sessions_by_start"):
            connection.command(f"ALTER TABLE {table} DROP COLUMN summary, DROP COLUMN details")
        connection.command(
            f"ALTER TABLE migrations DELETE WHERE name = 'migrations/{TEXTS}' "
            "SETTINGS mutations_sync = 2"
        )
