"""Keep projects. Every function takes the workspace first."""

from sessionary.model.derived_id import TRACE_PREFIX
from sessionary.model.project import Project
from sessionary.store.database import Database
from sessionary.store.records import write_record


def list_projects(database: Database, workspace_id: str, project_id: str = "") -> list[Project]:
    """The projects with a record or in the traces, by id; only that one where one is named."""
    parameters = {
        "workspace_id": workspace_id,
        "project_id": project_id,
        "trace_prefix": TRACE_PREFIX,
    }
    with database.reading() as session:
        rows = session.rows("queries/list_projects", parameters)
    return [Project(**(row | {"name": row["name"] or row["id"]})) for row in rows]


def keep_project(database: Database, workspace_id: str, project: Project) -> None:
    """Write the record of a project."""
    _write(database, workspace_id, project, is_deleted=False)


def forget_project(database: Database, workspace_id: str, project: Project) -> None:
    """Take the record of a project away; its traces stay."""
    _write(database, workspace_id, project, is_deleted=True)


def _write(database: Database, workspace_id: str, project: Project, *, is_deleted: bool) -> None:
    row = {
        "workspace_id": workspace_id,
        "id": project.id,
        "name": project.name,
        "created_ns": project.created_ns,
        "is_deleted": is_deleted,
    }
    write_record(database, "projects", row, key=("workspace_id", "id"))
