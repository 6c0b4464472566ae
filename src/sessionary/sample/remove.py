"""Take the sample out again."""

from sessionary.sample.load import import_name
from sessionary.sample.rewrite import PROJECT_ID
from sessionary.store.clickhouse.pool import Database
from sessionary.store.erasure.erase import erase_project


def remove_sample(database: Database, workspace_id: str) -> int:
    """Delete the sample for good; returns how many sessions that were."""
    name = import_name(workspace_id)
    return erase_project(database, workspace_id, PROJECT_ID, import_name=name)
