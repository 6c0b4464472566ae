"""Every call for sessions, of both generations: clients read back what they wrote."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.conformance.clients import NODE, Client, ClientError, Json, differences

ALL_TIME = {"interval": "SESSION_INTERVAL_ALL_TIME"}
UNKNOWN = "an unknown session"


@pytest.fixture
def own_id() -> str:
    """A unique external id."""
    return f"conformance {uuid4()}"


def written(external_id: str) -> Json:
    """All writable fields of a session in both generations, as clients require them."""
    return {
        "external_id": external_id,
        "duration": 1240.5,
        "contact_ids": ["ada", "grace"],
        "billing": {"input_cost": 0.0012, "output_cost": 0.0024, "total_cost": 0.0036},
        "usage": {"prompt_tokens": 480, "completion_tokens": 132, "total_tokens": 612},
        "traces_count": 2,
        "tags": ["billing", "support"],
        "project_id": "conformance",
        "started_at": "2025-06-01T10:00:00.123Z",
    }


def written_now(external_id: str) -> Json:
    """The same with the fields of the current generation."""
    return written(external_id) | {
        "title": "An invoice",
        "client": "codex",
        "repo": "github.com/o/r",
        "kind": "THREAD_KIND_CODING_AGENT",
    }


CHANGED: Json = {
    "duration": 10,
    "contact_ids": ["grace"],
    "billing": {"input_cost": 0.5, "output_cost": 0.25, "total_cost": 0.75},
    "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
    "traces_count": 7,
    "tags": ["sales"],
    "project_id": "another",
    "started_at": "2025-06-02T10:00:00Z",
}
CHANGED_NOW = CHANGED | {
    "title": "Another invoice",
    "client": "cursor",
    "repo": "github.com/o/other",
    "kind": "THREAD_KIND_CONVERSATION",
}


def assert_has(session: Json, expected: Json) -> None:
    """Assert that a session has all expected values, times to the millisecond."""
    assert not differences(expected, session)


def walked(page_after: Callable[[Any], Json]) -> list[Json]:
    """All sessions, page by page; `page_after` takes the previous page."""
    page = page_after(None)
    sessions: list[Json] = page["data"]
    while page["has_more"]:
        page = page_after(page)
        sessions += page["data"]
    return sessions


def assert_is(error: ClientError, kind: str, status: int) -> None:
    """Assert the class and status of an error, and that it has the reply's message."""
    assert (error.kind, error.status) == (kind, status)
    assert error.body["message"] in error.message


# The classic generation.


def test_classic_session_is_created_with_all_fields(classic: Client, own_id: str) -> None:
    """The client reads back what it wrote, and what the server added."""
    session = classic.call("sessions.create", request=written(own_id))
    assert_has(session, written(own_id))
    assert set(session) == {*written(own_id), "_id", "workspace_id", "updated_at"}
    assert session["_id"]
    assert session["workspace_id"] == "default"
    assert session["updated_at"]


def test_classic_session_is_found_by_either_id(classic: Client, own_id: str) -> None:
    """Both ids return the created session."""
    session = classic.call("sessions.create", request=written(own_id))
    assert classic.call("sessions.get", session_id=session["_id"]) == session
    assert classic.call("sessions.get", session_id=own_id) == session


def test_classic_session_is_updated_field_by_field(classic: Client, own_id: str) -> None:
    """Each field changes alone."""
    created = classic.call("sessions.create", request=written(own_id))
    expected = {**created, **written(own_id)}
    for name, value in CHANGED.items():
        session = classic.call("sessions.update", session_id=own_id, **{name: value})
        expected |= {name: value, "updated_at": session["updated_at"]}
        assert_has(session, expected)
    assert classic.call("sessions.get", session_id=own_id) == session


def test_classic_session_is_updated_as_a_whole(classic: Client, own_id: str) -> None:
    """A whole session with its ids and a new name is written."""
    created = classic.call("sessions.create", request=written(own_id))
    ids = {"external_id": f"{own_id} renamed", "workspace_id": created["workspace_id"]}
    session = classic.call(
        "sessions.update", session_id=own_id, id=created["_id"], **ids, **CHANGED
    )
    assert_has(session, CHANGED | ids | {"_id": created["_id"]})


def test_empty_classic_update_changes_nothing(classic: Client, own_id: str) -> None:
    """The empty body that the client sends is valid."""
    created = classic.call("sessions.create", request=written(own_id))
    session = classic.call("sessions.update", session_id=own_id)
    assert session | {"updated_at": ""} == created | {"updated_at": ""}


def test_classic_session_is_deleted(classic: Client, own_id: str) -> None:
    """The call has no result, and the session is gone."""
    classic.call("sessions.create", request=written(own_id))
    assert classic.call("sessions.delete", session_id=own_id) is None
    assert_is(classic.fail("sessions.get", session_id=own_id), "HonoAPIError", 404)


@pytest.mark.parametrize("request_", [None, {"filters": []}], ids=["no body", "no filters"])
def test_classic_sessions_are_listed_and_counted(
    classic: Client, own_id: str, request_: Json | None
) -> None:
    """A list without a body has the session as created; the count covers all."""
    created = classic.call("sessions.create", request=written(own_id))
    page = classic.call("sessions.list", request=request_)
    assert page["object"] == "list"
    assert classic.call("post_v2_traces_sessions_count", request=request_)["count"] >= 1

    def after(page: Json | None) -> Json:
        last = {"last_id": page["data"][-1]["_id"]} if page else {}
        request = {"filters": [], "pagination": {"limit": 1000, **last}}
        answer: Json = classic.call("sessions.list", request=request)
        return answer

    assert created in walked(after)


def test_classic_pages_in_both_directions(classic: Client, own_id: str) -> None:
    """By number, after and before a session, in one order."""
    for number in range(4):
        classic.call("sessions.create", request=written(f"{own_id} {number}"))

    def ids(**pagination: object) -> list[str]:
        sorting = [{"key": "billing.total_cost", "direction": "desc"}, {"key": "external_id"}]
        request = {"filters": [], "pagination": pagination, "sorting_props": sorting}
        page = classic.call("sessions.list", request=request)
        return [session["_id"] for session in page["data"]]

    four = ids(limit=4)
    assert ids(limit=2, page=2) == four[2:]
    assert ids(limit=2, last_id=four[1]) == four[2:]
    assert ids(limit=2, first_id=four[2]) == four[:2]


def test_classic_errors_reach_the_user(classic: Client, own_id: str) -> None:
    """Each status is the client's class for it, with the server's message."""
    classic.call("sessions.create", request=written(own_id))
    assert_is(classic.fail("sessions.get", session_id=UNKNOWN), "HonoAPIError", 404)
    assert_is(classic.fail("sessions.update", session_id=UNKNOWN, tags=[]), "HonoAPIError", 404)
    assert_is(classic.fail("sessions.delete", session_id=UNKNOWN), "HonoAPIError", 404)
    assert_is(classic.fail("sessions.create", request=written(own_id)), "APIError", 409)
    assert_is(classic.fail("sessions.update", session_id=own_id, id="other"), "APIError", 400)
    bad = written(f"{own_id} bad") | {"duration": -1, "traces_count": 1.5}
    error = classic.fail("sessions.create", request=bad)
    assert_is(error, "APIError", 400)
    assert {fault["path"] for fault in error.body["errors"]} == {"duration", "traces_count"}


# The current generation.


def not_found(client: Client, *, is_documented: bool = True) -> str:
    """The class of a 404; the node client documents none."""
    if client.name == NODE:
        return "APIError"
    return "ErrorResponse" if is_documented else "APIDefaultError"


def other(client: Client) -> str:
    """The class of a status that is undocumented for a call."""
    return "APIError" if client.name == NODE else "APIDefaultError"


def test_session_is_created_with_all_fields(current: Client, own_id: str) -> None:
    """The client reads back what it wrote, and what the server added."""
    session = current.call("sessions.create", **written_now(own_id))
    assert_has(session, written_now(own_id))
    assert set(session) == {*written_now(own_id), "_id", "updated_at"}
    assert session["_id"]
    assert session["updated_at"]


def test_session_with_few_fields_is_readable(current: Client, own_id: str) -> None:
    """Unknown fields are omitted, as the node client requires."""
    full = written(own_id)
    bare = {name: full[name] for name in full if name not in ("project_id", "started_at")}
    session = current.call("sessions.create", **bare)
    assert_has(session, bare)
    assert not {"title", "client", "repo", "kind", "project_id"} & {
        name for name, value in session.items() if value is not None
    }


def test_session_is_found_by_either_id(current: Client, own_id: str) -> None:
    """Both ids return the created session."""
    session = current.call("sessions.create", **written_now(own_id))
    assert current.call("sessions.get", session_id=session["_id"]) == session
    assert current.call("sessions.get", session_id=own_id) == session


def test_session_is_updated_field_by_field(current: Client, own_id: str) -> None:
    """Each field changes alone."""
    created = current.call("sessions.create", **written_now(own_id))
    expected = {**created, **written_now(own_id)}
    for name, value in CHANGED_NOW.items():
        session = current.call("sessions.update", session_id=own_id, **{name: value})
        expected |= {name: value, "updated_at": session["updated_at"]}
        assert_has(session, expected)
    assert current.call("sessions.get", session_id=own_id) == session


def test_session_is_renamed(current: Client, own_id: str) -> None:
    """It keeps its `_id` and is found by its new name."""
    created = current.call("sessions.create", **written_now(own_id))
    renamed = current.call("sessions.update", session_id=own_id, external_id=f"{own_id} new")
    assert (renamed["_id"], renamed["external_id"]) == (created["_id"], f"{own_id} new")
    assert current.call("sessions.get", session_id=f"{own_id} new") == renamed


def test_tags_and_contacts_are_cleared(current: Client, own_id: str) -> None:
    """By their flags and by empty lists alike."""
    current.call("sessions.create", **written_now(own_id))
    flags = {"clear_tags": True, "clear_contact_ids": True}
    session = current.call("sessions.update", session_id=own_id, **flags)
    assert session["tags"] == session["contact_ids"] == []
    current.call("sessions.update", session_id=own_id, tags=["again"], contact_ids=["ada"])
    session = current.call("sessions.update", session_id=own_id, tags=[], contact_ids=[])
    assert session["tags"] == session["contact_ids"] == []


def test_empty_update_changes_nothing(current: Client, own_id: str) -> None:
    """The empty body that the client sends is valid."""
    created = current.call("sessions.create", **written_now(own_id))
    session = current.call("sessions.update", session_id=own_id)
    assert session | {"updated_at": ""} == created | {"updated_at": ""}


def test_session_is_deleted(current: Client, own_id: str) -> None:
    """The call has no result, and the session is gone."""
    current.call("sessions.create", **written_now(own_id))
    assert current.call("sessions.delete", session_id=own_id) is None
    assert_is(current.fail("sessions.get", session_id=own_id), not_found(current), 404)


def test_sessions_are_listed_and_counted(current: Client, own_id: str) -> None:
    """Pages have each session once, as created; the count agrees."""
    created = current.call("sessions.create", **written_now(own_id))
    pages = iter(range(1, 100))

    def after(_page: Json | None) -> Json:
        answer: Json = current.call("sessions.list", filters=ALL_TIME, limit=1000, page=next(pages))
        assert answer["object"] == "list"
        return answer

    sessions = walked(after)
    assert sessions.count(created) == 1
    assert current.call("sessions.get_count", filters=ALL_TIME) == {"count": len(sessions)}


def test_errors_reach_the_user(current: Client, own_id: str) -> None:
    """Each status is the client's class for it, with the server's message."""
    current.call("sessions.create", **written_now(own_id))
    unknown = {"session_id": UNKNOWN}
    undocumented = not_found(current, is_documented=False)
    assert_is(current.fail("sessions.get", **unknown), not_found(current), 404)
    assert_is(current.fail("sessions.update", **unknown, tags=[]), undocumented, 404)
    assert_is(current.fail("sessions.delete", **unknown), undocumented, 404)
    assert_is(current.fail("sessions.create", **written_now(own_id)), other(current), 409)
    both: Json = {"clear_tags": True, "tags": ["one"]}
    assert_is(current.fail("sessions.update", session_id=own_id, **both), other(current), 400)
    bad = written_now(f"{own_id} bad") | {"duration": -1, "traces_count": -1}
    error = current.fail("sessions.create", **bad)
    assert_is(error, other(current), 400)
    assert {fault["path"] for fault in error.body["errors"]} == {"duration", "traces_count"}
    page = current.fail("sessions.list", filters=ALL_TIME, limit=0)
    assert_is(page, other(current), 400)
