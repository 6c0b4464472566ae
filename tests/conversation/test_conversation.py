"""Conversations of captured sessions: each message once, in order.

The expected turns were written by reading the captured payloads (fixtures/*/raw).
"""

import json
import secrets
from dataclasses import replace

import pytest

from sessionary.model.span_kind import LLM
from tests.ingest.test_fixtures import FIXTURES, NOT_OTLP, captured
from tests.support.conversation_spans import spoken_request
from tests.support.generators import HOUR_NS, MILLISECOND_NS, START_NS, export_request
from tests.support.odd_input import a_span, request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

Line = tuple[str, str]

# Most fixtures are the same program with different libraries.
CHAT: list[Line] = [
    ("system", "Be short."),
    ("user", "S1T1 hello"),
    ("assistant", "Answer number 1."),
    ("user", "S1T2 what is the weather in Paris?"),
    ("assistant", 'get_weather {"city": "Paris"}'),
    ("tool", "18C sunny"),
    ("assistant", "It is 18C and sunny in Paris."),
    ("user", "S1T3 stream please"),
    ("assistant", "Answer number 4."),
]
FAILING: list[Line] = [
    ("system", "Be short."),
    ("user", "S2T1 hi there"),
    ("assistant", "Answer number 5."),
    ("user", "S2T2 FAIL now"),
    ("assistant", "failed"),
]
DEFAULT_PAGE_SIZE = {"sess-A-001": CHAT, "sess-B-002": FAILING}
EXPECTED: dict[str, dict[str, list[Line]]] = {
    "claude_code": {
        "11111111-1111-4111-8111-111111111111": [
            ("user", "S1T1 hello"),
            ("assistant", "Answer number 1."),
            ("user", "S1T2 and again"),
            ("assistant", "Answer number 2."),
        ],
        "22222222-2222-4222-8222-222222222222": [
            ("user", "S2T1 FAIL now"),
            ("assistant", "failed"),
        ],
    },
    "openinference_claude_agent_sdk": {
        "sess-A-001": [
            ("user", "S1T1 hello"),
            ("assistant", "Answer number 1."),
            ("user", "S1T2 and again"),
            ("assistant", "Answer number 2."),
            ("user", "S1T3 third"),
            ("assistant", "Answer number 3."),
        ],
        "sess-B-002": [
            ("user", "S2T1 hi there"),
            ("assistant", "Answer number 4."),
            ("user", "S2T2 FAIL now"),
            ("assistant", "API Error: 400 Fake failure asked for by the test failed"),
        ],
    },
    # Their exporters send no session id.
    "litellm_otel": {},
    "mlflow_openai": {},
}


def line(turn: Json) -> Line:
    """The role and content of a turn."""
    texts = [part_text(part) for part in turn["content"]]
    if turn["is_error"]:
        assert "400" in turn["error"] or "Fake failure" in turn["error"]
        texts.append("failed")
    return turn["role"], " ".join(texts)


def part_text(part: Json) -> str:
    match part["type"]:
        case "text":
            return str(part["text"]).strip()
        case "tool_call":
            return f"{part['name']} {json.dumps(part['arguments'])}"
        case "tool_result":
            return str(part["result"])
    raise AssertionError(f"unexpected part {part}")


def conversation(server: Server, session: str, limit: int = 1000) -> list[Json]:
    """All turns of a session, page by page."""
    path = f"/v2/sessions/{session}/conversation"
    page = server.get(path, limit=str(limit))
    turns: list[Json] = page["data"]
    while page["has_more"]:
        page = server.get(path, limit=str(limit), lastId=turns[-1]["id"])
        assert page["data"]
        turns += page["data"]
    return turns


@pytest.mark.parametrize("fixture", FIXTURES)
def test_captured_session_has_each_message_once(fresh_server: Server, fixture: str) -> None:
    """User, assistant, tool call, tool result and system messages, with usage."""
    for body in captured(fixture):
        body.send(fresh_server)
    sessions = fresh_server.sessions()
    expected = EXPECTED.get(fixture, DEFAULT_PAGE_SIZE)
    assert sorted(expected) == sorted(sessions)
    for name, lines in expected.items():
        turns = conversation(fresh_server, name)
        assert [line(turn) for turn in turns] == lines
        assert [line(turn) for turn in conversation(fresh_server, name, limit=2)] == lines
        assert len({turn["id"] for turn in turns}) == len(turns)
        check_usage(turns, sessions[name])


def check_usage(turns: list[Json], session: Json) -> None:
    """Assert that turns have the tokens of the session, except calls without messages."""
    completion_tokens = sum(turn.get("completion_tokens", 0) for turn in turns)
    assert completion_tokens == session["usage"]["completion_tokens"]
    answers = [turn for turn in turns if turn["role"] == "assistant" and not turn["is_error"]]
    assert all(turn["model"] for turn in answers)


@pytest.mark.parametrize("fixture", ["litellm_otel", "mlflow_openai"])
def test_trace_without_a_session_has_a_conversation(fresh_server: Server, fixture: str) -> None:
    """The input and output of its last call, as items of the Responses API."""
    for body in captured(fixture):
        body.send(fresh_server)
    seen = [
        items_of(fresh_server, trace["trace_id"]) for trace in fresh_server.sessionless_traces()
    ]
    (loop,) = [
        items for items in seen if items[-1:] == [("assistant", "It is 18C and sunny in Paris.")]
    ]
    assert loop == [*CHAT[:1], *CHAT[3:7]]


def items_of(server: Server, trace_id: str, **parameters: str) -> list[Line]:
    found = server.get(f"/v3/traces/{trace_id}/conversation", **parameters)
    assert found["trace_id"] == trace_id
    assert bool(found["span_id"]) or found["items"] == []
    return [item_line(item) for item in found["items"]]


def item_line(item: Json) -> Line:
    match item["type"]:
        case "function_call":
            return "assistant", f"{item['name']} {item['arguments']}"
        case "function_call_output":
            return "tool", str(item["output"])
    kind = "output_text" if item["role"] == "assistant" else "input_text"
    assert all(part["type"] == kind for part in item["content"])
    return item["role"], " ".join(part["text"].strip() for part in item["content"])


def test_conversation_of_one_span(fresh_server: Server) -> None:
    """By default of the last call, else of the named span; empty without messages."""
    for body in captured(NOT_OTLP):
        body.send(fresh_server)
    turn, failed = sorted(fresh_server.sessionless_traces(), key=lambda t: str(t["started_at"]))
    items = [("user", "S1T1 hello"), ("assistant", "Answer")]
    assert items_of(fresh_server, turn["trace_id"]) == items
    assert items_of(fresh_server, turn["trace_id"], span_id="d58549feb90bb34b") == items
    assert items_of(fresh_server, failed["trace_id"]) == []


def test_previews_on_a_page_of_many_spans(fresh_server: Server) -> None:
    """Traces with more spans than are read at once; the latest have previews too."""
    names = [f"crowded {number}" for number in range(21)]
    for number, name in enumerate(names):
        first, *quiet = crowd(name, number + 1, 1_000)
        fresh_server.post(export_request(quiet))
        fresh_server.post(spoken_request([replace(first, name=name, kind=LLM)]))
    query = {"includedFields": ["first_input", "last_output"]}
    listed = fresh_server.client.post("/v2/sessions/query", json=query).json()["data"]
    previews = {s["external_id"]: (s.get("first_input"), s.get("last_output")) for s in listed}
    assert previews == {name: (name, f"to {name}") for name in names}


def test_last_call_of_a_very_long_trace_is_found(fresh_server: Server) -> None:
    """So is any named span of the trace."""
    *quiet, last = crowd("very long", 1, 20_100)
    fresh_server.post(export_request(quiet[1:]))
    fresh_server.post(
        spoken_request([replace(s, name=n, kind=LLM) for s, n in ((quiet[0], "a"), (last, "z"))])
    )
    assert items_of(fresh_server, last.trace_id) == [("user", "z"), ("assistant", "to z")]
    for span, name in ((quiet[0], "a"), (last, "z")):
        items = [("user", name), ("assistant", f"to {name}")]
        assert items_of(fresh_server, span.trace_id, span_id=span.span_id) == items
    path = f"/v3/traces/{last.trace_id}/conversation"
    assert fresh_server.client.get(path, params={"span_id": "f" * 16}).status_code == 404


def crowd(session: str, number: int, spans: int) -> list[RefSpan]:
    """A trace of consecutive spans."""
    start_ns = START_NS + number * HOUR_NS
    return [
        RefSpan(
            f"{number:032x}",
            f"{place + 1:016x}",
            name="quiet",
            start_ns=start_ns + place * MILLISECOND_NS,
            end_ns=start_ns + (place + 1) * MILLISECOND_NS,
            session_id=session,
        )
        for place in range(spans)
    ]


def test_unknown_ids_are_404_and_invalid_cursors_400(server: Server) -> None:
    """For sessions, traces, spans and turns."""
    get = server.client.get
    assert get("/v2/sessions/unknown/conversation").status_code == 404
    assert get(f"/v3/traces/{'0' * 31}1/conversation").status_code == 404


def test_previews_are_included_on_request(fresh_server: Server) -> None:
    """The start of the first user message and of the last response, also as titles."""
    for body in captured("pydantic_ai"):
        body.send(fresh_server)
    shown = fresh_server.get("/v2/sessions/sess-A-001", include="first_input,last_output")
    assert (shown["first_input"], shown["last_output"]) == (
        "S1T1 hello",
        "Answer number 4. ".strip(),
    )
    assert shown["title"] == "S1T1 hello"
    assert "title" not in fresh_server.get("/v2/sessions/sess-A-001")
    query = {"filters": [], "includedFields": ["first_input", "metadata"]}
    listed = fresh_server.client.post("/v2/sessions/query", json=query).json()["data"]
    assert sorted(session["first_input"] for session in listed) == ["S1T1 hello", "S2T1 hi there"]
    assert all(session["metadata"] == {} for session in listed)


@pytest.mark.parametrize("depth", [150, 700, 800, 900, 950])
def test_deeply_nested_message_is_readable(server: Server, depth: int) -> None:
    """As a value or as its text."""
    session = secrets.token_hex(8)
    deep = "[" * depth + "]" * depth
    call = f'{{"type": "tool_call", "name": "f", "arguments": {deep}}}'
    messages = f'[{{"role": "assistant", "parts": [{call}]}}]'
    server.post(request(a_span(session, {"gen_ai.output.messages": messages})))
    (turn,) = server.get(f"/v2/sessions/{session}/conversation")["data"]
    assert turn["content"]


def test_message_that_json_cannot_represent_is_readable(server: Server) -> None:
    """A lone surrogate becomes U+FFFD, a non-finite number its name."""
    session, words = secrets.token_hex(8), r"half \ud83d of \ud83d\ude00"
    call = r'{"type": "tool_call", "name": "f\udc00", "arguments": {"\ud83d": [NaN, 1e999]}}'
    messages = f'[{{"role": "user", "parts": [{{"type": "text", "content": "{words}"}}, {call}]}}]'
    span = a_span(session, {"gen_ai.input.messages": messages})
    server.post(request(span))
    text = "half \ufffd of \U0001f600"
    (turn,) = server.get(f"/v2/sessions/{session}/conversation")["data"]
    message, called = turn["content"]
    assert (message["text"], called["name"]) == (text, "f\ufffd")
    assert called["arguments"] == {"\ufffd": ["NaN", "1e999"]}
    shown = server.get(f"/v3/traces/{span.trace_id.hex()}/spans/{span.span_id.hex()}")["span"]
    assert shown["input"][0]["content"] == turn["content"]
    query = {"filters": [{"type": "id", "path": "external_id", "id": session}]}
    listed = server.client.post(
        "/v2/sessions/query", json=query | {"includedFields": ["first_input"]}
    )
    assert listed.json()["data"][0]["first_input"] == text
