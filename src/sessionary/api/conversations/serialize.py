"""Turns as JSON, and a call's messages as the items of OpenAI's Responses API."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sessionary.api.http.json import instant
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.message import (
    ASSISTANT,
    AUDIO,
    FILE,
    IMAGE,
    JSON,
    REASONING,
    TEXT,
    TOOL_CALL,
    TOOL_RESULT,
    USER,
    Message,
    Part,
)
from sessionary.model.turn import Turn

Json = dict[str, Any]
_NS_PER_MS = 1_000_000
# The roles that a message of the Responses API may have.
_ROLES = ("user", "assistant", "system", "developer")


def turn_json(turn: Turn) -> Json:
    """A turn; what a model call used only where one answered."""
    shape: Json = {
        "id": turn.id,
        "trace_id": turn.trace_id,
        "span_id": turn.span_id,
        "role": turn.role,
        "content": [_part_json(part) for part in turn.parts],
        "started_at": instant(turn.started_ns),
        "ended_at": instant(turn.ended_ns),
        "duration": (turn.ended_ns - turn.started_ns) / _NS_PER_MS,
        "is_error": turn.is_error,
    }
    if turn.error:
        shape["error"] = turn.error
    if turn.figures is not None:
        shape |= {
            "prompt_tokens": turn.figures.input_tokens,
            "completion_tokens": turn.figures.output_tokens,
            "total_cost": float(turn.figures.total_cost),
            "unpriced_calls_count": turn.figures.unpriced_calls,
        }
        if turn.figures.model:
            shape["model"] = turn.figures.model
    return shape


def messages_json(messages: Sequence[Message]) -> list[Json]:
    """Messages with the parts that turns have."""
    return [
        {"role": message.role, "content": [_part_json(part) for part in message.parts]}
        for message in messages
    ]


def _part_json(part: Part) -> Json:
    match part.type:
        case "text" | "reasoning":
            return {"type": part.type, "text": part.text}
        case "tool_call":
            return _present(type=TOOL_CALL, id=part.call_id, name=part.name, arguments=part.value)
        case "tool_result":
            return _present(type=TOOL_RESULT, id=part.call_id, name=part.name, result=part.value)
        case "image" | "audio" | "file" if isinstance(part.value, dict):
            return {**part.value, "type": part.type}
    return {"type": JSON, "value": part.value}


def _present(**fields: object) -> Json:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def items_json(said: SpanMessages) -> list[Json]:
    """The items of a call, in order: messages, calls of functions and their outputs."""
    messages = (*said.inputs, *said.outputs)
    return [item for message in messages for item in _items(message)]


def _items(message: Message) -> Iterable[Json]:
    """A message for what comes together, an item for every call and result between."""
    pending: list[Part] = []
    for part in message.parts:
        item = _item(part)
        if item is None:
            pending.append(part)
            continue
        yield from _message(message.role, pending)
        pending = []
        yield item
    yield from _message(message.role, pending)


def _item(part: Part) -> Json | None:
    if part.type == TOOL_CALL:
        arguments = part.value if isinstance(part.value, str) else _text(part.value)
        return {
            "type": "function_call",
            "call_id": part.call_id,
            "name": part.name,
            "arguments": arguments,
        }
    if part.type == TOOL_RESULT:
        return {
            "type": "function_call_output",
            "call_id": part.call_id,
            "output": _text(part.value),
        }
    if part.type == REASONING:
        return {"type": "reasoning", "summary": [{"type": "summary_text", "text": part.text}]}
    return None


def _message(role: str, parts: Sequence[Part]) -> Iterable[Json]:
    if parts:
        role = role if role in _ROLES else USER
        content = [_content(role, part) for part in parts]
        yield {"type": "message", "role": role, "content": content}


def _content(role: str, part: Part) -> Json:
    place = part.value if isinstance(part.value, dict) else {}
    if part.type == IMAGE:
        data = f"data:{place.get('media_type', '')};base64,{place.get('data', '')}"
        return {"type": "input_image", "image_url": place.get("url") or data}
    if part.type in (FILE, AUDIO):
        return {"type": f"input_{part.type}", **place}
    text = part.text if part.type == TEXT else _text(part.value)
    return {"type": "output_text" if role == ASSISTANT else "input_text", "text": text}


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
