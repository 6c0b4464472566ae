"""The models that were seen, with their prices."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from sessionary.api.auth.middleware import workspace_of
from sessionary.api.prices.schemas import ModelsShape, model_json
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.pagination import MAX_PAGE_SIZE
from sessionary.services.prices.model_catalog import list_models


def router() -> APIRouter:
    """The route; `app.state` holds `database` and `prices`."""
    routes = APIRouter(tags=["Prices"])
    add(
        routes, "GET", "/v2/models", list_all, name="list_models", answer=ModelsShape, errors=(400,)
    )
    return routes


async def list_all(
    request: Request,
    limit: Annotated[
        int, Query(ge=1, le=MAX_PAGE_SIZE, description="How many models at most.")
    ] = MAX_PAGE_SIZE,
) -> dict[str, Any]:
    """List the models seen: those with most unpriced calls first, then by cost."""
    state, workspace_id = request.app.state, workspace_of(request)
    found, has_more = await read(
        request,
        list_models,
        state.database,
        workspace_id,
        state.prices.of(workspace_id),
        limit=limit,
        now_ns=time.time_ns(),
    )
    return {"object": "list", "data": [model_json(one) for one in found], "has_more": has_more}
