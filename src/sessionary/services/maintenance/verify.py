"""Recompute everything from the spans and report each difference (there should be none)."""

from collections.abc import Iterator
from typing import Any

from sessionary.model.progress import Progress
from sessionary.services.maintenance.recompute_result import Difference, Report
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.statements import statement
from sessionary.store.rollup.recompute import differing_rows, differing_texts, slices

_SERVERS_OWN = ("version", "is_deleted")


def verify(database: Database) -> Iterator[Progress | Report]:
    """Compare slice by slice, ingest going on in between; the last item is the report."""
    with database.read_connection() as connection:
        total = slices(database, connection)
    differences: list[Difference] = []
    for kind in ("traces", "sessions"):
        for part in range(total):
            for name, stored, derived in differing_rows(database, kind, part, total):
                differences += _differences(kind, name, stored, derived)
            yield Progress(kind, part + 1, total)
    for part in range(total):
        different = differing_texts(database, part, total)
        differences += [Difference("messages", name, "text", None, None) for name in different]
        yield Progress("messages", part + 1, total)
    yield count_all(database, tuple(differences))


def count_all(database: Database, differences: tuple[Difference, ...] = ()) -> Report:
    """How much there is."""
    with database.read_connection() as connection:
        (row,) = connection.rows_of(statement("rollup/count_all").template)
    return Report(int(row["traces"]), int(row["sessions"]), differences)


def _differences(
    kind: str, name: str, stored: dict[str, Any] | None, derived: dict[str, Any] | None
) -> list[Difference]:
    if stored is None or derived is None:
        known = (None if row is None else "a row" for row in (stored, derived))
        return [Difference(kind, name, "*", *known)]
    fields = [key for key in stored if key not in _SERVERS_OWN and stored[key] != derived[key]]
    if not fields:
        return [Difference(kind, name, "*", "several rows", "a row")]
    return [Difference(kind, name, key, str(stored[key]), str(derived[key])) for key in fields]
