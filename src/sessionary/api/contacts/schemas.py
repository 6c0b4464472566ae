"""Schemas of contacts and identities for the OpenAPI document and generated clients.

Responses are made by serialize.py; tests check that they fit these models.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sessionary.api.figures.figures import BillingBody, UsageBody
from sessionary.api.http.optional_field import optional_field

_ID = ["01JGXQ5C8V2R4T6Y8Z0A1B3D5F"]


class ContactBody(BaseModel):
    """A contact."""

    id: str = Field(description="A ULID; the same on any server.", examples=_ID)
    external_id: str = Field(description="Your own id of the person.", examples=["ada"])
    display_name: str | None = Field(description="Its name, or null.", examples=["Ada"])
    email: str | None = Field(description="Its address, or null.", examples=["ada@example.com"])
    avatar_url: str | None = Field(description="Where its picture lies, or null.")
    tags: list[str] = Field(description="As they were written.", examples=[["vip"]])
    metadata: dict[str, Any] = Field(description="As it was written.", examples=[{"plan": "pro"}])
    created: datetime = Field(description="When it was first written or seen.")
    updated: datetime = Field(description="When it was last written, else first seen.")


class ActiveContactBody(ContactBody):
    """A contact with what its traces add up to."""

    sessions_count: int = Field(description="Sessions of its traces.", examples=[3])
    traces_count: int = Field(description="Traces.", examples=[8])
    model_calls_count: int = Field(description="Model calls, each once.", examples=[9])
    failed_calls_count: int = Field(description="Model calls that failed.", examples=[0])
    unpriced_calls_count: int = Field(
        description="Model calls without a price: they add 0 to the cost.", examples=[0]
    )
    errors_count: int = Field(
        description="Failed calls, and traces that failed otherwise.", examples=[0]
    )
    usage: UsageBody
    billing: BillingBody
    first_seen_at: datetime | None = Field(
        description="Start of its first trace, null without one."
    )
    last_seen_at: datetime | None = Field(description="End of its last trace, null without one.")


class ContactsBody(BaseModel):
    """A page of contacts."""

    object: Literal["list"]
    data: list[ActiveContactBody]
    has_more: bool = Field(description="Whether more follow in the direction of the walk.")


class ErasureBody(BaseModel):
    """What went with a contact."""

    sessions: int = Field(description="Sessions that were erased.", examples=[3])
    removed_from_disk_by: datetime = Field(
        description="By then the data is gone from the files too, not only from all responses."
    )


class MetricsBody(BaseModel):
    """What an identity's traces add up to."""

    total_tokens: int = Field(description="Tokens in all.", examples=[612])
    total_cost: float = Field(description="US dollars.", examples=[0.0036])
    total_requests: int = Field(description="Model calls, each once.", examples=[9])
    error_rate: float = Field(
        description="The part of the calls that failed, from 0 to 1.", examples=[0.125]
    )


class IdentityBody(BaseModel):
    """A contact, in the current generation: what is not known is left out."""

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(alias="_id", description="A ULID; the same on any server.", examples=_ID)
    external_id: str = Field(description="Your own id of the person.", examples=["ada"])
    workspace_id: str = Field(description="The tenant.", examples=["default"])
    display_name: str = optional_field("Its name.", examples=["Ada"])
    email: str = optional_field("Its address.", examples=["ada@example.com"])
    avatar_url: str = optional_field("Where its picture lies.")
    tags: list[str] = Field(description="As they were written.", examples=[["vip"]])
    metadata: dict[str, Any] = Field(description="As it was written.", examples=[{"plan": "pro"}])
    created: datetime = Field(description="When it was first written or seen.")
    updated: datetime = Field(description="When it was last written, else first seen.")
    metrics: MetricsBody = optional_field("Only where `include_metrics` asks for them.")


class IdentityAnswer(BaseModel):
    """One identity."""

    identity: IdentityBody


class IdentitiesBody(BaseModel):
    """A page of identities."""

    object: Literal["list"]
    data: list[IdentityBody]
    has_more: bool = Field(description="Whether more follow in the direction of the walk.")
