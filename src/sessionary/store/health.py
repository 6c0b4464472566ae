"""Whether the store answers."""

from sessionary.store.database import Database


def ping(database: Database) -> None:
    """Raises StorageError where it does not."""
    with database.reading() as session:
        session.rows_of("SELECT 1")
