"""What sessions add up to, held against the sessions that a query lists."""

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
    """A server with sessions of a month, measured, written and both, which are only read."""
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
    """The sessions that the body lists, of those that began in the time."""
    body = {"filters": [], "limit": 1000, "includedFields": list(EXTRA_FIELDS), **body}
    found: list[Json] = server.client.post("/v2/sessions/query", json=body).json()["data"]
    return [
        one for one in found if start <= one["started_at"] and (not to or one["started_at"] < to)
    ]


def figures(sessions: Sequence[Json]) -> Json:
    """What sessions add up to, plainly."""
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
def test_totals_are_those_of_the_listed_sessions(world: Server, body: Json) -> None:
    """Of all time there is nothing before; a range has only what began in it, as has each part."""
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


def test_the_parts_of_all_time_are_the_whole(world: Server) -> None:
    """They begin with the first session, and none is left out."""
    whole = totals(world)
    counts = [bucket["sessions_count"] for bucket in whole["buckets"]]
    assert counts[0] > 0
    assert sum(counts) == whole["totals"]["sessions_count"] == len(listed(world))


def test_all_time_ends_where_that_is_asked_for(world: Server) -> None:
    """What began later is not counted, and where nothing began earlier there is nothing."""
    to = "2026-01-15T00:00:00.000000000Z"
    answer = totals(world, to=to)
    assert answer["to"] == to
    assert answer["totals"] == figures(listed(world, to=to))
    assert 0 < answer["totals"]["sessions_count"] < len(listed(world))
    for early in ("1970-01-01T00:00:00.000000000Z", "2020-01-01T00:00:00.000000000Z"):
        answer = totals(world, to=early)
        assert (answer["to"], answer["buckets"]) == (early, [])
        assert answer["totals"] == figures([])


def test_of_no_sessions_there_are_no_quantiles_and_no_rate(world: Server) -> None:
    """A figure that is not known is left out, never 0."""
    nobody = {"type": "id", "id": "nobody", "path": "external_id"}
    answer = totals(world, filters=[nobody])
    assert answer["totals"] == figures([])
    assert answer["buckets"] == []


def test_what_is_wrong_with_a_time_is_told(world: Server) -> None:
    """No time, too many parts, a range in which nothing lies."""
    told = [
        world.client.post("/v2/sessions/totals", json=body)
        for body in (
            {"from": "yesterday", "to": "x", "buckets": 201},
            {"from": WINDOW["to"], "to": WINDOW["from"]},
        )
    ]
    assert [response.status_code for response in told] == [400, 400]
    paths = [[fault["path"] for fault in response.json()["errors"]] for response in told]
    assert paths == [["from", "to", "buckets"], ["from"]]
