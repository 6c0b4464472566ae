"""Google Agent Development Kit; its older `call_llm` spans name the session themselves.

Source: google-adk 2.13 `google/adk/telemetry/tracing.py`.
"""

from sessionary.otlp.convention import Convention

GOOGLE_ADK = Convention(
    name="google_adk",
    keys={"session_id": ("gcp.vertex.agent.session_id",)},
)
