"""The projects of a workspace. A key of one project sees only that project."""

import time
from dataclasses import replace

from sessionary.errors import ConflictError, ForbiddenError, NotFoundError
from sessionary.model.access import Principal
from sessionary.model.project import Project
from sessionary.services.access.audit import record_audit_entry
from sessionary.store.admin import projects
from sessionary.store.clickhouse.pool import Database
from sessionary.store.erasure.erase import erase_project
from sessionary.store.pending_writes.complete import complete_earlier
from sessionary.store.pending_writes.intents import ProjectErasure


def list_projects(database: Database, by: Principal) -> list[Project]:
    """The projects that have a record or that spans name, by id."""
    return projects.list_projects(database, by.workspace_id, by.project_id)


def create_project(database: Database, by: Principal, *, id: str, name: str) -> Project:
    """Make a record; for a project that spans name already, as good as naming it.

    Raises:
        ForbiddenError: the key is of one project.
        ConflictError: it has a record.
    """
    if by.project_id:
        raise ForbiddenError(f"this key is of the project {by.project_id!r} only")
    found = projects.list_projects(database, by.workspace_id, id)
    if any(project.created_ns for project in found):
        raise ConflictError(f"there is a project {id!r} already")
    known = found[0] if found else Project(id, id, 0)
    project = _keep(database, by, known, name or id)
    record_audit_entry(database, by, "project.create", id)
    return project


def rename_project(database: Database, by: Principal, project_id: str, name: str) -> Project:
    """Give a project another name.

    Raises:
        NotFoundError: there is no such project, or none for this key.
    """
    project = _keep(database, by, _project(database, by, project_id), name)
    record_audit_entry(database, by, "project.rename", project_id)
    return project


def delete_project(
    database: Database, by: Principal, project_id: str, *, and_erase: bool = False
) -> None:
    """Take its record away; what its spans say stays unless it is to be erased, for good.

    Raises:
        NotFoundError: there is no such project, or none for this key.
    """
    if and_erase and _is_erased(database, by, project_id):
        record_audit_entry(database, by, "project.delete", project_id)
        return
    project = _project(database, by, project_id)
    detail = ""
    if and_erase:
        erased = erase_project(database, by.workspace_id, project_id, includes_record=True)
        detail = f"with {erased} sessions"
    else:
        projects.forget_project_record(database, by.workspace_id, project)
    record_audit_entry(database, by, "project.delete", project_id, detail=detail)


def _is_erased(database: Database, by: Principal, project_id: str) -> bool:
    """Complete interrupted deletions; whether one of them erased the project."""
    return by.sees(project_id) and any(
        isinstance(write, ProjectErasure)
        and (write.workspace_id, write.project_id) == (by.workspace_id, project_id)
        for write in complete_earlier(database)
    )


def _project(database: Database, by: Principal, project_id: str) -> Project:
    if project_id and by.sees(project_id):
        for project in projects.list_projects(database, by.workspace_id, project_id):
            return project
    raise NotFoundError(f"there is no project {project_id!r}")


def _keep(database: Database, by: Principal, project: Project, name: str) -> Project:
    kept = replace(project, name=name, created_ns=project.created_ns or time.time_ns())
    projects.save_project(database, by.workspace_id, kept)
    return kept
