"""Scores of sessions, traces and spans."""

import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of, workspace_of
from sessionary.api.http.json import instant
from sessionary.api.http.path_convertors import HexId
from sessionary.api.http.removal import removal_headers
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.api.scores.schemas import ScoreBody, ScoresBody
from sessionary.api.scores.values import Comment, Id, Name, OneValue, value_json
from sessionary.api.visibility import require_score, require_target
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from sessionary.model.score import Score, Target, data_type_of
from sessionary.model.ulid import new_ulid
from sessionary.services.access.audit import opaque, record_audit_entry
from sessionary.services.scores.create import create_score, known_target
from sessionary.services.scores.delete import remove_score
from sessionary.store.scores.queries import list_scores

_SENT = {"type": "string", "minLength": 1}


def _on(target: str, *absent: str) -> dict[str, Any]:
    others = {name: {"const": ""} for name in absent}
    return {"required": [target], "properties": {target: _SENT, **others}}


# A session, or a trace and perhaps a span of it; a value of the type that is named.
_RULES: list[Any] = [
    {"anyOf": [_on("session_id", "trace_id", "span_id"), _on("trace_id", "session_id")]},
    {
        "anyOf": [
            {"properties": {"data_type": {"enum": types}, "value": {"type": value}}}
            for types, value in (
                ([None, "number"], "number"),
                ([None, "boolean"], "boolean"),
                ([None, "category", "text"], "string"),
            )
        ]
    },
]


class NewScore(BaseModel):
    """A score on a session, or on a trace or one of its spans."""

    model_config = ConfigDict(json_schema_extra={"allOf": _RULES})

    session_id: str = Field(default="", description="The session's `_id` or external id.")
    trace_id: HexId = ""
    span_id: HexId = Field(default="", description="A span of the trace.")
    name: Name
    value: OneValue
    data_type: Literal["number", "boolean", "category", "text"] | None = Field(
        default=None, description="What the value is; a text is a category unless this says so."
    )
    comment: Comment = ""
    source: Name = "api"
    id: Id | None = Field(default=None, description="An id that was sent before is replaced.")

    def score(self) -> Score:
        """The score that this asks for.

        Raises:
            InvalidRequestError: it is about nothing, or two things, or its value is not of its
                type; all at once.
        """
        faults = [*self._target_faults(), *self._value_faults()]
        if faults:
            raise InvalidRequestError(faults[0].message, tuple(faults))
        return Score(
            id=self.id or new_ulid(time.time_ns()),
            target=Target(self.session_id, self.trace_id, self.span_id),
            name=self.name,
            data_type=self.data_type or data_type_of(self.value),
            value=self.value,
            comment=self.comment,
            source=self.source,
        )

    def _target_faults(self) -> list[Fault]:
        faults = []
        if bool(self.session_id) == bool(self.trace_id):
            faults.append(Fault("session_id", "send either session_id or trace_id"))
        if self.span_id and not self.trace_id:
            faults.append(Fault("span_id", "send the span's trace_id too"))
        return faults

    def _value_faults(self) -> list[Fault]:
        known = data_type_of(self.value)
        if self.data_type in (None, known) or (self.data_type == "text" and known == "category"):
            return []
        return [Fault("value", f"{self.value!r} is not of data_type {self.data_type}")]


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(prefix="/v2/scores", tags=["Scores"])
    add(routes, "POST", "", give, name="give_score", answer=ScoreBody, errors=(400, 404))
    add(routes, "GET", "", list_all, name="list_scores", answer=ScoresBody, errors=(400, 404))
    add(routes, "DELETE", "/{score_id:name}", delete, name="delete_score", errors=(400, 404))
    return routes


async def give(request: Request, body: NewScore) -> dict[str, Any]:
    """Score a session, a trace or a span; an id sent again replaces."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    score = body.score()
    await require_target(request, score.target)
    await require_score(request, score.id)
    return score_json(await run_in_threadpool(create_score, database, workspace_id, score))


async def list_all(
    request: Request,
    session_id: Annotated[str, Query(description="Scores of this session and of its traces.")] = "",
    trace_id: Annotated[HexId, Query(description="Scores of this trace and of its spans.")] = "",
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)] = DEFAULT_PAGE_SIZE,
    last_id: Annotated[str, Query(alias="lastId", description="The page after this score.")] = "",
) -> dict[str, Any]:
    """List scores, the latest first."""
    database, by = request.app.state.database, principal_of(request)
    target = Target(session_id=session_id, trace_id=trace_id)
    await require_target(request, target)
    about = await read(request, known_target, database, by.workspace_id, target)
    page = await read(
        request,
        list_scores,
        database,
        by.workspace_id,
        about,
        limit=limit,
        last_id=last_id,
        project_id=by.project_id,
    )
    data = [score_json(score) for score in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


async def delete(request: Request, score_id: str) -> Response:
    """Delete a score."""
    database, by = request.app.state.database, principal_of(request)
    await require_score(request, score_id)
    await run_in_threadpool(remove_score, database, by.workspace_id, score_id)
    await run_in_threadpool(record_audit_entry, database, by, "score.delete", opaque(score_id))
    return Response(status_code=204, headers=removal_headers(request))


def score_json(score: Score) -> dict[str, Any]:
    """A score with what it is about."""
    return {
        "id": score.id,
        "session_id": score.target.session_id or None,
        "trace_id": score.target.trace_id or None,
        "span_id": score.target.span_id or None,
        "name": score.name,
        "value": value_json(score.value),
        "data_type": score.data_type,
        "comment": score.comment or None,
        "source": score.source,
        "created_at": instant(score.created_ns),
    }
