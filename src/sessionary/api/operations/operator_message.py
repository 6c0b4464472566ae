"""Messages to the operator of the server, where orq's current client writes to orq's support.

They are written to the audit log, which the workspace's admins read, and sent nowhere.
"""

import time
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.json import Json
from sessionary.api.routing import add
from sessionary.model.ulid import new_ulid
from sessionary.services.access.audit import record_audit_entry


class Message(BaseModel):
    """A problem, or a wish."""

    message: Annotated[str, StringConstraints(min_length=1, max_length=10_000)] = Field(
        description="What happened, and what should have.",
        examples=["the total of conversation-42 is too high"],
    )
    category: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        examples=["bug"]
    )
    request_id: Annotated[str, StringConstraints(max_length=512)] = ""
    url: Annotated[str, StringConstraints(max_length=4096)] = ""

    def text(self) -> str:
        """All of it, for people."""
        about = [text for text in (self.request_id, self.url) if text]
        return "\n".join([f"{self.category}: {self.message}", *about])


class MessageAnswer(BaseModel):
    """That the message was kept."""

    feedback_id: str = Field(
        description="A ULID, the `subject` of its entry in the audit log.",
        examples=["01JGXQ5C8V2R4T6Y8Z0A1B3D5F"],
    )


def router() -> APIRouter:
    """The route; `app.state.database` is the store."""
    routes = APIRouter(tags=["Feedback"])
    add(
        routes,
        "POST",
        "/v3/submit-feedback",
        submit,
        name="submit_feedback",
        answer=MessageAnswer,
        errors=(400,),
    )
    return routes


async def submit(request: Request, body: Message) -> Json:
    """Send a message to the operator of the server; it is recorded in the audit log."""
    database, by = request.app.state.database, principal_of(request)
    id = new_ulid(time.time_ns())
    await run_in_threadpool(
        record_audit_entry, database, by, "feedback.submit", id, detail=body.text()
    )
    return {"feedback_id": id}
