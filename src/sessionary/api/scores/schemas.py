"""How scores and feedback look, for the OpenAPI document and for the clients made from it.

Tests check that responses fit these models.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from sessionary.model.score import DataType

_ID = ["01JGXQ5C8V2R4T6Y8Z0A1B3D5F"]


class ScoreBody(BaseModel):
    """What someone or something thinks of a session, a trace or a span."""

    id: str = Field(description="The one sent, else a ULID.", examples=_ID)
    session_id: str | None = Field(
        description="The external id of the session that it counts for now, or null.",
        examples=["conversation-42"],
    )
    trace_id: str | None = Field(description="The trace it is about, or null.")
    span_id: str | None = Field(description="The span it is about, or null.")
    name: str = Field(examples=["helpful"])
    value: bool | float | str | list[str] = Field(description="As it was sent.", examples=[0.75])
    data_type: DataType = Field(description="What the value is.")
    comment: str | None = Field(description="Why, or null.", examples=["answered at once"])
    source: str = Field(description="Who or what gave it.", examples=["api"])
    created_at: datetime = Field(description="When its id was first given.")


class ScoresBody(BaseModel):
    """A page of scores, the latest first."""

    object: Literal["list"]
    data: list[ScoreBody]
    has_more: bool = Field(description="Whether more follow.")


class FeedbackBody(BaseModel):
    """Feedback on a trace, as it was given."""

    id: str = Field(description="The one sent, else a ULID.", examples=_ID)
    property: str = Field(description="What it is about.", examples=["rating"])
    value: float | str | list[str] = Field(description="As it was sent.", examples=["good"])
    trace_id: str = Field(description="As it was sent.")
    product: str = Field(description="As it was sent.", examples=["deployments"])


class NothingBody(BaseModel):
    """An empty object."""
