"""Add a route with a unique name and all of its responses in the OpenAPI document.

Response models only document: responses are built by functions and not validated when sent.
Tests check that they fit the models.
"""

from collections.abc import Callable, Collection
from typing import Any

from fastapi import APIRouter
from fastapi.datastructures import Default
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute

from sessionary.api.auth.middleware import requires
from sessionary.api.http.error_schemas import documented
from sessionary.model.access import Scope

_WITH_BODY = ("POST", "PUT", "PATCH")


def add(
    routes: APIRouter,
    method: str,
    path: str,
    endpoint: Callable[..., Any],
    *,
    name: str,
    answer: Any = None,
    status: int | None = None,
    errors: Collection[int] = (),
    scope: Scope | None = None,
    summary: str = "",
    media_types: Collection[str] = (),
    description: str = "",
) -> None:
    """Add a route that answers a body like the model `answer`, or 204 where there is none.

    `name` is unique: clients made from the document call the operation by it. `scope` is needed
    only where it does not follow from the method. An answer may also, or only, be of `media_types`.
    """
    status = status or (200 if answer is not None or media_types else 204)
    routes.add_api_route(
        path,
        endpoint,
        methods=[method],
        name=name,
        summary=summary or (endpoint.__doc__ or "").partition("\n")[0],
        status_code=status,
        # Written to JSON as it is: neither checked nor copied.
        response_model=None if answer is None else Any,
        response_class=Default(JSONResponse) if answer is not None else Response,
        responses=documented(
            *errors,
            *((408, 413) if method in _WITH_BODY else ()),
            body=answer,
            status=status,
            media_types=media_types,
            description=description,
        ),
        dependencies=[requires(scope)] if scope else [],
    )


def operation_id(route: APIRoute) -> str:
    """What clients made from the document call the operation."""
    return route.name
