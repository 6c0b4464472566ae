"""How keys, projects, workspaces and the audit log look, for the OpenAPI document.

Absent values are omitted. Tests check that responses fit these models.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from sessionary.api.http.optional_field import optional_field
from sessionary.model.access import Scope

_ONE_PAGE = "Always false: all are on this page."


class ApiKeyBody(BaseModel):
    """An API key, without its secret."""

    object: Literal["api_key"]
    id: str = Field(examples=["9f2c4b7a1d3e5f60"])
    name: str = Field(description="What or whom it is for.", examples=["the shop's exporter"])
    prefix: str = Field(description="The start of the secret, to identify the key.")
    scopes: list[Scope] = Field(description="write includes read, admin includes all.")
    workspace_id: str = Field(description="The tenant.", examples=["default"])
    project_id: str = optional_field("Its only project.", examples=["web"])
    created_at: datetime
    created_by: str = Field(description="The name of the key that made it, or local.")
    expires_at: datetime = optional_field("When it ends by itself.")
    revoked_at: datetime = optional_field("When it was revoked.")
    last_used_at: datetime = optional_field("When it last let someone in, to about a minute.")


class NewApiKeyBody(ApiKeyBody):
    """An API key just made."""

    key: str = Field(description="The secret, never to be had again.")


class ApiKeysBody(BaseModel):
    """The API keys, the latest first."""

    object: Literal["list"]
    data: list[ApiKeyBody]
    has_more: bool = Field(description=_ONE_PAGE)


class ProjectBody(BaseModel):
    """A project."""

    object: Literal["project"]
    id: str = Field(description="As spans name it.", examples=["web"])
    name: str = Field(description="For people; its id where it has no other.", examples=["Web"])
    sessions_count: int = Field(examples=[12])
    traces_count: int = Field(examples=[40])
    conflicts_count: int = Field(
        description="Traces stored apart, under another trace id or session name: their own "
        "belongs to another project.",
        examples=[0],
    )
    created_at: datetime = optional_field(
        "Only for projects with a record, not for those only named by spans."
    )


class ProjectsBody(BaseModel):
    """The projects."""

    object: Literal["list"]
    data: list[ProjectBody]
    has_more: bool = Field(description=_ONE_PAGE)


class WorkspaceBody(BaseModel):
    """A tenant."""

    object: Literal["workspace"]
    id: str = Field(examples=["default"])
    name: str = Field(description="For people; its id where it has no other.")
    created_at: datetime = optional_field("Left out for the default one.")


class WorkspacesBody(BaseModel):
    """The workspaces, the default one first."""

    object: Literal["list"]
    data: list[WorkspaceBody]
    has_more: bool = Field(description=_ONE_PAGE)


class AuditEntryBody(BaseModel):
    """Who deleted something, or changed a key."""

    object: Literal["audit_entry"]
    id: str = Field(description="To go on from as `lastId`.")
    at: datetime
    actor: str = Field(description="The name of the key, or local.", examples=["ci"])
    key_id: str = optional_field("The key; left out where none was needed.")
    action: str = Field(examples=["session.delete"])
    subject: str = Field(description="The id of the changed object.")
    detail: str = optional_field("What else there is to say.", examples=["conversation-42"])


class AuditLogBody(BaseModel):
    """A page of the audit log, the latest first."""

    object: Literal["list"]
    data: list[AuditEntryBody]
    has_more: bool = Field(description="Whether more follow.")
