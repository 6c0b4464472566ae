"""Annotations of spans as orq's current clients send them: scores that go by their key."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of, workspace_of
from sessionary.api.http.path_convertors import HexId
from sessionary.api.http.removal import removal_headers
from sessionary.api.routing import add
from sessionary.api.scores.schemas import NothingBody
from sessionary.api.scores.values import AnnotationValue, Comment, Name, value_of
from sessionary.api.visibility import require_trace
from sessionary.model.score import Target
from sessionary.services.access.audit import opaque, record_audit_entry
from sessionary.services.scores.annotate import Annotation, annotate, remove_annotations

_MAX = 100


class Keyed(BaseModel):
    """A value under a key."""

    key: Name
    value: AnnotationValue


class FollowUp(BaseModel):
    """A value on another annotation, whose id is the key."""

    parent_annotation_id: Name
    value: AnnotationValue
    explanation: Comment = ""


class Annotations(BaseModel):
    """What to keep."""

    annotations: Annotated[list[Keyed | FollowUp], Field(max_length=_MAX)]

    def by_key(self) -> dict[str, Annotation]:
        """The annotations; the last of those with the same key."""
        return dict(_keyed(annotation) for annotation in self.annotations)


class AnnotationsRemoval(BaseModel):
    """What to take away."""

    keys: Annotated[list[Name], Field(max_length=_MAX)] = Field(default_factory=list)
    parent_annotation_ids: Annotated[list[Name], Field(max_length=_MAX)] = Field(
        default_factory=list
    )


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(tags=["Feedback"])
    path = "/v2/traces/{trace_id}/spans/{span_id}/annotation"
    for name, method, endpoint in (
        ("annotate_span", "POST", create),
        ("delete_span_annotations", "DELETE", delete),
    ):
        add(routes, method, path, endpoint, name=name, answer=NothingBody, errors=(400, 404))
    return routes


async def create(
    request: Request, trace_id: HexId, span_id: HexId, body: Annotations
) -> dict[str, str]:
    """Annotate a span; a key sent again replaces."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    await require_trace(request, trace_id)
    span = Target(trace_id=trace_id, span_id=span_id)
    await run_in_threadpool(annotate, database, workspace_id, span, body.by_key())
    return {}


async def delete(
    request: Request,
    response: Response,
    trace_id: HexId,
    span_id: HexId,
    body: AnnotationsRemoval | None = None,
) -> dict[str, str]:
    """Delete annotations of a span by their keys; none where none are named."""
    database, by = request.app.state.database, principal_of(request)
    await require_trace(request, trace_id)
    span = Target(trace_id=trace_id, span_id=span_id)
    keys = [*body.keys, *body.parent_annotation_ids] if body else []
    count = await run_in_threadpool(remove_annotations, database, by.workspace_id, span, keys)
    if count:
        detail = f"annotations: {count}, of trace {trace_id.lower()}"
        await run_in_threadpool(
            record_audit_entry,
            database,
            by,
            "annotation.delete",
            opaque(span_id.lower()),
            detail=detail,
        )
    response.headers.update(removal_headers(request))
    return {}


def _keyed(annotation: Keyed | FollowUp) -> tuple[str, Annotation]:
    value = value_of(annotation.value)
    if isinstance(annotation, Keyed):
        return annotation.key, Annotation(value)
    return annotation.parent_annotation_id, Annotation(value, annotation.explanation)
