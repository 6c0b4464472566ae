"""API keys: made, listed, revoked."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from sessionary.api.admin.schemas import ApiKeysBody, NewApiKeyBody
from sessionary.api.auth.middleware import principal_of, requires, workspace_of
from sessionary.api.http.body_types import Time, exclusive, rule
from sessionary.api.http.json import Json, instant, present
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.access import Scope
from sessionary.model.api_key import ApiKey
from sessionary.model.instant import nanoseconds
from sessionary.services.access.api_keys import NewKey, create_api_key, revoke_api_key
from sessionary.services.access.gate import Mode
from sessionary.store.admin.api_keys import list_api_keys

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


_ONLY_WHOLE_WORKSPACES_HAVE_ADMINS = exclusive(
    project_id={"type": "string", "minLength": 1}, scopes={"contains": {"const": "admin"}}
)


class ApiKeyCreation(BaseModel):
    """What a new key is to be."""

    model_config = ConfigDict(json_schema_extra=_ONLY_WHOLE_WORKSPACES_HAVE_ADMINS)

    name: Name = Field(description="What or whom it is for.")
    scopes: list[Scope] = Field(
        default=[Scope.INGEST, Scope.READ],
        min_length=1,
        description="write includes read, admin includes all.",
    )
    project_id: str = Field(default="", max_length=512, description="Its only project, if any.")
    expires_at: Time | None = Field(
        default=None, json_schema_extra=rule("in the future, before 2262")
    )
    workspace_id: str = Field(
        default="", description="Another workspace, for admins of the default one."
    )

    def wanted(self) -> NewKey:
        """The same for the use case."""
        return NewKey(
            name=self.name,
            scopes=tuple(scope for scope in Scope if scope in self.scopes),
            workspace_id=self.workspace_id,
            project_id=self.project_id,
            # 0 would be no time at all.
            expires_ns=(nanoseconds(self.expires_at) or 1) if self.expires_at else 0,
        )


def router() -> APIRouter:
    """The routes; `app.state` holds `database` and `keyring`."""
    routes = APIRouter(
        prefix="/v2/api-keys", tags=["API keys"], dependencies=[requires(Scope.ADMIN)]
    )
    add(
        routes,
        "POST",
        "",
        create,
        name="create_api_key",
        answer=NewApiKeyBody,
        status=201,
        errors=(400, 404),
        summary="Make an API key, shown this once",
    )
    add(
        routes,
        "GET",
        "",
        list_all,
        name="list_api_keys",
        answer=ApiKeysBody,
        summary="List the API keys",
    )
    add(
        routes,
        "DELETE",
        "/{key_id}",
        revoke,
        name="revoke_api_key",
        errors=(400, 404, 409),
        summary="Revoke an API key",
    )
    return routes


async def create(request: Request, body: ApiKeyCreation) -> dict[str, Any]:
    """Answer the key with its secret as `key`, which is never to be had again."""
    state = request.app.state
    key, secret = await run_in_threadpool(
        create_api_key, state.database, state.keyring, principal_of(request), body.wanted()
    )
    return _api_key_json(key) | {"key": secret}


async def list_all(request: Request) -> dict[str, Any]:
    """Those of the workspace, the latest first, also those that are of no more use."""
    state = request.app.state
    await run_in_threadpool(state.keyring.write_uses)
    keys = await read(request, list_api_keys, state.database, workspace_of(request))
    return {"object": "list", "data": [_api_key_json(key) for key in keys], "has_more": False}


async def revoke(request: Request, key_id: str) -> Response:
    """Let it in no more: here at once, at other servers of a cluster within half a minute."""
    state = request.app.state
    await run_in_threadpool(
        revoke_api_key,
        state.database,
        state.keyring,
        principal_of(request),
        key_id,
        needs_admin=state.gate.mode is Mode.REQUIRED,
    )
    return Response(status_code=204)


def _api_key_json(key: ApiKey) -> Json:
    return {
        "object": "api_key",
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": list(key.scopes),
        "workspace_id": key.workspace_id,
        "created_at": instant(key.created_ns),
        "created_by": key.created_by,
    } | present(
        project_id=key.project_id,
        expires_at=key.expires_ns and instant(key.expires_ns),
        revoked_at=key.revoked_ns and instant(key.revoked_ns),
        last_used_at=key.last_used_ns and instant(key.last_used_ns),
    )
