"""Opik. Source: comet-ml/opik apps/opik-backend domain/mapping/otel/*MappingRules.java."""

from sessionary.otlp.convention import Convention

OPIK = Convention(
    name="opik",
    keys={"session_id": ("thread_id",)},
    metadata=("opik.metadata.",),
    tags=("opik.tags",),
)
