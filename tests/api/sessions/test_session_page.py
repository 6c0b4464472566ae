"""Requests of the session page: timelines, cost breakdown, spans, long traces."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from sessionary.model.span_kind import AGENT, LLM, TOOL
from tests.support.generators import MILLISECOND_NS, START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server, instant_ns

SESSION, LONG = "page/of one", "long"
TRACES, SPANS_OF_A_TRACE, LONG_CALLS = 7, 5, 2_400
LONG_TRACE = f"{99:032x}"


def trace_of(number: int) -> list[RefSpan]:
    """An agent with a tool and calls: priced, with a reported cost, and unpriced."""
    trace_id, start = f"{number + 1:032x}", START_NS + number * 1_000 * MILLISECOND_NS
    end = start + 500 * MILLISECOND_NS
    root = RefSpan(trace_id, f"{1:016x}", "", "turn", start, end, AGENT, session_id=SESSION)
    call = RefSpan(
        trace_id,
        f"{2:016x}",
        f"{1:016x}",
        "priced",
        start + 1,
        end,
        LLM,
        provider="openai",
        request_model="gpt-4o",
        response_model="gpt-4o",
        input_tokens=1_000,
        output_tokens=100,
        reports_usage=True,
    )
    reported = replace(
        call,
        span_id=f"{3:016x}",
        name="reported",
        start_ns=start + 2,
        input_cost=Decimal("0.25"),
        output_cost=Decimal("0.5"),
        total_cost=Decimal("0.75"),
        cost_source="client",
    )
    unknown = replace(
        call,
        span_id=f"{4:016x}",
        parent_id=f"{5:016x}",
        name="unknown",
        start_ns=start + 3,
        request_model="made-up",
        response_model="made-up",
    )
    tool = RefSpan(
        trace_id, f"{5:016x}", f"{1:016x}", "tool", start + 3, end, TOOL, is_error=number == 2
    )
    earlier_copy = replace(reported, start_ns=start + 1, end_ns=start + 2, name="not yet")
    return [earlier_copy, unknown, tool, reported, call, root]


def long_trace() -> bytes:
    """One trace of many calls, each with its own question and answer."""
    request = ExportTraceServiceRequest()
    scope = request.resource_spans.add().scope_spans.add()
    for number in range(LONG_CALLS):
        start = START_NS + number * MILLISECOND_NS
        messages = {
            "session.id": LONG,
            "gen_ai.operation.name": "chat",
            "gen_ai.prompt.0.role": "user",
            "gen_ai.prompt.0.content": f"question {number}",
            "gen_ai.completion.0.role": "assistant",
            "gen_ai.completion.0.content": f"answer {number}",
        }
        scope.spans.append(
            Span(
                trace_id=bytes.fromhex(LONG_TRACE),
                span_id=(number + 1).to_bytes(8, "big"),
                name="chat",
                start_time_unix_nano=start,
                end_time_unix_nano=start + 1,
                attributes=[
                    KeyValue(key=key, value=AnyValue(string_value=text))
                    for key, text in messages.items()
                ],
            )
        )
    return request.SerializeToString()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with both sessions."""
    with Server(tmp_path_factory.mktemp("page") / "data") as server:
        for number in range(TRACES):
            server.post(export_request(trace_of(number)))
        server.post(long_trace())
        yield server


def columns(server: Server, path: str, rows: str, **first: str) -> dict[str, list[Any]]:
    """All pages of a timeline, joined."""
    found: dict[str, list[Any]] = {}
    more = dict[str, str]()
    while True:
        answer = server.get(path, **first, **more)
        assert len({len(column) for column in answer[rows].values()}) == 1
        for name, column in answer[rows].items():
            found.setdefault(name, []).extend(column)
        if not answer["has_more"]:
            return found
        if rows == "spans":
            more = {"page_token": answer["next_page_token"]}
        else:
            more = {"lastId": answer["traces"]["trace_id"][-1]}


@pytest.mark.parametrize("limit", ["1", "3", "20000"])
def test_session_timeline_has_each_trace_once(page: Server, limit: str) -> None:
    """Sorted by start, with the figures of the list of traces."""
    drawn = columns(page, "/v2/sessions/page%2Fof%20one/timeline", "traces", limit=limit)
    traces = page.traces(SESSION)
    for name in ("trace_id", "name", "spans_count", "unpriced_calls_count", "total_tokens"):
        assert drawn[name] == [trace[name] for trace in traces], name
    assert drawn["duration_ms"] == [trace["duration"] for trace in traces]
    assert drawn["total_cost"] == pytest.approx([trace["total_cost"] for trace in traces])
    assert drawn["is_error"] == [number == 2 for number in range(TRACES)]
    assert all(isinstance(is_error, bool) for is_error in drawn["is_error"])
    assert drawn["started_at"] == [instant_ns(trace["started_at"]) / 1e6 for trace in traces]


@pytest.mark.parametrize("limit", ["1", "2", "20000"])
def test_trace_timeline_has_each_span_once(page: Server, limit: str) -> None:
    """The winning copies, sorted by start, with the figures of the list of spans."""
    path = f"/v3/traces/{3:032x}"
    drawn = columns(page, f"{path}/timeline", "spans", limit=limit)
    spans = {span["span_id"]: span for span in page.get(f"{path}/spans")["data"]}
    assert drawn["span_id"] == [f"{number:016x}" for number in (1, 2, 3, 4, 5)]
    for place, span_id in enumerate(drawn["span_id"]):
        span = spans[str(span_id)]
        row = {name: column[place] for name, column in drawn.items()}
        assert row["parent_span_id"] == span.get("parent_span_id", "")
        assert (row["name"], row["type"]) == (span["name"], span["type"])
        assert row["is_counted"] is span["is_counted"]
        assert row["is_unpriced"] is (span["name"] == "unknown")
        assert row["is_error"] is (span["status"] == "error")
        assert row["model"] == span.get("model", "")
        assert row["duration_ms"] == span["duration_ms"]
        assert row["total_cost"] == pytest.approx(span.get("cost", {}).get("total", 0))


def test_cost_breakdown_sums_to_the_session(page: Server) -> None:
    """By model and source, with the price if the cost was computed from one."""
    groups = page.get("/v2/sessions/page%2Fof%20one/costs")["data"]
    reported, priced, unknown = groups
    assert reported["cost_source"] == "client"
    assert reported["total_cost"] == pytest.approx(TRACES * 0.75)
    assert "prices" not in reported
    assert (priced["cost_source"], priced["model"], priced["type"]) == ("list", "gpt-4o", "llm")
    (price,) = priced["prices"]
    assert price["as_of"] == page.traces(SESSION)[0]["started_at"].replace("0000Z", "0001Z")
    tier = price["tiers"][0]
    per_call = (1_000 * tier["input_per_million"] + 100 * tier["output_per_million"]) / 1e6
    assert priced["total_cost"] == pytest.approx(TRACES * per_call)
    assert (unknown["cost_source"], unknown["unpriced_calls"]) == ("none", TRACES)
    session = page.session(SESSION)
    for part in ("input_cost", "output_cost", "total_cost"):
        assert sum(group[part] for group in groups) == pytest.approx(session["billing"][part])
    assert sum(group["calls"] for group in groups) == session["model_calls_count"]


def test_cost_breakdown_lists_the_override_separately(page: Server) -> None:
    """As a difference, which later calls do not change."""
    assert "written_cost" not in page.get("/v2/sessions/page%2Fof%20one/costs")
    billing = {"input_cost": 0.5, "output_cost": 0.25, "total_cost": 0.75}
    written = {"external_id": "written", "billing": billing}
    assert page.client.post("/v2/sessions", json=written).status_code == 200
    costs = {"object": "list", "data": [], "written_cost": 0.75}
    assert page.get("/v2/sessions/written/costs") == costs


def test_span_has_its_context_and_price(page: Server) -> None:
    """Its session, its ancestors from the root, and the source of its cost."""
    span = page.get(f"/v3/traces/{1:032x}/spans/{4:016x}")["span"]
    assert span["session_id"] == SESSION
    assert [above["name"] for above in span["ancestors"]] == ["turn", "tool"]
    assert span["summary"]["level"] == 2
    assert span["cost_source"] == "none"
    priced = page.get(f"/v3/traces/{1:032x}/spans/{2:016x}")["span"]
    assert priced["cost_source"] == "list"
    assert priced["price"]["input_per_million"] > 0
    reported = page.get(f"/v3/traces/{1:032x}/spans/{3:016x}")["span"]
    assert (reported["cost_source"], "price" in reported) == ("client", False)


def test_span_has_its_messages_in_any_format(page: Server) -> None:
    """As in the turns of the conversation."""
    span = page.get(f"/v3/traces/{LONG_TRACE}/spans/{7:016x}")["span"]
    question = {"type": "text", "text": "question 6"}
    assert span["input"] == [{"role": "user", "content": [question]}]
    assert span["output"][0]["content"][0]["text"] == "answer 6"


@pytest.mark.parametrize("limit", [700, 1000])
def test_conversation_of_a_long_trace_has_each_turn_once(page: Server, limit: int) -> None:
    """With any size of pages."""
    turns, more = list[Json](), dict[str, str]()
    while True:
        answer = page.get(f"/v2/sessions/{LONG}/conversation", limit=str(limit), **more)
        turns += answer["data"]
        if not answer["has_more"]:
            break
        more = {"lastId": turns[-1]["id"]}
    said = [turn["content"][0]["text"] for turn in turns]
    assert said == [
        f"{what} {number}" for number in range(LONG_CALLS) for what in ("question", "answer")
    ]


def test_invalid_page_token_is_400(page: Server) -> None:
    """The message says what is valid."""
    answer = page.client.get(f"/v3/traces/{1:032x}/timeline", params={"page_token": "x-1"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == "page_token"
