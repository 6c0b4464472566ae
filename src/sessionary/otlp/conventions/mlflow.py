"""MLflow 3 tracing: every value is JSON, a string too.

Source: mlflow 3.17.2 `tracing/processor/otel.py`, `tracing/constant.py`.
"""

from collections.abc import Mapping
from typing import Any

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule


def _usage(usage: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "input_tokens": usage.get("input_tokens"),
        "output_tokens": usage.get("output_tokens"),
        "total_tokens": usage.get("total_tokens"),
        "cache_read_tokens": usage.get("cache_read_input_tokens"),
        "cache_write_tokens": usage.get("cache_creation_input_tokens"),
    }


def _cost(cost: Mapping[str, Any]) -> dict[str, Any]:
    return {name: cost.get(name) for name in ("input_cost", "output_cost", "total_cost")}


MLFLOW = Convention(
    name="mlflow",
    keys={
        "response_model": ("mlflow.llm.model",),
        "provider": ("mlflow.llm.provider",),
    },
    late_keys={
        "session_id": ("mlflow.trace.session",),
        "contact_id": ("mlflow.trace.user",),
        "request_model": ("model",),
    },
    objects={"mlflow.chat.tokenUsage": _usage, "mlflow.llm.cost": _cost},
    metadata=("mlflow.traceTag.",),
    kinds=(
        KindRule(
            50,
            "mlflow.spanType",
            {
                "llm": kind.LLM,
                "chat_model": kind.LLM,
                "agent": kind.AGENT,
                "tool": kind.TOOL,
                "chain": kind.CHAIN,
                "workflow": kind.CHAIN,
                "task": kind.CHAIN,
                "retriever": kind.RETRIEVER,
                "reranker": kind.RERANK,
                "embedding": kind.EMBEDDING,
                "guardrail": kind.GUARDRAIL,
                "evaluator": kind.EVALUATOR,
            },
        ),
    ),
    first_token_events=("mlflow.chunk.item.0",),
)
