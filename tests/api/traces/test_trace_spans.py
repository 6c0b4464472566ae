"""The spans of one trace: the tree, pages, and the details of one span."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionary.model.span_kind import AGENT, LLM, TOOL
from sessionary.model.span_tree import places
from tests.support.generators import HOUR_NS, MILLISECOND_NS, START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

PATH = "/v3/traces"
BIG, SMALL, PLAIN = f"{1:032x}", f"{2:032x}", f"{3:032x}"
SPANS, BRANCHES = 5_000, 7


def big_trace() -> list[RefSpan]:
    """A tree of 5,000 spans over several hours, each with up to seven children."""
    return [
        RefSpan(
            BIG,
            f"{number:016x}",
            f"{(number - 2) // BRANCHES + 1:016x}" if number > 1 else "",
            name=f"span {number}",
            start_ns=START_NS + number * 3_000 * MILLISECOND_NS,
            end_ns=START_NS + number * 3_000 * MILLISECOND_NS + 1,
            kind=TOOL,
            session_id="big",
        )
        for number in range(1, SPANS + 1)
    ]


def small_trace() -> list[RefSpan]:
    """An agent that repeats its call's tokens, a failed tool, an orphan, an old copy."""
    agent = RefSpan(
        SMALL,
        "a" * 16,
        name="agent",
        start_ns=START_NS,
        end_ns=START_NS + 9 * MILLISECOND_NS,
        kind=AGENT,
        scope="app",
        input_tokens=12,
        reports_usage=True,
    )
    call = replace(
        agent,
        span_id="b" * 16,
        parent_id="a" * 16,
        name="call",
        start_ns=START_NS + MILLISECOND_NS,
        kind=LLM,
        scope="library",
        request_model="made-up",
        response_model="made-up-2026",
        provider="openai",
        finish_reason="stop",
        output_tokens=3,
        cached_tokens=4,
    )
    tool = RefSpan(SMALL, "c" * 16, "a" * 16, "tool", START_NS, START_NS + 5, TOOL, is_error=True)
    lost = replace(tool, span_id="d" * 16, parent_id="e" * 16, name="lost", is_error=False)
    wrong = replace(call, name="not yet", start_ns=START_NS - HOUR_NS, end_ns=START_NS)
    return [wrong, lost, tool, call, agent]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with both traces, and one sent as JSON."""
    with Server(tmp_path_factory.mktemp("spans") / "data") as server:
        # Children before parents.
        server.post(export_request(reversed(big_trace())))
        server.post(export_request(small_trace()))
        server.post(json.dumps(detailed_span()).encode(), content_type="application/json")
        yield server


def detailed_span() -> Json:
    """One failed span with every kind of data."""
    attributes: list[Json] = [
        {"key": "text", "value": {"stringValue": "[1, 2]"}},
        {"key": "number", "value": {"doubleValue": 1.5}},
        {"key": "whole", "value": {"intValue": "9007199254740993"}},
        {"key": "truth", "value": {"boolValue": True}},
        {"key": "none", "value": {"doubleValue": "NaN"}},
        {"key": "list", "value": {"arrayValue": {"values": [{"stringValue": "é"}]}}},
    ]
    span = {
        "traceId": PLAIN,
        "spanId": "a" * 16,
        "name": "detailed",
        "startTimeUnixNano": str(START_NS + 1),
        "endTimeUnixNano": str(START_NS + 7),
        "attributes": attributes,
        "status": {"code": 2, "message": "it broke"},
        "events": [
            {"timeUnixNano": str(START_NS + 3), "name": "exception", "attributes": attributes[:1]}
        ],
        "links": [{"traceId": SMALL, "spanId": "b" * 16, "attributes": attributes[:1]}],
    }
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]}
    scope_spans = [{"scope": {"name": "by hand"}, "spans": [span]}]
    return {"resourceSpans": [{"resource": resource, "scopeSpans": scope_spans}]}


def spans_of(server: Server, trace_id: str, *, limit: int = 1000) -> list[Json]:
    """All spans of a trace, page by page."""
    spans, more = list[Json](), dict[str, str]()
    while True:
        answer = server.get(f"{PATH}/{trace_id}/spans", limit=str(limit), **more)
        assert answer["object"] == "list"
        assert len(answer["data"]) <= limit
        spans += answer["data"]
        if not answer["has_more"]:
            assert "next_page_token" not in answer
            return spans
        more = {"page_token": answer["next_page_token"]}


@pytest.mark.parametrize("limit", [999, 1000])
def test_pages_of_a_large_trace_follow_the_tree(world: Server, limit: int) -> None:
    """Each span once, depth first, siblings by start, with its level."""
    spans = spans_of(world, BIG, limit=limit)
    sent = {span.span_id: span for span in big_trace()}
    assert len(spans) == SPANS
    assert {span["span_id"] for span in spans} == set(sent)
    levels, above = dict[str, int](), list[str]()
    for span in spans:
        parent = sent[span["span_id"]].parent_id
        assert span.get("parent_span_id", "") == parent
        levels[span["span_id"]] = levels[parent] + 1 if parent else 0
        assert span["level"] == levels[span["span_id"]]
        # The parent is the last span one level up.
        above[span["level"] :] = [span["span_id"]]
        assert span["level"] == 0 or above[span["level"] - 1] == parent
        children = BRANCHES * (int(span["span_id"], 16) - 1) + 2 <= SPANS
        assert span["has_children"] == children


def test_spans_have_figures_and_whether_they_count(world: Server) -> None:
    """The agent's tokens are shown, only the call's count; old copies are hidden."""
    agent, tool, call, lost = spans_of(world, SMALL)
    assert [s["name"] for s in (agent, tool, call, lost)] == ["agent", "tool", "call", "lost"]
    assert [s["level"] for s in (agent, tool, call, lost)] == [0, 1, 1, 0]
    assert [s["is_counted"] for s in (agent, tool, call, lost)] == [False, False, True, False]
    assert agent["usage"]["prompt_tokens"] == 12
    assert agent["trace_framework"] == "app"
    assert tool["status"] == "error"
    assert not {"usage", "cost", "model", "provider", "finish_reasons"} & set(tool)
    assert {name: call[name] for name in ("type", "model", "requested_model", "provider")} == {
        "type": "llm",
        "model": "made-up-2026",
        "requested_model": "made-up",
        "provider": "openai",
    }
    assert call["finish_reasons"] == ["stop"]
    assert (call["usage"]["total_tokens"], call["usage"]["prompt_cached_tokens"]) == (15, 4)
    assert call["duration_ms"] == 8.0
    (listed,) = world.client.post(
        f"{PATH}/search",
        json={
            "from": "2026-01-01T00:00:00Z",
            "filters": [{"field": "trace_id", "op": "eq", "values": [SMALL]}],
        },
    ).json()["data"]
    assert listed["usage"]["total_tokens"] == 15
    assert listed["spans_count"] == 4


def test_span_has_all_sent_details(world: Server) -> None:
    """Attributes of any type, events, links, the resource, and the error."""
    span = world.get(f"{PATH}/{PLAIN}/spans/{'a' * 16}")["span"]
    (listed,) = spans_of(world, PLAIN)
    assert span["summary"] == listed
    attributes = dict[str, Any](span["attributes"])
    # Not a JSON number, so it stays text.
    assert attributes.pop("none") == "nan"
    assert attributes == {
        "text": "[1, 2]",
        "number": 1.5,
        "whole": 9007199254740993,
        "truth": True,
        "list": ["é"],
    }
    assert span["error"] == {"message": "it broke"}
    (event,) = span["events"]
    assert event["name"] == "exception"
    assert event["time"].endswith(f"{(START_NS + 3) % 1_000_000_000:09d}Z")
    assert event["attributes"] == {"text": "[1, 2]"}
    assert span["links"] == [
        {"trace_id": SMALL, "span_id": "b" * 16, "attributes": {"text": "[1, 2]"}}
    ]
    assert span["resource_attributes"] == {"service.name": "shop"}
    assert span["scope"] == "by hand"


@pytest.mark.parametrize(
    "path",
    [
        f"/{'f' * 32}",
        "/x",
        f"/{'f' * 32}/spans",
        f"/{SMALL}/spans/{'9' * 16}",
        f"/x/spans/{'a' * 16}",
    ],
)
def test_unknown_ids_are_404(world: Server, path: str) -> None:
    """The message names the id."""
    response = world.client.get(f"{PATH}{path}")
    assert (response.status_code, response.json()["code"]) == (404, "404")
    assert path.rpartition("/")[2].replace("spans", "f" * 32) in response.json()["message"] or (
        "'x'" in response.json()["message"]
    )


def test_page_token_of_another_trace_is_refused(world: Server) -> None:
    """It names a span of the other trace."""
    response = world.client.get(f"{PATH}/{SMALL}/spans", params={"page_token": "9" * 16})
    assert response.status_code == 400
    assert [fault["path"] for fault in response.json()["errors"]] == ["page_token"]


# Building the tree.


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), unique_by=lambda pair: pair[0]))
def test_each_span_is_in_the_tree_once(pairs: list[tuple[int, int]]) -> None:
    """With missing parents, cycles, and spans that are their own parent."""
    spans = [(f"s{span}", f"s{parent}") for span, parent in pairs]
    placed = places(spans)
    assert sorted(place.span_id for place in placed) == sorted(span_id for span_id, _ in spans)
    parents, levels = dict(spans), {place.span_id: place.level for place in placed}
    for place in placed:
        if place.level:
            assert levels[parents[place.span_id]] == place.level - 1
        assert place.has_children == (place.span_id in parents.values())


def test_chains_can_be_deep() -> None:
    """Deeper than Python's recursion limit."""
    spans = [(str(number), str(number - 1)) for number in range(100_000)]
    assert [place.level for place in places(spans)] == list(range(100_000))
