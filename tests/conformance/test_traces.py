"""Every call for traces except OQL, with one session of two traces."""

from decimal import Decimal
from uuid import uuid4

import pytest

from sessionary.model.span_kind import AGENT, LLM
from tests.conformance.clients import NODE, Client, Json
from tests.support.generators import MILLISECOND_NS, START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Server, instant_ns

WINDOW = {"from_": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
UNKNOWN = "f" * 32
ROOT, CALL = "1" * 16, "2" * 16


@pytest.fixture
def session(server: Server) -> str:
    """The external id of a new session; `traces_of` has its traces."""
    name = f"conformance-{uuid4().hex}"
    server.post(
        export_request([span for trace in traces_of(name) for span in spans_of(trace, name)])
    )
    return name


def traces_of(session: str) -> tuple[str, str]:
    """The ids of the traces of a session, in order of start."""
    own = session[-31:]
    return f"a{own}", f"b{own}"


def spans_of(trace_id: str, session: str) -> list[RefSpan]:
    """An agent with one model call."""
    start = START_NS + (trace_id[0] == "b") * MILLISECOND_NS
    agent = RefSpan(
        trace_id,
        ROOT,
        name="agent",
        start_ns=start,
        end_ns=start + 9 * MILLISECOND_NS,
        kind=AGENT,
        session_id=session,
        contact_id="ada",
    )
    call = RefSpan(
        trace_id,
        CALL,
        ROOT,
        name="chat",
        start_ns=start + MILLISECOND_NS,
        end_ns=start + 3 * MILLISECOND_NS,
        kind=LLM,
        session_id=session,
        request_model="made-up",
        response_model="made-up",
        input_tokens=480,
        output_tokens=132,
        reports_usage=True,
        total_cost=Decimal("0.25"),
        cost_source="client",
    )
    return [agent, call]


def of(session: str) -> list[Json]:
    """The filter for the traces of a session."""
    return [{"field": "session_id", "op": "eq", "values": [session]}]


def assert_is_trace(trace: Json, trace_id: str, session: str) -> None:
    """Assert that a trace has the figures of its spans."""
    agent, _call = spans_of(trace_id, session)
    expected = {
        "object": "trace",
        "trace_id": trace_id,
        "status": "ok",
        "session_id": session,
        "thread_id": session,
        "identity_id": "ada",
        "models": ["made-up"],
        "duration_ms": 9,
    }
    assert trace | expected == trace
    assert instant_ns(trace["started_at"]) == agent.start_ns
    assert instant_ns(trace["ended_at"]) == agent.end_ns
    assert_used(trace)


def assert_used(holder: Json) -> None:
    """Assert the tokens and cost of one call."""
    tokens = {"prompt_tokens": 480, "completion_tokens": 132, "total_tokens": 612}
    assert holder["usage"] | tokens == holder["usage"]
    assert (holder["cost"]["total"], holder["cost"]["currency"]) == (0.25, "USD")


def test_traces_are_searched_in_pages(current: Client, session: str) -> None:
    """Filtered and sorted; the token leads to the next page."""
    question: Json = WINDOW | {
        "filters": of(session),
        "filter_operator": "and",
        "sort": [{"field": "started_at", "order": "asc"}],
        "limit": 1,
    }
    first = current.call("traces.search", **question)
    last = current.call("traces.search", **question, page_token=first["next_page_token"])
    for page, trace_id, has_more in zip(
        (first, last), traces_of(session), (True, False), strict=True
    ):
        assert (page["object"], page["has_more"]) == ("list", has_more)
        assert page["meta"]["row_count"] == 1
        assert_is_trace(page["data"][0], trace_id, session)


def test_traces_are_searched_by_text(current: Client, session: str) -> None:
    """A query finds the traces that contain it."""
    page = current.call("traces.search", **WINDOW, query=session)
    assert {trace["trace_id"] for trace in page["data"]} == set(traces_of(session))


def test_trace_is_read_by_id(current: Client, session: str) -> None:
    """It equals the entry in a search, and has its root span."""
    trace_id = traces_of(session)[0]
    trace = current.call("traces.get", trace_id=trace_id)["trace"]
    assert_is_trace(trace, trace_id, session)
    assert trace["root_span_id"] == ROOT


def test_spans_are_listed_in_pages(current: Client, session: str) -> None:
    """Each after its parent; the token leads to the next page."""
    name = {"trace_id": traces_of(session)[0]}
    first = current.call("traces.list_spans", **name, limit=1)
    assert first["has_more"]
    last = current.call("traces.list_spans", **name, page_token=first["next_page_token"])
    assert not last["has_more"]
    root, call = first["data"][0], last["data"][0]
    assert [root["span_id"], call["span_id"]] == [ROOT, CALL]
    assert (root["level"], root["has_children"], root["name"]) == (0, True, "agent")
    assert (call["level"], call["has_children"], call["name"]) == (1, False, "chat")
    assert (call["parent_span_id"], call["model"]) == (ROOT, "made-up")
    assert (root["duration_ms"], call["duration_ms"]) == (9, 2)
    assert_used(call)


def test_span_is_read_by_id(current: Client, session: str) -> None:
    """It equals the entry in the list; clients only read whether it has attributes."""
    name = {"trace_id": traces_of(session)[0]}
    listed = current.call("traces.list_spans", **name)["data"]
    for summary in listed:
        span = current.call("traces.get_span", **name, span_id=summary["span_id"])["span"]
        assert span["summary"] == summary
        assert span["attributes"] is not None


def test_traces_are_aggregated(current: Client, session: str) -> None:
    """By group; the values of a group are texts."""
    answer = current.call(
        "traces.aggregate",
        **WINDOW,
        filters=of(session),
        group_by=["session_id"],
        compute=[
            {"metric": "count", "op": "count"},
            {"metric": "total_tokens", "op": "sum"},
            {"metric": "cost_total", "op": "avg"},
        ],
        limit=10,
        filter_operator="and",
    )
    assert answer["object"] == "list"
    (row,) = answer["data"]
    assert row["group"] == {"session_id": session}
    assert sorted(row["metrics"].values()) == [0.25, 2, 1224]


def test_traces_are_aggregated_without_parameters(current: Client, session: str) -> None:
    """An empty body is valid."""
    assert session
    assert current.call("traces.aggregate")["object"] == "list"


def test_facets_are_listed_and_counted(current: Client, session: str) -> None:
    """Every listed facet has values."""
    facets = current.call("traces.list_facets")["data"]
    assert {"session_id", "status"} <= {facet["field"] for facet in facets}
    assert all(facet["label"] and facet["type"] for facet in facets)
    for facet in facets:
        answer = current.call("traces.list_facet_values", field=facet["field"], **WINDOW)
        assert answer["field"] == facet["field"]
    values = current.call(
        "traces.list_facet_values", field="session_id", limit=1000, filter_operator="and", **WINDOW
    )
    assert {"value": session, "count": 2} in values["values"]


def test_fields_are_listed(current: Client) -> None:
    """Each with its capabilities."""
    fields = {field["name"]: field for field in current.call("traces.list_fields")["data"]}
    session = fields["session_id"]
    assert {"eq", "in"} <= set(session["operators"])
    assert (session["scope"], session["facet"], session["groupable"]) == ("trace", True, True)


@pytest.mark.parametrize("arguments", [{}, {"include_all": True}], ids=["used", "all"])
def test_filters_are_listed(current_python: Client, arguments: Json) -> None:
    """The filters other than fields."""
    filters = current_python.call("traces.list_filters", **arguments)
    assert set(filters) == {"evaluators", "metadata", "annotations"}


def test_conversation_is_read(current_python: Client, session: str) -> None:
    """Of the last model call or of a named span."""
    trace_id = traces_of(session)[0]
    for choice in ({}, {"span_id": CALL}):
        said = current_python.call("traces.get_conversation", trace_id=trace_id, **choice)
        assert said["trace_id"] == trace_id
        assert isinstance(said["items"], list)


def test_errors_reach_the_user(current: Client, session: str) -> None:
    """Each status is the client's class for it, with the server's message."""
    trace = {"trace_id": traces_of(session)[0]}
    is_node = current.name == NODE
    documented, generic = ("APIError",) * 2 if is_node else ("ErrorResponse", "APIDefaultError")
    cases: list[tuple[str, Json, str, int]] = [
        ("get", {"trace_id": UNKNOWN}, documented, 404),
        ("list_spans", {"trace_id": UNKNOWN}, generic, 404),
        ("get_span", trace | {"span_id": "f" * 16}, documented, 404),
        ("list_facet_values", {"field": "nonsense"}, documented, 400),
        ("search", WINDOW | {"filters": [{"field": "nonsense", "op": "eq"}]}, generic, 400),
        ("aggregate", {"group_by": ["nonsense"]}, generic, 400),
    ]
    if not is_node:
        cases.append(("get_conversation", {"trace_id": UNKNOWN}, documented, 404))
    for call, arguments, kind, status in cases:
        error = current.fail(f"traces.{call}", **arguments)
        assert (error.kind, error.status) == (kind, status), call
        assert error.body["message"] in error.message
