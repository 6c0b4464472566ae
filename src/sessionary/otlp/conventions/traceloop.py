"""OpenLLMetry / Traceloop, before and after 0.5.

Source: opentelemetry-semantic-conventions-ai 0.5.1 and 0.4.16 `semconv_ai/__init__.py`;
traceloop-sdk 0.62.4 `tracing/tracing.py`.
"""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule

_ASSOCIATION = "traceloop.association.properties"

TRACELOOP = Convention(
    name="traceloop",
    keys={
        "session_id": tuple(
            f"{_ASSOCIATION}.{name}"
            for name in ("session_id", "thread_id", "conversation_id", "chat_id")
        ),
        "contact_id": (f"{_ASSOCIATION}.user_id",),
        "title": (f"{_ASSOCIATION}.title",),
        "input_tokens": ("llm.usage.prompt_tokens",),
        "output_tokens": ("llm.usage.completion_tokens",),
        "total_tokens": ("llm.usage.total_tokens",),
        "reasoning_tokens": ("llm.usage.reasoning_tokens",),
        "finish_reason": ("gen_ai.completion.0.finish_reason",),
    },
    metadata=(f"{_ASSOCIATION}.",),
    kinds=(
        KindRule(
            90,
            "traceloop.span.kind",
            {
                "workflow": kind.CHAIN,
                "task": kind.CHAIN,
                "agent": kind.AGENT,
                "tool": kind.TOOL,
            },
        ),
        KindRule(
            100,
            "llm.request.type",
            {
                "chat": kind.LLM,
                "completion": kind.LLM,
                "embedding": kind.EMBEDDING,
                "rerank": kind.RERANK,
            },
        ),
    ),
    first_token_events=("gen_ai.content.completion.chunk", "llm.content.completion.chunk"),
)
