"""LiteLLM's callbacks `otel` (v1) and `LITELLM_OTEL_V2`.

The v1 child `raw_gen_ai_request` has no kind, so that it never counts in addition to its parent.

Source: litellm 1.106 `integrations/opentelemetry.py`, `integrations/otel/model/semconv.py`.
"""

from sessionary.otlp.convention import Convention

LITELLM = Convention(
    name="litellm",
    keys={
        "total_cost": ("gen_ai.cost.total_cost", "litellm.cost.total"),
        "input_cost": ("gen_ai.cost.input_cost", "litellm.cost.input"),
        "output_cost": ("gen_ai.cost.output_cost", "litellm.cost.output"),
    },
    late_keys={
        "contact_id": (
            "llm.user",
            "litellm.end_user.id",
            "metadata.user_api_key_end_user_id",
            "metadata.user_api_key_user_id",
        ),
    },
)
