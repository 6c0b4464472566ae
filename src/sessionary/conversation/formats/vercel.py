"""Vercel AI SDK 4 to 6: `ai.prompt.messages` or `ai.prompt`, and `ai.response.*`.

Source: npm ai docs/03-ai-sdk-core/60-telemetry.mdx.
"""

from collections.abc import Mapping

from sessionary.conversation.message_extraction import messages_in
from sessionary.conversation.parts import decoded_json, part_of, parts_of, tool_call
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.message import ASSISTANT, JSON, USER, Message, Part
from sessionary.model.span_text import SpanText


def read(span: SpanText) -> SpanMessages:
    """What the SDK was asked and answered."""
    attributes = span.attributes
    asked = attributes.get("ai.prompt.messages") or attributes.get("ai.prompt")
    parts = _answer(attributes)
    return SpanMessages(messages_in(asked, USER), (Message(ASSISTANT, parts),) if parts else ())


def _answer(attributes: Mapping[str, str]) -> tuple[Part, ...]:
    thought = part_of({"type": "reasoning", "text": attributes.get("ai.response.reasoning", "")})
    calls = decoded_json(attributes.get("ai.response.toolCalls"))
    value = decoded_json(attributes.get("ai.response.object"))
    return (
        *((thought,) if thought else ()),
        *parts_of(attributes.get("ai.response.text")),
        *((Part(JSON, value=value),) if value is not None else ()),
        *(tool_call(call) for call in _list(calls) if isinstance(call, Mapping)),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
