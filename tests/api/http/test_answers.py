"""Every response has exactly the fields in the OpenAPI document, with rich data.

test_openapi.py sends generated requests; here every operation is called for existing data.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from string import Template

import jsonschema_rs

from sessionary import sample
from sessionary.api.sessions.serialize import EXTRA_FIELDS
from tests.support.server import Json, Server

PAYLOADS = Path(sample.__file__).parent / "payloads"
DOCUMENT = json.loads((Path(__file__).parents[3] / "docs" / "openapi.json").read_text())
FIELDS = ",".join(EXTRA_FIELDS)
START = "2020-01-01T00:00:00Z"
NAMED: Json = {"includedFields": list(EXTRA_FIELDS)}
SPAN = "/v2/traces/$trace/spans/$span/annotation"
# By operation: method, path and body. Later operations may need data of earlier ones.
ASKED: dict[str, tuple[str, str, Json | None]] = {
    "get_health": ("GET", "/healthz", None),
    "get_readiness": ("GET", "/readyz", None),
    "get_stats": ("GET", "/v2/stats", None),
    "create_session": ("POST", "/v2/sessions", {"external_id": "new", "title": "A title"}),
    "classic_create_session": ("POST", "/v2/traces/sessions", {"external_id": "classic"}),
    "update_session": ("PATCH", "/v2/sessions/new", {"project_id": "p", "client": "codex"}),
    "classic_update_session": ("PATCH", "/v2/traces/sessions/classic", {"tags": ["a"]}),
    "give_score": (
        "POST",
        "/v2/scores",
        {"session_id": "$session", "name": "good", "value": 0.5, "comment": "so-so"},
    ),
    "give_feedback": (
        "POST",
        "/v2/feedback",
        {"property": "rating", "value": ["good"], "trace_id": "$trace", "id": "f"},
    ),
    "give_review": (
        "POST",
        "/v2/feedback/evaluation",
        {
            "id": "r",
            "trace_id": "$trace",
            "evaluation_type": "human_review",
            "type": "string",
            "value": "v",
        },
    ),
    "annotate_span": ("POST", SPAN, {"annotations": [{"key": "k", "value": True}]}),
    "list_scores": ("GET", "/v2/scores?session_id=$session", None),
    "query_sessions": ("POST", "/v2/sessions/query", NAMED),
    "classic_query_sessions": ("POST", "/v2/traces/sessions/query", NAMED),
    "count_sessions": ("POST", "/v2/sessions/count", None),
    "classic_count_sessions": ("POST", "/v2/traces/sessions/count", None),
    "add_up_sessions": ("POST", "/v2/sessions/totals", {"from": START}),
    "query_analytics": (
        "POST",
        "/v2/analytics/query",
        {"split_by": "model", "limit": 1, "metrics": ["cost", "call_duration_p50"]},
    ),
    "get_session": ("GET", f"/v2/sessions/$session?include={FIELDS}", None),
    "classic_get_session": ("GET", f"/v2/traces/sessions/$session?include={FIELDS}", None),
    "list_session_tags": ("GET", "/v2/sessions/tags", None),
    "list_session_traces": ("GET", "/v2/sessions/$session/traces", None),
    "list_sessionless_traces": ("GET", "/v2/traces/sessionless", None),
    "get_session_timeline": ("GET", "/v2/sessions/$session/timeline", None),
    "get_session_costs": ("GET", "/v2/sessions/$session/costs", None),
    "get_session_conversation": ("GET", "/v2/sessions/$session/conversation", None),
    "get_trace_conversation": ("GET", "/v3/traces/$trace/conversation", None),
    "search_traces": ("POST", "/v3/traces/search", {"limit": 1000, "from": START}),
    "aggregate_traces": (
        "POST",
        "/v3/traces/aggregate",
        {"group_by": ["model", "day"], "from": START},
    ),
    "list_trace_facets": ("GET", "/v3/traces/facets", None),
    "count_trace_values": ("GET", f"/v3/traces/facets/model?from={START}", None),
    "list_trace_fields": ("GET", "/v3/traces/fields", None),
    "list_trace_filters": ("GET", "/v3/traces/filters", None),
    "get_trace": ("GET", "/v3/traces/$trace", None),
    "list_spans": ("GET", "/v3/traces/$trace/spans?limit=1", None),
    "get_trace_timeline": ("GET", "/v3/traces/$trace/timeline?limit=1", None),
    "list_session_filters": ("GET", "/v2/sessions/filters", None),
    "get_span": ("GET", "/v3/traces/$trace/spans/$span", None),
    "list_models": ("GET", "/v2/models", None),
    "set_price": (
        "PUT",
        "/v2/prices",
        {"model": "gpt-4o", "input_per_million": 1, "output_per_million": 2},
    ),
    "list_prices": ("GET", "/v2/prices", None),
    "preview_prices": ("POST", "/v2/prices/preview", {}),
    "apply_prices": ("POST", "/v2/prices/apply", {}),
    "save_contact": ("POST", "/v2/contacts", {"external_id": "ada", "metadata": {"a": [1]}}),
    "query_contacts": ("POST", "/v2/contacts/query", {}),
    "get_contact": ("GET", "/v2/contacts/ada", None),
    "create_identity": ("POST", "/v2/identities", {"external_id": "bob", "email": "b@b.org"}),
    "list_identities": ("GET", "/v2/identities?include_metrics=true", None),
    "get_identity": ("GET", "/v2/identities/bob?include_metrics=true", None),
    "update_identity": ("PATCH", "/v2/identities/bob", {"display_name": "Bob"}),
    "create_project": ("POST", "/v2/projects", {"id": "p"}),
    "rename_project": ("PATCH", "/v2/projects/p", {"name": "P"}),
    "list_projects": ("GET", "/v2/projects", None),
    "create_workspace": ("POST", "/v2/workspaces", {"id": "w"}),
    "list_workspaces": ("GET", "/v2/workspaces", None),
    "create_api_key": (
        "POST",
        "/v2/api-keys",
        {
            "name": "n",
            "project_id": "p",
            "scopes": ["read"],
            "expires_at": "2100-01-01T00:00:00Z",
        },
    ),
    "list_api_keys": ("GET", "/v2/api-keys", None),
    "create_share_link": ("POST", "/v2/sessions/$session/shares", {"with_messages": True}),
    "list_share_links": ("GET", "/v2/sessions/$session/shares", None),
    "get_shared_session": ("GET", "/v2/shared/$token", None),
    "get_shared_traces": ("GET", "/v2/shared/$token/traces", None),
    "get_shared_timeline": ("GET", "/v2/shared/$token/timeline", None),
    "get_shared_conversation": ("GET", "/v2/shared/$token/conversation", None),
    "change_retention": ("PUT", "/v2/retention", {"days": 36_500}),
    "get_retention": ("GET", "/v2/retention", None),
    "preview_retention": ("GET", "/v2/retention/preview?days=30", None),
    "get_about": ("GET", "/v2/about", None),
    "get_me": ("GET", "/v2/me", None),
    "verify_sessions": ("POST", "/v2/sessions/verify", None),
    "rebuild_sessions": ("POST", "/v2/sessions/rebuild", None),
    "remove_feedback": (
        "POST",
        "/v2/feedback/remove",
        {"id": "f", "trace_id": "$trace", "product": "otel"},
    ),
    "remove_review": ("POST", "/v2/feedback/evaluation/remove", {"id": "r", "trace_id": "$trace"}),
    "delete_span_annotations": ("DELETE", SPAN, {"keys": ["k"]}),
    "delete_contact": ("DELETE", "/v2/contacts/ada?erase=true", None),
    "delete_identity": ("DELETE", "/v2/identities/bob", None),
    "remove_sample": ("DELETE", "/v2/sample", None),
    "submit_feedback": ("POST", "/v3/submit-feedback", {"message": "m", "category": "bug"}),
    "list_audit_log": ("GET", "/v2/audit-log", None),
    # From here on, the client sends a cookie.
    "sign_in": ("POST", "/v2/sign-in", {"api_key": "$key"}),
}

# Fields of responses that later requests need.
SECRETS = {"create_api_key": "key", "create_share_link": "token"}


def test_every_operation_with_a_json_response_is_called() -> None:
    """A new operation must be added to the table."""
    assert set(ASKED) | {"load_sample"} == set(dict(_response_schemas()))


def test_every_field_is_documented(fresh_server: Server) -> None:
    """No undocumented field, none of another type, and no required field missing.

    The server has spans of many libraries and data of every other kind.
    """
    schemas = dict(_response_schemas())
    for payload in sorted(PAYLOADS.glob("*.pb")):
        fresh_server.post(payload.read_bytes())
    ids = _ids(fresh_server)
    for name, (method, path, body) in ASKED.items():
        sent = Template(json.dumps(body)).substitute(ids) if body is not None else None
        response = fresh_server.client.request(
            method,
            Template(path).substitute(ids),
            content=sent,
            headers={"content-type": "application/json"},
        )
        assert response.is_success, f"{name}: {response.text}"
        _check(name, response.json(), schemas[name])
        if name in SECRETS:
            ids[SECRETS[name]] = response.json()[SECRETS[name]]


def _ids(server: Server) -> dict[str, str]:
    """A session whose trace called a tool, that trace, and its last span."""
    asked = {
        "from": START,
        "filters": [{"field": "tool_calls_count", "op": "gt", "values": [0]}],
    }
    found = server.client.post("/v3/traces/search", json=asked).json()["data"]
    trace = next(one for one in found if "session_id" in one)
    spans = server.get(f"/v3/traces/{trace['trace_id']}/spans")["data"]
    return {
        "session": trace["session_id"],
        "trace": trace["trace_id"],
        "span": spans[-1]["span_id"],
    }


def _response_schemas() -> Iterator[tuple[str, Json]]:
    """The schema of each operation's successful response, by operation id."""
    for path in DOCUMENT["paths"].values():
        for operation in path.values():
            for status in ("200", "201"):
                content = operation["responses"].get(status, {}).get("content", {})
                if "application/json" in content:
                    yield operation["operationId"], content["application/json"]["schema"]


def _check(name: str, answer: object, schema: Json) -> None:
    """Validate a response against a schema without additional fields."""
    validator = jsonschema_rs.Draft202012Validator(schema | CLOSED, validate_formats=True)
    faults = [
        f"{error.message} at {error.instance_path}" for error in validator.iter_errors(answer)
    ]
    assert not faults, f"{name}: {faults[:5]}"


def _closed(schemas: dict[str, Json]) -> Json:
    return {
        name: {"additionalProperties": False} | schema if "properties" in schema else schema
        for name, schema in schemas.items()
    }


CLOSED = {"components": {"schemas": _closed(DOCUMENT["components"]["schemas"])}}
