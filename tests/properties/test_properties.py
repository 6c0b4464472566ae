"""Sessions are a pure function of their spans: that of tests/support/reference.py.

Over HTTP with a real server; the generators are in tests/support/generators.py.
"""

import secrets
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given

from tests.support import generators
from tests.support.examples import examples
from tests.support.reference import (
    MAX_HOPS,
    RefSession,
    RefSpan,
    RefTrace,
    Usage,
    roll_up,
    tool_calls,
    usage,
    usage_by_model,
)
from tests.support.server import Json, Server, instant_ns

Bodies = list[list[RefSpan]]

COUNTS = (
    "spans_count",
    "tool_calls_count",
    "model_calls_count",
    "failed_calls_count",
    "unpriced_calls_count",
    "errors_count",
)
TOKENS = ("prompt_tokens", "completion_tokens", "total_tokens")
DETAILS = ("cached_tokens", "cache_write_tokens", "reasoning_tokens")
COSTS = ("input_cost", "output_cost", "total_cost")


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for these tests alone, which they restart."""
    with Server(tmp_path_factory.mktemp("own") / "data") as running:
        yield running


@examples(40)
@given(bodies=generators.delivered())
@example(bodies=[generators.calls_apart(MAX_HOPS)])
@example(bodies=[generators.calls_apart(MAX_HOPS + 1)])
@example(bodies=[generators.calls_in_a_circle()])
@example(bodies=[generators.calls_at_the_same_time()])
def test_figures_do_not_depend_on_order_batches_and_repetition(
    server: Server, bodies: Bodies
) -> None:
    """Traces and sessions equal those of the reference."""
    bodies = own(bodies)
    for body in bodies:
        server.post(generators.export_request(body))
    check(server, bodies)


@examples(15)
@given(bodies=generators.delivered())
def test_acknowledged_spans_are_counted(server: Server, bodies: Bodies) -> None:
    """After every response the sessions are those of the spans sent so far."""
    bodies = own(bodies)
    for sent, body in enumerate(bodies, start=1):
        server.post(generators.export_request(body))
        check(server, bodies[:sent])


@examples(15)
@given(bodies=generators.delivered_with_equal_ends())
def test_last_copy_with_equal_end_wins(server: Server, bodies: Bodies) -> None:
    """A copy with other figures and the same end replaces the previous one."""
    bodies = own(bodies)
    for body in bodies:
        server.post(generators.export_request(body))
    check(server, bodies)


@examples(4)
@given(bodies=generators.delivered())
def test_restarts_change_nothing(own_server: Server, bodies: Bodies) -> None:
    """The process is killed or terminated after any request."""
    bodies = own(bodies)
    for number, body in enumerate(bodies):
        own_server.post(generators.export_request(body))
        if number == 0:
            own_server.kill()
            own_server.start()
    own_server.restart()
    check(own_server, bodies)


@examples(3)
@given(bodies=generators.delivered())
def test_verify_finds_no_difference(server: Server, bodies: Bodies) -> None:
    """Recomputing everything from the spans equals the incremental roll-up."""
    for body in own(bodies):
        server.post(generators.export_request(body))
    verified = server.verify()
    assert verified["differences"] == []
    assert verified["traces"] > 0


def own(bodies: Bodies) -> Bodies:
    """The bodies with ids unique to an example."""
    unique = secrets.token_hex(8)
    return [generators.with_own_ids(body, unique) for body in bodies]


def check(server: Server, bodies: Bodies) -> None:
    """Assert that the server has the traces and sessions of the reference."""
    arrivals = [span for body in bodies for span in body]
    traces, sessions = roll_up(arrivals)
    for session in sessions:
        assert shown_session(server.session(session.external_id)) == expected_session(session)
        found = [shown_trace(trace) for trace in server.traces(session.external_id)]
        assert _by_id(found) == _by_id([expected_trace(trace) for trace in session.traces])
    mentioned = {span.session_id for span in arrivals} - {""}
    for gone in mentioned - {session.external_id for session in sessions}:
        assert not server.has_session(gone)
    _check_sessionless(server, [trace for trace in traces if not trace.session_id], traces)


def _check_sessionless(
    server: Server, expected: Sequence[RefTrace], traces: Sequence[RefTrace]
) -> None:
    ids = {trace.trace_id for trace in traces}
    listed = [shown_trace(t) for t in server.sessionless_traces() if t["trace_id"] in ids]
    assert _by_id(listed) == _by_id([expected_trace(trace) for trace in expected])


def _by_id(traces: Sequence[Json]) -> list[Json]:
    return sorted(traces, key=lambda trace: str(trace["trace_id"]))


def expected_trace(trace: RefTrace) -> Json:
    """The expected figures of a trace."""
    return {
        "trace_id": trace.trace_id,
        "session_id": trace.session_id,
        "name": trace.name,
        "contact_id": trace.contact_id,
        "project_id": trace.project_id,
        "tags": list(trace.tags),
        "start_ns": trace.start_ns,
        "end_ns": trace.end_ns,
        "duration_ns": trace.end_ns - trace.start_ns,
        "errors_count": trace.errors_count,
        "error_spans_count": sum(span.is_error for span in trace.spans),
        "has_error": any(span.is_error for span in trace.spans),
        **_expected_figures(trace.calls, trace.spans),
    }


def shown_trace(trace: Json) -> Json:
    """The same figures, read from JSON."""
    same = ("trace_id", "name", "tags", "error_spans_count", "has_error")
    return {
        **{name: trace[name] for name in same},
        **{name: trace[name] or "" for name in ("session_id", "contact_id", "project_id")},
        "start_ns": instant_ns(trace["started_at"]),
        "end_ns": instant_ns(trace["ended_at"]),
        "duration_ns": _nanoseconds(trace["duration"]),
        **_shown_figures(trace),
    }


def expected_session(session: RefSession) -> Json:
    """The expected figures of a session."""
    duration_ns = session.end_ns - session.start_ns
    spans = [span for trace in session.traces for span in trace.spans]
    return {
        "external_id": session.external_id,
        "project_id": session.project_id,
        "contact_ids": list(session.contact_ids),
        "tags": list(session.tags),
        "traces_count": len(session.traces),
        "start_ns": session.start_ns,
        "end_ns": session.end_ns,
        "duration_ns": duration_ns,
        "active_ns": session.active_ns,
        "idle_ns": duration_ns - session.active_ns,
        "errors_count": session.errors_count,
        **_expected_figures(session.calls, spans),
    }


def shown_session(session: Json) -> Json:
    """The same figures, read from JSON."""
    return {
        **{name: session[name] for name in ("external_id", "contact_ids", "tags", "traces_count")},
        "project_id": session.get("project_id") or "",
        "start_ns": instant_ns(session["started_at"]),
        "end_ns": instant_ns(session["ended_at"]),
        "duration_ns": _nanoseconds(session["duration"]),
        "active_ns": _nanoseconds(session["active_duration"]),
        "idle_ns": _nanoseconds(session["idle_duration"]),
        **_shown_figures({**session, **session["usage"], **session["billing"]}),
    }


def _expected_figures(calls: Sequence[RefSpan], spans: Sequence[RefSpan]) -> Json:
    sums = usage(calls)
    return {
        "spans_count": len(spans),
        "tool_calls_count": tool_calls(spans),
        "model_calls_count": sums.calls,
        "failed_calls_count": sums.failed_calls,
        "unpriced_calls_count": sums.unpriced_calls,
        **_expected_tokens(sums),
        **{name: getattr(sums, name) for name in DETAILS},
        **{name: float(getattr(sums, name)) for name in COSTS},
        "models": {
            model: {
                "calls": used.calls,
                "failed_calls": used.failed_calls,
                **_expected_tokens(used),
                "cost": float(used.total_cost),
            }
            for model, used in usage_by_model(calls).items()
        },
    }


def _expected_tokens(sums: Usage) -> Json:
    total = sums.prompt_tokens + sums.completion_tokens
    return dict(zip(TOKENS, (sums.prompt_tokens, sums.completion_tokens, total), strict=True))


def _shown_figures(shown: Json) -> Json:
    of_model = ("calls", "failed_calls", *TOKENS, "cost")
    return {
        **{name: shown[name] for name in (*COUNTS, *TOKENS, *DETAILS, *COSTS)},
        "models": {
            used["model"] or "": {name: used[name] for name in of_model} for used in shown["models"]
        },
    }


def _nanoseconds(milliseconds: float) -> int:
    return round(milliseconds * 1_000_000)
