"""Feedback on traces as orq's clients send it: scores under other names."""

import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictBool, StringConstraints
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of, workspace_of
from sessionary.api.http.path_convertors import HexId
from sessionary.api.http.removal import removal_headers
from sessionary.api.routing import add
from sessionary.api.scores.schemas import FeedbackBody, NothingBody
from sessionary.api.scores.values import (
    Categories,
    Comment,
    FeedbackValue,
    Id,
    Name,
    Number,
    Text,
    value_json,
    value_of,
)
from sessionary.api.visibility import require_score, require_target
from sessionary.model.score import DataType, Score, Target, Value, data_type_of
from sessionary.model.ulid import new_ulid
from sessionary.services.access.audit import opaque, record_audit_entry
from sessionary.services.scores.create import create_score
from sessionary.services.scores.delete import remove_score

Product = Literal[
    "remoteconfigs",
    "deployments",
    "experiments",
    "playgrounds",
    "spreadsheets",
    "spreadsheet_run",
    "llm_evaluator",
    "knowledge",
    "router",
    "workflows",
    "external_events",
    "agents",
    "memory-stores",
    "generic",
    "evaluators",
    "otel",
    "ai-chat",
    "mcp_gateway",
]
TraceId = Annotated[HexId, StringConstraints(min_length=1, max_length=200)]


class Feedback(BaseModel):
    """What someone thinks of a trace, under one property."""

    property: Name
    value: FeedbackValue
    trace_id: TraceId
    id: Id | None = Field(default=None, description="An id that was sent before is replaced.")
    product: Product = "deployments"

    def score(self) -> Score:
        """The score that this is."""
        value = value_of(self.value)
        return Score(
            id=self.id or new_ulid(time.time_ns()),
            target=Target(trace_id=self.trace_id),
            name=self.property,
            data_type=data_type_of(value),
            value=value,
            comment="",
            source="feedback",
        )


class FeedbackRemoval(BaseModel):
    """Which feedback to take away."""

    id: Id
    trace_id: TraceId
    product: Product


class _Review(BaseModel):
    """A person's verdict on a trace."""

    id: Id
    trace_id: TraceId
    evaluation_type: Literal["human_review"]
    human_review_id: Name = "human_review"
    explanation: Comment = ""

    def score_of(self, value: Value, data_type: DataType) -> Score:
        """The score that this is."""
        return Score(
            id=self.id,
            target=Target(trace_id=self.trace_id),
            name=self.human_review_id,
            data_type=data_type,
            value=value,
            comment=self.explanation,
            source="review",
        )


class TextReview(_Review):
    """A verdict in words."""

    type: Literal["string"]
    value: Text

    def score(self) -> Score:
        """The score that this is."""
        return self.score_of(self.value, "text")


class NumberReview(_Review):
    """A verdict by a number."""

    type: Literal["number"]
    value: Number

    def score(self) -> Score:
        """The score that this is."""
        return self.score_of(self.value, "number")


class BooleanReview(_Review):
    """Yes or no."""

    type: Literal["boolean"]
    value: StrictBool

    def score(self) -> Score:
        """The score that this is."""
        return self.score_of(self.value, "boolean")


class CategoriesReview(_Review):
    """A verdict by what applies."""

    type: Literal["string_array"]
    values: Categories

    def score(self) -> Score:
        """The score that this is."""
        return self.score_of(value_of(self.values), "categories")


Review = Annotated[
    TextReview | NumberReview | BooleanReview | CategoriesReview, Field(discriminator="type")
]


class ReviewRemoval(BaseModel):
    """Which verdict to take away."""

    id: Id
    trace_id: TraceId


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(prefix="/v2/feedback", tags=["Feedback"])
    for name, path, endpoint, answer in (
        ("give_feedback", "", create, FeedbackBody),
        ("remove_feedback", "/remove", remove, FeedbackRemoval),
        ("give_review", "/evaluation", review, NothingBody),
        ("remove_review", "/evaluation/remove", remove_review, NothingBody),
    ):
        add(routes, "POST", path, endpoint, name=name, answer=answer, errors=(400, 404))
    return routes


async def create(request: Request, body: Feedback) -> dict[str, Any]:
    """Give feedback on a trace."""
    score = await _give(request, body.score())
    return body.model_dump() | {"id": score.id, "value": value_json(score.value)}


async def remove(request: Request, response: Response, body: FeedbackRemoval) -> dict[str, Any]:
    """Take feedback on a trace away."""
    await _take_away(request, response, body.id, body.trace_id)
    return body.model_dump()


async def review(request: Request, body: Review) -> dict[str, Any]:
    """Keep a person's verdict on a trace."""
    await _give(request, body.score())
    return {}


async def remove_review(
    request: Request, response: Response, body: ReviewRemoval
) -> dict[str, Any]:
    """Take a person's verdict on a trace away."""
    await _take_away(request, response, body.id, body.trace_id)
    return {}


async def _give(request: Request, score: Score) -> Score:
    database, workspace_id = request.app.state.database, workspace_of(request)
    await require_target(request, score.target)
    await require_score(request, score.id)
    return await run_in_threadpool(create_score, database, workspace_id, score)


async def _take_away(request: Request, response: Response, id: str, trace_id: str) -> None:
    database, by = request.app.state.database, principal_of(request)
    await require_score(request, id)
    await run_in_threadpool(remove_score, database, by.workspace_id, id, trace_id=trace_id)
    detail = f"of trace {trace_id.lower()}"
    await run_in_threadpool(
        record_audit_entry, database, by, "score.delete", opaque(id), detail=detail
    )
    response.headers.update(removal_headers(request))
