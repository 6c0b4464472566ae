"""Custom prices of models, and re-pricing of stored calls."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of, workspace_of
from sessionary.api.http import ndjson as long_work
from sessionary.api.http.json import instant
from sessionary.api.prices.requests import CallScopeBody, PreviewBody, PriceBody
from sessionary.api.prices.schemas import (
    AppliedShape,
    PreviewShape,
    PriceShape,
    PricesShape,
    applied_json,
    preview_json,
    price_json,
)
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.access import Scope
from sessionary.model.price import CallScope
from sessionary.pricing.tariff import PriceBook
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.prices.apply import apply
from sessionary.services.prices.custom_prices import (
    book_with,
    book_without,
    find_price,
    remove_price,
    set_price,
)
from sessionary.services.prices.preview import preview
from sessionary.store.prices.queries import list_prices

_PROGRESS = (
    "With NDJSON, each line is a step's progress; the last has the `result`, "
    "or the `message` of an error."
)


def router() -> APIRouter:
    """The routes; `app.state` holds `database`, `ingest` and `prices`."""
    routes = APIRouter(prefix="/v2/prices", tags=["Prices"])
    add(routes, "GET", "", list_all, name="list_prices", answer=PricesShape)
    add(
        routes,
        "PUT",
        "",
        put,
        name="set_price",
        answer=PriceShape,
        errors=(400,),
        scope=Scope.ADMIN,
    )
    add(
        routes,
        "DELETE",
        "/{price_id}",
        delete,
        name="delete_price",
        errors=(404,),
        scope=Scope.ADMIN,
    )
    add(
        routes,
        "POST",
        "/preview",
        preview_change,
        name="preview_prices",
        answer=PreviewShape,
        errors=(400, 404),
        scope=Scope.READ,
        description=_PROGRESS,
    )
    add(
        routes,
        "POST",
        "/apply",
        apply_prices,
        name="apply_prices",
        answer=AppliedShape,
        errors=(400,),
        scope=Scope.ADMIN,
        description=_PROGRESS,
    )
    return routes


async def list_all(request: Request) -> dict[str, Any]:
    """List the own prices: those of a model together, the latest first."""
    found = await read(request, list_prices, request.app.state.database, workspace_of(request))
    return {"object": "list", "data": [price_json(one) for one in found], "has_more": False}


async def put(request: Request, body: PriceBody) -> dict[str, Any]:
    """Set an own price.

    It applies to calls that arrive from now on; stored calls keep their cost until they are
    re-priced. A price of the same model, provider and time is replaced.
    """
    state, by, price = request.app.state, principal_of(request), body.price()
    await run_in_threadpool(set_price, state.database, state.prices, by.workspace_id, price)
    await run_in_threadpool(
        record_audit_entry, state.database, by, "price.set", price.id, detail=price.scope.model
    )
    return price_json(price)


async def delete(request: Request, price_id: str) -> Response:
    """Remove a custom price; stored calls keep their cost until they are re-priced."""
    state, by = request.app.state, principal_of(request)
    price = await run_in_threadpool(
        remove_price, state.database, state.prices, by.workspace_id, price_id
    )
    await run_in_threadpool(
        record_audit_entry, state.database, by, "price.delete", price_id, detail=price.scope.model
    )
    return Response(status_code=204)


async def preview_change(request: Request, body: PreviewBody) -> Response:
    """Preview the cost of calls if a price were set or removed; nothing is written."""
    workspace_id = workspace_of(request)
    book, scope = await run_in_threadpool(_tried, request, workspace_id, body)
    steps = preview(request.app.state.database, workspace_id, book, scope)
    return await long_work.run(request, steps, preview_json)


def _tried(request: Request, workspace_id: str, body: PreviewBody) -> tuple[PriceBook, CallScope]:
    """The prices to try, and the calls that they may change."""
    state = request.app.state
    if body.price is not None:
        price = body.price.price()
        return book_with(state.database, workspace_id, price), price.scope
    if body.without is not None:
        price = find_price(state.database, workspace_id, body.without)
        return book_without(state.database, workspace_id, price), price.scope
    return state.prices.of(workspace_id), (body.scope or CallScopeBody()).scope()


async def apply_prices(request: Request, body: CallScopeBody) -> Response:
    """Give the stored calls of the scope the prices that hold now; what clients reported stays.

    It is carried out to its end, whether or not the client waits for it.
    """
    state, by, scope = request.app.state, principal_of(request), body.scope()
    # Calls on their way were priced before; they are to be stored before this begins.
    await state.ingest.catch_up()
    since = f"from {instant(scope.valid_from_ns)}" if scope.valid_from_ns else ""
    await run_in_threadpool(
        record_audit_entry, state.database, by, "price.apply", scope.model, detail=since
    )
    book = state.prices.of(by.workspace_id)
    steps = state.lasting.begin(apply(state.database, by.workspace_id, book, scope))
    return await long_work.run(request, steps, applied_json)
