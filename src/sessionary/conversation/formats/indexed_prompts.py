"""OpenLLMetry before 0.5, and LiteLLM: `gen_ai.prompt.N.*`, `gen_ai.completion.N.*`.

Source: opentelemetry-semantic-conventions-ai 0.4.16.
"""

from collections.abc import Mapping

from sessionary.conversation.formats.flattened import unflattened
from sessionary.conversation.messages import messages_of
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.message import ASSISTANT, USER, Message
from sessionary.model.span_text import SpanText


def read(span: SpanText) -> SpanMessages:
    """What the numbered prompts and completions say."""
    return SpanMessages(
        _messages(span, "gen_ai.prompt", USER), _messages(span, "gen_ai.completion", ASSISTANT)
    )


def _messages(span: SpanText, prefix: str, role: str) -> tuple[Message, ...]:
    items = unflattened(span.attributes, prefix)
    bodies = (item if isinstance(item, Mapping) else {"content": item} for item in items)
    return tuple(message for body in bodies for message in messages_of(body, role))
