"""Rows of sessions and traces to the nouns of model/, and which columns that takes."""

from collections.abc import Mapping
from typing import Any

from sessionary.model.session import (
    Billing,
    Counts,
    Session,
    SessionDetails,
    Usage,
    model_uses,
)

_FIGURES = (
    "input_cost",
    "output_cost",
    "total_cost",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
)
_COUNTS = (
    "spans_count",
    "error_spans_count",
    "model_calls_count",
    "failed_calls_count",
    "tool_calls_count",
    "unpriced_calls_count",
    "errors_count",
)
_MODELS = (
    "calls_by_model",
    "failed_calls_by_model",
    "input_tokens_by_model",
    "output_tokens_by_model",
    "cost_by_model",
    "requested_models",
)
_SUMMARY = (
    "lower(hex(id)) AS session_key",
    "external_id",
    "workspace_id",
    "project_id",
    "toUnixTimestamp64Nano(started_at) AS started_ns",
    "toUnixTimestamp64Nano(ended_at) AS ended_ns",
    "contact_ids",
    "tags",
    "version",
    "duration_ns",
    "traces_count",
    "total_tokens",
    "title",
    "client",
    "repo",
    "kind",
    *_FIGURES,
)
_DETAILS = ("active_ns", *_COUNTS, *_MODELS, "metadata")


def session_columns(*, with_details: bool) -> str:
    """What to select of sessions. A column costs time: details only where they are shown."""
    return ", ".join(_SUMMARY + _DETAILS if with_details else _SUMMARY)


def session_of(row: Mapping[str, Any]) -> Session:
    """The session of a row of `session_columns`."""
    return Session(
        id=row["session_key"],
        external_id=row["external_id"],
        workspace_id=row["workspace_id"],
        project_id=row["project_id"],
        started_ns=row["started_ns"],
        ended_ns=row["ended_ns"],
        duration_ns=row["duration_ns"],
        updated_ns=row["version"],
        contact_ids=tuple(row["contact_ids"]),
        tags=tuple(row["tags"]),
        traces_count=row["traces_count"],
        billing=billing_of(row),
        usage=usage_of(row, total_tokens=row["total_tokens"]),
        title=row["title"],
        client=row["client"],
        repo=row["repo"],
        kind=row["kind"],
        read_details=_details(row) if "active_ns" in row else None,
    )


def _details(row: Mapping[str, Any]) -> SessionDetails:
    return SessionDetails(
        active_ns=row["active_ns"],
        counts=counts_of(row),
        models=model_uses(row, requested_models_of(row)),
        metadata=row["metadata"],
    )


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
