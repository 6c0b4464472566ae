"""Figures over time and by group, as JSON and for the OpenAPI document."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, Field

from sessionary.api.http.json import instant
from sessionary.api.http.optional_field import optional_field
from sessionary.model.analytics import Figure, Series
from sessionary.services.analytics import AnsweredAnalytics

Json = dict[str, Any]


class MetricBody(BaseModel):
    """One of the figures that were asked for."""

    name: str = Field(description="As it was asked for.", examples=["cost"])
    unit: Literal["usd", "tokens", "count", "ms"] = Field(
        description="US dollars, tokens, how many, or milliseconds."
    )


class SeriesBody(BaseModel):
    """The figures of a group."""

    figures: dict[str, float] = Field(
        description="By metric, of the whole time; a quantile of nothing is left out.",
        examples=[{"cost": 1.25}],
    )
    by_bucket: dict[str, list[float | None]] = optional_field(
        "By metric, one figure for each of `buckets`; a quantile of nothing is null. "
        "Left out where there are no buckets.",
        examples=[{"cost": [0.5, 0.75]}],
    )


class GroupBody(SeriesBody):
    """The figures of one group."""

    value: str = Field(
        description="What its members have; empty for those that have none.", examples=["gpt-4o"]
    )


class AnalyticsBody(BaseModel):
    """Figures over time and by group."""

    object: Literal["analytics"]
    start: datetime = Field(alias="from", description="The first start that is counted.")
    to: datetime = Field(description="What all starts are before.")
    interval: str = Field(description="How long a bucket is; none where there are none.")
    metrics: list[MetricBody] = Field(description="What was asked for, with units.")
    buckets: list[datetime] = Field(
        description="When each begins, in order and in UTC, also those in which nothing was."
    )
    total: SeriesBody = Field(description="All groups together, each trace and call once.")
    split_by: str = optional_field("As it was asked for.", examples=["model"])
    groups: list[GroupBody] = Field(
        description="The largest groups by `order_by`, the largest first."
    )
    other: SeriesBody = optional_field("All other groups together; left out where there are none.")


def analytics_json(answered: AnsweredAnalytics) -> Json:
    """The reply."""
    question, found = answered.question, answered.analytics
    split = {"split_by": question.split.name} if question.split.name else {}
    other = {} if found.other is None else {"other": _series_json(found.other)}
    return {
        "object": "analytics",
        "from": instant(question.from_ns),
        "to": instant(question.to_ns),
        "interval": answered.interval,
        "metrics": [{"name": m.name, "unit": m.unit.value} for m in question.metrics],
        "buckets": [instant(ns) for ns in question.starts],
        "total": _series_json(found.total),
        **split,
        "groups": [{"value": name} | _series_json(series) for name, series in found.groups],
        **other,
    }


def _series_json(series: Series) -> Json:
    known = {name: value for name, value in series.figures.items() if value is not None}
    shape: Json = {"figures": {name: _number(value) for name, value in known.items()}}
    by_bucket = {
        n: [_number(v) for v in values] for n, values in series.by_bucket.items() if values
    }
    return shape | ({"by_bucket": by_bucket} if by_bucket else {})


def _number(figure: Figure) -> int | float | None:
    return float(figure) if isinstance(figure, Decimal) else figure
