"""Sessions and traces as JSON: orq's words outside, OpenTelemetry's inside, translated here."""

from collections.abc import Callable, Collection
from typing import Any

from sessionary.api.figures.figures import billing_json, model_json, usage_json
from sessionary.api.http.json import Json, instant, milliseconds
from sessionary.api.scores.values import value_json
from sessionary.model.score import ScoreSummary
from sessionary.model.session import Session

KINDS = {"conversation": "THREAD_KIND_CONVERSATION", "coding_agent": "THREAD_KIND_CODING_AGENT"}


def current_session_json(session: Session, fields: Collection[str] = ()) -> Json:
    """The shape of the current generation: what is not known is left out, never null."""
    shape = session_json(session, fields)
    known = {
        "project_id": session.project_id,
        "title": session.title,
        "client": session.client,
        "repo": session.repo,
        "kind": KINDS.get(session.kind),
    }
    return {name: value for name, value in (shape | known).items() if value not in (None, "")}


def session_json(session: Session, fields: Collection[str] = ()) -> Json:
    """The default shape, and those of `EXTRA_FIELDS` that `fields` names."""
    shape: Json = {
        "_id": session.id,
        "external_id": session.external_id,
        "duration": milliseconds(session.duration_ns),
        "contact_ids": list(session.contact_ids),
        "billing": billing_json(session.billing),
        "usage": usage_json(session.usage),
        "traces_count": session.traces_count,
        "tags": list(session.tags),
        "workspace_id": session.workspace_id,
        "project_id": session.project_id or None,
        "started_at": instant(session.started_ns),
        "updated_at": instant(session.updated_ns),
    }
    shape |= {name: read(session) for name, read in EXTRA_FIELDS.items() if name in fields}
    return shape


DEFAULT_FIELDS = (
    "_id",
    "external_id",
    "duration",
    "contact_ids",
    "billing",
    "usage",
    "traces_count",
    "tags",
    "workspace_id",
    "project_id",
    "started_at",
    "updated_at",
)


EXTRA_FIELDS: dict[str, Callable[[Session], Any]] = {
    "title": lambda s: s.title or None,
    "client": lambda s: s.client or None,
    "repo": lambda s: s.repo or None,
    "kind": lambda s: KINDS.get(s.kind),
    "ended_at": lambda s: instant(s.ended_ns),
    "active_duration": lambda s: milliseconds(s.details.active_ns),
    "idle_duration": lambda s: milliseconds(max(s.duration_ns - s.details.active_ns, 0)),
    "spans_count": lambda s: s.details.counts.spans,
    "model_calls_count": lambda s: s.details.counts.model_calls,
    "failed_calls_count": lambda s: s.details.counts.failed_calls,
    "tool_calls_count": lambda s: s.details.counts.tool_calls,
    "errors_count": lambda s: s.details.counts.errors,
    "unpriced_calls_count": lambda s: s.details.counts.unpriced_calls,
    "models": lambda s: [model_json(use) for use in s.details.models],
    "cached_tokens": lambda s: s.usage.cache_read_tokens,
    "cache_write_tokens": lambda s: s.usage.cache_write_tokens,
    "reasoning_tokens": lambda s: s.usage.reasoning_tokens,
    "scores": lambda s: {name: _summary_json(summary) for name, summary in s.scores.items()},
    "metadata": lambda s: dict(s.details.metadata),
    "first_input": lambda s: s.first_input or None,
    "last_output": lambda s: s.last_output or None,
}
# Those that are read from the text of spans.
PREVIEWS = frozenset({"first_input", "last_output"})


def _summary_json(summary: ScoreSummary) -> Json:
    return {"count": summary.count, "mean": summary.mean, "last": value_json(summary.last)}
