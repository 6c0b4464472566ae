"""OpenInference (Arize Phoenix and its instrumentations).

Source: openinference-semantic-conventions 0.1.42 `openinference/semconv/trace/__init__.py`;
Arize-ai/openinference spec/semantic_conventions.md.
"""

from collections.abc import Mapping
from typing import Any

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule


def _metadata(metadata: Mapping[str, Any]) -> dict[str, Any]:
    session = (metadata.get(key) for key in ("session_id", "thread_id", "conversation_id"))
    return {
        "session_id": next((value for value in session if value), None),
        "contact_id": metadata.get("user_id"),
    }


def _invocation(parameters: Mapping[str, Any]) -> dict[str, Any]:
    # A failed OpenAI call has no model attribute at all, only its parameters.
    return {"request_model": parameters.get("model")}


OPENINFERENCE = Convention(
    name="openinference",
    keys={
        "provider": ("llm.provider", "llm.system"),
        "request_model": ("llm.request.model_name",),
        "response_model": ("llm.response.model_name",),
        "finish_reason": ("llm.finish_reason",),
        "input_tokens": ("llm.token_count.prompt", "decision.token_count.input"),
        "output_tokens": ("llm.token_count.completion", "decision.token_count.output"),
        "total_tokens": ("llm.token_count.total",),
        "cache_read_tokens": (
            "llm.token_count.prompt_details.cache_read",
            "llm.token_count.prompt_details.cache_input",
        ),
        "cache_write_tokens": ("llm.token_count.prompt_details.cache_write",),
        "reasoning_tokens": ("llm.token_count.completion_details.reasoning",),
        "audio_input_tokens": ("llm.token_count.prompt_details.audio",),
        "audio_output_tokens": ("llm.token_count.completion_details.audio",),
        "total_cost": ("llm.cost.total",),
        "input_cost": ("llm.cost.prompt",),
        "output_cost": ("llm.cost.completion",),
    },
    late_keys={
        "response_model": (
            "llm.model_name",
            "embedding.model_name",
            "reranker.model_name",
            "decision.model_name",
        ),
    },
    late_objects={
        "metadata": _metadata,
        "llm.invocation_parameters": _invocation,
        "embedding.invocation_parameters": _invocation,
    },
    resource_keys={"project_id": ("openinference.project.name",)},
    metadata_objects=("metadata",),
    tags=("tag.tags",),
    kinds=(
        KindRule(
            30,
            "openinference.span.kind",
            {
                "llm": kind.LLM,
                "embedding": kind.EMBEDDING,
                "reranker": kind.RERANK,
                "chain": kind.CHAIN,
                "retriever": kind.RETRIEVER,
                "tool": kind.TOOL,
                "agent": kind.AGENT,
                "guardrail": kind.GUARDRAIL,
                "evaluator": kind.EVALUATOR,
                "prompt": kind.PROMPT,
                "decision": kind.CHAIN,
            },
        ),
    ),
    first_token_events=("First Token Stream Event",),
)
