"""OpenTelemetry GenAI until 1.36: one event, or log record, a message; and lists of such events.

`gen_ai.choice` and the assistant's messages are also Strands', which encodes content as JSON.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sessionary.conversation.message_extraction import messages_in
from sessionary.conversation.messages import messages_of
from sessionary.conversation.parts import decoded_json
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.message import ASSISTANT, SYSTEM, TOOL, USER, Message
from sessionary.model.span_text import Event, SpanText

_ROLES = {
    "gen_ai.system.message": SYSTEM,
    "gen_ai.user.message": USER,
    "gen_ai.assistant.message": ASSISTANT,
    "gen_ai.tool.message": TOOL,
}
_CHOICE = "gen_ai.choice"
_PROMPT, _COMPLETION = "gen_ai.content.prompt", "gen_ai.content.completion"
# Attributes that hold such events as a JSON list (Pydantic AI before 1).
_LISTS = ("events", "all_messages_events")


def read(span: SpanText) -> SpanMessages:
    """What the span's events say, else those listed in an attribute."""
    said = _said(span.events)
    for name in _LISTS:
        said = said or _said(_listed(span.attributes.get(name)))
    return said


def _said(events: Iterable[Event]) -> SpanMessages:
    inputs: list[Message] = []
    outputs: list[Message] = []
    for event in events:
        if event.name in _ROLES:
            inputs += messages_of(_body(event), _ROLES[event.name])
        elif event.name == _CHOICE:
            outputs += _choice(_body(event))
        elif event.name == _PROMPT:
            inputs += messages_in(event.attributes.get("gen_ai.prompt"), USER)
        elif event.name == _COMPLETION:
            outputs += messages_in(event.attributes.get("gen_ai.completion"), ASSISTANT)
    return SpanMessages(tuple(inputs), tuple(outputs))


def _choice(body: Mapping[str, Any]) -> Iterable[Message]:
    message = decoded_json(body.get("message"))
    if isinstance(message, Mapping):
        return messages_of(message, ASSISTANT)
    return messages_of({**body, "content": message or body.get("content")}, ASSISTANT)


def _body(event: Event) -> Mapping[str, Any]:
    body = event.body if isinstance(event.body, Mapping) else {}
    return {**event.attributes, **body}


def _listed(text: str | None) -> list[Event]:
    entries = decoded_json(text)
    if not isinstance(entries, list):
        return []
    return [
        Event(str(entry.get("event.name")), 0, entry)
        for entry in entries
        if isinstance(entry, Mapping)
    ]
