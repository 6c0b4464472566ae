"""Strands Agents and Bedrock AgentCore: OpenTelemetry's names, with one figure of their own.

Source: strands-agents 1.62 `telemetry/tracer.py`.
"""

from sessionary.otlp.convention import Convention

STRANDS = Convention(
    name="strands",
    keys={"time_to_first_token_ms": ("gen_ai.server.time_to_first_token",)},
)
