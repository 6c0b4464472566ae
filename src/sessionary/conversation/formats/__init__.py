"""Where each library puts messages: one file a format, asked in this order."""

from sessionary.conversation.formats import (
    agent_logs,
    genai_events,
    genai_messages,
    indexed_prompts,
    openinference,
    vercel,
)
from sessionary.conversation.formats.values import pair
from sessionary.conversation.span_messages import Format, SpanMessages, first_messages
from sessionary.model.span_text import SpanText

FORMATS: tuple[Format, ...] = (
    genai_messages.read,
    pair("langfuse.observation.input", "langfuse.observation.output"),
    openinference.read,
    vercel.read,
    indexed_prompts.read,
    # LangSmith, and OpenTelemetry before 1.28.
    pair("gen_ai.prompt", "gen_ai.completion"),
    genai_events.read,
    pair("mlflow.spanInputs", "mlflow.spanOutputs"),
    pair("gcp.vertex.agent.llm_request", "gcp.vertex.agent.llm_response"),
    pair("orq.input.value", "orq.output.value"),
    pair("lmnr.span.input", "lmnr.span.output"),
    pair("braintrust.input_json", "braintrust.output_json"),
    pair("braintrust.input", "braintrust.output"),
    agent_logs.read,
    pair("traceloop.entity.input", "traceloop.entity.output"),
    pair("langfuse.trace.input", "langfuse.trace.output"),
    pair("input.value", "output.value"),
)


def messages_said_by(span: SpanText) -> SpanMessages:
    """What the span says, in whatever format."""
    return first_messages(FORMATS, span)
