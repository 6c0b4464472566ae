"""OpenTelemetry GenAI semantic conventions, from before 1.27 to the 2026 repository.

Source: open-telemetry/semantic-conventions v1.44.0; open-telemetry/semantic-conventions-genai
docs/registry/attributes/gen-ai.md.
"""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule

OTEL_GENAI = Convention(
    name="otel_genai",
    keys={
        "session_id": ("gen_ai.conversation.id",),
        "provider": ("gen_ai.provider.name", "gen_ai.system"),
        "request_model": ("gen_ai.request.model",),
        "response_model": ("gen_ai.response.model",),
        "response_id": ("gen_ai.response.id",),
        "finish_reason": (
            "gen_ai.response.finish_reasons",
            "gen_ai.response.finish_reason",
        ),
        # prompt_tokens and completion_tokens were the names until 1.27.
        "input_tokens": ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
        "output_tokens": ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
        "total_tokens": ("gen_ai.usage.total_tokens",),
        "cache_read_tokens": (
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read_input_tokens",
            "gen_ai.usage.cache_read_tokens",
            "gen_ai.usage.details.cache_read_tokens",
            "gen_ai.usage.details.cache_read_input_tokens",
        ),
        # 1.40 said cache_creation; the genai repository renamed it.
        "cache_write_tokens": (
            "gen_ai.usage.cache_write.input_tokens",
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_creation_input_tokens",
            "gen_ai.usage.cache_write_input_tokens",
            "gen_ai.usage.cache_write_tokens",
            "gen_ai.usage.details.cache_write_tokens",
        ),
        "reasoning_tokens": (
            "gen_ai.usage.reasoning.output_tokens",
            "gen_ai.usage.reasoning_tokens",
            "gen_ai.usage.details.reasoning_tokens",
        ),
        "audio_input_tokens": (
            "gen_ai.usage.audio.input_tokens",
            "gen_ai.usage.audio_input_tokens",
        ),
        "audio_output_tokens": (
            "gen_ai.usage.audio.output_tokens",
            "gen_ai.usage.audio_output_tokens",
        ),
        "total_cost": ("gen_ai.usage.cost",),
        "input_cost": ("gen_ai.usage.input_cost",),
        "output_cost": ("gen_ai.usage.output_cost",),
        "time_to_first_token_ms": (
            "gen_ai.response.time_to_first_chunk",
            "gen_ai.client.operation.time_to_first_chunk",
        ),
    },
    late_keys={"contact_id": ("gen_ai.user",)},
    in_seconds=frozenset(
        {"gen_ai.response.time_to_first_chunk", "gen_ai.client.operation.time_to_first_chunk"}
    ),
    kinds=(
        KindRule(
            70,
            "gen_ai.operation.name",
            {
                "chat": kind.LLM,
                "text_completion": kind.LLM,
                "completion": kind.LLM,
                "generate_content": kind.LLM,
                "response": kind.LLM,
                "responses": kind.LLM,
                "llm_call": kind.LLM,
                "embeddings": kind.EMBEDDING,
                "embedding": kind.EMBEDDING,
                "rerank": kind.RERANK,
                "image_generation": kind.IMAGE,
                "generate_image": kind.IMAGE,
                "speech": kind.AUDIO,
                "transcription": kind.AUDIO,
                "execute_tool": kind.TOOL,
                "tool_call": kind.TOOL,
                "invoke_agent": kind.AGENT,
                "create_agent": kind.AGENT,
                "agent_step": kind.CHAIN,
                "execute_event_loop_cycle": kind.CHAIN,
                "invoke_workflow": kind.CHAIN,
                "chain": kind.CHAIN,
                "plan": kind.CHAIN,
                "retrieval": kind.RETRIEVER,
            },
        ),
        KindRule(110, "gen_ai.tool.name", {}, present=kind.TOOL),
    ),
    log_events=("gen_ai.",),
)
