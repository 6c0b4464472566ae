"""Lists and counts of sessions: pages, order, and errors of invalid queries.

Filters are in test_filters.py, the figures of a session in test_fixtures.py and test_properties.py.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from sessionary.model.span_kind import LLM, TOOL
from tests.support.errors import faults, refused
from tests.support.generators import MILLISECOND_NS, START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

SESSIONS = 60
LIMIT = 7
CLASSIC, CURRENT = "/v2/traces/sessions", "/v2/sessions"
EXTRA = ("spans_count", "errors_count", "model_calls_count", "tool_calls_count", "ended_at")
EMPTY_QUESTIONS: tuple[Json, ...] = (
    {},
    {"filters": []},
    {"filters": {}},
    {"filters": None, "pagination": {}},
)
# All but the last have ties, which are ordered by _id.
SORTS: tuple[dict[str, str], ...] = (
    {},
    {"traces_count": "asc"},
    {"billing.total_cost": "desc"},
    {"usage.total_tokens": "desc", "duration": "asc"},
    {"errors_count": "asc", "usage.prompt_tokens": "desc", "ended_at": "asc"},
    {"duration": "asc", "_id": "desc"},
    {"updated_at": "desc"},
    {"external_id": "desc"},
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server with exactly the sessions of this module."""
    with Server(tmp_path_factory.mktemp("api") / "data") as server:
        for first in range(0, SESSIONS, 20):
            numbers = range(first, first + 20)
            server.post(export_request(span for number in numbers for span in spans_of(number)))
        yield server


def spans_of(number: int) -> list[RefSpan]:
    """A session of one or two traces, each with a call and sometimes a failed tool."""
    spans = []
    for trace in range(1 + number % 2):
        start = START_NS + number % 9 * MILLISECOND_NS
        call = RefSpan(
            f"{number * 2 + trace + 1:032x}",
            f"{number + 1:016x}",
            name="chat",
            start_ns=start,
            end_ns=start + (1 + number % 4) * MILLISECOND_NS,
            kind=LLM,
            scope="app",
            session_id=f"session {number:02d}",
            request_model="made-up",
            response_model="made-up",
            input_tokens=10 * (number % 5),
            output_tokens=number % 3,
            reports_usage=True,
        )
        spans.append(call)
        if number % 7 == 0:
            tool = RefSpan(call.trace_id, "f" * 16, call.span_id, "tool", start, start, TOOL)
            spans.append(tool)
    return spans


def query(server: Server, prefix: str, body: Mapping[str, Any]) -> Json:
    response = server.client.post(f"{prefix}/query", json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    assert answer["object"] == "list"
    return answer


def body_of(prefix: str, sort: Mapping[str, str], **page: object) -> dict[str, Any]:
    """The body as the client of each generation sends it."""
    sorting = [{"key": key, "direction": direction} for key, direction in sort.items()]
    body: dict[str, Any] = {"sortingProps": sorting, "includedFields": list(EXTRA)}
    if prefix == CLASSIC:
        return body | {"filters": [], "pagination": page}
    return body | {"filters": {"interval": "SESSION_INTERVAL_ALL_TIME"}, **page}


def everything(server: Server, prefix: str, sort: Mapping[str, str]) -> list[Json]:
    answer = query(server, prefix, body_of(prefix, sort, limit=1000))
    assert not answer["has_more"]
    return list(answer["data"])


def ids(sessions: list[Json]) -> list[str]:
    return [session["_id"] for session in sessions]


def value_at(session: Json, path: str) -> Any:
    value: Any = session
    for part in path.split("."):
        value = value[part]
    return value


# Order and pages.


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: " ".join(sort) or "default")
@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_sessions_are_sorted_by_the_keys_then_by_id(
    full: Server, prefix: str, sort: dict[str, str]
) -> None:
    """Sorting the response again does not change the order."""
    listed = everything(full, prefix, sort)
    assert len(listed) == len(set(ids(listed))) == SESSIONS
    wanted = list(listed)
    keys = list((sort or {"started_at": "desc"}).items())
    if keys[-1][0] != "_id":
        keys.append(("_id", "asc"))
    for key, direction in reversed(keys):
        wanted.sort(key=lambda s, key=key: value_at(s, key), reverse=direction == "desc")  # type: ignore[misc]
    assert ids(listed) == ids(wanted)


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: " ".join(sort) or "default")
@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_numbered_pages_contain_each_session_once(
    full: Server, prefix: str, sort: dict[str, str]
) -> None:
    """Together they are the whole list; only the last has no more."""
    pages, walked = -(-SESSIONS // LIMIT), []
    for number in range(1, pages + 1):
        answer = query(full, prefix, body_of(prefix, sort, limit=LIMIT, page=number))
        assert answer["has_more"] == (number < pages)
        walked += ids(answer["data"])
    assert walked == ids(everything(full, prefix, sort))
    past = query(full, prefix, body_of(prefix, sort, limit=LIMIT, page=pages + 1))
    assert (past["data"], past["has_more"]) == ([], False)


@pytest.mark.parametrize("limit", [LIMIT, 10])
@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: " ".join(sort) or "default")
@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_cursor_pages_contain_each_session_once(
    full: Server, prefix: str, sort: dict[str, str], limit: int
) -> None:
    """Forwards by lastId and backwards by firstId, also with full last pages."""
    whole = ids(everything(full, prefix, sort))
    walked, cursor, has_more = list[str](), dict[str, str](), True
    while has_more:
        answer = query(full, prefix, body_of(prefix, sort, limit=limit, **cursor))
        walked += ids(answer["data"])
        cursor, has_more = {"lastId": walked[-1]}, answer["has_more"]
        assert has_more == (len(walked) < SESSIONS)
    assert walked == whole
    walked, has_more = whole[-1:], True
    while has_more:
        cursor = {"firstId": walked[0]}
        answer = query(full, prefix, body_of(prefix, sort, limit=limit, **cursor))
        walked, has_more = ids(answer["data"]) + walked, answer["has_more"]
        assert has_more == (len(walked) < SESSIONS)
    assert walked == whole


@pytest.mark.parametrize("page", [10**6, 2**58 + 1, 2**64, 10**30])
def test_page_beyond_the_last_is_empty(full: Server, page: int) -> None:
    """Even for numbers that would overflow."""
    response = full.client.post(f"{CURRENT}/query", json={"limit": 64, "page": page})
    assert response.status_code in (200, 400)
    assert not response.json().get("data")


def test_page_after_the_last_and_before_the_first_is_empty(full: Server) -> None:
    """And has no more."""
    whole = ids(everything(full, CURRENT, {}))
    for cursor in ({"lastId": whole[-1]}, {"firstId": whole[0]}):
        answer = query(full, CURRENT, body_of(CURRENT, {}, limit=LIMIT, **cursor))
        assert (answer["data"], answer["has_more"]) == ([], False)


def test_default_page_is_the_latest_50(full: Server) -> None:
    """An empty body is valid in both generations."""
    for prefix in (CLASSIC, CURRENT):
        for body in EMPTY_QUESTIONS:
            answer = query(full, prefix, body)
            assert ids(answer["data"]) == ids(everything(full, prefix, {}))[:50]
            assert answer["has_more"]
            assert "spans_count" not in answer["data"][0]


@pytest.mark.parametrize("headers", [{}, {"content-type": "application/json"}], ids=str)
@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_missing_body_lists_everything(full: Server, prefix: str, headers: dict[str, str]) -> None:
    """As the classic client sends it, also with an empty content type."""
    listed = full.client.post(f"{prefix}/query", headers=headers).json()
    assert ids(listed["data"]) == ids(everything(full, prefix, {}))[:50]
    assert full.client.post(f"{prefix}/count", headers=headers).json() == {"count": SESSIONS}


def test_nulls_and_whole_floats_are_accepted(full: Server) -> None:
    """The classic client sends them, and included fields as an object."""
    page = {"limit": 10.0, "page": 1.0, "lastId": None, "firstId": None}
    body = {"filters": [], "pagination": page, "includedFields": {"spans_count": "spans_count"}}
    listed = query(full, CLASSIC, body | {"query": None, "sortingProps": None})["data"]
    assert ids(listed) == ids(everything(full, CLASSIC, {}))[:10]
    assert all("spans_count" in session for session in listed)


@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_count_equals_the_number_of_sessions(full: Server, prefix: str) -> None:
    """With any page parameters."""
    for body in ({}, body_of(prefix, {}, limit=5)):
        response = full.client.post(f"{prefix}/count", json=body)
        assert response.json() == {"count": SESSIONS}


@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_session_is_found_by_either_id(full: Server, prefix: str) -> None:
    """And equals its entry in the list."""
    listed = query(full, prefix, {})["data"][3]
    for name in (listed["_id"], listed["external_id"]):
        assert full.get(f"{prefix}/{name}") == listed


# Invalid queries.


def query_faults(server: Server, body: object, prefix: str = CURRENT) -> dict[str, str]:
    """The faults of a query, by path."""
    return faults(server.client.post(f"{prefix}/query", json=body))


@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_unknown_session_is_404(full: Server, prefix: str) -> None:
    """The message names the requested id."""
    for name in ("unknown", "0" * 32):
        refused(full.client.get(f"{prefix}/{name}"), 404, f"'{name}'")
    refused(full.client.get("/v2/sessions/unknown/traces"), 404, "'unknown'")


def test_unknown_sort_key_is_reported_with_valid_keys(full: Server) -> None:
    """Each unknown key, with its path."""
    keys = ("billing.total_cost", "cost", "_id", "started_at; DROP TABLE spans")
    faults = query_faults(full, {"sortingProps": [{"key": key} for key in keys]})
    assert set(faults) == {"sortingProps.1.key", "sortingProps.3.key"}
    for message in faults.values():
        assert all(key in message for key in ("billing.total_cost", "started_at", "spans_count"))


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 1001}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"page": 0}, "page"),
        ({"page": 1.5}, "page"),
        ({"pagination": {"limit": 0}}, "pagination.limit"),
        ({"pagination": {"limit": 1001}}, "pagination.limit"),
        ({"pagination": {"page": -1}}, "pagination.page"),
        ({"sortingProps": [{"key": "_id", "direction": "up"}]}, "sortingProps.0.direction"),
        ({"sortingProps": [{}]}, "sortingProps.0.key"),
        ({"sortingProps": "_id"}, "sortingProps"),
        ({"lastId": "unknown"}, "lastId"),
        ({"firstId": "unknown"}, "firstId"),
        ({"pagination": {"lastId": "unknown"}}, "pagination.lastId"),
        ({"includedFields": ["spans_count", "cost"]}, "includedFields.1"),
        ({"includedFields": "spans_count"}, "includedFields"),
    ],
    ids=str,
)
@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_invalid_value_is_400_with_its_path(
    full: Server, prefix: str, body: Json, path: str
) -> None:
    """An invalid value is never replaced by a default."""
    assert set(query_faults(full, body, prefix)) == {path}


def test_both_cursors_are_400(full: Server) -> None:
    """They exclude each other."""
    first = query(full, CURRENT, {})["data"][0]["_id"]
    assert query_faults(full, {"lastId": first, "firstId": first})
    assert query_faults(full, {"pagination": {"lastId": first, "firstId": first}}, CLASSIC)


def test_all_faults_are_reported_at_once(full: Server) -> None:
    """One response lists everything to correct."""
    faults = query_faults(
        full,
        {
            "limit": 0,
            "pagination": {"page": 0, "limit": 1001},
            "sortingProps": [{"key": "_id", "direction": "up"}],
        },
    )
    assert set(faults) == {
        "limit",
        "pagination.page",
        "pagination.limit",
        "sortingProps.0.direction",
    }
    faults = query_faults(
        full,
        {
            "limit": 0,
            "filters": [{"type": "id"}],
            "query": {"search": 1},
            "includedFields": ["nonsense", "rubbish"],
            "sortingProps": [{"key": "cost"}],
        },
    )
    fields = {"includedFields.0", "includedFields.1", "sortingProps.0.key", "limit"}
    assert set(faults) == {"filters.0.id", "filters.0.path", "query.search", *fields}


def test_unknown_included_field_is_400(full: Server) -> None:
    """The message names the valid fields."""
    name = query(full, CURRENT, {})["data"][0]["_id"]
    response = full.client.get(f"/v2/sessions/{name}", params={"include": "models,cost"})
    (message,) = faults(response).values()
    assert "spans_count" in message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "JSON decode error"),
        (b"[]", "valid dictionary"),
        (b"7", "valid dictionary"),
        (b"\xff\xfe", "JSON decode error"),
        (b"[" * 100_000, "body"),
    ],
    ids=lambda value: str(value[:50]),
)
@pytest.mark.parametrize("path", ["query", "count"])
def test_body_that_is_not_an_object_is_400(
    full: Server, path: str, content: bytes, message: str
) -> None:
    """With the body of every 400."""
    headers = {"content-type": "application/json"}
    response = full.client.post(f"{CURRENT}/{path}", content=content, headers=headers)
    refused(response, 400, message)


def test_unknown_routes_and_methods_have_the_usual_error_body(full: Server) -> None:
    """404 and 405."""
    refused(full.client.get("/v2/nothing"), 404, "Not Found")
    refused(full.client.put("/v2/sessions/query"), 405, "POST")
