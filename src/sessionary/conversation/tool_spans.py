"""What a tool's own span says: its name, what it was given and what it returned."""

from collections.abc import Mapping, Sequence

from sessionary.conversation.message_extraction import messages_in
from sessionary.conversation.messages import is_message
from sessionary.conversation.parts import decoded_json, plain_result
from sessionary.model.message import JSON, TOOL, TOOL_CALL, TOOL_RESULT, Part
from sessionary.model.span_text import SpanText

_NAMES = (
    "gen_ai.tool.name",
    "ai.toolCall.name",
    "tool.name",
    "tool_name",
    "traceloop.entity.name",
)
_CALL_IDS = ("gen_ai.tool.call.id", "ai.toolCall.id", "tool.id", "tool_use_id")
_INPUTS = (
    "gen_ai.tool.call.arguments",
    "ai.toolCall.args",
    "tool_arguments",
    "tool_input",
    "langfuse.observation.input",
    "mlflow.spanInputs",
    "gcp.vertex.agent.tool_call_args",
    "orq.input.value",
    "lmnr.span.input",
    "braintrust.input_json",
    "braintrust.input",
    "gen_ai.prompt",
    "traceloop.entity.input",
    "input.value",
)
_OUTPUTS = (
    "gen_ai.tool.call.result",
    "ai.toolCall.result",
    "tool_response",
    "tool_result",
    "langfuse.observation.output",
    "mlflow.spanOutputs",
    "gcp.vertex.agent.tool_response",
    "orq.output.value",
    "lmnr.span.output",
    "braintrust.output_json",
    "braintrust.output",
    "gen_ai.completion",
    "traceloop.entity.output",
    "output.value",
)
# Where Strands has them: events of the tool's span.
_EVENTS = {"gen_ai.tool.message": "content", "gen_ai.choice": "message"}
# Objects that only hold the result.
_WRAPPERS = ({"output"}, {"result"}, {"content"})


def tool_parts(span: SpanText) -> tuple[Part | None, Part | None]:
    """The call and its result; None for one that the span does not have."""
    attributes = span.attributes
    events = {
        event.name: event.attributes.get(_EVENTS[event.name])
        for event in span.events
        if event.name in _EVENTS
    }
    given = _first(attributes, _INPUTS) or events.get("gen_ai.tool.message")
    returned = _first(attributes, _OUTPUTS) or events.get("gen_ai.choice")
    if returned is None and span.is_error:
        returned = span.status_message or None
    name = str(_first(attributes, _NAMES) or span.name.removeprefix("execute_tool "))
    call_id = str(_first(attributes, _CALL_IDS) or "")
    call = Part(TOOL_CALL, call_id=call_id, name=name, value=decoded_json(given))
    result = None if returned is None else _result(returned, call_id=call_id, name=name)
    return (None if given is None else call), result


def _result(returned: object, *, call_id: str, name: str) -> Part:
    """A result, out of the message or the object that a framework put around it."""
    value = plain_result(returned)
    if is_message(value):
        parts = [part for message in messages_in(value, TOOL) for part in message.parts]
        return next((part for part in parts if part.type == TOOL_RESULT), Part(JSON, value=value))
    if isinstance(value, Mapping) and set(value) in _WRAPPERS:
        value = plain_result(next(iter(value.values())))
    return Part(TOOL_RESULT, call_id=call_id, name=name, value=value)


def _first(attributes: Mapping[str, str], names: Sequence[str]) -> object:
    return next((attributes[name] for name in names if attributes.get(name)), None)
