"""Analytics over time and by group, compared with sessions and plain evaluation."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from tests.ingest.test_log_records import send
from tests.support.generators import MILLISECOND_NS, export_request
from tests.support.reference import RefSpan, RefTrace
from tests.support.server import Json, Server
from tests.support.trace_world import WINDOW, spans_of_the_world, traces_of

METRICS: dict[str, Callable[[Json], Any]] = {
    "cost": lambda figures: figures["billing"]["total_cost"],
    "prompt_tokens": lambda figures: figures["usage"]["prompt_tokens"],
    "completion_tokens": lambda figures: figures["usage"]["completion_tokens"],
    "total_tokens": lambda figures: figures["usage"]["total_tokens"],
    "cached_tokens": lambda figures: figures["cached_tokens"],
    "sessions": lambda figures: figures["sessions_count"],
    "traces": lambda figures: figures["traces_count"],
    "model_calls": lambda figures: figures["model_calls_count"],
    "failed_calls": lambda figures: figures["failed_calls_count"],
    "unpriced_calls": lambda figures: figures["unpriced_calls_count"],
    "errors": lambda figures: figures["errors_count"],
}
# Additive over the groups of any split; a session or trace may be in several groups.
PARTS = ("cost", "total_tokens", "cached_tokens", "model_calls", "failed_calls", "unpriced_calls")
ONE_GROUP = ("model", "provider", "project", "contact", "kind", "client")
# The path and value that the sessions of a group have in common.
PATHS = {
    "project": "project_id",
    "tag": "tags",
    "environment": "environments",
    "client": "client",
}
FILTERS: dict[str, Json] = {
    "all": {},
    "tags": {"filters": {"tags": ["beta"]}},
    "failed": {
        "query": {
            "filters": [{"type": "boolean", "operator": "is", "path": "has_errors", "value": True}]
        }
    },
}
TRACES = [trace for trace in traces_of(spans_of_the_world()) if trace.session_id]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server: measured, overridden, renamed sessions, and log records."""
    with Server(tmp_path_factory.mktemp("analytics") / "data") as server:
        server.post(export_request(spans_of_the_world()))
        send(server, "traces", "logs")
        created = {
            "external_id": "written",
            "started_at": "2026-02-20T12:00:00Z",
            "traces_count": 2,
            "usage": {"prompt_tokens": 5, "completion_tokens": 6, "total_tokens": 20},
        }
        assert server.client.post("/v2/sessions", json=created).status_code == 200
        billing = {"input_cost": 0.5, "output_cost": 0.25, "total_cost": 0.75}
        for name, change in {
            "session-1": {"billing": billing, "external_id": "renamed", "tags": ["beta", "new"]},
            "Session-2": {"project_id": "p9"},
        }.items():
            changed = server.client.patch(f"/v2/sessions/{name}", json=change)
            assert changed.status_code == 200, changed.text
        yield server


def ask(server: Server, path: str = "analytics/query", **body: object) -> Json:
    response = server.client.post(f"/v2/{path}", json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def close(figures: Json) -> Json:
    return {name: pytest.approx(value) for name, value in figures.items()}


@pytest.mark.parametrize(
    ("split", "name"),
    [
        *((split, "all") for split in ("", *ONE_GROUP, "tag", "environment")),
        ("provider", "tags"),
        ("tag", "failed"),
    ],
)
def test_totals_equal_the_sessions_in_any_split(world: Server, split: str, name: str) -> None:
    """Groups and buckets sum to the total."""
    body = FILTERS[name]
    answer = ask(world, metrics=list(METRICS), split_by=split, limit=2, **body)
    totals = ask(world, "sessions/totals", **body)["totals"]
    assert answer["total"]["figures"] == close({m: read(totals) for m, read in METRICS.items()})
    everything = [
        answer["total"],
        *answer["groups"],
        *([answer["other"]] if "other" in answer else []),
    ]
    for series in everything:
        for metric in (*PARTS, "traces", "errors"):
            buckets = series["by_bucket"][metric]
            assert len(buckets) == len(answer["buckets"])
            assert sum(buckets) == pytest.approx(series["figures"][metric]), metric
    if split in ONE_GROUP:
        for metric in PARTS:
            parts = sum(series["figures"][metric] for series in everything[1:])
            assert parts == pytest.approx(answer["total"]["figures"][metric]), metric


@pytest.mark.parametrize("split", PATHS)
def test_group_has_the_figures_of_its_sessions(world: Server, split: str) -> None:
    """The sessions that the group's filter lists; largest group first."""
    answer = ask(world, metrics=list(METRICS), split_by=split, order_by="model_calls", limit=100)
    sizes = [group["figures"]["model_calls"] for group in answer["groups"]]
    assert sizes == sorted(sizes, reverse=True)
    assert "other" not in answer
    for group in answer["groups"]:
        operator = "is" if group["value"] else "is_empty"
        wanted = {"operator": operator, "path": PATHS[split], "value": group["value"] or None}
        body = {"query": {"filters": [{"type": "string", **wanted}]}}
        totals = ask(world, "sessions/totals", **body)["totals"]
        assert group["figures"] == close({m: read(totals) for m, read in METRICS.items()})


CALL_SPLITS: dict[str, Callable[[RefTrace, RefSpan], str]] = {
    "model": lambda _, call: call.response_model,
    "provider": lambda _, call: call.provider,
    "contact": lambda trace, _: trace.contact_id,
}


@pytest.mark.parametrize("split", CALL_SPLITS)
def test_calls_equal_a_plain_evaluation(world: Server, split: str) -> None:
    """By group and hour: tokens, calls, and median latency."""
    metrics = ["prompt_tokens", "cached_tokens", "model_calls", "call_duration_p50"]
    answer = ask(world, metrics=metrics, split_by=split, interval="hour", limit=50, **WINDOW)
    groups = dict[str, dict[int, list[RefSpan]]]()
    for trace in TRACES:
        hour = (trace.start_ns // (3600 * 1000 * MILLISECOND_NS)) * 3600
        for call in trace.calls:
            group = groups.setdefault(CALL_SPLITS[split](trace, call), {})
            group.setdefault(hour, []).append(call)
    named = {group["value"]: group for group in answer["groups"] if group["figures"]["model_calls"]}
    assert set(named) == set(groups)
    for name, hours in groups.items():
        calls = [call for one in hours.values() for call in one]
        assert named[name]["figures"] == figures_of(calls)
        series = named[name]["by_bucket"]
        by_hour = [
            dict(zip(metrics, row, strict=True)) for row in zip(*series.values(), strict=True)
        ]
        assert [row for row in by_hour if row["model_calls"]] == [
            figures_of(hours[hour]) for hour in sorted(hours)
        ]


def figures_of(calls: Sequence[RefSpan]) -> Json:
    return {
        "prompt_tokens": sum(call.input_tokens for call in calls),
        "cached_tokens": sum(call.cached_tokens for call in calls),
        "model_calls": len(calls),
        "call_duration_p50": pytest.approx(
            sorted(call.end_ns - call.start_ns for call in calls)[len(calls) // 2] / MILLISECOND_NS
        ),
    }


def test_remaining_groups_are_combined(world: Server) -> None:
    """A trace in two of them counts once."""
    metrics = ["traces", "trace_duration_p95", "sessions"]
    answer = ask(world, metrics=metrics, split_by="tag", limit=1, interval="none")
    every = ask(world, metrics=metrics, split_by="tag", limit=100, interval="none")
    assert answer["groups"] == every["groups"][:1]
    assert answer["buckets"] == []
    others = sum(group["figures"]["traces"] for group in every["groups"][1:])
    assert 0 < answer["other"]["figures"]["traces"] <= others


def test_time_to_first_token_covers_only_calls_that_report_it(world: Server) -> None:
    """Without any it is unknown, never 0."""
    answer = ask(world, metrics=["time_to_first_token_p50"], split_by="client", interval="none")
    known = {group["value"]: group["figures"] for group in answer["groups"]}
    assert known[""] == {}
    assert known["claude-code"]["time_to_first_token_p50"] > 0


def test_buckets_are_aligned_to_the_clock(world: Server) -> None:
    """The first starts with the time range; without sessions there are none."""
    start, to = "2026-01-14T10:30:00Z", "2026-03-01T00:00:00Z"
    for interval, begins in {
        "month": ["2026-01-14T10:30", "2026-02-01T00:00"],
        "week": ["2026-01-14T10:30", "2026-01-19T00:00", "2026-01-26T00:00"],
    }.items():
        answer = ask(world, interval=interval, **{"from": start, "to": to})
        assert [begin[:16] for begin in answer["buckets"]][: len(begins)] == begins
    unknown = [{"type": "id", "id": "unknown", "path": "external_id"}]
    assert ask(world, filters=unknown)["total"]["figures"] == {"cost": 0}


def test_all_time_can_have_an_end(world: Server) -> None:
    """The response repeats it, and later sessions are not counted."""
    to = "2026-01-15T00:00:00.000000000Z"
    answer = ask(world, metrics=["traces"], to=to)
    same = ask(world, metrics=["traces"], to=to, **{"from": "2020-01-01T00:00:00Z"})
    assert (answer["to"], answer["total"]["figures"]) == (to, same["total"]["figures"])
    whole = ask(world, metrics=["traces"])["total"]["figures"]
    assert 0 < answer["total"]["figures"]["traces"] < whole["traces"]


def test_invalid_and_too_large_queries_are_refused(world: Server) -> None:
    """All unknown names at once, with the valid ones; then the size, with the limit."""
    year = {"from": "2025-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}
    big: dict[str, Any] = {"metrics": list(METRICS), "split_by": "model", "limit": 100}
    for body, paths, hint in (
        (
            {"metrics": ["cost", "x"], "split_by": "x", "order_by": "x", "interval": "x"},
            ["metrics.1", "order_by", "split_by", "interval"],
            "cached_tokens",
        ),
        ({"interval": "minute"} | year, ["interval"], "day"),
        ({"interval": "day"} | big | year, ["limit"], "fewer groups"),
    ):
        response = world.client.post("/v2/analytics/query", json=body)
        assert response.status_code == 400
        answer = response.json()
        assert [fault["path"] for fault in answer["errors"]] == paths
        assert hint in json.dumps(answer)
