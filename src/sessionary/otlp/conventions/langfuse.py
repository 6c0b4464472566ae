"""Langfuse SDKs v3–v5 over OpenTelemetry.

Source: langfuse 5.0.4 `_client/attributes.py`, `propagation.py`; langfuse 3.15.0;
langfuse/langfuse packages/shared/src/server/otel/attributes.ts.
"""

from collections.abc import Mapping
from typing import Any

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule, as_mapping


def _usage(details: Mapping[str, Any]) -> dict[str, Any]:
    if "prompt_tokens" in details or "completion_tokens" in details:
        return _openai_usage(details, "prompt", "completion")
    if "input_tokens" in details or "output_tokens" in details:
        return _openai_usage(details, "input", "output") | _anthropic_cache(details)
    return _disjoint_usage(details)


def _openai_usage(details: Mapping[str, Any], into: str, out: str) -> dict[str, Any]:
    """The shape of OpenAI's APIs: cached inside the input, reasoning inside the output."""
    input_parts = as_mapping(details.get(f"{into}_tokens_details"))
    output_parts = as_mapping(details.get(f"{out}_tokens_details"))
    return {
        "input_tokens": details.get(f"{into}_tokens"),
        "output_tokens": details.get(f"{out}_tokens"),
        "cache_read_tokens": input_parts.get("cached_tokens"),
        "audio_input_tokens": input_parts.get("audio_tokens"),
        "reasoning_tokens": output_parts.get("reasoning_tokens"),
        "audio_output_tokens": output_parts.get("audio_tokens"),
    }


def _anthropic_cache(details: Mapping[str, Any]) -> dict[str, Any]:
    """Anthropic's API shape: cached tokens in addition to the input tokens, not part of them."""
    read = details.get("cache_read_input_tokens")
    written = details.get("cache_creation_input_tokens")
    if read is None and written is None:
        return {}
    total = sum(x for x in (details.get("input_tokens"), read, written) if x and _is_count(x))
    return {"input_tokens": total, "cache_read_tokens": read, "cache_write_tokens": written}


def _disjoint_usage(details: Mapping[str, Any]) -> dict[str, Any]:
    """Langfuse's own shape: every bucket apart, `input` without what was cached."""
    buckets = {name: count for name, count in details.items() if _is_count(count)}

    def total(*marks: str, without: str = "\n") -> float | None:
        counts = [
            count
            for name, count in buckets.items()
            if any(mark in name for mark in marks) and without not in name
        ]
        return sum(counts) if counts else None

    cached = {name: count for name, count in buckets.items() if "cache" in name}
    written = [count for name, count in cached.items() if "creation" in name or "write" in name]
    inputs = [
        count for name, count in buckets.items() if name.startswith("input") or name in cached
    ]
    outputs = [count for name, count in buckets.items() if name.startswith("output")]
    return {
        "input_tokens": sum(inputs) if inputs else None,
        "output_tokens": sum(outputs) if outputs else None,
        "cache_read_tokens": sum(cached.values()) - sum(written) if cached else None,
        "cache_write_tokens": sum(written) if written else None,
        "reasoning_tokens": total("reasoning"),
        "audio_input_tokens": total("input_audio"),
        "audio_output_tokens": total("output_audio"),
        "total_tokens": buckets.get("total"),
    }


def _is_count(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cost(details: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{part}_cost": details.get(part) for part in ("input", "output", "total")}


LANGFUSE = Convention(
    name="langfuse",
    keys={
        "session_id": ("langfuse.session.id",),
        "contact_id": ("langfuse.user.id",),
        "environment": ("langfuse.environment",),
        "release": ("langfuse.release",),
        "trace_name": ("langfuse.trace.name",),
        "title": ("langfuse.trace.metadata.title",),
        "first_token_at": ("langfuse.observation.completion_start_time",),
    },
    late_keys={
        "session_id": (
            "langfuse.trace.metadata.langfuse_session_id",
            "langfuse.observation.metadata.langfuse_session_id",
        ),
        "contact_id": (
            "langfuse.trace.metadata.langfuse_user_id",
            "langfuse.observation.metadata.langfuse_user_id",
        ),
        "response_model": ("langfuse.observation.model.name",),
        "finish_reason": ("langfuse.observation.metadata.finish_reason",),
        "release": ("langfuse.version",),
    },
    objects={
        "langfuse.observation.usage_details": _usage,
        "langfuse.observation.cost_details": _cost,
    },
    resource_keys={
        "environment": ("langfuse.environment",),
        "release": ("langfuse.release",),
    },
    metadata=("langfuse.trace.metadata.",),
    tags=("langfuse.trace.tags", "langfuse.tags"),
    kinds=(
        KindRule(
            10,
            "langfuse.observation.type",
            {
                "span": kind.SPAN,
                "event": kind.SPAN,
                "generation": kind.LLM,
                "embedding": kind.EMBEDDING,
                "agent": kind.AGENT,
                "tool": kind.TOOL,
                "chain": kind.CHAIN,
                "retriever": kind.RETRIEVER,
                "guardrail": kind.GUARDRAIL,
                "evaluator": kind.EVALUATOR,
            },
        ),
    ),
    errors={"langfuse.observation.level": frozenset({"error"})},
)
