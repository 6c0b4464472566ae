"""What sessions add up to, as JSON and for the OpenAPI document."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from sessionary.api.figures.figures import BillingBody, UsageBody, billing_json, usage_json
from sessionary.api.http.json import instant, milliseconds
from sessionary.api.http.optional_field import optional_field
from sessionary.model.totals import Quantiles, SessionFigures, SessionTotals

Json = dict[str, Any]


class QuantilesBody(BaseModel):
    """How long sessions took, in milliseconds."""

    p50: float = Field(description="Half took no longer. Milliseconds.", examples=[1240.5])
    p95: float = Field(description="All but a twentieth took no longer. Milliseconds.")


class FiguresBody(BaseModel):
    """What sessions add up to, each counted once."""

    sessions_count: int = Field(description="Sessions.", examples=[12])
    failed_sessions_count: int = Field(description="Sessions with at least one error.")
    error_rate: float = optional_field(
        "Share of the sessions with at least one error, from 0 to 1; left out without sessions.",
        examples=[0.25],
    )
    traces_count: int = Field(description="Traces of the sessions.")
    model_calls_count: int = Field(description="Model calls, each once.")
    failed_calls_count: int = Field(description="Model calls that failed.")
    unpriced_calls_count: int = Field(
        description="Model calls without a price: they add 0 to the cost."
    )
    errors_count: int = Field(description="Failed calls, and traces that failed otherwise.")
    billing: BillingBody
    usage: UsageBody
    cached_tokens: int = Field(description="Of the prompt tokens, those from a cache.")
    duration: QuantilesBody = optional_field(
        "From a session's first start to its last end; left out without sessions."
    )
    active_duration: QuantilesBody = optional_field(
        "The time of a session in which any trace ran; left out without sessions."
    )


class BucketBody(FiguresBody):
    """The sessions that began in one part of the time."""

    start: datetime = Field(
        alias="from", description="The first start; the next bucket's is beyond the last."
    )


class SessionTotalsBody(BaseModel):
    """What the sessions that began in a time add up to; for a sparkline also by part of it."""

    object: Literal["session_totals"]
    start: datetime = Field(alias="from", description="The first start that is counted.")
    to: datetime = Field(description="What all starts are before.")
    totals: FiguresBody
    before: FiguresBody = optional_field(
        "The same of the time just before, as long; left out if `from` was."
    )
    buckets: list[BucketBody] = Field(
        description="`totals` by equal parts of the time, in order; those without sessions too. "
        "None where all time was asked for and there is no session."
    )


def totals_json(totals: SessionTotals) -> Json:
    """The reply."""
    before = {} if totals.before is None else {"before": _figures_json(totals.before)}
    return {
        "object": "session_totals",
        "from": instant(totals.from_ns),
        "to": instant(totals.to_ns),
        "totals": _figures_json(totals.figures),
        **before,
        "buckets": [
            {"from": instant(bucket.from_ns), **_figures_json(bucket.figures)}
            for bucket in totals.buckets
        ],
    }


def _figures_json(figures: SessionFigures) -> Json:
    shape: Json = {
        "sessions_count": figures.sessions,
        "failed_sessions_count": figures.failed_sessions,
        "traces_count": figures.traces,
        "model_calls_count": figures.model_calls,
        "failed_calls_count": figures.failed_calls,
        "unpriced_calls_count": figures.unpriced_calls,
        "errors_count": figures.errors,
        "billing": billing_json(figures.billing),
        "usage": usage_json(figures.usage),
        "cached_tokens": figures.usage.cache_read_tokens,
    }
    if figures.sessions:
        shape["error_rate"] = figures.failed_sessions / figures.sessions
    durations = {"duration": figures.duration, "active_duration": figures.active_duration}
    return shape | {name: _quantiles_json(q) for name, q in durations.items() if q is not None}


def _quantiles_json(quantiles: Quantiles) -> Json:
    return {"p50": milliseconds(quantiles.p50_ns), "p95": milliseconds(quantiles.p95_ns)}
