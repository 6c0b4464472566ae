"""Errors of invalid filters: every fault, with what is valid.

The sessions that valid filters select are tested in test_filters.py.
"""

import json
from typing import Any

import pytest

from tests.support.errors import faults
from tests.support.server import Json, Server

CLASSIC, CURRENT = "/v2/traces/sessions", "/v2/sessions"


def query_faults(server: Server, body: Json, route: str = f"{CURRENT}/query") -> dict[str, str]:
    """The faults by their path."""
    headers = {"content-type": "application/json"}
    # Escaped, so that a body may contain invalid text.
    return faults(server.client.post(route, content=json.dumps(body), headers=headers))


def of(kind: object, path: object, operator: object, value: object = None, **more: Any) -> Json:
    return {"type": kind, "path": path, "operator": operator, "value": value, **more}


def date(operator: str, mode: str = "date", **criteria: object) -> Json:
    return of("date", "started_at", operator, {"mode": mode, "criteria": criteria})


OPTIONS = [
    {"id": "a", "path": "tagz", "type": "string", "name": "x"},
    {"id": "b", "path": "tags", "type": "object", "name": "x"},
]
QUERY_FILTERS: tuple[tuple[Json, str, str], ...] = (
    (of("strong", "tags", "is", "x"), "type", "single-value-array"),
    (of(None, "tags", "is", "x"), "type", "multi-value-array"),
    (of("string", "tagz", "is", "x"), "path", "contact_ids"),
    (of("string", "", "is", "x"), "path", "contact_ids"),
    (of("string", None, "is", "x"), "path", "string"),
    (of("string", "metadata.", "is", "x"), "path", "metadata.<key>"),
    (of("string", "first_input", "is", "x"), "path", "search the messages"),
    (of("string", "billing", "is", "x"), "path", "external_id"),
    (of("string", "billing.total_cost", "is", "x"), "path", "external_id"),
    (of("number", "tags", "equals", 1), "path", "billing.total_cost"),
    (of("date", "tags", "is_empty"), "path", "started_at"),
    (of("boolean", "tags", "is", True), "path", "has_errors"),
    (of("multi-value-array", "has_errors", "is_empty"), "path", "tags"),
    (of("string", "tags", "equals", "x"), "operator", "does_not_contain"),
    (of("string", "tags", None, "x"), "operator", "starts_with"),
    (of("number", "duration", "is", 1), "operator", "is_between"),
    (of("date", "started_at", "is_after", None), "operator", "is_on_or_before"),
    (of("boolean", "has_errors", "is_not", True), "operator", "is"),
    (of("string", "tags", "is"), "value", "string"),
    (of("string", "tags", "is", 7), "value", "string"),
    (of("string", "tags", "is", "x" * 10_001), "value", "10,000"),
    (of("string", "tags", "is", "\ud800"), "value", "surrogate"),
    (of("multi-value-array", "tags", "contains", "x"), "value", "list"),
    (of("multi-value-array", "tags", "contains", ["x"] * 1001), "value", "1,000"),
    (of("multi-value-array", "tags", "contains", ["x", 1]), "value.1", "string"),
    (of("number", "duration", "equals", "1"), "value", "number"),
    (of("number", "duration", "equals", True), "value", "number"),
    (of("number", "duration", "is_between", [1]), "value", "two numbers"),
    (of("number", "duration", "is_between", 1), "value", "list"),
    (of("number", "duration", "is_between", [1, "2"]), "value.1", "number"),
    (of("boolean", "has_errors", "is", "yes"), "value", "true or false"),
    (date("is", "day", relativeTime="custom_date", customDate="2026-01-01"), "value.mode", "date"),
    (date("is"), "value.criteria.relativeTime", "yesterday"),
    (
        date("is", relativeTime="custom_date", customDate="soon"),
        "value.criteria.customDate",
        "2026",
    ),
    (
        date("is", relativeTime="custom_date", customDate="2026-02-30"),
        "value.criteria.customDate",
        "2026",
    ),
    (date("is_between"), "value.criteria", "startDate"),
    (date("is_between", startDate="x"), "value.criteria.startDate", "2026"),
    (
        date("is_relative_today", unit="hour", direction="past", count=1),
        "value.criteria.unit",
        "week",
    ),
    (
        date("is_relative_today", unit="day", direction="next", count=1),
        "value.criteria.direction",
        "present",
    ),
    (date("is_relative_time", unit="hours_ago", count=1.5), "value.criteria.count", "whole"),
    (date("is_relative_time", unit="hours_ago", count=-1), "value.criteria.count", "whole"),
    (date("is_relative_time", unit="hours_ago", count=1e30), "value.criteria.count", "whole"),
    (date("is_relative_time", unit="days_ago", count=1), "value.criteria.unit", "minutes_ago"),
    (of("object", "x", "is", "x", options=OPTIONS), "selectedOptionId", "string"),
    (
        of("object", "x", "is", "x", options=OPTIONS, selectedOptionId="c"),
        "selectedOptionId",
        "'a', 'b'",
    ),
    (
        of("object", "x", "is", "x", options=OPTIONS, selectedOptionId="a"),
        "options.0.path",
        "contact_ids",
    ),
    (
        of("object", "x", "is", "x", options=OPTIONS, selectedOptionId="b"),
        "options.1.type",
        "string",
    ),
    (
        of("evaluator", "x", "is", 1, options=OPTIONS, selectedOptionId="b"),
        "options.1.evaluatorOutputType",
        "number",
    ),
)


@pytest.mark.parametrize(("filter_", "path", "named"), QUERY_FILTERS, ids=lambda x: ascii(x)[:60])
def test_invalid_filter_of_a_query_is_reported(
    server: Server, filter_: Json, path: str, named: str
) -> None:
    """With its path and what is valid there."""
    good = of("string", "tags", "is_empty")
    faults = query_faults(server, {"query": {"filters": [good, filter_]}})
    assert set(faults) == {f"query.filters.1.{path}"}
    assert named in faults[f"query.filters.1.{path}"]


@pytest.mark.parametrize(
    ("filters", "path"),
    [
        ("all", "filters"),
        ([7], "filters.0"),
        ([{"type": "number"}], "filters.0.type"),
        ([{"type": "id", "id": 1, "path": "_id"}], "filters.0.id"),
        ([{"type": "id", "id": "x", "path": "duration"}], "filters.0.path"),
        ([{"type": "search", "value": "x", "searchPaths": []}], "filters.0.searchPaths"),
        ([{"type": "search", "value": "x", "searchPaths": ["x"]}], "filters.0.searchPaths.0"),
        ([{"type": "search", "value": "x"}], "filters.0.searchPaths"),
        ([{**of("string", "tags", "is", "x")}], "filters.0.operator"),
        ([{"type": "string_array", "operator": "in", "path": "tags"}], "filters.0.values"),
        ([{"type": "search", "value": "", "searchPaths": ["tags"]}] * 101, "filters"),
        ({"interval": "SESSION_INTERVAL_LAST_WEEK"}, "filters.interval"),
        ({"interval": 7}, "filters.interval"),
        ({"start_date": "yesterday"}, "filters.start_date"),
        ({"end_date": "9" * 16}, "filters.end_date"),
        ({"end_date": True}, "filters.end_date"),
        ({"kind": "THREAD_KIND_OTHER"}, "filters.kind"),
        ({"tags": "x"}, "filters.tags"),
        ({"client": 7}, "filters.client"),
        ({"contact": "x"}, "filters.contact"),
        ({"\ud800": "x"}, "filters.\\ud800"),
    ],
    ids=lambda x: ascii(x)[:60],
)
@pytest.mark.parametrize(
    "route", [f"{p}/{r}" for p in (CLASSIC, CURRENT) for r in ("query", "count")]
)
def test_invalid_filter_in_list_or_object_form_is_reported(
    server: Server, route: str, filters: object, path: str
) -> None:
    """By all four routes."""
    assert set(query_faults(server, {"filters": filters}, route)) == {path}


def test_invalid_query_is_reported(server: Server) -> None:
    """Its parts too, and more filters than the maximum."""
    assert set(query_faults(server, {"query": []})) == {"query"}
    bad = {"operator": "xor", "search": 1, "filters": {}}
    assert set(query_faults(server, {"query": bad})) == {f"query.{name}" for name in bad}
    many = {"filters": [of("string", "tags", "is_empty")] * 101}
    assert "100" in query_faults(server, {"query": many})["query.filters"]
    assert set(query_faults(server, {"query": {"filters": [7]}})) == {"query.filters.0"}


def test_all_faults_of_filters_are_reported_at_once(server: Server) -> None:
    """Several faults of one filter, of several filters, and of the rest of the body."""
    body = {
        "filters": [{"type": "string", "operator": "like", "path": "tagz", "value": 7}],
        "query": {"filters": [of("number", "tags", "is", "x"), of("date", "x", "never")]},
        "sortingProps": [{"key": "scores."}],
        "limit": 0,
    }
    assert set(query_faults(server, body)) == {
        "filters.0.operator",
        "filters.0.path",
        "filters.0.value",
        "query.filters.0.path",
        "query.filters.0.operator",
        "query.filters.1.path",
        "query.filters.1.operator",
        "sortingProps.0.key",
        "limit",
    }


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 401])
def test_non_finite_numbers_are_reported(server: Server, number: str) -> None:
    """Some libraries write them into JSON."""
    content = (
        '{"query": {"filters": [{"type": "number", "path": "duration", '
        f'"operator": "equals", "value": {number}}}]}}}}'
    )
    headers = {"content-type": "application/json"}
    response = server.client.post(f"{CURRENT}/query", content=content, headers=headers)
    assert response.status_code == 400, response.text
    assert response.json()["errors"][0]["path"] == "query.filters.0.value"


def test_listed_paths_and_operators_are_accepted(server: Server) -> None:
    """Every path of `GET /v2/sessions/filters` accepts the operators of its types."""
    listed = server.get("/v2/sessions/filters")
    operators = {found["type"]: found["operators"] for found in listed["filter_types"]}
    asked = [
        {"path": path["path"] + ("key" if path["path"].endswith(".") else ""), "type": name}
        | {"operator": "is_not_empty" if "is_not_empty" in operators[name] else "is"}
        for path in listed["paths"]
        for name in path["filter_types"]
    ]
    answer = server.client.post("/v2/sessions/count", json={"query": {"filters": asked}})
    assert answer.status_code == 200, answer.text
    assert len(asked) > len(listed["paths"]) > 30
