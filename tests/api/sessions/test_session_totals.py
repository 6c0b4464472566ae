"""Totals of sessions, compared with sums over listed sessions."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.support.generators import export_request
from tests.support.server import EXTRA_FIELDS, Json, Server
from tests.support.trace_world import WINDOW, spans_of_the_world

BUCKETS = 7
SUMS = (
    "traces_count",
    "model_calls_count",
    "failed_calls_count",
    "unpriced_calls_count",
    "errors_count",
    "cached_tokens",
)
PARTS = {
    "billing": ("input_cost", "output_cost", "total_cost"),
    "usage": ("prompt_tokens", "completion_tokens", "total_tokens"),
}
QUANTILES = (("p50", 0.5), ("p95", 0.95))
FILTERS: tuple[Json, ...] = (
    {},
    {"filters": {"tags": ["beta"], "interval": "SESSION_INTERVAL_ALL_TIME"}},
    {"filters": [{"type": "search", "value": "session", "searchPaths": ["external_id"]}]},
    {
        "query": {
            "operator": "or",
            "filters": [
                {"type": "boolean", "operator": "is", "path": "has_errors", "value": True},
                {"type": "string", "operator": "is", "path": "project_id", "value": "p1"},
            ],
        }
    },
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server with a month of sessions: measured, overridden and both."""
    with Server(tmp_path_factory.mktemp("totals") / "data") as server:
        server.post(export_request(spans_of_the_world()))
        started = "2026-01-20T12:00:00Z"
        written = {"billing": {"input_cost": 1, "output_cost": 2, "total_cost": 3.5}}
        created = {"external_id": "written", "started_at": started, "duration": 60_000, **written}
        assert server.client.post("/v2/sessions", json=created).status_code == 200
        changed = server.client.patch("/v2/sessions/session-1", json=written)
        assert changed.status_code == 200
        yield server


def totals(server: Server, **body: object) -> Json:
    response = server.client.post("/v2/sessions/totals", json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def listed(server: Server, start: str = "", to: str = "", **body: object) -> list[Json]:
    """The listed sessions that started in the time range."""
    body = {"filters": [], "limit": 1000, "includedFields": list(EXTRA_FIELDS), **body}
    found: list[Json] = server.client.post("/v2/sessions/query", json=body).json()["data"]
    return [
        one for one in found if start <= one["started_at"] and (not to or one["started_at"] < to)
    ]


def figures(sessions: Sequence[Json]) -> Json:
    """The expected totals of the sessions."""
    failed = sum(session["errors_count"] > 0 for session in sessions)
    sums: Json = {name: sum(session[name] for session in sessions) for name in SUMS}
    for part, names in PARTS.items():
        sums[part] = {
            name: pytest.approx(sum(session[part][name] for session in sessions)) for name in names
        }
    counts = {"sessions_count": len(sessions), "failed_sessions_count": failed}
    if not sessions:
        return sums | counts
    durations = {
        name: {p: _quantile([session[name] for session in sessions], q) for p, q in QUANTILES}
        for name in ("duration", "active_duration")
    }
    return sums | counts | durations | {"error_rate": failed / len(sessions)}


def _quantile(values: list[Any], level: float) -> Any:
    return sorted(values)[int(level * len(values))]


@pytest.mark.parametrize("body", FILTERS, ids=["all", "tags", "search", "or"])
def test_totals_equal_the_listed_sessions(world: Server, body: Json) -> None:
    """A range and each of its buckets count the sessions that started in it."""
    whole = totals(world, **body)
    assert whole["totals"] == figures(listed(world, **body))
    assert "before" not in whole
    start, to = "2026-01-05T12:00:10Z", WINDOW["to"]
    part = totals(world, **body, **{"from": start, "to": to, "buckets": BUCKETS})
    assert part["totals"] == figures(listed(world, start, to, **body))
    assert part["before"] == figures(listed(world, "2025-12-09T12:00:20Z", start, **body))
    starts = [bucket.pop("from") for bucket in part["buckets"]]
    assert (len(starts), starts[0][:19]) == (BUCKETS, start[:19])
    for bucket, (first, after) in zip(
        part["buckets"], zip(starts, [*starts[1:], to], strict=True), strict=True
    ):
        assert bucket == figures(listed(world, first, after, **body))


def test_buckets_of_all_time_sum_to_the_whole(world: Server) -> None:
    """They start with the first session, and none is missing."""
    whole = totals(world)
    counts = [bucket["sessions_count"] for bucket in whole["buckets"]]
    assert counts[0] > 0
    assert sum(counts) == whole["totals"]["sessions_count"] == len(listed(world))


def test_all_time_can_have_an_end(world: Server) -> None:
    """Later sessions are not counted; without earlier ones the totals are empty."""
    to = "2026-01-15T00:00:00.000000000Z"
    answer = totals(world, to=to)
    assert answer["to"] == to
    assert answer["totals"] == figures(listed(world, to=to))
    assert 0 < answer["totals"]["sessions_count"] < len(listed(world))
    for early in ("1970-01-01T00:00:00.000000000Z", "2020-01-01T00:00:00.000000000Z"):
        answer = totals(world, to=early)
        assert (answer["to"], answer["buckets"]) == (early, [])
        assert answer["totals"] == figures([])


def test_totals_of_no_sessions_have_no_quantiles_and_rates(world: Server) -> None:
    """An unknown figure is omitted, never 0."""
    unknown = {"type": "id", "id": "unknown", "path": "external_id"}
    answer = totals(world, filters=[unknown])
    assert answer["totals"] == figures([])
    assert answer["buckets"] == []


def test_invalid_times_are_reported(world: Server) -> None:
    """An invalid time, too many buckets, an empty range."""
    responses = [
        world.client.post("/v2/sessions/totals", json=body)
        for body in (
            {"from": "yesterday", "to": "x", "buckets": 201},
            {"from": WINDOW["to"], "to": WINDOW["from"]},
        )
    ]
    assert [response.status_code for response in responses] == [400, 400]
    paths = [[fault["path"] for fault in response.json()["errors"]] for response in responses]
    assert paths == [["from", "to", "buckets"], ["from"]]
