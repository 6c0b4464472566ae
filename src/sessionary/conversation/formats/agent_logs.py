"""Coding agents that log messages: Claude Code, Codex, Gemini CLI.

Each record says one thing, at its own time. A prompt also comes as an attribute of the span.
"""

from sessionary.conversation.message_extraction import messages_in
from sessionary.conversation.parts import decoded_json, plain_result
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.message import ASSISTANT, TOOL, TOOL_CALL, TOOL_RESULT, USER, Message, Part
from sessionary.model.span_text import Event, SpanText

_PROMPT_ATTRIBUTE = "user_prompt"
_REDACTED = ("[REDACTED]", "<REDACTED>")
_CALL_IDS = ("tool_use_id", "call_id", "function_call_id")
_NAMES = ("tool_name", "function_name", "name")
_ARGUMENTS = ("tool_input", "tool_parameters", "arguments", "function_args")
_RESULTS = ("tool_result", "output", "result", "error")


def read(span: SpanText) -> SpanMessages:
    """What the records about the span say."""
    inputs: list[Message] = []
    outputs: list[Message] = []
    for event in span.events:
        match event.name.rpartition(".")[2]:
            case "user_prompt":
                inputs += _text(event, "prompt", USER)
            case "assistant_response":
                outputs += _text(event, "response", ASSISTANT)
            case "tool_result" | "tool_call":
                outputs += _tool(event)
    asked = tuple(inputs) or messages_in(_usable(span.attributes.get(_PROMPT_ATTRIBUTE)), USER)
    return SpanMessages(asked, tuple(outputs))


def _text(event: Event, name: str, role: str) -> list[Message]:
    words = _usable(event.attributes.get(name))
    return [Message(role, (Part("text", text=words),), event.time_ns)] if words else []


def _tool(event: Event) -> list[Message]:
    name, call_id = _first(event, _NAMES), _first(event, _CALL_IDS)
    if not name:
        return []
    arguments, result = decoded_json(_first(event, _ARGUMENTS)), _first(event, _RESULTS)
    call = Part(TOOL_CALL, call_id=call_id, name=name, value=arguments or None)
    answer = Part(TOOL_RESULT, call_id=call_id, name=name, value=plain_result(result))
    return [
        Message(ASSISTANT, (call,), event.time_ns),
        *([Message(TOOL, (answer,), event.time_ns)] if result else []),
    ]


def _usable(words: object) -> str:
    return "" if not isinstance(words, str) or words.strip() in _REDACTED else words


def _first(event: Event, names: tuple[str, ...]) -> str:
    found = (event.attributes.get(name) for name in names)
    return next((str(value) for value in found if value not in (None, "")), "")
