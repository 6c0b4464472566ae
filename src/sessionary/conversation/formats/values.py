"""Formats that keep the input in one attribute and the output in another, as text or JSON."""

from sessionary.conversation.message_extraction import messages_in
from sessionary.conversation.span_messages import Format, SpanMessages
from sessionary.model.message import ASSISTANT, USER
from sessionary.model.span_text import SpanText


def pair(input_name: str, output_name: str) -> Format:
    """The format of these two attributes."""

    def read(span: SpanText) -> SpanMessages:
        return SpanMessages(
            messages_in(span.attributes.get(input_name), USER),
            messages_in(span.attributes.get(output_name), ASSISTANT),
        )

    return read
