"""Make all traces and sessions anew from the spans."""

from collections.abc import Iterator

from sessionary.maintenance.report import Report
from sessionary.maintenance.verify import count_all
from sessionary.model.progress import Progress
from sessionary.store.database import Database
from sessionary.store.recompute import rebuild_all


def rebuild(database: Database) -> Iterator[Progress | Report]:
    """Empty the derived tables and fill them; the last item is the report. Ingest waits."""
    for step, done, total in rebuild_all(database, version=database.next_version()):
        yield Progress(step, done, total)
    yield count_all(database)
