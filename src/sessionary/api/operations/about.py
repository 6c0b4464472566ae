"""What this server is, and what its store takes."""

import time

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from sessionary import __version__
from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.json import Json, present
from sessionary.api.http.optional_field import optional_field
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.access import LOCAL_WORKSPACE, Scope
from sessionary.model.damage import DamagedPart
from sessionary.services.access.gate import Mode
from sessionary.store.clickhouse.damaged_parts import damaged_parts, what_to_do
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.storage_stats import engine_version, tables_in_use


class TableUseBody(BaseModel):
    """A table of the store."""

    name: str
    rows: int = Field(description="Rows; those that a later one supersedes too, until a merge.")
    bytes: int = Field(description="Bytes on the disk, compressed.")


class StorageBody(BaseModel):
    """What all workspaces take together."""

    rows: int = Field(description="Rows of all tables.")
    bytes: int = Field(description="Bytes on the disk of all tables, compressed.")
    tables: list[TableUseBody] = Field(description="The largest first.")


class DamagedPartBody(BaseModel):
    """Rows of a table that the engine could not read when it started."""

    table: str
    path: str = Field(description="The folder of the damaged part.")
    reason: str = Field(description="Why, in the engine's words.", examples=["broken-on-start"])
    bytes: int = Field(description="Size on disk.")
    action: str = Field(description="How to get the rows back, or to accept their loss.")


class AboutBody(BaseModel):
    """A server whose store answers."""

    version: str = Field(description="Of Sessionary.")
    engine: str = Field(description="The version of ClickHouse.")
    topology: str = Field(description="embedded, server or cluster.", examples=["embedded"])
    mode: Mode = Field(
        description="Requests that need a key: none on localhost, none anywhere, or all."
    )
    uptime_seconds: int = Field(description="Since the process was started.")
    storage: StorageBody = optional_field("For admins of the workspace `default` alone.")
    damaged_parts: list[DamagedPartBody] = optional_field(
        "Where there are any, for admins of the workspace `default` alone."
    )


def router() -> APIRouter:
    """The route; `app.state` holds `database`, `gate` and `started_at`."""
    routes = APIRouter(tags=["Health"])
    add(routes, "GET", "/v2/about", about, name="get_about", answer=AboutBody)
    return routes


async def about(request: Request) -> Json:
    """Describe this server and the size of its store; 503 if the store does not answer."""
    state, by = request.app.state, principal_of(request)
    known: Json = {
        "version": __version__,
        "engine": await read(request, engine_version, state.database),
        "topology": state.database.topology.name,
        "mode": state.gate.mode.value,
        "uptime_seconds": int(time.monotonic() - state.started_at),
    }
    if by.workspace_id == LOCAL_WORKSPACE and by.may(Scope.ADMIN):
        known["storage"] = await run_in_threadpool(_storage_json, state.database)
        state.damaged_parts = await run_in_threadpool(damaged_parts, state.database)
        known |= present(damaged_parts=[_part_json(part) for part in state.damaged_parts])
    return known


def _part_json(part: DamagedPart) -> Json:
    shown = {"table": part.table, "path": part.path, "reason": part.reason, "bytes": part.bytes}
    return shown | {"action": what_to_do(part)}


def _storage_json(database: Database) -> Json:
    tables = tables_in_use(database)
    return {
        "rows": sum(table.rows for table in tables),
        "bytes": sum(table.bytes for table in tables),
        "tables": [{"name": t.name, "rows": t.rows, "bytes": t.bytes} for t in tables],
    }
