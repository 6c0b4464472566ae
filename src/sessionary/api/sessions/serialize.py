"""Sessions and traces as JSON: orq's words outside, OpenTelemetry's inside, translated here."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sessionary.api.scores.values import value_json
from sessionary.model.score import ScoreSummary
from sessionary.model.session import Billing, ModelUse, Session, Usage
from sessionary.model.trace import Trace

Json = dict[str, Any]
_NS_PER_MS = 1_000_000


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


def billing_json(billing: Billing) -> Json:
    """Costs in dollars."""
    return {
        "input_cost": _dollars(billing.input_cost),
        "output_cost": _dollars(billing.output_cost),
        "total_cost": _dollars(billing.total_cost),
    }


def usage_json(usage: Usage) -> Json:
    """Tokens."""
    return {
        "prompt_tokens": usage.input_tokens,
        "completion_tokens": usage.output_tokens,
        "total_tokens": usage.total_tokens,
    }


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


def trace_json(trace: Trace) -> Json:
    """A trace with all its figures."""
    return {
        "trace_id": trace.trace_id,
        "session_id": trace.session_id or None,
        "project_id": trace.project_id or None,
        "name": trace.name,
        "started_at": instant(trace.started_ns),
        "ended_at": instant(trace.ended_ns),
        "duration": milliseconds(trace.ended_ns - trace.started_ns),
        "contact_id": trace.contact_id or None,
        "tags": list(trace.tags),
        "spans_count": trace.counts.spans,
        "error_spans_count": trace.counts.error_spans,
        "has_error": trace.counts.error_spans > 0,
        "model_calls_count": trace.counts.model_calls,
        "failed_calls_count": trace.counts.failed_calls,
        "tool_calls_count": trace.counts.tool_calls,
        "errors_count": trace.counts.errors,
        "unpriced_calls_count": trace.counts.unpriced_calls,
        "prompt_tokens": trace.usage.input_tokens,
        "completion_tokens": trace.usage.output_tokens,
        "total_tokens": trace.usage.total_tokens,
        "cached_tokens": trace.usage.cache_read_tokens,
        "cache_write_tokens": trace.usage.cache_write_tokens,
        "reasoning_tokens": trace.usage.reasoning_tokens,
        "input_cost": _dollars(trace.billing.input_cost),
        "output_cost": _dollars(trace.billing.output_cost),
        "total_cost": _dollars(trace.billing.total_cost),
        "models": [model_json(use) for use in trace.models],
    }


def model_json(use: ModelUse) -> Json:
    """What one model did."""
    return {
        "model": use.model or None,
        "calls": use.calls,
        "failed_calls": use.failed_calls,
        "prompt_tokens": use.input_tokens,
        "completion_tokens": use.output_tokens,
        "total_tokens": use.input_tokens + use.output_tokens,
        "cost": _dollars(use.cost),
        "request_models": [name or None for name in use.request_models],
    }


def _summary_json(summary: ScoreSummary) -> Json:
    return {"count": summary.count, "mean": summary.mean, "last": value_json(summary.last)}


def present(**fields: object) -> Json:
    """The fields that are there: clients read none where there is none, not null or empty."""
    return {name: value for name, value in fields.items() if value}


def instant(ns: int) -> str:
    """RFC 3339 in UTC with all nine digits."""
    seconds, rest = divmod(ns, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"


def milliseconds(ns: int) -> float:
    """The API's unit of time."""
    return ns / _NS_PER_MS


def _dollars(amount: Decimal) -> float:
    return float(amount)
