"""Azure AI Agents, Agent Framework and Semantic Kernel.

Source: azure-sdk `azure-ai-agents` telemetry; semantic_kernel
`utils/telemetry/model_diagnostics/gen_ai_attributes.py`.
"""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule

MICROSOFT = Convention(
    name="microsoft",
    keys={"session_id": ("gen_ai.thread.id",)},
    kinds=(
        KindRule(
            71,
            "gen_ai.operation.name",
            {
                "create_thread": kind.SPAN,
                "create_message": kind.SPAN,
                "start_thread_run": kind.AGENT,
                "process_thread_run": kind.AGENT,
                "submit_tool_outputs": kind.CHAIN,
            },
        ),
    ),
)
