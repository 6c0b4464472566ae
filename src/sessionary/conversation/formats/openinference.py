"""OpenInference: messages flattened into attributes.

Source: Arize-ai/openinference spec/semantic_conventions.md.
"""

from collections.abc import Mapping
from typing import Any

from sessionary.conversation.formats.flattened import unflattened
from sessionary.conversation.messages import messages_of
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.message import ASSISTANT, USER, Message
from sessionary.model.span_text import SpanText


def read(span: SpanText) -> SpanMessages:
    """The messages, else the prompts and choices of a completion without roles."""
    said = SpanMessages(
        _messages(span, "llm.input_messages", USER),
        _messages(span, "llm.output_messages", ASSISTANT),
    )
    if said:
        return said
    return SpanMessages(
        _messages(span, "llm.prompts", USER), _messages(span, "llm.choices", ASSISTANT)
    )


def _messages(span: SpanText, prefix: str, role: str) -> tuple[Message, ...]:
    items = (_plain(item) for item in unflattened(span.attributes, prefix))
    return tuple(message for item in items for message in messages_of(item, role))


def _plain(item: Any) -> Mapping[str, Any]:
    """The message without the names that only the flattening needs."""
    if not isinstance(item, Mapping):
        return {"content": item}
    body = next((item[n] for n in ("message", "prompt", "completion") if n in item), item)
    if not isinstance(body, Mapping):
        return {"content": body}
    calls = body.get("tool_calls")
    plain = dict(body)
    if "contents" in body:
        plain["content"] = [_block(block) for block in _items(body["contents"])]
        del plain["contents"]
    if calls:
        plain["tool_calls"] = [_inside(call, "tool_call") for call in _items(calls)]
    if "function_call_name" in body:
        name, arguments = body["function_call_name"], body.get("function_call_arguments_json")
        plain["function_call"] = {"name": name, "arguments": arguments}
    return plain


def _block(block: Any) -> Any:
    if isinstance(block, Mapping) and "tool_call" in block:
        return {"type": "tool_call", **_inside(block, "tool_call")}
    return _inside(block, "message_content")


def _inside(item: Any, name: str) -> Any:
    return item.get(name, item) if isinstance(item, Mapping) else item


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
