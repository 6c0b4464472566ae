"""Which models the calls of a workspace named. Functions take the workspace first."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sessionary.store.clickhouse.pool import Database, Rows
from sessionary.store.scopes.counted_traces import counted_trace

# Of a workspace with more models than this, those with the most calls are returned.
MAX_MODELS = 10_000
_FIGURES = (
    "calls",
    "failed_calls",
    "input_tokens",
    "output_tokens",
    "cost",
    "first_seen_ns",
    "last_seen_ns",
)
_OF_LAST_CALL = ("provider", "request_model", "cost_source")


@dataclass(frozen=True, slots=True)
class SeenModel:
    """Figures of the counted calls by model, named as in the response.

    `provider`, `request_model` and `cost_source` are those of its last call, empty where that is
    not known; `providers` may have others that took part in the same traces.
    """

    model: str
    request_models: tuple[str, ...]
    providers: tuple[str, ...]
    calls: int
    failed_calls: int
    unpriced_calls: int
    input_tokens: int
    output_tokens: int
    cost: Decimal
    first_seen_ns: int
    last_seen_ns: int
    provider: str = ""
    request_model: str = ""
    cost_source: str = ""


def seen_models(database: Database, workspace_id: str) -> list[SeenModel]:
    """Every model of the calls that count."""
    same = {"workspace_id": workspace_id}
    with database.read_connection() as connection:
        limited = same | {"limit": MAX_MODELS}
        rows = connection.rows("prices/seen_models", limited, counts=counted_trace())
        if not rows:
            return []
        mixed = connection.rows("prices/mixed_unpriced", same, counts=counted_trace())
        last = connection.rows("prices/last_calls", same | _last_traces(rows))
    unpriced = {row["model"]: row["unpriced_calls"] for row in mixed}
    calls = {row["model"]: row for row in last}
    return [_model(row, unpriced.get(row["model"], 0), calls.get(row["model"], {})) for row in rows]


def _last_traces(rows: Rows) -> dict[str, object]:
    return {
        "trace_ids": sorted({row["last_trace_id"] for row in rows}),
        "from_ns": min(row["first_seen_ns"] for row in rows),
        "to_ns": max(row["last_seen_ns"] for row in rows),
    }


def _model(row: Mapping[str, Any], mixed_unpriced: int, last: Mapping[str, Any]) -> SeenModel:
    return SeenModel(
        model=row["model"],
        request_models=tuple(row["request_models"]),
        providers=tuple(row["sole_providers"] or row["providers"]),
        **{name: row[name] for name in _FIGURES},
        unpriced_calls=row["unpriced_calls"] + mixed_unpriced,
        **{name: last.get(name, "") for name in _OF_LAST_CALL},
    )
