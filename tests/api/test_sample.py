"""The sample data: its variety, repeated loads, and its removal."""

from collections import defaultdict
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from sessionary.otlp import wire
from sessionary.otlp.decode import SpanColumns, decode
from sessionary.otlp.limits import Limits
from sessionary.otlp.normalise import normalise
from sessionary.pricing.price import price
from sessionary.sample.make_sample import BODY_SPANS, SESSIONS, make_sample
from tests.support.server import Server

NOW_NS = 1_790_000_000_000_000_000
DAY_NS = 24 * 3600 * 1_000_000_000
CALLS = pa.array(["llm", "embedding"])


@dataclass(frozen=True, slots=True)
class Sample:
    """The generated bodies and their decoded spans."""

    bodies: list[bytes]
    decoded: SpanColumns
    spans: pa.Table


@pytest.fixture(scope="module")
def sample() -> Sample:
    bodies = list(make_sample(NOW_NS))
    decoded = decode(bodies)
    return Sample(bodies, decoded, price(normalise(decoded, Limits())))


def values(sample: Sample, column: str) -> set[str]:
    return set(sample.spans.column(column).to_pylist()) - {""}


def test_no_sample_span_is_rejected(sample: Sample) -> None:
    """A server accepts every span."""
    assert sample.decoded.rejections == []


def test_sample_depends_only_on_seed_and_time(sample: Sample) -> None:
    """Another seed gives another sample."""
    assert list(make_sample(NOW_NS)) == sample.bodies
    few = list(make_sample(NOW_NS, sessions=5))
    assert few != list(make_sample(NOW_NS, sessions=5, seed=2))


def test_later_load_has_the_same_span_ids() -> None:
    """So that loading it again at another time does not duplicate spans."""
    pairs = []
    for days in (0, 3):
        spans = decode(list(make_sample(NOW_NS + days * DAY_NS, sessions=20)))
        ids = (spans.trace_id.to_pylist(), spans.span_id.to_pylist())
        pairs.append(sorted(zip(*ids, strict=True)))
    assert pairs[0] == pairs[1]
    assert len(set(pairs[0])) == len(pairs[0])


def test_sample_covers_the_last_30_days(sample: Sample) -> None:
    """From a month ago until now, on many days."""
    assert sample.decoded.start_ns.min() >= NOW_NS - 30 * DAY_NS
    assert sample.decoded.end_ns.max() <= NOW_NS
    assert len(set((sample.decoded.start_ns // DAY_NS).tolist())) >= 28


def test_sample_bodies_have_the_usual_size(sample: Sample) -> None:
    """About as many spans as an exporter sends per request."""
    counts = [len(decode([body])) for body in sample.bodies]
    assert max(counts) < 2 * BODY_SPANS
    assert min(counts[:-1]) >= BODY_SPANS


def test_sample_has_short_and_long_sessions(sample: Sample) -> None:
    """300 sessions, of one to more than 60 traces."""
    traces = defaultdict(set)
    for session_id, trace_id in zip(
        sample.spans.column("session_id").to_pylist(),
        sample.spans.column("trace_id").to_pylist(),
        strict=True,
    ):
        if session_id:
            traces[session_id].add(trace_id)
    lengths = sorted(len(ids) for ids in traces.values())
    assert len(lengths) == SESSIONS
    assert lengths[0] == 1
    assert lengths[-1] >= 60


def test_sample_covers_every_feature(sample: Sample) -> None:
    """Libraries, models, contacts, tags, errors, tool calls and unpriced calls."""
    assert len(values(sample, "scope")) >= 8
    assert len(values(sample, "response_model")) >= 8
    assert len(values(sample, "contact_id")) >= 30
    assert len(set(pc.list_flatten(sample.spans.column("tags")).to_pylist())) >= 8
    assert values(sample, "project_id") == {"sample"}
    assert "tool" in values(sample, "kind")
    assert pc.sum(sample.spans.column("is_error")).as_py() > 50


def test_sample_costs_are_computed_from_prices(sample: Sample) -> None:
    """No cost is recorded; every call is priced, except those of custom models."""
    spans = sample.spans
    assert values(sample, "cost_source") == {"list", "none"}
    is_call = pc.and_(
        pc.is_in(spans.column("kind"), CALLS), pc.greater(spans.column("input_tokens"), 0)
    )
    unpriced = spans.filter(pc.and_(is_call, pc.equal(spans.column("cost_source"), "none")))
    assert len(unpriced) > 0
    assert {name.partition("-")[0] for name in unpriced.column("response_model").to_pylist()} == {
        "acme"
    }


def test_sample_contains_nothing_of_the_recording(sample: Sample) -> None:
    """Neither recorded contacts and sessions nor the recording machine."""
    body = b"".join(sample.bodies)
    for word in (b"sess-A", b"sess-B", b"user-alice", b"user-bob", b"Fake failure", b"/home/"):
        assert word not in body


def test_sample_parents_are_in_their_traces(sample: Sample) -> None:
    """Rewritten ids keep the links: every parent is a span of the same trace."""
    request = wire.parse("TraceRequest", b"".join(sample.bodies))
    spans = [s for r in request.resource_spans for scope in r.scope_spans for s in scope.spans]
    known = {(span.trace_id, span.span_id) for span in spans}
    children = [span for span in spans if span.parent_span_id]
    assert children
    assert all((span.trace_id, span.parent_span_id) in known for span in children)


def test_sample_loads_once_and_is_removed_completely(fresh_server: Server) -> None:
    """Loading it twice adds nothing; its removal keeps all other data."""
    loaded = fresh_server.client.post("/v2/sample", timeout=300)
    assert loaded.json() == {"sessions": SESSIONS}, fresh_server.output()
    sessions = fresh_server.sessions()
    assert len(sessions) == SESSIONS
    assert {session["project_id"] for session in sessions.values()} == {"sample"}
    assert fresh_server.client.post("/v2/sample", timeout=300).json() == {"sessions": 0}

    external_id, before = max(sessions.items(), key=lambda item: item[1]["traces_count"])
    first = fresh_server.get(f"/v2/sessions/{external_id}/traces", limit="1")["data"][0]
    trace_id = bytes.fromhex(first["trace_id"])
    fresh_server.post(own_spans(external_id, [b"\x01" * 16, trace_id]))
    assert fresh_server.session(external_id)["spans_count"] == before["spans_count"] + 2

    removed = fresh_server.client.delete("/v2/sample", timeout=300)
    assert removed.json() == {"sessions": SESSIONS}, fresh_server.output()
    rest = fresh_server.sessions()
    assert set(rest) == {external_id}
    assert (rest[external_id]["traces_count"], rest[external_id]["spans_count"]) == (2, 2)
    assert fresh_server.verify()["differences"] == []

    again = fresh_server.client.post("/v2/sample", timeout=300)
    assert again.json() == {"sessions": SESSIONS}, fresh_server.output()
    assert fresh_server.session(external_id)["spans_count"] == before["spans_count"] + 2
    assert fresh_server.verify()["differences"] == []


def own_spans(session_id: str, trace_ids: list[bytes]) -> bytes:
    """A request with a span without a project in each trace."""
    request = wire.MESSAGES["TraceRequest"]()
    spans = request.resource_spans.add().scope_spans.add().spans  # type: ignore[attr-defined]
    for place, trace_id in enumerate(trace_ids, 1):
        span = spans.add(trace_id=trace_id, span_id=bytes([place] * 8), name="own")
        span.start_time_unix_nano, span.end_time_unix_nano = NOW_NS, NOW_NS + 1000
        span.attributes.add(key="session.id", value={"string_value": session_id})
    return request.SerializeToString()
