"""The fields that sessions can be filtered and sorted by, for building forms."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from sessionary.api.filters.operators import EVALUATOR_TYPES, FILTER_TYPES
from sessionary.api.http.error_schemas import documented
from sessionary.store.sessions.paths import PATHS, PREFIXES, PathType

_PathTypeName = Literal["string", "list of strings", "number", "date", "boolean", "score"]


class FilterPathBody(BaseModel):
    """One path of a session."""

    path: str = Field(
        description="To filter and sort by; one that ends in a dot needs a key after it.",
        examples=["billing.total_cost"],
    )
    type: _PathTypeName = Field(description="What is at the path.")
    filter_types: list[str] = Field(description="The types of filter that take the path.")


class FilterTypeBody(BaseModel):
    """One type of filter."""

    type: str = Field(description="What a filter of `query.filters` has as its type.")
    operators: list[str] = Field(description="The operators of that type.")


class SessionFiltersBody(BaseModel):
    """Everything that sessions can be filtered and sorted by."""

    object: Literal["session_filters"]
    paths: list[FilterPathBody] = Field(description="The paths of a session.")
    filter_types: list[FilterTypeBody] = Field(description="The types of filter.")
    evaluator_types: list[FilterTypeBody] = Field(
        description="What an evaluator can put out, and the operators for it."
    )


def router() -> APIRouter:
    """The route. It comes before the routes of one session."""
    routes = APIRouter(prefix="/v2/sessions", tags=["Sessions"])
    routes.add_api_route(
        "/filters",
        session_filters,
        methods=["GET"],
        name="list_session_filters",
        summary="List what sessions can be filtered and sorted by.",
        responses=documented(),
    )
    return routes


async def session_filters() -> SessionFiltersBody:
    """Every path with its type, and every type of filter with its operators."""
    types = {name: path.type for name, path in PATHS.items()} | PREFIXES
    return SessionFiltersBody(
        object="session_filters",
        paths=[_path(name, type) for name, type in types.items()],
        filter_types=[
            FilterTypeBody(type=name, operators=list(found.operators))
            for name, found in FILTER_TYPES.items()
        ],
        evaluator_types=[
            FilterTypeBody(type=name, operators=list(found.operators))
            for name, found in EVALUATOR_TYPES.items()
        ],
    )


def _path(name: str, type: PathType) -> FilterPathBody:
    return FilterPathBody(
        path=name,
        type=type.value,
        filter_types=[name for name, found in FILTER_TYPES.items() if type in found.paths],
    )
