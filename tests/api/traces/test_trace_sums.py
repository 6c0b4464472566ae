"""Aggregation of traces by group, and counts of the values of a field."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from tests.support.generators import export_request
from tests.support.reference import RefTrace
from tests.support.server import Json, Server
from tests.support.trace_world import MODEL_VALUES, VALUES, WINDOW, spans_of_the_world, traces_of

PATH = "/v3/traces"
WORLD = traces_of(spans_of_the_world())
METRICS = (
    "cost_total",
    "cost_input",
    "cost_output",
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "cached_tokens",
    "errors_count",
    "model_calls_count",
    "unpriced_calls_count",
    "duration_ms",
)
QUANTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}
Group = tuple[str, ...]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server with the traces of trace_world.py."""
    with Server(tmp_path_factory.mktemp("sums") / "data") as server:
        server.post(export_request(spans_of_the_world()))
        yield server


def aggregate(server: Server, **body: object) -> Json:
    response = server.client.post(f"{PATH}/aggregate", json=WINDOW | {"limit": 1000} | body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    assert answer["object"] == "list"
    return answer


def groups_of(answer: Json, names: list[str]) -> dict[Group, dict[str, Any]]:
    rows = [(tuple(row["group"][name] for name in names), row["metrics"]) for row in answer["data"]]
    assert len(rows) == len(dict(rows))
    return dict(rows)


def grouped(names: list[str]) -> dict[Group, list[RefTrace]]:
    """The traces by group; a trace is in a group per value, or in the empty group."""
    groups: dict[Group, list[RefTrace]] = {}
    for trace in WORLD:
        for group in product(*(_texts(VALUES[name](trace)) for name in names)):
            groups.setdefault(group, []).append(trace)
    return groups


def _texts(value: object) -> list[str]:
    if isinstance(value, list):
        return value or [""]
    return [str(value).lower()] if isinstance(value, bool) else [str(value)]


def figure(operator: str, values: list[Any]) -> float:
    match operator:
        case "sum":
            return float(sum(values))
        case "avg":
            return float(sum(Decimal(value) for value in values) / len(values))
        case "min":
            return float(min(values))
        case "max":
            return float(max(values))
        case _:
            return float(sorted(values)[int(QUANTILES[operator] * len(values))])


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["status"],
        ["tags"],
        ["session_id"],
        ["identity_id", "project_id"],
        ["providers", "environments"],
        ["is_from_logs", "kind"],
        ["minute"],
        ["hour"],
        ["day", "tags"],
        ["month"],
        ["name"],
    ],
    ids="-".join,
)
def test_figures_of_a_group_are_those_of_its_traces(world: Server, names: list[str]) -> None:
    """Every metric with every operator; sums are exact."""
    compute = [{"metric": "count"}]
    operators = ("sum", "avg", "min", "max", *QUANTILES)
    for metric in METRICS:
        compute += [{"metric": metric, "op": operator} for operator in operators]
    metrics_by_group = dict[Group, dict[str, Any]]()
    for first in range(0, len(compute), 20):
        part = aggregate(world, group_by=names, compute=compute[first : first + 20])
        for group, metrics in groups_of(part, names).items():
            metrics_by_group[group] = metrics_by_group.get(group, {}) | metrics
    wanted = grouped(names)
    assert set(metrics_by_group) == set(wanted)
    for group, traces in wanted.items():
        assert metrics_by_group[group]["count"] == len(traces)
        for metric, operator in product(METRICS, operators):
            key = metric if operator == "sum" else f"{metric}_{operator}"
            values = [VALUES[metric](trace) for trace in traces]
            assert metrics_by_group[group][key] == pytest.approx(
                figure(operator, values), rel=1e-12
            ), key


@pytest.mark.parametrize("other", [None, "status", "tags"])
def test_figures_by_model_are_shares_of_the_trace(world: Server, other: str | None) -> None:
    """The shares of all models sum to the whole, without double counting."""
    compute = [{"metric": "count"}, *({"metric": metric} for metric in MODEL_VALUES)]
    names = ["models", *([other] if other else [])]
    metrics_by_group = groups_of(aggregate(world, group_by=names, compute=compute), names)
    wanted = grouped(names)
    assert set(metrics_by_group) == set(wanted)
    for group, traces in wanted.items():
        assert metrics_by_group[group]["count"] == len(traces)
        # A trace without calls is in the empty group, with zeros.
        with_calls = [trace for trace in traces if trace.calls]
        for metric, read in MODEL_VALUES.items():
            part = sum(read(trace, group[0]) for trace in with_calls)
            assert metrics_by_group[group][metric] == pytest.approx(float(part), rel=1e-12)
    if other is None:
        whole = aggregate(world, compute=[{"metric": "cost_total"}])["data"][0]["metrics"]
        parts = sum(metrics["cost_total"] for metrics in metrics_by_group.values())
        assert parts == pytest.approx(whole["cost_total"], rel=1e-12)


def test_aggregation_is_filtered(world: Server) -> None:
    """By filters, their operator and a text, as in a search."""
    body = {
        "filters": [
            {"field": "span_kind", "op": "eq", "values": ["tool"]},
            {"field": "status", "op": "eq", "values": ["error"]},
        ],
        "filter_operator": "or",
        "query": "chat",
    }
    found = world.client.post(f"{PATH}/search", json=WINDOW | {"limit": 1000} | body).json()
    (row,) = aggregate(world, **body)["data"]
    assert row["group"] == {}
    assert row["metrics"] == {
        "count": len(found["data"]),
        "cost_total": pytest.approx(sum(trace["cost"]["total"] for trace in found["data"])),
        "total_tokens": sum(trace["usage"]["total_tokens"] for trace in found["data"]),
    }


def test_largest_groups_are_returned_up_to_the_limit(world: Server) -> None:
    """Sorted by the first figure, periods by time; `has_more` reports omitted groups."""
    body = {"group_by": ["name"], "compute": [{"metric": "total_tokens"}]}
    whole = aggregate(world, **body)
    figures = [row["metrics"]["total_tokens"] for row in whole["data"]]
    assert figures == sorted(figures, reverse=True)
    part = aggregate(world, limit=2, **body)
    assert (part["data"], part["has_more"]) == (whole["data"][:2], True)
    assert not whole["has_more"]
    hours = [row["group"]["hour"] for row in aggregate(world, group_by=["hour"])["data"]]
    assert hours == sorted(hours)


def test_aggregation_of_no_traces_has_only_sums(world: Server) -> None:
    """An average of nothing is undefined and omitted."""
    nothing = [{"field": "name", "op": "eq", "values": ["of no trace"]}]
    compute = [{"metric": "cost", "op": operator} for operator in ("sum", "avg")]
    (row,) = aggregate(world, filters=nothing, compute=compute)["data"]
    assert row == {"group": {}, "metrics": {"cost": 0}}
    assert aggregate(world, filters=nothing, group_by=["name"])["data"] == []


def test_all_faults_of_an_aggregation_are_reported_at_once(world: Server) -> None:
    """Unknown groups, metrics and operators, and metrics without shares per model."""
    body = {
        "group_by": ["model", "duration_ms", "nothing"],
        "compute": [
            {"metric": "count", "op": "sum"},
            {"metric": "weight"},
            {"metric": "name", "op": "sum"},
            {"metric": "total_tokens", "op": "median"},
            {"metric": "cost_input"},
            {},
        ],
    }
    response = world.client.post(f"{PATH}/aggregate", json=body)
    assert response.status_code == 400
    found = {fault["path"]: fault["message"] for fault in response.json()["errors"]}
    assert set(found) == {
        *("group_by.1", "group_by.2", "compute.0.op", "compute.1.metric", "compute.2.metric"),
        *("compute.3.op", "compute.4.metric", "compute.5.metric"),
    }
    assert "session_id" in found["group_by.1"]
    assert "cost_total" in found["compute.1.metric"]
    assert "p95" in found["compute.3.op"]
    assert "cost_total" in found["compute.4.metric"]


def test_groups_and_figures_have_the_requested_names(world: Server) -> None:
    """Aliases included."""
    answer = aggregate(world, group_by=["model"], compute=[{"metric": "cost", "op": "max"}])
    for row in answer["data"]:
        assert (list(row["group"]), list(row["metrics"])) == (["model"], ["cost_max"])


# Facets.


def test_facets_count_traces_by_value(world: Server) -> None:
    """Most frequent first; traces without a value are not counted."""
    facets = world.get(f"{PATH}/facets")["data"]
    assert {"models", "tags", "session_id", "status"} <= {facet["field"] for facet in facets}
    for facet in facets:
        name = facet["field"]
        answer = world.get(f"{PATH}/facets/{name}", limit="1000", **WINDOW)
        counts = {item["value"]: item["count"] for item in answer["values"]}
        wanted = {group[0]: len(traces) for group, traces in grouped([name]).items() if group[0]}
        assert counts == wanted, name
        sizes = [item["count"] for item in answer["values"]]
        assert sizes == sorted(sizes, reverse=True)
        assert (answer["field"], answer["has_more"]) == (name, False)


def test_values_of_a_facet_are_limited(world: Server) -> None:
    """To the requested number, with whether there are more."""
    for limit in (1, 2, 3):
        answer = world.get(f"{PATH}/facets/tags", limit=str(limit), **WINDOW)
        assert len(answer["values"]) == min(limit, 3)
        assert answer["has_more"] == (limit < 3)


@pytest.mark.parametrize("field", ["nothing", "duration_ms", "a/b", "span_name", "metadata.x"])
def test_unknown_facet_is_refused(world: Server, field: str) -> None:
    """The message names the valid ones."""
    response = world.client.get(f"{PATH}/facets/{field}")
    assert response.status_code == 400
    assert "session_id" in response.json()["message"]


def test_listed_capabilities_of_fields_work(world: Server) -> None:
    """Every field has a unique name and supports what it lists."""
    fields = world.get(f"{PATH}/fields")["data"]
    names = [name for field in fields for name in (field["name"], *field.get("aliases", ()))]
    assert len(names) == len(set(names))
    for field in fields:
        if field["groupable"]:
            aggregate(world, group_by=[field["name"]])
        if field["aggregatable"]:
            aggregate(world, compute=[{"metric": field["name"], "op": "p99"}])
        if field["sortable"]:
            sort = [{"field": field["name"], "order": "desc"}]
            assert world.client.post(f"{PATH}/search", json={"sort": sort}).status_code == 200


def test_filters_are_listed(world: Server) -> None:
    """Without evaluators, annotations and metadata that do not exist."""
    empty: Json = {"evaluators": [], "metadata": [], "annotations": []}
    assert world.get(f"{PATH}/filters", include_all="true") == empty
