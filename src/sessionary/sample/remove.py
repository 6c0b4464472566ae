"""Take the sample out again."""

from sessionary.sample.load import REMOVED, import_name
from sessionary.sample.rewrite import PROJECT_ID
from sessionary.store.database import Database
from sessionary.store.erase import erase_project
from sessionary.store.imports import mark_import


def remove_sample(database: Database, workspace_id: str) -> int:
    """Delete the sample for good; returns how many sessions that were."""
    removed = erase_project(database, workspace_id, PROJECT_ID)
    with database.writing() as session:
        mark_import(session, import_name(workspace_id), REMOVED)
    return removed
