"""Timelines of sessions without traces, and pages after the last row."""

from tests.support.generators import START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

NOTHING: Json = {
    "trace_id": [],
    "name": [],
    "started_at": [],
    "duration_ms": [],
    "is_error": [],
    "spans_count": [],
    "unpriced_calls_count": [],
    "total_tokens": [],
    "total_cost": [],
}
EMPTY = {"object": "timeline", "traces": NOTHING, "has_more": False}


def test_timeline_of_a_session_without_traces_is_empty(server: Server) -> None:
    server.client.post("/v2/sessions", json={"external_id": "untraced"})
    assert server.get("/v2/sessions/untraced/timeline") == EMPTY


def test_shared_timeline_of_a_session_without_traces_is_empty(server: Server) -> None:
    server.client.post("/v2/sessions", json={"external_id": "untraced and shared"})
    path = "/v2/sessions/untraced%20and%20shared/shares"
    token = server.client.post(path, json={}).json()["token"]
    assert server.get(f"/v2/shared/{token}/timeline") == EMPTY


def test_page_after_the_last_trace_is_empty(server: Server) -> None:
    trace_id, span_id = f"{0x7171:032x}", f"{0x7171:016x}"
    span = RefSpan(
        trace_id, span_id, name="n", start_ns=START_NS, end_ns=START_NS, session_id="one trace"
    )
    server.post(export_request([span]))
    timeline = server.get("/v2/sessions/one%20trace/timeline")
    assert timeline["traces"]["trace_id"] == [trace_id]
    assert server.get("/v2/sessions/one%20trace/timeline", lastId=trace_id) == EMPTY


def test_page_after_the_last_span_is_empty(server: Server) -> None:
    """The timeline of a trace is paged by the start and the id of a span."""
    trace_id, span_id = f"{0x7272:032x}", f"{0x7272:016x}"
    span = RefSpan(trace_id, span_id, name="n", start_ns=START_NS, end_ns=START_NS)
    server.post(export_request([span]))
    page = server.get(f"/v3/traces/{trace_id}/timeline", page_token=f"{START_NS}-{span_id}")
    assert page["has_more"] is False
    assert set(map(len, page["spans"].values())) == {0}
    assert len(page["spans"]) == 12
