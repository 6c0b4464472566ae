"""Contacts: records, figures of their traces, and pages.

The expected figures are computed from the sent spans.
"""

import re
from typing import Any

import pytest

from tests.ingest.test_log_records import FIRST, send
from tests.support.contacts import (
    CONTACTS,
    UNKNOWN_ID,
    chat,
    name_of,
    names,
    path_of,
    saved,
    spans_of,
)
from tests.support.errors import faults, refused
from tests.support.generators import export_request
from tests.support.server import Json, Server, instant_ns

LIMIT = 5
HOSTILE = (
    "a/b/c",
    "..",
    "x' OR 1=1 --",
    "{external_id:String}",
    'tab\tline\nquote"back\\slash',
    "%s %(x)s ${after} \0 nul",
    "Ålesund 🙂 \u202e",
    "7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
    "query",
)
SORTS: tuple[dict[str, str], ...] = (
    {},
    {"id": "desc"},
    {"external_id": "desc"},
    {"display_name": "asc"},
    {"email": "asc", "external_id": "asc"},
    {"created": "asc"},
    {"updated": "desc"},
    {"traces_count": "desc", "sessions_count": "asc"},
    {"usage.total_tokens": "desc"},
    {"usage.prompt_tokens": "asc", "usage.completion_tokens": "desc"},
    {"billing.total_cost": "desc", "first_seen_at": "asc"},
    {"billing.input_cost": "asc", "billing.output_cost": "asc"},
    {"model_calls_count": "asc", "failed_calls_count": "desc", "errors_count": "asc"},
    {"unpriced_calls_count": "desc", "last_seen_at": "asc"},
)


def query(server: Server, **body: Any) -> Json:
    response = server.client.post("/v2/contacts/query", json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    assert answer["object"] == "list"
    return answer


def value_at(contact: Json, path: str) -> Any:
    value: Any = contact
    for part in path.split("."):
        value = value[part]
    # Missing values sort first.
    return "" if value is None else value


def test_saved_contact_is_read_back(server: Server) -> None:
    """Every field, by both ids."""
    body: Json = {
        "external_id": "saved",
        "display_name": "Ada",
        "email": "ada@example.com",
        "avatar_url": "https://example.com/a.png",
        "tags": ["b", "a", "b"],
        "metadata": {"plan": "pro", "deep": {"list": [1, None, 2.5, "ü"]}},
    }
    contact = saved(server, body)
    assert re.fullmatch("[0-7][0-9A-HJKMNP-TV-Z]{25}", contact["id"])
    assert {name: contact[name] for name in body} == body | {"tags": ["b", "a"]}
    assert contact["created"] == contact["updated"]
    assert contact["created"].endswith("Z")
    for name in ("saved", contact["id"], contact["id"].lower()):
        assert server.get(f"/v2/contacts/{name}").items() >= contact.items()


def test_update_keeps_omitted_fields_and_clears_null(server: Server) -> None:
    """The record keeps its id and creation time."""
    first = saved(server, {"external_id": "upsert", "display_name": "U", "tags": ["t"]})
    assert (first["email"], first["avatar_url"], first["metadata"]) == (None, None, {})
    body: Json = {
        "external_id": "upsert",
        "email": "u@example.com",
        "tags": [],
        "display_name": None,
    }
    second = saved(server, body)
    assert (second["display_name"], second["email"], second["tags"]) == (None, "u@example.com", [])
    assert (second["id"], second["created"]) == (first["id"], first["created"])
    assert instant_ns(second["updated"]) > instant_ns(first["updated"])
    third = saved(server, {"external_id": "upsert"})
    assert third["email"] == "u@example.com"


def test_contact_in_traces_and_its_record_have_the_same_id(server: Server) -> None:
    """Saving a contact after its first trace does not add another."""
    server.post(export_request([chat("seen first", "id-session", 0xA1)]))
    seen = server.get("/v2/contacts/seen%20first")
    contact = saved(server, {"external_id": "seen first", "display_name": "S"})
    assert contact["id"] == seen["id"]
    both = server.get(f"/v2/contacts/{contact['id']}")
    assert (both["display_name"], both["traces_count"]) == ("S", 1)
    assert both["created"] == contact["created"] != seen["created"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_is_a_valid_external_id(server: Server, name: str) -> None:
    """It finds exactly its contact and is never part of SQL."""
    contact = saved(server, {"external_id": name, "display_name": name, "metadata": {name: name}})
    assert (contact["external_id"], contact["metadata"]) == (name, {name: name})
    if name not in ("..", "query"):  # Clients resolve "..", and "query" is a route.
        assert server.client.get(path_of(name)).json()["id"] == contact["id"]
    assert server.get(f"/v2/contacts/{contact['id']}")["display_name"] == name
    assert name in names(query(server, search=name))
    assert names(query(server, search=f"{name}?")) == []
    assert names(query(server, tags=[name])) == []
    cursor = {"lastId": contact["id"], "limit": 1000}
    after = query(server, sortingProps=[{"key": "display_name"}], pagination=cursor)
    assert name not in names(after)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "external_id"),
        ({"external_id": ""}, "external_id"),
        ({"external_id": "x" * 513}, "external_id"),
        ({"external_id": 7}, "external_id"),
        ({"external_id": "x", "display_name": 7}, "display_name"),
        ({"external_id": "x", "email": "x" * 513}, "email"),
        ({"external_id": "x", "avatar_url": []}, "avatar_url"),
        ({"external_id": "x", "tags": "t"}, "tags"),
        ({"external_id": "x", "tags": [""]}, "tags.0"),
        ({"external_id": "x", "tags": ["t" * 201]}, "tags.0"),
        ({"external_id": "x", "tags": ["t"] * 101}, "tags"),
        ({"external_id": "x", "metadata": []}, "metadata"),
        ({"external_id": "x", "metadata": {"k": "x" * 70_000}}, "metadata"),
    ],
    ids=lambda value: str(value)[:40],
)
@pytest.mark.parametrize("prefix", ["/v2/contacts", "/v2/identities"])
def test_invalid_record_is_400_with_its_path(
    server: Server, prefix: str, body: Json, path: str
) -> None:
    """In both generations."""
    assert set(faults(server.client.post(prefix, json=body))) == {path}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "required"),
        (b"[]", "valid dictionary"),
        (b"{", "JSON decode error"),
        (b'{"external_id": "\\ud800"}', "external_id: "),
        (b'{"external_id": "x", "metadata": {"k": NaN}}', "metadata: "),
        (b'{"external_id": "x", "metadata": {"k": "\\ud800"}}', "metadata: "),
        (b'{"external_id": "x", "metadata": {"k": ' + b"[" * 990 + b"]" * 990 + b"}}", "body"),
    ],
    ids=lambda value: str(value[:50]),
)
def test_values_that_json_cannot_represent_are_refused(
    server: Server, content: bytes, message: str
) -> None:
    """With a 400, rather than a 500 on write or read."""
    headers = {"content-type": "application/json"}
    response = server.client.post("/v2/contacts", content=content, headers=headers)
    refused(response, 400, message)


def test_unknown_contact_is_404(server: Server) -> None:
    """By either kind of id, on every route."""
    for name in ("no such contact", UNKNOWN_ID):
        for prefix in ("/v2/contacts", "/v2/identities"):
            refused(server.client.get(path_of(name, prefix)), 404, name)
            refused(server.client.delete(path_of(name, prefix)), 404, name)
        refused(server.client.patch(path_of(name, "/v2/identities"), json={}), 404, name)


def test_deletion_removes_the_record_and_keeps_traces(server: Server) -> None:
    """The contact exists only in traces then, and can be saved again."""
    server.post(export_request([chat("deleted", "deleted-session", 0xA2)]))
    contact = saved(server, {"external_id": "deleted", "email": "d@example.com"})
    response = server.client.delete(f"/v2/contacts/{contact['id']}")
    assert (response.status_code, response.json()["sessions"]) == (200, 0)
    left = server.get("/v2/contacts/deleted")
    assert (left["email"], left["traces_count"]) == (None, 1)
    assert server.has_session("deleted-session")
    again = saved(server, {"external_id": "deleted"})
    assert again["email"] is None
    assert instant_ns(again["created"]) > instant_ns(contact["created"])


# Figures of traces.


def test_contact_has_the_figures_of_its_traces(people: Server) -> None:
    """With and without a session; a contact without traces has zeros."""
    listed = {c["external_id"]: c for c in query(people, pagination={"limit": 1000})["data"]}
    assert len(listed) == CONTACTS - 1  # One was neither in traces nor saved.
    for number in range(CONTACTS):
        contact = listed.get(name_of(number))
        spans = spans_of(number) if number < CONTACTS - 3 else []
        if contact is None:
            assert not spans
            continue
        calls, failed = len(spans), sum(span.is_error for span in spans)
        into, out_of = (sum(getattr(s, f"{k}_tokens") for s in spans) for k in ("input", "output"))
        assert contact["sessions_count"] == len({s.session_id for s in spans} - {""})
        assert (contact["traces_count"], contact["model_calls_count"]) == (calls, calls)
        assert (contact["failed_calls_count"], contact["errors_count"]) == (failed, failed)
        unpriced = sum(s.total_cost == 0 and not s.is_error for s in spans)
        assert contact["unpriced_calls_count"] == unpriced
        usage = {"prompt_tokens": into, "completion_tokens": out_of, "total_tokens": into + out_of}
        assert contact["usage"] == usage
        assert contact["billing"]["total_cost"] == float(sum(s.total_cost for s in spans))
        if spans:
            assert instant_ns(contact["first_seen_at"]) == spans[0].start_ns
            assert instant_ns(contact["last_seen_at"]) == spans[0].end_ns
        else:
            assert (contact["first_seen_at"], contact["last_seen_at"]) == (None, None)
        assert people.get(f"/v2/contacts/{contact['id']}") == contact


def test_call_in_spans_and_log_records_counts_once(fresh_server: Server) -> None:
    """As in sessions: log records add nothing to spans."""
    send(fresh_server, "logs", "traces")
    sessions = fresh_server.sessions().values()
    contact = fresh_server.get("/v2/contacts/user-alice")
    assert contact["billing"] == fresh_server.session(FIRST)["billing"]
    assert contact["usage"] == fresh_server.session(FIRST)["usage"]
    for name in ("model_calls_count", "failed_calls_count", "traces_count"):
        assert contact[name] == sum(session[name] for session in sessions)
    assert contact["sessions_count"] == len(sessions)


# Order, search and pages.


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: " ".join(sort) or "default")
def test_contacts_are_sorted_by_the_keys_then_by_id(people: Server, sort: dict[str, str]) -> None:
    """And pages, forwards and backwards, contain each once."""
    sorting = [{"key": key, "direction": direction} for key, direction in sort.items()]
    answer = query(people, sortingProps=sorting, pagination={"limit": 1000})
    assert not answer["has_more"]
    wanted = list(answer["data"])
    for key, direction in reversed([*(sort or {"last_seen_at": "desc"}).items(), ("id", "asc")]):
        if (key, direction) != ("id", "asc") or "id" not in sort:
            wanted.sort(key=lambda c, k=key: value_at(c, k), reverse=direction == "desc")  # type: ignore[misc]
    assert answer["data"] == wanted
    whole = [contact["id"] for contact in wanted]
    assert walk(people, sorting, "lastId") == whole
    assert walk(people, sorting, "firstId", start=whole[-1]) == whole[:-1]


def walk(server: Server, sorting: list[Json], cursor: str, start: str = "") -> list[str]:
    """All ids, page by page, after or before a cursor."""
    ids, has_more, place = list[str](), True, start
    while has_more:
        pagination = {"limit": LIMIT, cursor: place}
        answer = query(server, sortingProps=sorting, pagination=pagination)
        page, has_more = [contact["id"] for contact in answer["data"]], answer["has_more"]
        ids = page + ids if cursor == "firstId" else ids + page
        place = page[0] if cursor == "firstId" else page[-1]
    return ids


def test_search_covers_ids_names_and_emails(people: Server) -> None:
    """In any case, combined with tags, which must all match."""
    assert names(query(people, search="PERSON 07")) == ["person 07"]
    assert set(names(query(people, search="name 3"))) == {"person 08", "person 18"}
    assert names(query(people, search="14@example.COM")) == ["person 14"]
    thirds = {name_of(number) for number in range(0, CONTACTS, 6)}
    assert set(names(query(people, tags=["third", "even"]))) == thirds
    assert names(query(people, tags=["third", "odd"])) == []
    assert names(query(people, search="06", tags=["third"])) == ["person 06"]
    assert names(query(people, search="07", tags=["third"])) == []


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"pagination": {"limit": 0}}, "pagination.limit"),
        ({"pagination": {"limit": 1001}}, "pagination.limit"),
        ({"pagination": {"lastId": "unknown"}}, "pagination.lastId"),
        ({"pagination": {"firstId": UNKNOWN_ID}}, "pagination.firstId"),
        ({"pagination": {"lastId": "a", "firstId": "b"}}, "pagination"),
        ({"sortingProps": [{"key": "id"}, {"key": "cost; DROP"}]}, "sortingProps.1.key"),
        ({"sortingProps": [{"key": "id", "direction": "up"}]}, "sortingProps.0.direction"),
        ({"sortingProps": [{"key": "id"}] * 51}, "sortingProps"),
        ({"search": 7}, "search"),
        ({"search": "x" * 10_001}, "search"),
        ({"tags": "even"}, "tags"),
        ({"tags": ["even"] * 1_001}, "tags"),
        ({"tags": ["x" * 10_001]}, "tags.0"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_invalid_query_is_400_with_its_path(people: Server, body: Json, path: str) -> None:
    """All faults are reported at once."""
    assert set(faults(people.client.post("/v2/contacts/query", json=body))) == {path}
    both = {"sortingProps": [{"key": "cost"}], "pagination": {"lastId": "a", "firstId": "b"}}
    paths = set(faults(people.client.post("/v2/contacts/query", json=both)))
    assert paths == {"sortingProps.0.key", "pagination"}
