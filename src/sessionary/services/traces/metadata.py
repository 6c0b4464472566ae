"""Which metadata there is to filter by."""

from sessionary.services.traces.parse_request import Faults
from sessionary.services.traces.search import TraceQuery, selection_of
from sessionary.store.clickhouse.pool import Database
from sessionary.store.traces.queries import metadata_keys

MAX_KEYS = 1000


def list_metadata_keys(
    database: Database, workspace_id: str, *, now_ns: int, project_id: str = ""
) -> list[str]:
    """The keys of the metadata of recent traces, of the project where one is named."""
    recent = selection_of(TraceQuery(project_id=project_id), now_ns, Faults())
    return metadata_keys(database, workspace_id, recent, limit=MAX_KEYS)
