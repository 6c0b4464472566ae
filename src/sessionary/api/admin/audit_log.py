"""The audit log: deletions and changes of keys."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from sessionary.api.admin.schemas import AuditLogBody
from sessionary.api.auth.middleware import workspace_of
from sessionary.api.http.json import Json, instant, present
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.access import Scope
from sessionary.model.audit import AuditEntry
from sessionary.model.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from sessionary.store.admin.audit_log import list_audit_log


def router() -> APIRouter:
    """The route; `app.state.database` is the store."""
    routes = APIRouter(tags=["Audit log"])
    add(
        routes,
        "GET",
        "/v2/audit-log",
        list_all,
        name="list_audit_log",
        answer=AuditLogBody,
        errors=(400,),
        scope=Scope.ADMIN,
        summary="Who deleted what, and who changed the keys",
    )
    return routes


async def list_all(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)] = DEFAULT_PAGE_SIZE,
    last_id: Annotated[str, Query(alias="lastId", description="The page after this entry.")] = "",
) -> dict[str, Any]:
    """The latest first."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    page = await read(request, list_audit_log, database, workspace_id, limit=limit, last_id=last_id)
    data = [_entry_json(entry) for entry in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


def _entry_json(entry: AuditEntry) -> Json:
    return {
        "object": "audit_entry",
        "id": entry.id,
        "at": instant(entry.at_ns),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
    } | present(key_id=entry.key_id, detail=entry.detail)
