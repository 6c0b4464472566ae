"""The messages inside whatever a library recorded as a call's input or output."""

from collections.abc import Mapping
from typing import Any

from sessionary.conversation.messages import is_message, messages_of, split
from sessionary.conversation.parts import decoded_json, is_part, parts_of
from sessionary.model.message import JSON, SYSTEM, Message, Part

MAX_MESSAGES = 2000
_DEPTH = 8
_SYSTEM = ("system", "instructions", "system_instruction", "systemInstruction", "system_prompt")
# Names of fields that contain messages, the most specific first.
_HOLDERS = (
    "messages",
    "message",
    "choices",
    "generations",
    "candidates",
    "contents",
    "input",
    "inputs",
    "prompt",
    "output",
    "outputs",
    "response",
    "content",
    "text",
    "completion",
    "query",
    "question",
)


def messages_in(value: object, role: str) -> tuple[Message, ...]:
    """The messages of a request, a response, a list of messages, or plain text.

    What has no known shape is one message of `role` that holds it as it came.
    """
    return tuple(_in(decoded_json(value), role, _DEPTH)[:MAX_MESSAGES])


def _in(value: object, role: str, depth: int) -> list[Message]:
    if value is None or value == "" or value == [] or value == {}:
        return []
    if depth == 0:
        return _as_it_is(value, role)
    if isinstance(value, list):
        return _in_list(value, role, depth)
    if isinstance(value, Mapping):
        return _in_object(value, role, depth)
    return split(role, parts_of(value))


def _in_list(items: list[Any], role: str, depth: int) -> list[Message]:
    if all(is_part(item) or isinstance(item, str) for item in items) and not any(
        is_message(item) for item in items
    ):
        return split(role, parts_of(items))
    return [message for item in items[:MAX_MESSAGES] for message in _in(item, role, depth - 1)]


def _in_object(body: Mapping[str, Any], role: str, depth: int) -> list[Message]:
    if is_message(body):
        return messages_of(body, role)
    if is_part(body) and body.get("type"):
        return split(role, parts_of([body]))
    holder = next((name for name in _HOLDERS if body.get(name) not in (None, "", [])), None)
    if holder is None:
        return _as_it_is(body, role)
    return [*_system(body, depth), *_in(body[holder], role, depth - 1)]


def _system(body: Mapping[str, Any], depth: int) -> list[Message]:
    config = body.get("config")
    for source in (body, config if isinstance(config, Mapping) else {}):
        for name in _SYSTEM:
            if source.get(name):
                return _in(source[name], SYSTEM, depth - 1)
    return []


def _as_it_is(value: object, role: str) -> list[Message]:
    return [Message(role, (Part(JSON, value=value),))]
