"""A session: what one conversation, thread or agent run cost and did."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sessionary.model.score import ScoreSummary


@dataclass(frozen=True, slots=True)
class Billing:
    """US dollars, exact."""

    input_cost: Decimal
    output_cost: Decimal
    total_cost: Decimal


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens. Input includes what was read from or written to a cache, output the reasoning."""

    input_tokens: int
    output_tokens: int
    total_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What one model did; `model` is empty where the calls do not name one."""

    model: str
    calls: int
    failed_calls: int
    input_tokens: int
    output_tokens: int
    cost: Decimal
    request_models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened, counted."""

    spans: int
    error_spans: int
    model_calls: int
    failed_calls: int
    tool_calls: int
    unpriced_calls: int
    errors: int


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """What of a session is read only where it is asked for.

    `active_ns` is the length of the union of the traces' intervals.
    """

    active_ns: int
    counts: Counts
    models: tuple[ModelUse, ...]
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a workspace. Times are nanoseconds since 1970; an empty text is none.

    `duration_ns` may have been written, and then is not the time between the two ends.
    """

    id: str
    external_id: str
    workspace_id: str
    project_id: str
    started_ns: int
    ended_ns: int
    duration_ns: int
    updated_ns: int
    contact_ids: tuple[str, ...]
    tags: tuple[str, ...]
    traces_count: int
    billing: Billing
    usage: Usage
    title: str
    client: str
    repo: str
    kind: str
    read_details: SessionDetails | None = None
    scores: Mapping[str, ScoreSummary] = field(default_factory=dict)
    """By name; read only where they are asked for."""
    first_input: str = ""
    """Like `last_output` only where it was asked for."""
    last_output: str = ""

    @property
    def details(self) -> SessionDetails:
        """The details.

        Raises:
            ValueError: they were not read.
        """
        if self.read_details is None:
            raise ValueError(f"session {self.id} was read without its details")
        return self.read_details


def session_id(workspace_id: str, external_id: str) -> str:
    """The session's `_id`: a pure function of the two (rollup/sql/sessions.sql says the same)."""
    name = f"{workspace_id}\0{external_id}".encode()
    return hashlib.sha256(name).hexdigest()[:32]


def model_uses(
    row: Mapping[str, Mapping[str, int]], requested: list[tuple[str, str]]
) -> tuple[ModelUse, ...]:
    """The models of a row of per-model maps, by name."""
    return tuple(
        ModelUse(
            model=model,
            calls=calls,
            failed_calls=row["failed_calls_by_model"].get(model, 0),
            input_tokens=row["input_tokens_by_model"].get(model, 0),
            output_tokens=row["output_tokens_by_model"].get(model, 0),
            cost=Decimal(row["cost_by_model"].get(model, 0)),
            request_models=tuple(sorted({asked for got, asked in requested if got == model})),
        )
        for model, calls in sorted(row["calls_by_model"].items())
    )
