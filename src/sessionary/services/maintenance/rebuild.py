"""Rebuild all traces and sessions from the spans."""

import logging
from collections.abc import Generator
from functools import partial

from sessionary.model.progress import Progress
from sessionary.services.maintenance.recompute_result import Report
from sessionary.services.maintenance.verify import count_all
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.retries import retried_steps
from sessionary.store.rollup.recompute import rebuild_all
from sessionary.store.rollup.watermarks import has_cut_off_rebuild

log = logging.getLogger(__name__)


def rebuild(database: Database) -> Generator[Progress | Report, None, None]:
    """Empty the derived tables and fill them; the last item is the report. Ingest waits.

    Until it succeeds rows are missing, so it is tried again where the store fails.

    Raises:
        StorageError: the store failed every time; the next start rebuilds.
    """
    yield from retried_steps(partial(_rebuild, database))
    yield count_all(database)


def _rebuild(database: Database) -> Generator[Progress, None, None]:
    for step, done, total in rebuild_all(database, version=database.next_version()):
        yield Progress(step, done, total)


def finish_rebuild(database: Database) -> None:
    """Do again what an earlier process was cut off in: until then traces and sessions are missing.

    Before anything else is written.
    """
    if has_cut_off_rebuild(database):
        log.warning("a rebuild was interrupted: rebuilding all traces and sessions")
        for _ in rebuild(database):
            pass
