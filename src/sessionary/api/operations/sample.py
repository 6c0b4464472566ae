"""Load and remove the sample data."""

import time

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from sessionary.api.auth.middleware import principal_of, requires
from sessionary.api.http.json import Json
from sessionary.api.http.removal import removal_headers
from sessionary.api.routing import add
from sessionary.model.access import Scope
from sessionary.sample.load import load_sample
from sessionary.sample.remove import remove_sample
from sessionary.sample.rewrite import PROJECT_ID
from sessionary.services.access.audit import record_audit_entry


class SampleChange(BaseModel):
    """What a change of the sample data did."""

    sessions: int = Field(description="How many sessions were loaded or removed.")


def router() -> APIRouter:
    """The routes; `app.state` holds `ingest` and `database`."""
    routes = APIRouter(
        prefix="/v2/sample", tags=["Sample data"], dependencies=[requires(Scope.ADMIN)]
    )
    for name, method, endpoint, summary in (
        ("load_sample", "POST", _load, "Load the sample data"),
        ("remove_sample", "DELETE", _remove, "Remove the sample data"),
    ):
        add(routes, method, "", endpoint, name=name, answer=SampleChange, summary=summary)
    return routes


async def _load(request: Request) -> Json:
    """Some 300 sessions of the last 30 days, in the project `sample`; none if they are there."""
    state, by = request.app.state, principal_of(request)
    loaded = await load_sample(
        state.ingest,
        state.database,
        by.workspace_id,
        now_ns=time.time_ns(),
        even_if_removed=True,
    )
    if loaded:
        detail = f"sessions: {loaded}"
        await run_in_threadpool(
            record_audit_entry, state.database, by, "sample.load", PROJECT_ID, detail=detail
        )
    return {"sessions": loaded}


async def _remove(request: Request, response: Response) -> Json:
    """All of the project `sample`, for good."""
    database, by = request.app.state.database, principal_of(request)
    removed = await run_in_threadpool(remove_sample, database, by.workspace_id)
    await run_in_threadpool(record_audit_entry, database, by, "sample.delete", PROJECT_ID)
    response.headers.update(removal_headers(request))
    return {"sessions": removed}
