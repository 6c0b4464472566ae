"""Codex CLI: its log records report the calls; its spans are internal and repeat them.

Source: openai/codex codex-rs/otel/src/events/session_telemetry.rs, version 0.169.
"""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule, LogCall

CODEX = Convention(
    name="codex",
    scopes=("codex",),
    client="codex",
    keys={
        "session_id": ("conversation.id", "thread_id"),
        "contact_id": ("user.email", "user.account_id"),
        "request_model": ("model",),
        "input_tokens": ("input_token_count",),
        "output_tokens": ("output_token_count",),
        "cache_read_tokens": ("cached_token_count",),
        "cache_write_tokens": ("cache_write_token_count",),
        "reasoning_tokens": ("reasoning_token_count",),
        "time_to_first_token_ms": ("ttft_ms",),
    },
    kinds=(
        KindRule(1, "codex.turn.token_usage.input_tokens", {}, present=kind.INTERNAL),
        KindRule(2, "code.namespace", {}, present=kind.INTERNAL),
    ),
    log_calls=(
        LogCall(
            "codex.sse_event",
            requires=("input_token_count",),
            equals={"event.kind": "response.completed"},
        ),
        LogCall("codex.api_request", requires=("error.message",), failed=True),
    ),
    log_events=("codex.",),
)
