"""Vercel AI SDK 4–7 (scopes `ai` and, from 7, `gen_ai`).

Source: npm ai 7.0.173 docs/03-ai-sdk-core/60-telemetry.mdx; @ai-sdk/otel 1.0.173
src/{open-telemetry,legacy-open-telemetry,supplemental-attributes}.ts.
"""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule

_METADATA = "ai.telemetry.metadata"
_CONTEXT = "ai.settings.context"

VERCEL = Convention(
    name="vercel",
    keys={
        "session_id": (
            f"{_METADATA}.sessionId",
            f"{_METADATA}.session_id",
            f"{_METADATA}.threadId",
            f"{_CONTEXT}.sessionId",
            f"{_CONTEXT}.threadId",
        ),
        "contact_id": (f"{_METADATA}.userId", f"{_METADATA}.user_id", f"{_CONTEXT}.userId"),
        "title": (f"{_METADATA}.title", f"{_CONTEXT}.title"),
        "provider": ("ai.model.provider",),
        "request_model": ("ai.model.id",),
        "response_model": ("ai.response.model",),
        "response_id": ("ai.response.id",),
        "finish_reason": ("ai.response.finishReason",),
        "input_tokens": ("ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens"),
        "output_tokens": ("ai.usage.outputTokens", "ai.usage.completionTokens"),
        "total_tokens": ("ai.usage.totalTokens",),
        "cache_read_tokens": (
            "ai.usage.cachedInputTokens",
            "ai.usage.inputTokenDetails.cacheReadTokens",
        ),
        "cache_write_tokens": ("ai.usage.inputTokenDetails.cacheWriteTokens",),
        "reasoning_tokens": (
            "ai.usage.reasoningTokens",
            "ai.usage.outputTokenDetails.reasoningTokens",
        ),
        "time_to_first_token_ms": ("ai.response.msToFirstChunk", "ai.stream.msToFirstChunk"),
    },
    tags=(f"{_METADATA}.tags", f"{_CONTEXT}.tags"),
    metadata=(f"{_METADATA}.", f"{_CONTEXT}."),
    kinds=(
        KindRule(
            80,
            "ai.operationId",
            {
                "ai.generatetext.dogenerate": kind.LLM,
                "ai.streamtext.dostream": kind.LLM,
                "ai.generateobject.dogenerate": kind.LLM,
                "ai.streamobject.dostream": kind.LLM,
                "ai.embed.doembed": kind.EMBEDDING,
                "ai.embedmany.doembed": kind.EMBEDDING,
                "ai.rerank.dorerank": kind.RERANK,
                "ai.toolcall": kind.TOOL,
            },
            present=kind.CHAIN,
        ),
    ),
)
