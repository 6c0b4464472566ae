"""Trace search: every field with every operator, order, pages, and errors."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support.errors import faults
from tests.support.generators import export_request
from tests.support.reference import RefTrace
from tests.support.server import Json, Server
from tests.support.trace_world import (
    HOSTILE,
    SPAN_VALUES,
    VALUES,
    WINDOW,
    Value,
    any_span_holds,
    holds,
    spans_of_the_world,
    traces_of,
)

PATH = "/v3/traces"
WORLD = traces_of(spans_of_the_world())
SORTS: tuple[dict[str, str], ...] = (
    {"started_at": "desc"},
    {"name": "asc"},
    {"cost_total": "desc", "duration_ms": "asc"},
    {"total_tokens": "asc", "session_id": "desc"},
    {"duration_ms": "desc", "errors_count": "desc", "ended_at": "asc"},
    {"trace_id": "desc"},
    {"status": "asc"},
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server with the traces of trace_world.py."""
    with Server(tmp_path_factory.mktemp("traces") / "data") as server:
        spans = spans_of_the_world()
        server.post(export_request(spans[:200]))
        server.post(export_request(spans[200:]))
        yield server


@pytest.fixture(scope="module")
def fields(world: Server) -> dict[str, Json]:
    return {field["name"]: field for field in world.get(f"{PATH}/fields")["data"]}


def search(server: Server, **body: object) -> Json:
    response = server.client.post(f"{PATH}/search", json=WINDOW | body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def found(server: Server, **body: object) -> set[str]:
    answer = search(server, limit=1000, **body)
    assert not answer["has_more"]
    return {trace["trace_id"] for trace in answer["data"]}


def filter_of(field: str, operator: str, *values: str) -> dict[str, Any]:
    return {"field": field, "op": operator, "values": list(values)}


def matching(claim: Callable[[RefTrace], bool]) -> set[str]:
    return {trace.trace_id for trace in WORLD if claim(trace)}


def wanted_by(name: str, operator: str, texts: list[str]) -> set[str]:
    """The ids that a filter of traces or spans must find."""
    if name in VALUES:
        return matching(lambda t: holds(operator, VALUES[name](t), texts))
    read = SPAN_VALUES[name]
    return matching(lambda t: any_span_holds(operator, [read(span) for span in t.spans], texts))


def samples(values: list[Value], operator: str, field: Json) -> list[list[str]]:
    """Values to compare with: some that occur, parts of them, and some that do not."""
    flat = {item for value in values for item in (value if isinstance(value, list) else [value])}
    texts = sorted(str(value).lower() if value in (True, False) else str(value) for value in flat)
    texts = [text for text in texts if text in field.get("enum_values", texts)]
    texts = field.get("enum_values") or texts or ["nothing"]
    some = [texts[0], texts[len(texts) // 2], texts[-1]]
    match operator:
        case "exists" | "not_exists":
            return [[]]
        case "between":
            return [[texts[0], texts[len(texts) // 2]], [texts[-1], texts[-1]]]
        case "in" | "not_in":
            return [some[:1], some]
        case "contains" | "not_contains":
            return [[text[1:].upper() or "x"] for text in some]
        case "starts_with":
            return [[text[:2].swapcase() or "x"] for text in some]
        case _:
            return [[text] for text in some]


@pytest.mark.parametrize("name", [n for n in VALUES if n not in ("minute", "hour", "day", "month")])
def test_filters_of_traces(world: Server, fields: dict[str, Json], name: str) -> None:
    """Each operator that a field lists finds exactly the expected traces."""
    read = VALUES[name]
    assert fields[name]["operators"]
    for operator in fields[name]["operators"]:
        for texts in samples([read(trace) for trace in WORLD], operator, fields[name]):
            got = found(world, filters=[filter_of(name, operator, *texts)])
            assert got == wanted_by(name, operator, texts), (operator, texts)


@pytest.mark.parametrize("name", list(SPAN_VALUES))
def test_filters_of_spans(world: Server, fields: dict[str, Json], name: str) -> None:
    """Any span may match, none may match a negation; superseded copies are ignored."""
    read = SPAN_VALUES[name]
    field = fields.get(name) or fields["attributes."]
    assert field["scope"] == "span"
    everything = [read(span) for trace in WORLD for span in trace.spans]
    for operator in field["operators"]:
        for texts in samples(everything, operator, field):
            got = found(world, filters=[filter_of(name, operator, *texts)])
            assert got == wanted_by(name, operator, texts), (operator, texts)


def test_superseded_copies_are_not_found(world: Server) -> None:
    """No trace is found by the name in earlier copies of its spans."""
    assert found(world, filters=[filter_of("span_name", "eq", "not yet")]) == set()


@pytest.mark.parametrize(("operator", "join"), [("and", all), ("or", any), ("", all)])
def test_filters_are_combined(
    world: Server, operator: str, join: Callable[[list[bool]], bool]
) -> None:
    """With all or any, across traces and spans."""
    filters = [
        filter_of("tags", "eq", "beta"),
        filter_of("span_kind", "eq", "tool"),
        filter_of("total_tokens", "gt", "1000"),
    ]
    wanted = matching(
        lambda t: join(
            [
                "beta" in t.tags,
                any(span.kind == "tool" for span in t.spans),
                sum(call.input_tokens + call.output_tokens for call in t.calls) > 1000,
            ]
        )
    )
    assert 0 < len(wanted) < len(WORLD)
    assert found(world, filters=filters, filter_operator=operator) == wanted


@pytest.mark.parametrize("name", ["thread_id", "contact_id", "tag", "model", "cost", "duration"])
def test_field_is_found_by_its_alias(world: Server, fields: dict[str, Json], name: str) -> None:
    """An alias selects the same as the field."""
    field = next(field for field in fields.values() if name in field.get("aliases", ()))
    operator = field["operators"][0]
    value = "0" if field["type"] in ("money", "duration") else "beta"
    aliased, plain = (filter_of(asked, operator, value) for asked in (name, field["name"]))
    assert found(world, filters=[aliased]) == found(world, filters=[plain])


@pytest.mark.parametrize("text", ["CHAT", "session-2", "zoë", "beta", "MADE-UP-A", *HOSTILE])
def test_text_search_covers_names_ids_tags_and_models(world: Server, text: str) -> None:
    """In any case."""

    def names(trace: RefTrace) -> list[str]:
        own = [trace.name, trace.trace_id, trace.session_id, trace.contact_id, *trace.tags]
        return [*own, *(call.response_model for call in trace.calls)]

    wanted = matching(lambda t: any(text.lower() in name.lower() for name in names(t)))
    assert wanted
    assert found(world, query=text) == wanted


@pytest.mark.parametrize("operator", ["eq", "neq", "in", "contains", "starts_with"])
@pytest.mark.parametrize("name", ["session_id", "tags", "models", "span_name"])
def test_special_characters_in_values_are_never_interpreted(
    world: Server, name: str, operator: str
) -> None:
    """Quotes, braces, NUL, emoji and 10,000 characters."""
    for text in (
        "'; DROP TABLE traces --",
        "\0",
        "\\",
        "{value_4:String}",
        "x" * 10_000,
        "🧨\u202e",
    ):
        got = found(world, filters=[filter_of(name, operator, text)])
        assert got == wanted_by(name, operator, [text])


@pytest.mark.parametrize("key", ["a'b", "{x:String}", "\\", "a.b", "\0", "🧨", "x" * 1000])
@pytest.mark.parametrize("field", ["attributes", "metadata"])
def test_special_characters_in_keys_are_never_interpreted(
    world: Server, field: str, key: str
) -> None:
    """A key that does not occur finds no trace."""
    assert found(world, filters=[filter_of(f"{field}.{key}", "exists")]) == set()
    every = found(world, filters=[filter_of(f"{field}.{key}", "not_exists")])
    assert every == matching(lambda _: True)


@pytest.mark.parametrize("value", HOSTILE)
def test_special_characters_are_found(world: Server, value: str) -> None:
    """A value that occurs is found with any characters."""
    wanted = matching(lambda t: t.name == value)
    assert wanted
    assert found(world, filters=[filter_of("name", "in", value)]) == wanted


def test_window_includes_its_start_and_excludes_its_end(world: Server) -> None:
    """`from` ≤ start < `to`, to the nanosecond."""
    start = VALUES["started_at"]
    instants = sorted({str(start(trace)) for trace in WORLD})
    first, last = instants[1], instants[-1]
    wanted = matching(lambda t: first <= str(start(t)) < last)
    assert found(world, **{"from": first, "to": last}) == wanted


# Order and pages.


def in_order(sort: dict[str, str]) -> list[str]:
    traces = sorted(WORLD, key=lambda trace: trace.trace_id)
    for name, order in reversed(sort.items()):
        traces.sort(key=VALUES[name], reverse=order == "desc")
    return [trace.trace_id for trace in traces]


@pytest.mark.parametrize("limit", [17, 50, 149])
@pytest.mark.parametrize("sort", SORTS, ids=" ".join)
def test_pages_contain_each_trace_once_in_order(
    world: Server, sort: dict[str, str], limit: int
) -> None:
    """Ties are ordered by id, so that pages neither repeat nor omit traces."""
    asked = [{"field": name, "order": order} for name, order in sort.items()]
    walked, token = list[str](), dict[str, str]()
    while True:
        answer = search(world, sort=asked, limit=limit, **token)
        assert answer["meta"]["row_count"] == len(answer["data"]) <= limit
        walked += [trace["trace_id"] for trace in answer["data"]]
        assert answer["has_more"] == ("next_page_token" in answer)
        if not answer["has_more"]:
            break
        token = {"page_token": answer["next_page_token"]}
    assert walked == in_order(sort)


def test_default_order_is_newest_first(world: Server) -> None:
    """By start, then by id."""
    answer = search(world, limit=1000)
    assert [t["trace_id"] for t in answer["data"]] == in_order({"started_at": "desc"})


def test_page_token_contains_the_window(world: Server) -> None:
    """A page requested by its token alone has the window of the first page."""
    first = search(world, limit=149)
    answer = world.client.post(f"{PATH}/search", json={"page_token": first["next_page_token"]})
    assert {name: answer.json()["meta"][name] for name in ("from", "to")} == {
        name: first["meta"][name] for name in ("from", "to")
    }
    assert [t["trace_id"] for t in answer.json()["data"]] == in_order({"started_at": "desc"})[149:]


def test_default_window_is_the_last_thirty_days(world: Server) -> None:
    """Also without a body; with only `to`, the thirty days before it."""
    meta = world.client.post(f"{PATH}/search").json()["meta"]
    start, end = (datetime.fromisoformat(meta[name]) for name in ("from", "to"))
    assert end - start == timedelta(days=30)
    page = world.client.post(f"{PATH}/search", json={"to": "2026-02-01T00:00:00+01:00"}).json()
    assert page["meta"]["from"] == "2026-01-01T23:00:00.000000000Z"
    assert len(page["data"]) == 100


# Figures.


def test_trace_has_the_figures_of_its_spans(world: Server) -> None:
    """In lists and by id."""
    listed = {trace["trace_id"]: trace for trace in search(world, limit=1000)["data"]}
    for trace in WORLD:
        shown = listed[trace.trace_id]
        for name in ("name", "status", "started_at", "ended_at", "spans_count", "errors_count"):
            assert shown[name] == VALUES[name](trace)
        assert shown.get("session_id", "") == shown.get("thread_id", "") == trace.session_id
        assert shown["models"] == [name for name in VALUES["models"](trace) if name]  # type: ignore[union-attr]
        assert shown["cost"]["total"] == float(VALUES["cost_total"](trace))  # type: ignore[arg-type]
        assert shown["usage"]["total_tokens"] == VALUES["total_tokens"](trace)
        assert shown["duration_ms"] == float(VALUES["duration_ms"](trace))  # type: ignore[arg-type]
        assert None not in shown.values()
    for trace in WORLD[::30]:
        alone = world.get(f"{PATH}/{trace.trace_id}")["trace"]
        assert alone.pop("root_span_id") == f"{1:016x}"
        assert alone == listed[trace.trace_id]


# Errors.


def test_all_faults_are_reported_at_once(world: Server) -> None:
    """Each fault has its path and says what is valid."""
    wrong = {
        "from": "yesterday",
        "to": "2026-13-01T00:00:00Z",
        "filter_operator": "xor",
        "filters": [
            filter_of("size", "eq", "1"),
            filter_of("name", "gt", "1"),
            filter_of("name", "eq"),
            filter_of("cost", "between", "1"),
            filter_of("cost", "eq", "a dollar"),
            filter_of("cost", "eq", "0.0000000000001"),
            filter_of("total_tokens", "eq", "1.5"),
            filter_of("total_tokens", "eq", "1e400"),
            filter_of("started_at", "gt", "noon"),
            filter_of("status", "eq", "good"),
            filter_of("day", "eq", "2026-01-01T00:00:00Z"),
            {"field": "duration_ms"},
            {},
        ],
        "sort": [{"field": "tags"}, {"field": "name", "order": "up"}],
        "page_token": "abc",
    }
    found_faults = faults(world.client.post(f"{PATH}/search", json=wrong))
    assert set(found_faults) == {
        *("from", "to", "filter_operator", "sort.0.field", "sort.1.order", "page_token"),
        *("filters.0.field", "filters.1.op", "filters.2.values", "filters.3.values"),
        *(f"filters.{place}.values.0" for place in range(4, 10)),
        *("filters.10.field", "filters.11.op", "filters.12.field"),
    }
    assert "session_id" in found_faults["filters.0.field"]
    assert "starts_with" in found_faults["filters.1.op"]
    assert "error, ok" in found_faults["filters.9.values.0"]
    assert "cost_total" in found_faults["sort.0.field"]


@pytest.mark.parametrize(
    "token",
    ["abc", "W0luZmluaXR5LDAsIiIsW11d", "e30", "W10", "WzEsMixbXSwgW11d", "\ud83d", "é", "[" * 99],
)
def test_invalid_page_token_is_refused(world: Server, token: str) -> None:
    """Only tokens of responses are valid."""
    # As bytes: half an emoji is valid JSON, but not text that httpx can encode.
    content = json.dumps({"page_token": token}).encode()
    headers = {"content-type": "application/json"}
    found_faults = faults(world.client.post(f"{PATH}/search", content=content, headers=headers))
    assert set(found_faults) == {"page_token"}


def test_page_token_of_another_order_is_refused(world: Server) -> None:
    """Its sort keys differ."""
    token = search(world, limit=1, sort=[{"field": "name"}])["next_page_token"]
    body = WINDOW | {"page_token": token, "sort": [{"field": "cost_total"}]}
    assert set(faults(world.client.post(f"{PATH}/search", json=body))) == {"page_token"}


@pytest.mark.parametrize("limit", [0, 1001, "many"])
def test_limit_out_of_bounds_is_refused(world: Server, limit: object) -> None:
    """The limit is 1 to 1,000."""
    body = WINDOW | {"limit": limit}
    assert set(faults(world.client.post(f"{PATH}/search", json=body))) == {"limit"}


def test_values_are_coerced(world: Server) -> None:
    """Clients send text; numbers, booleans and null are accepted too."""
    body = {"limit": None, "filters": None, "sort": None, "query": None, "page_token": None}
    assert len(search(world, **body)["data"]) == 100
    plain = found(world, filters=[{"field": "total_tokens", "op": "gte", "values": [1000]}])
    assert plain == found(world, filters=[filter_of("total_tokens", "gte", "1000")])
    truth = [{"field": "is_from_logs", "op": "eq", "values": [False]}]
    assert len(found(world, filters=truth)) == len(WORLD)
