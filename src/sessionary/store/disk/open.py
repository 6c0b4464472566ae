"""Open the store: its connections, and its tables as this version has them."""

from concurrent.futures import Future, ThreadPoolExecutor

from sessionary.settings import Settings
from sessionary.store.clickhouse.migrations import migrate
from sessionary.store.clickhouse.pool import Database
from sessionary.store.disk.repair import repair_marks


def open_store(settings: Settings) -> Database:
    """Connect, and make or change the tables.

    Raises:
        DataFolderInUseError: another process has the folder.
        ConfigurationError: an address that cannot work.
    """
    database = Database(
        settings.database_url,
        clients=settings.read_clients,
        memory_bytes=settings.engine_memory_bytes,
        read_seconds=settings.query_timeout_seconds,
    )
    try:
        migrate(database)
        if database.topology.is_embedded:
            repair_marks(database)
    except BaseException:
        database.close()
        raise
    return database


def open_meanwhile(settings: Settings) -> Future[Database]:
    """Open the store in a thread: most of the time the engine and the disk are at work."""
    executor = ThreadPoolExecutor(1, thread_name_prefix="opening")
    opening = executor.submit(open_store, settings)
    executor.shutdown(wait=False)
    return opening
