"""Authentication: keys, their scopes, local mode, over HTTP and gRPC."""

import base64
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import grpc
import pytest

from sessionary.model.span_kind import LLM
from tests.support.generators import START_NS, export_request
from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key, span_of
from tests.support.reference import RefSpan
from tests.support.server import PROTOBUF, Json, Server
from tests.support.waiting import eventually

QUERY: Json = {"filters": []}
EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"


def basic(key: str) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(f'pk:{key}'.encode()).decode()}"}


def x_api_key(key: str) -> dict[str, str]:
    return {"x-api-key": key}


WAYS: tuple[Callable[[str], dict[str, str]], ...] = (bearer, basic, x_api_key)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that requires a key."""
    with guarded_server(tmp_path_factory.mktemp("guarded") / "data") as server:
        yield server


def ask(server: Server, headers: Mapping[str, str]) -> tuple[int, Json]:
    response = server.client.post("/v2/sessions/query", json=QUERY, headers=dict(headers))
    return response.status_code, response.json()


def sent(server: Server, key: str, body: bytes) -> int:
    headers = {"content-type": PROTOBUF, **bearer(key)}
    return server.client.post("/v1/traces", content=body, headers=headers).status_code


def listed(server: Server, key: str) -> dict[str, str | None]:
    """The project of each session that is visible to the key."""
    status, answer = ask(server, bearer(key))
    assert status == 200, answer
    return {session["external_id"]: session.get("project_id") for session in answer["data"]}


@pytest.mark.parametrize(
    ("headers", "sentence"),
    [
        ({}, "an API key is needed"),
        ({"authorization": "Bearer"}, "an API key is needed"),
        ({"authorization": "Bearer unknown"}, "there is no such API key"),
        ({"authorization": "Basic ???"}, "an API key is needed"),
    ],
)
def test_requests_without_a_key_are_401(
    guarded: Server, headers: Mapping[str, str], sentence: str
) -> None:
    """The message says what is valid; the body is not read."""
    status, answer = ask(guarded, headers)
    assert (status, answer["code"]) == (401, "401")
    assert sentence in answer["message"]
    export = guarded.client.post("/v1/traces", content=b"?", headers={"content-type": PROTOBUF})
    assert (export.status_code, export.headers["content-type"]) == (401, PROTOBUF)
    assert export.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/openapi.json"])
def test_health_checks_and_openapi_need_no_key(guarded: Server, path: str) -> None:
    """Monitoring works without a key."""
    assert guarded.client.get(path).status_code == 200


@pytest.mark.parametrize("way", WAYS)
def test_key_is_accepted_in_each_header(
    guarded: Server, way: Callable[[str], dict[str, str]]
) -> None:
    """As the exporters of OTLP, Langfuse and LangSmith send it."""
    assert ask(guarded, way(ADMIN_KEY))[0] == 200
    assert ask(guarded, way("wrong"))[0] == 401


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("ingest", {"ingest"}),
        ("read", {"read"}),
        ("write", {"read", "write"}),
        ("admin", {"ingest", "read", "write", "admin"}),
    ],
)
def test_scope_allows_exactly_its_requests(guarded: Server, scope: str, allowed: set[str]) -> None:
    """Write includes read, admin includes all; a 403 names the missing scope."""
    headers = bearer(new_key(guarded, scope)["key"])
    requests = {
        "ingest": ("POST", "/v1/metrics", {}, 200),
        "read": ("POST", "/v2/sessions/count", QUERY, 200),
        "write": ("PATCH", "/v2/projects/none", {"name": "x"}, 404),
        "admin": ("GET", "/v2/audit-log", None, 200),
    }
    for needed, (method, path, body, status) in requests.items():
        answer = guarded.client.request(method, path, json=body, headers=headers)
        assert answer.status_code == (status if needed in allowed else 403), answer.text
        if needed not in allowed:
            assert f"needs the scope {needed}" in answer.json()["message"]


def test_key_is_shown_once(guarded: Server) -> None:
    """Later responses have its prefix and last use; the folder does not contain it."""
    made = new_key(guarded, "read", name="for the wiki")
    assert ask(guarded, bearer(made["key"]))[0] == 200
    keys = guarded.client.get("/v2/api-keys", headers=bearer(ADMIN_KEY)).json()["data"]
    (key,) = (key for key in keys if key["id"] == made["id"])
    assert "key" not in key
    assert made["key"].startswith(key["prefix"])
    assert (key["name"], key["scopes"], key["created_by"]) == (
        "for the wiki",
        ["read"],
        "bootstrap",
    )
    assert key["last_used_at"] >= key["created_at"]
    secret = made["key"].removeprefix(key["prefix"]).encode()
    files = [path for path in guarded.folder.rglob("*") if path.is_file()]
    assert files
    assert not any(secret in path.read_bytes() for path in files)


def test_revoked_key_is_refused_at_once(guarded: Server) -> None:
    """Revoking it again succeeds; an unknown key is 404."""
    made = new_key(guarded, "read")
    assert ask(guarded, bearer(made["key"]))[0] == 200
    for _ in range(2):
        path = f"/v2/api-keys/{made['id']}"
        assert guarded.client.delete(path, headers=bearer(ADMIN_KEY)).status_code == 204
    status, answer = ask(guarded, bearer(made["key"]))
    assert status == 401
    assert "was revoked" in answer["message"]
    missing = guarded.client.delete("/v2/api-keys/none", headers=bearer(ADMIN_KEY))
    assert missing.status_code == 404


def test_key_expires(guarded: Server) -> None:
    """A key with an expiry in the past cannot be created."""
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
    made = new_key(guarded, "read", expires_at=at)
    eventually(lambda: ask(guarded, bearer(made["key"]))[0] == 401)
    assert "has expired" in ask(guarded, bearer(made["key"]))[1]["message"]
    for impossible in (at, "1970-01-01T00:00:00Z", "1969-01-01T00:00:00Z", "2999-01-01T00:00:00Z"):
        body = {"name": "late", "scopes": ["read"], "expires_at": impossible}
        late = guarded.client.post("/v2/api-keys", json=body, headers=bearer(ADMIN_KEY))
        assert late.status_code == 400
        assert late.json()["errors"][0]["path"] == "expires_at"


def test_project_key_is_limited_to_its_project(guarded: Server) -> None:
    """Its spans without a project get its project, and it reads no other."""
    key = new_key(guarded, "ingest", "read", project_id="blue")["key"]
    assert sent(guarded, key, span_of("in blue", number=11)) == 200
    assert sent(guarded, ADMIN_KEY, span_of("in red", number=12, project="red")) == 200
    assert sent(guarded, ADMIN_KEY, span_of("in none", number=13)) == 200
    assert sent(guarded, ADMIN_KEY, span_of("", number=14)) == 200
    assert listed(guarded, key) == {"in blue": "blue"}
    everything = listed(guarded, ADMIN_KEY)
    assert everything == {"in blue": "blue", "in red": "red", "in none": None}
    for path, status in {
        "/v2/sessions/in%20blue": 200,
        "/v2/sessions/in%20red": 404,
        "/v2/sessions/in%20red/traces": 404,
        "/v2/sessions/in%20blue/conversation": 200,
        "/v2/sessions/in%20red/conversation": 404,
        f"/v3/traces/{11:032x}": 200,
        f"/v3/traces/{12:032x}": 404,
        f"/v3/traces/{11:032x}/spans": 200,
        f"/v3/traces/{12:032x}/spans": 404,
        f"/v3/traces/{12:032x}/spans/{12:016x}": 404,
        f"/v3/traces/{11:032x}/conversation": 200,
        f"/v3/traces/{12:032x}/conversation": 404,
        "/v2/scores?session_id=in%20blue": 200,
        "/v2/scores?session_id=in%20red": 404,
        f"/v2/scores?trace_id={12:032x}": 404,
        "/v2/scores": 403,
        "/v2/contacts/ada": 403,
    }.items():
        assert guarded.client.get(path, headers=bearer(key)).status_code == status, path
    window = {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
    found = guarded.client.post("/v3/traces/search", json=window, headers=bearer(key)).json()
    assert [trace["session_id"] for trace in found["data"]] == ["in blue"]
    traces = guarded.client.get("/v2/traces/sessionless", headers=bearer(key)).json()
    assert traces["data"] == []
    count = guarded.client.post("/v2/sessions/count", json=QUERY, headers=bearer(key)).json()
    assert count == {"count": 1}
    second = {"filters": [], "limit": 1, "page": 2}
    page = guarded.client.post("/v2/sessions/query", json=second, headers=bearer(key)).json()
    assert page["data"] == []
    _assert_writes_are_limited_to_the_project(guarded)
    projects = guarded.client.get("/v2/projects", headers=bearer(key)).json()["data"]
    assert [project["id"] for project in projects] == ["blue"]
    _assert_messages_of_other_projects_are_hidden(guarded, key)


def _assert_writes_are_limited_to_the_project(guarded: Server) -> None:
    """New sessions get the project; sessions of others are not changed or deleted."""
    headers = bearer(new_key(guarded, "write", project_id="blue")["key"])
    made = guarded.client.post("/v2/sessions", json={"external_id": "made"}, headers=headers)
    assert made.json()["project_id"] == "blue"
    moved = {"project_id": "red"}
    assert guarded.client.patch("/v2/sessions/made", json=moved, headers=headers).status_code == 403
    path = "/v2/sessions/in%20red"
    assert guarded.client.patch(path, json={"tags": []}, headers=headers).status_code == 404
    assert guarded.client.delete(path, headers=headers).status_code == 404
    _assert_scores_are_limited_to_the_project(guarded, headers)
    assert guarded.client.delete("/v2/sessions/made", headers=headers).status_code == 204
    log = guarded.client.get("/v2/audit-log", headers=bearer(ADMIN_KEY)).json()["data"]
    assert (log[0]["action"], log[0]["subject"]) == ("session.delete", made.json()["_id"])


def _assert_scores_are_limited_to_the_project(guarded: Server, headers: Mapping[str, str]) -> None:
    """Scores are written and deleted in its own project only, even by id."""
    score = {"id": "s", "name": "n", "value": 1}
    mine, theirs = score | {"session_id": "made"}, score | {"session_id": "in red"}
    post = guarded.client.post
    assert post("/v2/scores", json=theirs, headers=headers).status_code == 404
    assert post("/v2/scores", json=theirs, headers=bearer(ADMIN_KEY)).status_code == 200
    assert post("/v2/scores", json=mine, headers=headers).status_code == 404
    assert guarded.client.delete("/v2/scores/s", headers=headers).status_code == 404
    assert post("/v2/scores", json=mine | {"id": "m"}, headers=headers).status_code == 200
    assert guarded.client.delete("/v2/scores/m", headers=headers).status_code == 204


def _assert_messages_of_other_projects_are_hidden(guarded: Server, key: str) -> None:
    """Figures of a shared session are visible, messages of another project are not."""
    for number, project in ((21, "blue"), (22, "red")):
        span = span_of("mixed", number=number, project=project, message=f"words of {project}")
        assert sent(guarded, ADMIN_KEY, span) == 200
    path = "/v2/sessions/mixed"
    assert guarded.client.get(path, headers=bearer(key)).status_code == 200
    answer = guarded.client.get(f"{path}/conversation", headers=bearer(key))
    assert answer.status_code == 403
    assert "has traces of others" in answer.json()["message"]
    _assert_a_shared_session_shows_its_own_traces(guarded, bearer(key))
    writer = bearer(new_key(guarded, "write", project_id="blue")["key"])
    for body in ({}, {"with_messages": True}):
        shared = guarded.client.post(f"{path}/shares", json=body, headers=writer)
        assert shared.status_code == 403
    for keep in ("true", "false"):
        deleted = guarded.client.delete(path, params={"keep_traces": keep}, headers=writer)
        assert deleted.status_code == 403
    traces = guarded.client.get(f"{path}/traces", headers=bearer(ADMIN_KEY)).json()["data"]
    assert [trace["project_id"] for trace in traces] == ["blue", "red"]


def _assert_a_shared_session_shows_its_own_traces(
    guarded: Server, headers: Mapping[str, str]
) -> None:
    """Previews, scores and search cover traces of the key's project only."""
    for number, project in ((21, "blue"), (22, "red")):
        score = {"trace_id": f"{number:032x}", "name": project, "value": project}
        given = guarded.client.post("/v2/scores", json=score, headers=bearer(ADMIN_KEY))
        assert given.status_code == 200
    fields = ["first_input", "last_output", "scores"]
    shown = guarded.client.get(
        "/v2/sessions/mixed", params={"include": ",".join(fields)}, headers=headers
    ).json()
    assert (shown["first_input"], shown["last_output"]) == ("words of blue", "to words of blue")
    assert set(shown["scores"]) == {"blue"}
    page = guarded.client.post(
        "/v2/sessions/query", json={"includedFields": fields}, headers=headers
    ).json()
    assert shown in page["data"]
    scores = guarded.client.get("/v2/scores?session_id=mixed", headers=headers).json()["data"]
    assert [score["value"] for score in scores] == ["blue"]
    for project, count in (("blue", 1), ("red", 0)):
        search = {"search": f"words of {project}", "searchPaths": ["messages"]}
        score = {"type": "string", "operator": "is", "path": f"scores.{project}", "value": project}
        for query in (search, {"filters": [score]}):
            body = {"query": query}
            found = guarded.client.post("/v2/sessions/count", json=body, headers=headers)
            assert found.json() == {"count": count}, query


def test_project_of_many_traces_is_erased(fresh_server: Server) -> None:
    """More traces than fit in one statement; traces of other projects stay."""
    own = [call_in(number, f"s{number % 3}", "gone") for number in range(4_500)]
    fresh_server.post(export_request([*own, call_in(4_500, "s0", "kept")]))
    answer = fresh_server.client.delete("/v2/projects/gone?erase=true", timeout=300)
    assert answer.status_code == 204, answer.text
    assert {name: s["spans_count"] for name, s in fresh_server.sessions().items()} == {"s0": 1}
    assert fresh_server.verify()["differences"] == []


def call_in(number: int, session: str, project: str) -> RefSpan:
    """The only call of a trace."""
    span = RefSpan(f"{number + 1:032x}", f"{number + 1:016x}", start_ns=START_NS, end_ns=START_NS)
    return replace(span, kind=LLM, session_id=session, project_id=project)


def test_project_key_cannot_have_admin_scope(guarded: Server) -> None:
    """It could otherwise create a key without the project."""
    body = {"name": "x", "scopes": ["admin"], "project_id": "blue"}
    answer = guarded.client.post("/v2/api-keys", json=body, headers=bearer(ADMIN_KEY))
    assert answer.status_code == 400


def test_keys_persist_over_restarts(tmp_path: Path) -> None:
    """New, used and revoked keys; the bootstrap key is not created twice."""
    with guarded_server(tmp_path / "data") as server:
        kept, revoked = new_key(server, "read"), new_key(server, "read")
        path = f"/v2/api-keys/{revoked['id']}"
        assert server.client.delete(path, headers=bearer(ADMIN_KEY)).status_code == 204
        server.restart()
        assert ask(server, bearer(kept["key"]))[0] == 200
        assert ask(server, bearer(revoked["key"]))[0] == 401
        keys = server.client.get("/v2/api-keys", headers=bearer(ADMIN_KEY)).json()["data"]
        assert len(keys) == 3


def test_too_many_requests_are_429(tmp_path: Path) -> None:
    """With a Retry-After header; other keys and ingest are not affected."""
    with guarded_server(tmp_path / "data", settings={"SESSIONARY_RATE_LIMIT": "1"}) as server:
        key = new_key(server, "read", "ingest")["key"]
        answers = [server.client.get("/v2/projects", headers=bearer(key)) for _ in range(20)]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert refused
        assert refused[0].headers["retry-after"] == "1"
        assert "1 requests a second" in refused[0].json()["message"]
        assert sent(server, key, b"") == 200
        assert ask(server, bearer(ADMIN_KEY))[0] == 200


def test_no_key_is_needed_on_localhost(server: Server) -> None:
    """Requests without a valid key use the default workspace."""
    for headers in ({}, bearer("k"), basic("k"), x_api_key("k")):
        assert ask(server, headers)[0] == 200
    made = server.client.post("/v2/workspaces", json={"id": "local-tenant"})
    assert made.status_code == 201
    body = {"name": "theirs", "scopes": ["read"], "workspace_id": "local-tenant"}
    theirs = server.client.post("/v2/api-keys", json=body).json()
    assert theirs["workspace_id"] == "local-tenant"
    server.post(span_of("of the default workspace", number=0xABCDEF))
    assert listed(server, theirs["key"]) == {}
    refused = server.client.get("/v2/audit-log", headers=bearer(theirs["key"]))
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "localhost:4318"}, 200),
        ({"host": "[::1]"}, 200),
        ({"host": "evil.example"}, 403),
        ({"host": "127.0.0.1.evil.example"}, 403),
        ({"host": "localhost@evil.example"}, 403),
        ({"origin": "http://localhost:5173"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_pages_of_other_sites_are_refused(
    server: Server, headers: Mapping[str, str], status: int
) -> None:
    """Without keys, Host and Origin must be localhost."""
    assert ask(server, headers)[0] == status


def test_more_hosts_can_be_allowed(tmp_path: Path) -> None:
    """By name; other hosts are refused."""
    settings = {"SESSIONARY_ALLOWED_HOSTS": "ledger.test, other.test"}
    with Server(tmp_path / "data", settings=settings) as server:
        assert ask(server, {"host": "ledger.test"})[0] == 200
        assert ask(server, {"host": "third.test"})[0] == 403


def test_host_is_not_checked_with_a_key(guarded: Server) -> None:
    """Pages of other sites do not have the key."""
    assert ask(guarded, {"host": "any.example", **bearer(ADMIN_KEY)})[0] == 200


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server that requires a key, and its gRPC address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("grpc") / "data"
    with guarded_server(folder, options=("--grpc-port", str(port))) as server:
        yield server, f"127.0.0.1:{port}"


def exported(address: str, headers: Mapping[str, str], body: bytes) -> grpc.StatusCode:
    with grpc.insecure_channel(address) as channel:
        call = channel.unary_unary(EXPORT)
        try:
            call(body, metadata=tuple(headers.items()), timeout=30)
        except grpc.RpcError as error:
            code: grpc.StatusCode = error.code()
            return code
    return grpc.StatusCode.OK


@pytest.mark.parametrize("way", WAYS)
def test_grpc_requires_the_same_keys(
    receiver: tuple[Server, str], way: Callable[[str], dict[str, str]]
) -> None:
    """In the metadata, in the same three headers."""
    server, address = receiver
    reader = new_key(server, "read")["key"]
    workspace = f"tenant-{way.__name__}"
    server.client.post("/v2/workspaces", json={"id": workspace}, headers=bearer(ADMIN_KEY))
    theirs = new_key(server, "ingest", "read", workspace_id=workspace, project_id="blue")["key"]
    body = span_of("over gRPC")
    assert exported(address, {}, body) is grpc.StatusCode.UNAUTHENTICATED
    assert exported(address, way("wrong"), body) is grpc.StatusCode.UNAUTHENTICATED
    assert exported(address, way(reader), body) is grpc.StatusCode.PERMISSION_DENIED
    assert exported(address, way(theirs), body) is grpc.StatusCode.OK
    assert listed(server, theirs) == {"over gRPC": "blue"}
    assert listed(server, ADMIN_KEY) == {}
