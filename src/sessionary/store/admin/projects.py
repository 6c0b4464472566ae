"""Keep projects. Every function takes the workspace first."""

from sessionary.model.derived_id import TRACE_PREFIX
from sessionary.model.project import Project
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.clickhouse.versioned_rows import write_record
from sessionary.store.disk.scrub import mark_erasure


def list_projects(database: Database, workspace_id: str, project_id: str = "") -> list[Project]:
    """The projects with a record or in the traces, by id; only that one where one is named."""
    parameters = {
        "workspace_id": workspace_id,
        "project_id": project_id,
        "trace_prefix": TRACE_PREFIX,
    }
    with database.read_connection() as connection:
        rows = connection.rows("admin/list_projects", parameters)
    return [Project(**(row | {"name": row["name"] or row["id"]})) for row in rows]


def save_project(database: Database, workspace_id: str, project: Project) -> None:
    """Write the record of a project."""
    row = {
        "workspace_id": workspace_id,
        "id": project.id,
        "name": project.name,
        "created_ns": project.created_ns,
        "is_deleted": False,
    }
    write_record(database, "projects", row, key=("workspace_id", "id"))


def forget_project_record(database: Database, workspace_id: str, project: Project) -> None:
    """Delete the record of a project for good; its traces stay."""
    with database.rollup_connection() as connection:
        mark_erasure(database, connection)
        delete_project_record(database, connection, workspace_id, project.id)


def delete_project_record(
    database: Database, connection: Connection, workspace_id: str, project_id: str
) -> None:
    """The deletion alone, as a part of another write."""
    scope = {"workspace_id": workspace_id, "project_id": project_id}
    connection.run("admin/project", scope, table=database.topology.changed_table("projects"))
