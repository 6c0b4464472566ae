"""No route lets one workspace read or change the data of another.

`ROUTES` lists every route of the application; a test fails if one is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from string import Template

import pytest
from fastapi.routing import iter_route_contexts

from sessionary.app import create_app
from sessionary.settings import Settings
from tests.support.keys import ADMIN_KEY, SCOPES, bearer, guarded_server, new_key, span_of
from tests.support.server import PROTOBUF, Json, Server

SESSION, PROJECT = "the-secret-session", "the-secret-project"
TRACE = f"{1:032x}"
INCLUDES = {
    "ingest": {"ingest", "admin"},
    "read": {"read", "write", "admin"},
    "write": {"write", "admin"},
    "admin": {"admin"},
}
OTLP_PREFIXES = ("", "/otel", "/v2/otel", "/api/public/otel")


@dataclass(frozen=True, slots=True)
class Route:
    """The status for a key of another workspace, and the scope that a route requires.

    Without a scope the route is open. `$session`, `$project` and `$key` in `path` are ids
    of the other workspace.
    """

    scope: str
    path: str
    status: int = 200
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)


NONE: Json = {"filters": []}
# The period of the generated spans.
WINDOW: Json = {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
EXPORT = {"content-type": PROTOBUF}
ROUTES: dict[str, Route] = {
    "GET /openapi.json": Route("", "/openapi.json"),
    "GET /healthz": Route("", "/healthz"),
    "GET /readyz": Route("", "/readyz"),
    "POST /v2/sign-in": Route("", "/v2/sign-in", 401, {"api_key": "none"}),
    "POST /v2/sign-out": Route("", "/v2/sign-out", 204),
    "GET /v2/about": Route("read", "/v2/about"),
    "GET /v2/retention": Route("read", "/v2/retention"),
    "PUT /v2/retention": Route("admin", "/v2/retention", body={"days": 1}),
    "GET /v2/retention/preview": Route("read", "/v2/retention/preview?days=1"),
    "GET /v2/me": Route("read", "/v2/me"),
    **{
        f"POST {prefix}/v1/{signal}": Route("ingest", f"{prefix}/v1/{signal}", headers=EXPORT)
        for prefix in OTLP_PREFIXES
        for signal in ("traces", "logs", "metrics")
    },
    "POST /v2/traces/v1/traces": Route("ingest", "/v2/traces/v1/traces", body={"spans": []}),
    "GET /v2/sessions/filters": Route("read", "/v2/sessions/filters"),
    "POST /v2/sessions/query": Route("read", "/v2/sessions/query", body=NONE),
    "POST /v2/sessions/count": Route("read", "/v2/sessions/count", body=NONE),
    "POST /v2/sessions/totals": Route("read", "/v2/sessions/totals", body=NONE),
    "POST /v2/analytics/query": Route(
        "read", "/v2/analytics/query", body={"split_by": "project", "metrics": ["sessions"]}
    ),
    "GET /v2/sessions/{session_id:name}": Route("read", "/v2/sessions/$session", 404),
    "GET /v2/sessions/{session_id:name}/traces": Route("read", "/v2/sessions/$session/traces", 404),
    "POST /v2/traces/sessions/query": Route("read", "/v2/traces/sessions/query", body=NONE),
    "POST /v2/traces/sessions/count": Route("read", "/v2/traces/sessions/count", body=NONE),
    "GET /v2/traces/sessions/{session_id:name}": Route("read", "/v2/traces/sessions/$session", 404),
    **{
        name: route
        for prefix in ("/v2/sessions", "/v2/traces/sessions")
        for name, route in {
            f"POST {prefix}": Route("write", prefix, body={"external_id": prefix}),
            f"PATCH {prefix}/{{session_id:name}}": Route(
                "write", f"{prefix}/$session", 404, {"tags": ["mine"]}
            ),
            f"DELETE {prefix}/{{session_id:name}}": Route("write", f"{prefix}/$session", 404),
        }.items()
    },
    "GET /v2/traces/sessionless": Route("read", "/v2/traces/sessionless"),
    "POST /v2/sessions/verify": Route("admin", "/v2/sessions/verify", 403),
    "POST /v2/sessions/rebuild": Route("admin", "/v2/sessions/rebuild", 403),
    "POST /v2/sample": Route("admin", "/v2/sample"),
    "DELETE /v2/sample": Route("admin", "/v2/sample"),
    "GET /v2/projects": Route("read", "/v2/projects"),
    "POST /v2/projects": Route("write", "/v2/projects", 201, {"id": "mine"}),
    "PATCH /v2/projects/{project_id:name}": Route(
        "write", "/v2/projects/$project", 404, {"name": "mine"}
    ),
    "DELETE /v2/projects/{project_id:name}": Route(
        "write", "/v2/projects/$project?erase=true", 404
    ),
    "GET /v2/api-keys": Route("admin", "/v2/api-keys"),
    "POST /v2/api-keys": Route(
        "admin", "/v2/api-keys", 403, {"name": "mine", "workspace_id": "default"}
    ),
    "DELETE /v2/api-keys/{key_id}": Route("admin", "/v2/api-keys/$key", 404),
    "GET /v2/workspaces": Route("admin", "/v2/workspaces", 403),
    "POST /v2/workspaces": Route("admin", "/v2/workspaces", 403, {"id": "mine"}),
    "GET /v2/audit-log": Route("admin", "/v2/audit-log"),
    "GET /v2/stats": Route("admin", "/v2/stats", 403),
    "GET /v2/sessions/tags": Route("read", "/v2/sessions/tags"),
    # The stream would not end.
    "GET /v2/sessions/events": Route("read", "/v2/sessions/events?lastEventId=none", 400),
    "POST /v2/sessions/export": Route("read", "/v2/sessions/export?format=jsonl", body=NONE),
    "GET /v2/sessions/{session_id:name}/conversation": Route(
        "read", "/v2/sessions/$session/conversation", 404
    ),
    "GET /v2/sessions/{session_id:name}/shares": Route("read", "/v2/sessions/$session/shares", 404),
    "POST /v2/sessions/{session_id:name}/shares": Route(
        "write", "/v2/sessions/$session/shares", 404, {}
    ),
    "DELETE /v2/sessions/{session_id:name}/shares/{share_id}": Route(
        "write", "/v2/sessions/$session/shares/none", 404
    ),
    **{
        f"GET /v2/shared/{{token}}{part}": Route("", f"/v2/shared/none{part}", 404)
        for part in ("", "/traces", "/timeline", "/conversation")
    },
    "GET /v2/sessions/{session_id:name}/timeline": Route(
        "read", "/v2/sessions/$session/timeline", 404
    ),
    "GET /v2/sessions/{session_id:name}/costs": Route("read", "/v2/sessions/$session/costs", 404),
    "GET /v3/traces/facets": Route("read", "/v3/traces/facets"),
    "GET /v3/traces/facets/{field:name}": Route(
        "read", f"/v3/traces/facets/session_id?from={WINDOW['from']}&to={WINDOW['to']}"
    ),
    "GET /v3/traces/fields": Route("read", "/v3/traces/fields"),
    "GET /v3/traces/filters": Route("read", "/v3/traces/filters"),
    "GET /v3/traces/{trace_id}": Route("read", "/v3/traces/$trace", 404),
    "GET /v3/traces/{trace_id}/conversation": Route("read", "/v3/traces/$trace/conversation", 404),
    "GET /v3/traces/{trace_id}/spans": Route("read", "/v3/traces/$trace/spans", 404),
    "GET /v3/traces/{trace_id}/spans/{span_id}": Route(
        "read", "/v3/traces/$trace/spans/0000000000000001", 404
    ),
    "GET /v3/traces/{trace_id}/timeline": Route("read", "/v3/traces/$trace/timeline", 404),
    "POST /v3/traces/search": Route("read", "/v3/traces/search", body=WINDOW),
    "POST /v3/traces/aggregate": Route(
        "read", "/v3/traces/aggregate", body=WINDOW | {"group_by": ["session_id"]}
    ),
    "GET /v2/models": Route("read", "/v2/models"),
    "GET /v2/prices": Route("read", "/v2/prices"),
    "PUT /v2/prices": Route(
        "admin", "/v2/prices", 200, {"model": "m", "input_per_million": 1, "output_per_million": 1}
    ),
    "DELETE /v2/prices/{price_id}": Route("admin", "/v2/prices/$price", 404),
    "POST /v2/prices/preview": Route("read", "/v2/prices/preview", body={}),
    "POST /v2/prices/apply": Route("admin", "/v2/prices/apply", body={}),
    "POST /v2/contacts": Route("write", "/v2/contacts", body={"external_id": "mine"}),
    "POST /v2/contacts/query": Route("read", "/v2/contacts/query", body={}),
    "GET /v2/contacts/{contact_id:name}": Route("read", "/v2/contacts/theirs", 404),
    "DELETE /v2/contacts/{contact_id:name}": Route("write", "/v2/contacts/theirs", 404),
    "GET /v2/identities": Route("read", "/v2/identities"),
    "POST /v2/identities": Route("write", "/v2/identities", 400, {}),
    "GET /v2/identities/{identity_id:name}": Route("read", "/v2/identities/theirs", 404),
    "PATCH /v2/identities/{identity_id:name}": Route("write", "/v2/identities/theirs", 404, {}),
    "DELETE /v2/identities/{identity_id:name}": Route("write", "/v2/identities/theirs", 404),
    "GET /v2/scores": Route("read", "/v2/scores?session_id=$session", 404),
    "POST /v2/scores": Route(
        "write", "/v2/scores", 404, {"session_id": SESSION, "name": "good", "value": 1}
    ),
    "DELETE /v2/scores/{score_id:name}": Route("write", "/v2/scores/theirs", 404),
    "POST /v2/feedback": Route(
        "write", "/v2/feedback", 404, {"property": "rating", "value": "good", "trace_id": TRACE}
    ),
    "POST /v2/feedback/remove": Route(
        "write", "/v2/feedback/remove", 404, {"id": "x", "trace_id": TRACE, "product": "otel"}
    ),
    "POST /v2/feedback/evaluation": Route("write", "/v2/feedback/evaluation", 400, {}),
    "POST /v2/feedback/evaluation/remove": Route(
        "write", "/v2/feedback/evaluation/remove", 400, {}
    ),
    "POST /v3/submit-feedback": Route(
        "write", "/v3/submit-feedback", body={"message": "m", "category": "bug"}
    ),
    "POST /v2/traces/{trace_id}/spans/{span_id}/annotation": Route(
        "write", "/v2/traces/$trace/spans/0000000000000001/annotation", 400, {}
    ),
    "DELETE /v2/traces/{trace_id}/spans/{span_id}/annotation": Route(
        "write", "/v2/traces/$trace/spans/0000000000000001/annotation", 404, {"keys": ["k"]}
    ),
}


@dataclass(frozen=True, slots=True)
class Tenants:
    """A server with a workspace that has data, and keys of an empty workspace."""

    server: Server
    keys: dict[str, str]
    marks: dict[str, str]

    def ask(self, name: str, key: str) -> tuple[int, str]:
        """Call a route with the path and body of the table."""
        route = ROUTES[name]
        answer = self.server.client.request(
            name.partition(" ")[0],
            Template(route.path).substitute(self.marks),
            json=route.body,
            headers=route.headers | (bearer(key) if key else {}),
        )
        return answer.status_code, answer.text


@pytest.fixture(scope="module")
def tenants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenants]:
    with guarded_server(tmp_path_factory.mktemp("tenants") / "data") as server:
        headers = bearer(ADMIN_KEY)
        server.post(span_of(SESSION, project=PROJECT), headers=headers)
        server.post(span_of("", project=PROJECT, number=2), headers=headers)
        server.client.post("/v2/projects", json={"id": PROJECT}, headers=headers)
        server.client.post("/v2/workspaces", json={"id": "strangers"}, headers=headers)
        keys = {scope: new_key(server, scope, workspace_id="strangers")["key"] for scope in SCOPES}
        keys["another project"] = new_key(server, "write", project_id="another")["key"]
        owned = new_key(server, "read")
        price = {"model": "theirs", "input_per_million": 1, "output_per_million": 1}
        priced = server.client.put("/v2/prices", json=price, headers=headers).json()
        marks = {"session": SESSION, "project": PROJECT, "key": owned["id"], "trace": TRACE}
        marks["price"] = priced["id"]
        yield Tenants(server, keys, marks)


def test_every_route_is_in_the_table() -> None:
    """A new route must be added with its status for other workspaces."""
    routes = {
        f"{method} {context.path}"
        for context in iter_route_contexts(create_app(Settings()).routes)
        for method in context.methods or ()
        if method != "HEAD"
    }
    assert routes == set(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
def test_key_of_another_workspace_sees_nothing(tenants: Tenants, name: str) -> None:
    """Even with every scope; the data is unchanged afterwards."""
    status, text = tenants.ask(name, tenants.keys["admin"])
    assert status == ROUTES[name].status, text
    if status != 404:
        assert not [mark for mark in tenants.marks.values() if mark in text]
    assert _is_unchanged(tenants)


@pytest.mark.parametrize(
    "name", [name for name, route in ROUTES.items() if route.scope in {"read", "write"}]
)
def test_key_of_another_project_sees_nothing(tenants: Tenants, name: str) -> None:
    """In the same workspace; requests that need the whole workspace are 403."""
    status, text = tenants.ask(name, tenants.keys["another project"])
    if ROUTES[name].path.startswith(("/v2/contacts", "/v2/identities")):
        assert status == 403, text
    elif ROUTES[name].status == 404:
        assert status in {403, 404}, text
    if status < 400:
        assert not [mark for mark in tenants.marks.values() if mark in text]
    assert _is_unchanged(tenants)


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.scope])
def test_route_requires_a_key_with_its_scope(tenants: Tenants, name: str) -> None:
    """401 without a key, 403 without the scope."""
    assert tenants.ask(name, "")[0] == 401
    for scope in set(SCOPES) - INCLUDES[ROUTES[name].scope]:
        status, text = tenants.ask(name, tenants.keys[scope])
        assert status == 403, text


def _is_unchanged(tenants: Tenants) -> bool:
    """Whether the session, its project and the key are unchanged."""
    client, headers = tenants.server.client, bearer(ADMIN_KEY)
    session = client.get(f"/v2/sessions/{SESSION}", headers=headers).json()
    keys = client.get("/v2/api-keys", headers=headers).json()["data"]
    projects = client.get("/v2/projects", headers=headers).json()["data"]
    named = [project["name"] for project in projects if project["id"] == PROJECT]
    is_revoked = any("revoked_at" in key for key in keys)
    return session["project_id"] == PROJECT and named == [PROJECT] and not is_revoked
