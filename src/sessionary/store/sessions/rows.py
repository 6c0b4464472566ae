"""Rows of sessions and traces to the nouns of model/, and which columns that takes."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sessionary.model.session import (
    Billing,
    Counts,
    Session,
    SessionDetails,
    Usage,
    model_uses,
)

# What the arrays of migrations/0025_session_texts.sql hold.
_COSTS = ("input_cost", "output_cost", "total_cost")
_SUMMARY = (
    "external_id",
    "workspace_id",
    "project_id",
    "started_ns",
    "ended_ns",
    "duration_ns",
    "contact_ids",
    "tags",
    "traces_count",
    "title",
    "client",
    "repo",
    "kind",
    "input_tokens",
    "output_tokens",
    "total_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    *_COSTS,
)
_DETAILS = (
    "active_ns",
    "spans_count",
    "error_spans_count",
    "model_calls_count",
    "failed_calls_count",
    "tool_calls_count",
    "unpriced_calls_count",
    "errors_count",
    "calls_by_model",
    "failed_calls_by_model",
    "input_tokens_by_model",
    "output_tokens_by_model",
    "cost_by_model",
    "requested_models",
    "metadata",
)


def session_columns(*, with_details: bool) -> str:
    """What to select of sessions. A column costs time: details only where they are shown."""
    columns = "lower(hex(id)) AS session_key, version, summary"
    return f"{columns}, details" if with_details else columns


def session_of(row: Mapping[str, Any]) -> Session:
    """The session of a row of `session_columns`."""
    summary = _named(_SUMMARY, row["summary"])
    summary |= {name: Decimal(summary[name]) for name in _COSTS}
    return Session(
        id=row["session_key"],
        external_id=summary["external_id"],
        workspace_id=summary["workspace_id"],
        project_id=summary["project_id"],
        started_ns=summary["started_ns"],
        ended_ns=summary["ended_ns"],
        duration_ns=summary["duration_ns"],
        updated_ns=row["version"],
        contact_ids=tuple(summary["contact_ids"]),
        tags=tuple(summary["tags"]),
        traces_count=summary["traces_count"],
        billing=billing_of(summary),
        usage=usage_of(summary, total_tokens=summary["total_tokens"]),
        title=summary["title"],
        client=summary["client"],
        repo=summary["repo"],
        kind=summary["kind"],
        read_details=_details_of(row["details"]) if "details" in row else None,
    )


def _details_of(text: str) -> SessionDetails:
    details = _named(_DETAILS, text)
    return SessionDetails(
        active_ns=details["active_ns"],
        counts=counts_of(details),
        models=model_uses(details, requested_models_of(details)),
        metadata=details["metadata"],
    )


def _named(names: Sequence[str], array: str) -> dict[str, Any]:
    return dict(zip(names, json.loads(array, parse_float=Decimal), strict=True))


def billing_of(row: Mapping[str, Any]) -> Billing:
    """The costs of a row of sessions or traces."""
    return Billing(row["input_cost"], row["output_cost"], row["total_cost"])


def usage_of(row: Mapping[str, Any], *, total_tokens: int | None = None) -> Usage:
    """The tokens of a row of sessions or traces; a total that was written is its own."""
    measured = row["input_tokens"] + row["output_tokens"]
    return Usage(
        row["input_tokens"],
        row["output_tokens"],
        measured if total_tokens is None else total_tokens,
        row["cache_read_tokens"],
        row["cache_write_tokens"],
        row["reasoning_tokens"],
    )


def counts_of(row: Mapping[str, Any]) -> Counts:
    """The counts of a row of sessions or traces."""
    return Counts(
        spans=row["spans_count"],
        error_spans=row["error_spans_count"],
        model_calls=row["model_calls_count"],
        failed_calls=row["failed_calls_count"],
        tool_calls=row["tool_calls_count"],
        unpriced_calls=row["unpriced_calls_count"],
        errors=row["errors_count"],
    )


def requested_models_of(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of the model that answered and the one asked for."""
    return [
        (pair["response_model"], pair["request_model"]) if isinstance(pair, dict) else tuple(pair)
        for pair in row["requested_models"]
    ]
