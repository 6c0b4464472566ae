"""Bodies that the OpenAPI document allows are accepted, others are refused."""

import pytest

from tests.support.server import Json, Server

SESSIONS = "/v2/sessions/query"
TRACES = "/v3/traces/search"
OPTION = {"id": "o", "type": "string", "path": "external_id"}


def query_with(**filter: object) -> Json:
    return {"query": {"filters": [filter]}}


def span_with(value: object) -> Json:
    span = {"attributes": [{"key": "k", "value": value}]}
    return {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}


ACCEPTED: tuple[tuple[str, Json], ...] = (
    (SESSIONS, {"filters": None, "limit": None, "pagination": None, "sortingProps": None}),
    (SESSIONS, {"includedFields": {"usage": True, "models": True}}),
    (SESSIONS, {"pagination": {"limit": 1.0}}),
    (SESSIONS, {"filters": {"start_date": 1.0}}),
    (SESSIONS, {"filters": {"start_date": "1", "end_date": 2, "kind": "", "tags": None}}),
    (SESSIONS, query_with(type="string", path="title", operator="is_empty")),
    (
        SESSIONS,
        query_with(type="string", path="title", operator="is", value="", selectedOptionId=""),
    ),
    (SESSIONS, {"query": {"search": None, "searchPaths": ["title"]}}),
    (TRACES, {"filters": None, "query": None, "from": None, "limit": None}),
    (TRACES, {"filters": [{"field": "cost", "op": "gt", "values": [0.5]}]}),
    ("/v1/traces", span_with({"stringValue": None, "arrayValue": None})),
    ("/v1/traces", span_with({"bytesValue": "AAA"})),
)
REFUSED: tuple[tuple[str, Json, str], ...] = (
    (SESSIONS, {"limit": True}, "limit"),
    (SESSIONS, {"pagination": {"limit": "5"}}, "pagination.limit"),
    (SESSIONS, {"filters": {"start_date": "1" * 16}}, "filters.start_date"),
    (SESSIONS, {"filters": {"end_date": 10**15}}, "filters.end_date"),
    (SESSIONS, {"filters": {"end_date": 1.5}}, "filters.end_date"),
    (SESSIONS, {"filters": {"end_date": True}}, "filters.end_date"),
    (SESSIONS, {"query": {"searchPaths": ["nothing"]}}, "query.searchPaths.0"),
    (
        SESSIONS,
        query_with(type="object", selectedOptionId="", options=[OPTION], operator="is", value=""),
        "query.filters.0.selectedOptionId",
    ),
    (
        SESSIONS,
        query_with(type="number", path="duration", operator="equals", value=1e301),
        "query.filters.0.value",
    ),
    ("/v2/sessions", {"external_id": "x", "started_at": 5}, "started_at"),
    ("/v2/sessions", {"external_id": "x", "traces_count": False}, "traces_count"),
    ("/v2/sessions", {"external_id": "x", "billing": {"total_cost": ""}}, "billing.total_cost"),
    ("/v2/sessions", {"external_id": "x", "duration": "5"}, "duration"),
    (TRACES, {"limit": "5"}, "limit"),
)


@pytest.mark.parametrize(("path", "body"), ACCEPTED)
def test_documented_body_is_accepted(server: Server, path: str, body: Json) -> None:
    response = server.client.post(path, json=body)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(("path", "body", "fault"), REFUSED)
def test_undocumented_body_is_refused(server: Server, path: str, body: Json, fault: str) -> None:
    response = server.client.post(path, json=body)
    assert response.status_code == 400, response.text
    assert [one["path"] for one in response.json()["errors"]] == [fault]


@pytest.mark.parametrize(
    "value",
    [
        {"stringValue": "s", "intValue": "no number"},
        {"stringValue": "s", "arrayValue": {"values": {}}},
        {"kvlistValue": {"values": []}, "arrayValue": {"values": {}}},
    ],
)
def test_every_member_of_an_otlp_value_is_checked(server: Server, value: Json) -> None:
    """Including members that are ignored because another one is set."""
    response = server.client.post("/v1/traces", json=span_with(value))
    assert response.status_code == 400, response.text


def test_white_space_is_not_an_empty_body(server: Server) -> None:
    json = {"content-type": "application/json"}
    for body, status in ((b"", 200), (b" \t\r\n", 400), (b"\x0b", 400), (b"\x1f", 400)):
        response = server.client.post("/v1/traces", content=body, headers=json)
        assert response.status_code == status, body


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_default_fields_can_be_named_for_an_export(server: Server, format: str) -> None:
    server.client.post("/v2/sessions", json={"external_id": "to be exported"})
    body = {"includedFields": ["usage", "billing", "models", "_id"]}
    response = server.client.post("/v2/sessions/export", params={"format": format}, json=body)
    assert response.status_code == 200
    assert response.content


def test_included_fields_are_separated_by_commas_and_spaces_only(server: Server) -> None:
    server.client.post("/v2/sessions", json={"external_id": "with fields"})
    for include, status in (
        ("", 200),
        ("models, tags", 200),
        (" ", 400),
        (",", 400),
        ("\x1f", 400),
        ("models\x0c", 400),
    ):
        response = server.client.get("/v2/sessions/with fields", params={"include": include})
        assert response.status_code == status, (include, response.text)
