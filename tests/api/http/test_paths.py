"""Paths: encoded names, reserved words, ids in upper case, undeclared methods."""

import http.client

import pytest

from tests.support.generators import START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# A path of each kind, and the methods that the OpenAPI document declares.
DECLARED = {
    "/healthz": "GET",
    "/v1/traces": "POST",
    "/v2/sign-in": "POST",
    "/v2/sessions": "POST",
    "/v2/sessions/tags": "GET",
    "/v2/sessions/query": "POST",
    "/v2/sessions/some": "DELETE, GET, PATCH",
    "/v2/sessions/some%2Ftraces": "DELETE, GET, PATCH",
    "/v2/sessions/some/traces": "GET",
    "/v2/sessions/some/shares": "GET, POST",
    "/v2/sessions/some/shares/id": "DELETE",
    "/v2/projects/some": "DELETE, PATCH",
    "/v2/scores/some": "DELETE",
    "/v2/shared/token/traces": "GET",
    "/v3/traces/facets/name": "GET",
    "/v3/traces/some/spans/some": "GET",
}


def status_of(server: Server, method: str, path: str) -> tuple[int, str | None]:
    """The status and `Allow` header of a request; the path is sent verbatim."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        response.read()
        return response.status, response.getheader("allow")
    finally:
        connection.close()


@pytest.mark.parametrize("path", DECLARED)
def test_undeclared_methods_answer_405_with_allow(server: Server, path: str) -> None:
    for method in METHODS:
        status, allow = status_of(server, method, path)
        if method in DECLARED[path].split(", "):
            assert (status != 405, allow) == (True, None), method
        else:
            assert (status, allow) == (405, DECLARED[path]), method


@pytest.mark.parametrize("path", ["/v2/nothing", "/v1", "/v2/sessions/", "/v2/api-keys/a/b"])
def test_unknown_paths_answer_404_to_every_method(server: Server, path: str) -> None:
    assert {status_of(server, method, path)[0] for method in METHODS} == {404}


def test_message_of_405_names_the_allowed_methods(server: Server) -> None:
    response = server.client.put("/v2/sessions/tags")
    assert response.json() == {
        "code": "405",
        "message": "PUT is not a method of this path; it has GET",
    }


@pytest.mark.parametrize("name", ["named/traces", "named/shares/x", "a/", "/", "a%2Fb", "ä/ö", "."])
def test_encoded_names_work_for_reads_writes_and_deletions(server: Server, name: str) -> None:
    """Except `.` alone: clients do not encode it, and resolve it as a relative path."""
    encoded = "".join(f"%{byte:02X}" for byte in name.encode())
    session = create(server, name)
    path = f"/v2/sessions/{encoded}"
    assert server.get(path)["_id"] == session["_id"]
    assert server.get(f"{path}/timeline")["traces"]["trace_id"] == []
    assert server.client.patch(path, json={"title": "new"}).json()["title"] == "new"
    assert server.client.delete(path).status_code == 204
    assert server.client.get(path).status_code == 404


def test_unencoded_slash_separates_segments(server: Server) -> None:
    """Names with unencoded slashes match if no other route does."""
    outer = create(server, "outer")
    inner = create(server, "outer/traces")
    deep = create(server, "outer/x/y")
    assert server.get("/v2/sessions/outer/traces")["data"] == []
    assert server.get("/v2/sessions/outer%2Ftraces")["_id"] == inner["_id"]
    assert server.get("/v2/sessions/outer/x/y")["_id"] == deep["_id"]
    assert server.client.delete("/v2/sessions/outer/traces").status_code == 405
    assert server.get("/v2/sessions/outer")["_id"] == outer["_id"]


@pytest.mark.parametrize("word", ["tags", "filters", "events", "query", "totals"])
def test_session_named_like_a_route_is_found_by_id(server: Server, word: str) -> None:
    create(server, word)
    filters = [{"type": "id", "path": "external_id", "id": word}]
    found = server.client.post("/v2/sessions/query", json={"filters": filters}).json()["data"]
    assert [session["external_id"] for session in found] == [word]
    path = f"/v2/sessions/{found[0]['_id']}"
    assert server.get(path)["external_id"] == word
    assert server.client.delete(path).status_code == 204


def test_trace_and_span_ids_are_accepted_in_either_case(server: Server) -> None:
    trace_id, span_id, parent_id = f"{0xABCDEF51:032x}", f"{0xABCDEF52:016x}", f"{0xABCDEF50:016x}"
    spans = [
        RefSpan(trace_id, id, name="n", start_ns=START_NS, end_ns=START_NS + 1, session_id="cases")
        for id in (parent_id, span_id)
    ]
    server.post(export_request(spans))
    upper, span = trace_id.upper(), span_id.upper()
    trace = f"/v3/traces/{upper}"
    assert server.get(trace)["trace"]["trace_id"] == trace_id
    assert len(server.get(f"{trace}/spans")["data"]) == 2
    rest = server.get(f"{trace}/spans", page_token=parent_id.upper())["data"]
    assert [item["span_id"] for item in rest] == [span_id]
    assert len(server.get(f"{trace}/timeline")["spans"]["span_id"]) == 2
    assert span_id in str(server.get(f"{trace}/spans/{span}"))
    assert server.get("/v2/sessions/cases/traces", lastId=upper)["data"] == []
    assert server.get("/v2/sessions/cases/timeline", lastId=upper)["traces"]["trace_id"] == []
    for field, value in (("trace_id", upper), ("span_id", span)):
        filters = [{"field": field, "op": "eq", "values": [value]}]
        asked = {"from": "1970-01-01T00:00:00Z", "filters": filters}
        found = server.client.post("/v3/traces/search", json=asked).json()
        assert [one["trace_id"] for one in found["data"]] == [trace_id], field
    score = {"trace_id": upper, "span_id": span, "name": "n", "value": 1}
    given = server.client.post("/v2/scores", json=score).json()
    assert (given["trace_id"], given["span_id"]) == (trace_id, span_id)
    assert [one["id"] for one in server.get("/v2/scores", trace_id=upper)["data"]] == [given["id"]]
    removal = {"id": given["id"], "trace_id": upper, "product": "otel"}
    assert server.client.post("/v2/feedback/remove", json=removal).status_code == 200


def create(server: Server, name: str) -> Json:
    response = server.client.post("/v2/sessions", json={"external_id": name})
    assert response.status_code == 200, response.text
    made: Json = response.json()
    return made
