"""Reading messages: repeated histories, and arbitrary values of attributes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sessionary.conversation.formats import messages_said_by
from sessionary.conversation.tool_spans import tool_parts
from sessionary.conversation.transcript import Transcript
from sessionary.conversation.turns import turns_of
from sessionary.model import span_kind as kind
from sessionary.model.span_text import Event, SpanText

WORDS = st.sampled_from(["yes", "no", "go on"])
NAMES = (
    "gen_ai.input.messages",
    "gen_ai.output.messages",
    "gen_ai.system_instructions",
    "gen_ai.prompt",
    "gen_ai.completion",
    "gen_ai.prompt.0.content",
    "gen_ai.prompt.0.content.type",
    "gen_ai.prompt.0.tool_calls.0",
    "llm.input_messages.0.message.contents.0",
    "llm.output_messages.0.message.tool_calls.0.tool_call.function.name",
    "ai.prompt",
    "ai.response.toolCalls",
    "langfuse.observation.input",
    "events",
    "mlflow.spanInputs",
    "input.value",
    "output.value",
)
KEYS = st.sampled_from(
    ["role", "content", "parts", "type", "text", "tool_calls", "function", "messages", "kwargs",
     "data", "lc", "id", "choices", "message", "system", "image", "source", "value", "toolUse"]
)  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(["user", "text", "constructor", "tool", "image", "tool_result", "[{", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def span(number: int, attributes: dict[str, str], events: tuple[Event, ...] = ()) -> SpanText:
    return SpanText(
        trace_id="t",
        span_id=f"{number}",
        parent_span_id="",
        name="chat",
        kind=kind.LLM,
        started_ns=10 * number + 1,
        ended_ns=10 * number + 5,
        is_error=False,
        status_message="",
        model="made-up",
        input_tokens=1,
        output_tokens=1,
        total_cost=Decimal(0),
        cost_source="none",
        attributes=attributes,
        events=events,
    )


@dataclass(frozen=True, slots=True)
class Round:
    """A user message, the tool calls after it, and the response."""

    question: str
    tools: Sequence[str]
    answer: str


ROUNDS = st.lists(
    st.builds(Round, question=WORDS, tools=st.lists(WORDS, max_size=3), answer=WORDS),
    min_size=1,
    max_size=6,
)


def message(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "parts": [{"type": "text", "content": text}]}


def tool_call(name: str) -> dict[str, Any]:
    part = {"type": "tool_call", "id": "call", "name": name, "arguments": {"of": name}}
    return {"role": "assistant", "parts": [part]}


def tool_result(result: str) -> dict[str, Any]:
    return {"role": "tool", "parts": [{"type": "tool_call_response", "response": result}]}


@given(ROUNDS)
def test_each_message_of_a_repeated_history_appears_once(rounds: list[Round]) -> None:
    """With one trace per round, and all earlier messages in the input of each call."""
    transcript, history = Transcript(), [message("system", "Be short.")]
    shown: list[str] = []
    for one in rounds:
        spans: list[SpanText] = []
        history.append(message("user", one.question))
        for answer in [*map(tool_call, one.tools), message("assistant", one.answer)]:
            messages = {
                "gen_ai.input.messages": json.dumps(history),
                "gen_ai.output.messages": json.dumps([answer]),
            }
            spans.append(span(len(spans), messages))
            history.append(answer)
            if answer["parts"][0]["type"] == "tool_call":
                history.append(tool_result(answer["parts"][0]["name"]))
        turns = turns_of(spans, {s.span_id for s in spans}, transcript)
        shown += [turn.role for turn in turns]
        figures = [turn.figures for turn in turns if turn.figures]
        assert sum(used.input_tokens for used in figures) == len(spans)
        assert sum(used.unpriced_calls for used in figures) == len(spans)
    assert shown == [message["role"] for message in history]


@given(ROUNDS)
def test_call_reported_by_two_libraries_appears_once(rounds: list[Round]) -> None:
    """The same call in two spans, one the parent of the other."""
    transcript = Transcript()
    for one in rounds:
        messages = {
            "gen_ai.input.messages": json.dumps([message("user", one.question)]),
            "gen_ai.output.messages": json.dumps([message("assistant", one.answer)]),
        }
        turns = turns_of([span(0, messages), span(1, messages)], {"1"}, transcript)
        assert [turn.role for turn in turns] == ["user", "assistant"]


@given(st.dictionaries(st.sampled_from(NAMES), VALUES | st.text('ab[{"', max_size=9), max_size=6))
def test_arbitrary_values_are_read(values: dict[str, object]) -> None:
    """No value of attributes and events raises an error."""
    texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in values.items()}
    names = ("gen_ai.user.message", "gen_ai.choice", "user_prompt", "tool_result")
    events = tuple(
        Event(name, 0, {"content": v, "message": v}, v)
        for name, v in zip(names, values.values(), strict=False)
    )
    one = span(0, texts, events)
    messages_said_by(one)
    tool_parts(one)
    turns_of([one], set(), Transcript())


def test_json_written_by_a_user_stays_text() -> None:
    """Only blocks of a known type are parts of a message."""
    text = '[{"city": "Paris"}]'
    messages = messages_said_by(
        span(0, {"gen_ai.input.messages": json.dumps([{"role": "user", "content": text}])})
    )
    assert [part.text for part in messages.inputs[0].parts] == [text]


def test_images_are_separate_parts() -> None:
    """In the formats of OpenAI, Anthropic and Gemini."""
    blocks = [
        {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AA"}},
        {"inlineData": {"mimeType": "image/png", "data": "AA"}},
    ]
    messages = messages_said_by(
        span(0, {"input.value": json.dumps([{"role": "user", "content": blocks}])})
    )
    parts = messages.inputs[0].parts
    assert [part.type for part in parts] == ["image"] * 3
    assert parts[0].value == {"url": "https://example.com/a.png"}
    assert parts[1].value == parts[2].value == {"media_type": "image/png", "data": "AA"}
