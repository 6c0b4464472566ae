"""LangSmith over OpenTelemetry, and orq's LangChain handler, which sends the same shape.

`langsmith.trace.session_id` and `session_name` are the project, never a session.

Source: langsmith 0.15.0 `_internal/otel/_otel_exporter.py`.
"""

from collections.abc import Mapping
from typing import Any

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule, as_mapping


def _input_details(details: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "cache_read_tokens": details.get("cache_read"),
        "cache_write_tokens": details.get("cache_creation"),
        "audio_input_tokens": details.get("audio"),
    }


def _output_details(details: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reasoning_tokens": details.get("reasoning"),
        "audio_output_tokens": details.get("audio"),
    }


def _usage_metadata(usage: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "input_tokens": usage.get("input_tokens"),
        "output_tokens": usage.get("output_tokens"),
        "total_tokens": usage.get("total_tokens"),
        **_input_details(as_mapping(usage.get("input_token_details"))),
        **_output_details(as_mapping(usage.get("output_token_details"))),
    }


LANGSMITH = Convention(
    name="langsmith",
    keys={
        "session_id": tuple(
            f"langsmith.metadata.{name}" for name in ("session_id", "thread_id", "conversation_id")
        ),
        "contact_id": ("langsmith.metadata.user_id",),
        "title": ("langsmith.metadata.title",),
        "provider": ("langsmith.metadata.ls_provider",),
    },
    late_objects={
        "gen_ai.usage.input_token_details": _input_details,
        "gen_ai.usage.output_token_details": _output_details,
        "langsmith.metadata.usage_metadata": _usage_metadata,
    },
    tags=("langsmith.span.tags",),
    kinds=(
        KindRule(
            60,
            "langsmith.span.kind",
            {
                "llm": kind.LLM,
                "chain": kind.CHAIN,
                "tool": kind.TOOL,
                "retriever": kind.RETRIEVER,
                "embedding": kind.EMBEDDING,
                "prompt": kind.PROMPT,
                "parser": kind.CHAIN,
            },
        ),
    ),
)
