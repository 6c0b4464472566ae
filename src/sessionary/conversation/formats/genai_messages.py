"""OpenTelemetry GenAI from 1.37: messages with parts, as attributes or in one event.

Source: open-telemetry/semantic-conventions-genai docs/gen-ai/gen-ai-spans.md.
"""

from collections.abc import Mapping

from sessionary.conversation.message_extraction import messages_in
from sessionary.conversation.parts import first
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.message import ASSISTANT, SYSTEM, USER
from sessionary.model.span_text import SpanText

_EVENT = "gen_ai.client.inference.operation.details"
# The second is an agent's of Pydantic AI: all that was said, answers too.
_INPUTS = ("gen_ai.input.messages", "pydantic_ai.all_messages")


def read(span: SpanText) -> SpanMessages:
    """What the attributes say, else the event."""
    said = _said(span.attributes)
    details = (event.attributes for event in span.events if event.name == _EVENT)
    details_messages = (_said(attributes) for attributes in details)
    return said or next((found for found in details_messages if found), said)


def _said(attributes: Mapping[str, object]) -> SpanMessages:
    return SpanMessages(
        (
            *messages_in(attributes.get("gen_ai.system_instructions"), SYSTEM),
            *messages_in(first(attributes, _INPUTS), USER),
        ),
        messages_in(attributes.get("gen_ai.output.messages"), ASSISTANT),
    )
