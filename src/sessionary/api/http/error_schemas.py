"""How every error looks, for the OpenAPI document."""

from collections.abc import Collection
from typing import Any, Literal

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema


class FaultBody(BaseModel):
    """One thing wrong with a request."""

    path: str = Field(description="Where, with dots: `query.filters.2.operator`.")
    message: str = Field(description="What was wrong, and what would be right.")


class ErrorBody(BaseModel):
    """An error."""

    code: str = Field(description="The HTTP status.", examples=["404"])
    message: str = Field(description="One sentence.", examples=["there is no session 'x'"])


class InvalidBody(ErrorBody):
    """A request that cannot be understood."""

    errors: list[FaultBody] = Field(description="All that is wrong with it, at once.")


_DESCRIPTIONS = {
    400: "The request is wrong; `errors` lists each thing.",
    401: "There is no API key, or it is not known.",
    403: "The API key may not do this.",
    404: "There is nothing by that id.",
    405: "The route does not know the method.",
    408: "The body did not arrive in time.",
    409: "There is one by that id already.",
    413: "The body is too large.",
    429: "Too much at once: send it again after `Retry-After` seconds.",
    503: "The store failed or took too long: try again after `Retry-After` seconds.",
}

_OF_EVERY_ROUTE = (401, 403, 429, 503)
_REFERENCE = "#/components/schemas/{model}"

Responses = dict[int | str, dict[str, Any]]


def documented(
    *statuses: int,
    body: Any = None,
    status: int = 200,
    media_types: Collection[str] = (),
    description: str = "",
) -> Responses:
    """The `responses` of a route: the common errors, its own errors, and its success.

    The success is JSON like `body`, or text or bytes of one of `media_types`.
    """
    success: dict[str, Any] = {"model": body} if body else {}
    success |= {"description": description} if description else {}
    if media_types:
        success["content"] = {name: {"schema": {"type": "string"}} for name in media_types}
    errors: Responses = {status: _error(status) for status in sorted({*statuses, *_OF_EVERY_ROUTE})}
    return ({status: success} if success else {}) | errors


def error_schemas() -> dict[str, Any]:
    """The schemas that the errors of the routes refer to, by name."""
    models: list[tuple[type[BaseModel], Literal["serialization"]]] = [
        (model, "serialization") for model in (ErrorBody, InvalidBody, FaultBody)
    ]
    _, schemas = models_json_schema(models, ref_template=_REFERENCE)
    found: dict[str, Any] = schemas["$defs"]
    return found


def _error(status: int) -> dict[str, Any]:
    # Not the model itself, which the framework would process again for every error of every route.
    model = InvalidBody if status == 400 else ErrorBody
    schema = {"$ref": _REFERENCE.format(model=model.__name__)}
    return {
        "description": _DESCRIPTIONS[status],
        "content": {"application/json": {"schema": schema}},
    }
