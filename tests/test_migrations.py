"""A folder of an earlier version is read as if it had been written by this one."""

from collections.abc import Sequence
from pathlib import Path

from sessionary.model.page import Paging
from sessionary.model.session import Session
from sessionary.store.database import Database
from sessionary.store.migrate import migrate
from sessionary.store.sessions import get_session, list_sessions
from tests.stored import Stored, opened, store

NEW_YEAR_NS = 1_767_225_600 * 10**9
TEXTS = "0025_session_texts"


def test_sessions_from_before_their_texts_were_kept(tmp_path: Path) -> None:
    """What is shown of them is made of their columns while they are read."""
    with opened(tmp_path / "data") as database:
        store(database, [span(number) for number in (1, 2)], version=1)
        shown = read(database)
        assert [session.external_id for session in shown] == ["s2", "s1"]
        forget_texts(database)
        assert migrate(database) == [f"migrations/{TEXTS}"]
        assert read(database) == shown
        store(database, [span(3)], version=2)
        assert read(database)[1:] == shown


def span(number: int) -> Stored:
    start_ns = NEW_YEAR_NS + number
    return Stored(f"t{number}", f"s{number}", start_ns, start_ns + 5)


def read(database: Database) -> Sequence[Session]:
    listed = list_sessions(database, "w", Paging(), with_details=True).items
    assert [get_session(database, "w", s.external_id, with_details=True) for s in listed] == listed
    return listed


def forget_texts(database: Database) -> None:
    with database.writing() as session:
        for table in ("sessions", "sessions_by_start"):
            session.command(f"ALTER TABLE {table} DROP COLUMN summary, DROP COLUMN details")
        session.command(
            f"ALTER TABLE migrations DELETE WHERE name = 'migrations/{TEXTS}' "
            "SETTINGS mutations_sync = 2"
        )
