"""Claude Code: bare keys on its own spans, and the same calls again as log records.

`user.id` is a hash of the installation, so any other user attribute comes first.
Verified against Claude Code 2.1.197.
"""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule, LogCall

CLAUDE_CODE = Convention(
    name="claude_code",
    scopes=("com.anthropic.claude_code",),
    client="claude-code",
    keys={
        "contact_id": ("user.email", "user.account_uuid", "enduser.id"),
        "request_model": ("model",),
        "input_tokens": ("input_tokens",),
        "output_tokens": ("output_tokens",),
        "cache_read_tokens": ("cache_read_tokens",),
        "cache_write_tokens": ("cache_creation_tokens",),
        "total_cost": ("cost_usd",),
        "time_to_first_token_ms": ("ttft_ms",),
        "finish_reason": ("stop_reason",),
    },
    input_excludes_cache=True,
    kinds=(
        KindRule(
            20,
            "span.type",
            {
                "llm_request": kind.LLM,
                "interaction": kind.AGENT,
                "tool": kind.TOOL,
                "tool.execution": kind.SPAN,
                "tool.blocked_on_user": kind.SPAN,
            },
        ),
    ),
    log_calls=(
        LogCall("api_request"),
        LogCall("api_error", failed=True),
        LogCall("claude_code.api_request"),
        LogCall("claude_code.api_error", failed=True),
    ),
    log_events=("claude_code.",),
)
