"""orq.ai: its gateway's attributes and its SDK's `@traced` spans.

A thread is what orq's product groups by, so it comes before the session.

Source: docs.orq.ai/docs/ai-gateway/orq-attributes; orq-ai-sdk 4.17.13
`openai_agents_instrumentation/constants.py`.
"""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule

_KINDS = {
    "chat_completion": kind.LLM,
    "responses": kind.LLM,
    "embedding": kind.EMBEDDING,
    "rerank": kind.RERANK,
    "image": kind.IMAGE,
    "retrieval": kind.RETRIEVER,
    "evaluator": kind.EVALUATOR,
    "agent": kind.AGENT,
    "agent_execution": kind.AGENT,
    "tool": kind.TOOL,
    "fallback_selected": kind.SPAN,
    "auto_router": kind.SPAN,
    "load_balancer": kind.SPAN,
}

ORQ = Convention(
    name="orq",
    keys={
        "session_id": ("orq.thread_id", "orq.session_id"),
        "contact_id": ("orq.identity_id",),
        "project_id": ("orq.project_id",),
        "provider": ("orq.model.provider",),
        "request_model": ("orq.model.id",),
        "total_cost": ("orq.billing.total_cost",),
        "input_cost": ("orq.billing.input_cost",),
        "output_cost": ("orq.billing.output_cost",),
    },
    metadata=("orq.metadata.",),
    metadata_objects=("orq.metadata",),
    tags=("orq.tags",),
    kinds=(
        KindRule(40, "orq.span_type", {f"span.{name}": value for name, value in _KINDS.items()}),
        KindRule(
            41,
            "orq.span.kind",
            {
                "llm": kind.LLM,
                "embedding": kind.EMBEDDING,
                "agent": kind.AGENT,
                "tool": kind.TOOL,
                "retrieval": kind.RETRIEVER,
                "workflow": kind.CHAIN,
                "chain": kind.CHAIN,
                "function": kind.SPAN,
                "generic": kind.SPAN,
            },
        ),
    ),
)
