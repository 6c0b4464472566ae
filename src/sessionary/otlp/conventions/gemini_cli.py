"""Gemini CLI: calls as log records.

Source: google-gemini/gemini-cli docs/cli/telemetry.md.
"""

from sessionary.otlp.convention import Convention, LogCall

GEMINI_CLI = Convention(
    name="gemini_cli",
    scopes=("gemini",),
    client="gemini-cli",
    keys={
        "contact_id": ("user.email", "installation.id"),
        "request_model": ("model", "model_name"),
        "input_tokens": ("input_token_count",),
        "output_tokens": ("output_token_count",),
        "cache_read_tokens": ("cached_content_token_count",),
        "reasoning_tokens": ("thoughts_token_count",),
        "total_tokens": ("total_token_count",),
    },
    log_calls=(
        LogCall("gemini_cli.api_response"),
        LogCall("gemini_cli.api_error", failed=True),
    ),
    log_events=("gemini_cli.",),
)
