"""Pydantic AI and Logfire.

Their model spans follow the OpenTelemetry convention; `gen_ai.aggregated_usage.*` and
`logfire.metrics` repeat what the children say and are read by nothing.

Source: pydantic-ai-slim 2.68.0 `models/instrumented.py`.
"""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule

PYDANTIC_AI = Convention(
    name="pydantic_ai",
    keys={"total_cost": ("operation.cost",)},
    late_keys={"request_model": ("model_name",)},
    # Before 1.0 the agent's span has a name only.
    kinds=(KindRule(120, "agent_name", {}, present=kind.AGENT),),
    scopes=("pydantic-ai", "logfire"),
)
