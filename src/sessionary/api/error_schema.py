"""How every error looks, for the OpenAPI document."""

from typing import Any

from pydantic import BaseModel, Field


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
    409: "There is a session by that external id already.",
    413: "The body is too large.",
    429: "Too much at once: send it again after `Retry-After` seconds.",
    503: "The store failed or took too long: try again after `Retry-After` seconds.",
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors that a route answers with, for its `responses`."""
    return {
        status: {
            "model": InvalidBody if status == 400 else ErrorBody,
            "description": _DESCRIPTIONS[status],
        }
        for status in statuses
    }
