"""Contacts and identities: records, what traces add up to, pages, and erasure.

What traces add up to is worked out here from the spans that were sent.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from sessionary.model.kind import LLM
from sessionary.store.database import Database
from tests.generators import MILLISECOND_NS, START_NS, export_request
from tests.reference import RefSpan
from tests.server import Json, Server, instant_ns
from tests.test_log_records import FIRST, send

CONTACTS = 23
LIMIT = 5
COST = Decimal("0.125")
NOBODY = "0" * 26
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


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with contacts seen in traces, with records, and with both; it is only read."""
    with Server(tmp_path_factory.mktemp("contacts") / "data") as server:
        server.post(export_request(span for n in range(CONTACTS - 3) for span in spans_of(n)))
        for number in range(0, CONTACTS, 2):
            body = {
                "external_id": name_of(number),
                "display_name": f"Name {number % 5}",
                "email": f"{number}@Example.com" if number % 3 else None,
                "tags": ["even", "third"] if number % 3 == 0 else ["even"],
            }
            saved(server, body)
        yield server


def name_of(number: int) -> str:
    return f"person {number:02d}"


def spans_of(number: int) -> list[RefSpan]:
    """The traces of a contact: one to three, in one or two sessions and perhaps in none."""
    return [
        RefSpan(
            f"{number * 3 + trace + 1:032x}",
            f"{number + 1:016x}",
            name="chat",
            start_ns=START_NS + number % 4 * MILLISECOND_NS,
            end_ns=START_NS + (5 + number % 7) * MILLISECOND_NS,
            kind=LLM,
            is_error=number % 5 == 4,
            scope="app",
            session_id=("", f"s {number} 1", f"s {number} 2")[trace],
            contact_id=name_of(number),
            request_model="made-up",
            response_model="made-up",
            input_tokens=10 * (number % 4),
            output_tokens=number % 3,
            reports_usage=True,
            total_cost=COST if number % 2 else Decimal(0),
            cost_source="client" if number % 2 else "none",
        )
        for trace in range(1 + number % 3)
    ]


def chat(name: str, session: str, number: int = 1, **fields: Any) -> RefSpan:
    """A call in a trace of its own."""
    return replace(
        spans_of(1)[0],
        trace_id=f"{number:032x}",
        contact_id=name,
        session_id=session,
        **fields,
    )


def saved(server: Server, body: Mapping[str, Any]) -> Json:
    response = server.client.post("/v2/contacts", json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def query(server: Server, **body: Any) -> Json:
    response = server.client.post("/v2/contacts/query", json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    assert answer["object"] == "list"
    return answer


def names(answer: Json) -> list[str]:
    return [contact["external_id"] for contact in answer["data"]]


def path_of(name: str, prefix: str = "/v2/contacts") -> str:
    return f"{prefix}/{quote(name, safe='')}"


def refused(response: httpx.Response, status: int) -> Json:
    assert response.status_code == status, response.text
    answer: Json = response.json()
    assert answer["code"] == str(status)
    assert answer["message"]
    return answer


def faults(response: httpx.Response) -> set[str]:
    return {fault["path"] for fault in refused(response, 400)["errors"]}


def value_at(contact: Json, path: str) -> Any:
    value: Any = contact
    for part in path.split("."):
        value = value[part]
    # What is missing comes before all that is there.
    return "" if value is None else value


# Records.


def test_a_contact_is_read_back_as_it_was_saved(server: Server) -> None:
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


def test_what_is_left_out_stays_and_null_clears(server: Server) -> None:
    """The record keeps its id and when it was created."""
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


def test_an_id_is_the_same_wherever_the_contact_comes_from(server: Server) -> None:
    """Seen in a trace first, then recorded: one contact."""
    server.post(export_request([chat("seen first", "id-session", 0xA1)]))
    seen = server.get("/v2/contacts/seen%20first")
    contact = saved(server, {"external_id": "seen first", "display_name": "S"})
    assert contact["id"] == seen["id"]
    both = server.get(f"/v2/contacts/{contact['id']}")
    assert (both["display_name"], both["traces_count"]) == ("S", 1)
    assert both["created"] == contact["created"] != seen["created"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_is_an_external_id(server: Server, name: str) -> None:
    """It finds its own contact and no other, and reaches no SQL."""
    contact = saved(server, {"external_id": name, "display_name": name, "metadata": {name: name}})
    assert (contact["external_id"], contact["metadata"]) == (name, {name: name})
    if name != "..":  # The client itself makes another path of it.
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
def test_a_bad_record_is_400_with_its_path(
    server: Server, prefix: str, body: Json, path: str
) -> None:
    """In both generations."""
    assert faults(server.client.post(prefix, json=body)) == {path}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b'{"external_id": "\\ud800"}',
        b'{"external_id": "x", "metadata": {"k": NaN}}',
        b'{"external_id": "x", "metadata": {"k": "\\ud800"}}',
        b'{"external_id": "x", "metadata": {"k": ' + b"[" * 990 + b"]" * 990 + b"}}",
    ],
    ids=lambda content: str(content[:50]),
)
def test_what_cannot_be_written_back_is_refused(server: Server, content: bytes) -> None:
    """A 400, never a 500 now or when it is read."""
    headers = {"content-type": "application/json"}
    response = server.client.post("/v2/contacts", content=content, headers=headers)
    refused(response, 400)


def test_an_unknown_contact_is_404(server: Server) -> None:
    """By any kind of id, on every route."""
    for name in ("no such contact", NOBODY):
        for prefix in ("/v2/contacts", "/v2/identities"):
            assert name in refused(server.client.get(path_of(name, prefix)), 404)["message"]
            refused(server.client.delete(path_of(name, prefix)), 404)
        refused(server.client.patch(path_of(name, "/v2/identities"), json={}), 404)


def test_deleting_takes_the_record_and_leaves_the_traces(server: Server) -> None:
    """The contact is one that only traces tell of, and can be recorded anew."""
    server.post(export_request([chat("deleted", "deleted-session", 0xA2)]))
    contact = saved(server, {"external_id": "deleted", "email": "d@example.com"})
    response = server.client.delete(f"/v2/contacts/{contact['id']}")
    assert (response.status_code, response.json()) == (200, {"sessions": 0})
    left = server.get("/v2/contacts/deleted")
    assert (left["email"], left["traces_count"]) == (None, 1)
    assert server.has_session("deleted-session")
    again = saved(server, {"external_id": "deleted"})
    assert again["email"] is None
    assert instant_ns(again["created"]) > instant_ns(contact["created"])


# What traces add up to.


def test_a_contact_has_the_figures_of_its_traces(full: Server) -> None:
    """Those with a session and those without; a contact never seen has zeros."""
    listed = {c["external_id"]: c for c in query(full, pagination={"limit": 1000})["data"]}
    assert len(listed) == CONTACTS - 1  # The last but one was neither seen nor recorded.
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
        assert full.get(f"/v2/contacts/{contact['id']}") == contact


def test_a_call_told_twice_is_one_call_of_the_contact(fresh_server: Server) -> None:
    """As in the session: log records add nothing to what spans told."""
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
def test_contacts_come_in_order_of_the_keys_then_of_the_id(
    full: Server, sort: dict[str, str]
) -> None:
    """And a walk over the pages, there and back, visits each once."""
    sorting = [{"key": key, "direction": direction} for key, direction in sort.items()]
    answer = query(full, sortingProps=sorting, pagination={"limit": 1000})
    assert not answer["has_more"]
    wanted = list(answer["data"])
    for key, direction in reversed([*(sort or {"last_seen_at": "desc"}).items(), ("id", "asc")]):
        if (key, direction) != ("id", "asc") or "id" not in sort:
            wanted.sort(key=lambda c, k=key: value_at(c, k), reverse=direction == "desc")  # type: ignore[misc]
    assert answer["data"] == wanted
    whole = [contact["id"] for contact in wanted]
    assert walk(full, sorting, "lastId") == whole
    assert walk(full, sorting, "firstId", start=whole[-1]) == whole[:-1]


def walk(server: Server, sorting: list[Json], cursor: str, start: str = "") -> list[str]:
    """All ids, page by page, after the start or before it."""
    ids, has_more, place = list[str](), True, start
    while has_more:
        pagination = {"limit": LIMIT, cursor: place}
        answer = query(server, sortingProps=sorting, pagination=pagination)
        page, has_more = [contact["id"] for contact in answer["data"]], answer["has_more"]
        ids = page + ids if cursor == "firstId" else ids + page
        place = page[0] if cursor == "firstId" else page[-1]
    return ids


def test_search_looks_in_ids_names_and_emails(full: Server) -> None:
    """Without regard to case, and-ed with the tags, which must all be there."""
    assert names(query(full, search="PERSON 07")) == ["person 07"]
    assert set(names(query(full, search="name 3"))) == {"person 08", "person 18"}
    assert names(query(full, search="14@example.COM")) == ["person 14"]
    thirds = {name_of(number) for number in range(0, CONTACTS, 6)}
    assert set(names(query(full, tags=["third", "even"]))) == thirds
    assert names(query(full, tags=["third", "odd"])) == []
    assert names(query(full, search="06", tags=["third"])) == ["person 06"]
    assert names(query(full, search="07", tags=["third"])) == []


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"pagination": {"limit": 0}}, "pagination.limit"),
        ({"pagination": {"limit": 1001}}, "pagination.limit"),
        ({"pagination": {"lastId": "nobody"}}, "pagination.lastId"),
        ({"pagination": {"firstId": NOBODY}}, "pagination.firstId"),
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
def test_a_bad_question_is_400_with_its_path(full: Server, body: Json, path: str) -> None:
    """And all that is wrong is told at once."""
    assert faults(full.client.post("/v2/contacts/query", json=body)) == {path}
    both = {"sortingProps": [{"key": "cost"}], "pagination": {"lastId": "a", "firstId": "b"}}
    told = faults(full.client.post("/v2/contacts/query", json=both))
    assert told == {"sortingProps.0.key", "pagination"}


# Identities.


def identity(response: httpx.Response, status: int = 200) -> Json:
    assert response.status_code == status, response.text
    answer: Json = response.json()
    assert set(answer) == {"identity"}
    shape: Json = answer["identity"]
    return shape


def test_an_identity_lives_from_create_to_delete(server: Server) -> None:
    """The statuses and shapes that the current clients accept; what was not said is not there."""
    body = {"external_id": "grace", "display_name": "Grace", "tags": ["a"], "metadata": {"k": 1}}
    created = identity(server.client.post("/v2/identities", json=body), 201)
    assert created.items() >= (body | {"workspace_id": "default"}).items()
    assert set(created) == {*body, "_id", "workspace_id", "created", "updated"}
    refused(server.client.post("/v2/identities", json=body), 409)
    for name in ("grace", created["_id"]):
        assert identity(server.client.get(f"/v2/identities/{name}")) == created
    change = {"display_name": "", "email": "g@example.com", "tags": []}
    response = server.client.patch(f"/v2/identities/{created['_id']}", json=change)
    updated = identity(response)
    assert "display_name" not in updated
    assert (updated["email"], updated["tags"]) == ("g@example.com", [])
    assert (updated["metadata"], updated["created"]) == ({"k": 1}, created["created"])
    assert server.get("/v2/contacts/grace")["email"] == "g@example.com"
    unchanged = identity(server.client.patch("/v2/identities/grace", json={}))
    assert unchanged | {"updated": ""} == updated | {"updated": ""}
    response = server.client.delete("/v2/identities/grace")
    assert (response.status_code, response.json()) == (200, {})
    refused(server.client.get("/v2/identities/grace"), 404)


def test_an_identity_seen_in_traces_may_be_created_and_updated(server: Server) -> None:
    """It had no record before."""
    spans = [chat("linus", "linus-session", 0xA3), chat("ken", "ken-session", 0xA4)]
    server.post(export_request(spans))
    identity(server.client.post("/v2/identities", json={"external_id": "linus"}), 201)
    updated = identity(server.client.patch("/v2/identities/ken", json={"display_name": "Ken"}))
    assert updated["display_name"] == "Ken"


def test_metrics_come_when_they_are_asked_for(full: Server) -> None:
    """Tokens, cost, calls and the share of them that failed."""
    answer = full.get("/v2/identities", include_metrics="true", search="person 14")
    spans = spans_of(14)
    metrics = {
        "total_tokens": sum(s.input_tokens + s.output_tokens for s in spans),
        "total_cost": float(sum(s.total_cost for s in spans)),
        "total_requests": len(spans),
        "error_rate": 1.0,
    }
    assert [shape["metrics"] for shape in answer["data"]] == [metrics]
    one = full.get("/v2/identities/person%2014", include_metrics="true")["identity"]
    assert one["metrics"] == metrics
    never = full.get("/v2/identities/person%2022", include_metrics="true")["identity"]
    assert never["metrics"]["error_rate"] == 0
    assert "metrics" not in full.get("/v2/identities/person%2014")["identity"]


@pytest.mark.parametrize(
    ("sort_by", "key", "is_down"),
    [
        ("IDENTITY_SORT_FIELD_DISPLAY_NAME", "display_name", False),
        ("IDENTITY_SORT_FIELD_UPDATED", "updated", True),
        ("IDENTITY_SORT_FIELD_UNSPECIFIED", "updated", True),
    ],
)
def test_identities_are_paged_both_ways(
    full: Server, sort_by: str, key: str, is_down: bool
) -> None:
    """In the order asked for, each once."""
    everyone = full.get("/v2/identities", limit="1000", sort_by=sort_by)["data"]
    assert len(everyone) == CONTACTS - 1
    wanted = sorted(everyone, key=lambda shape: shape["_id"])
    wanted.sort(key=lambda shape: shape.get(key, ""), reverse=is_down)
    assert everyone == wanted
    whole = [shape["_id"] for shape in everyone]
    middle = whole[LIMIT]
    page = {"limit": str(LIMIT), "sort_by": sort_by}
    after = full.get("/v2/identities", starting_after=middle, **page)
    assert [shape["_id"] for shape in after["data"]] == whole[LIMIT + 1 : 2 * LIMIT + 1]
    before = full.get("/v2/identities", ending_before=middle, **page)
    assert [shape["_id"] for shape in before["data"]] == whole[:LIMIT]
    assert (after["has_more"], before["has_more"]) == (True, False)


def test_identities_are_filtered_by_all_of_the_tags(full: Server) -> None:
    """The parameter comes once for each."""
    parameters = "filter_by.tags=even&filter_by.tags=third&search=1"
    response = full.client.get(f"/v2/identities?{parameters}")
    assert set(names(response.json())) == {"person 06", "person 12", "person 18"}


@pytest.mark.parametrize(
    ("parameters", "path"),
    [
        ({"limit": "0"}, "limit"),
        ({"sort_by": "name"}, "sort_by"),
        ({"include_metrics": "perhaps"}, "include_metrics"),
        ({"starting_after": "nobody"}, "starting_after"),
        ({"ending_before": NOBODY}, "ending_before"),
        ({"starting_after": "a", "ending_before": "b"}, "starting_after"),
    ],
    ids=str,
)
def test_a_bad_parameter_is_400_with_its_name(
    full: Server, parameters: dict[str, str], path: str
) -> None:
    """As in a body."""
    assert faults(full.client.get("/v2/identities", params=parameters)) == {path}


# Erasure.


def test_erasing_a_person_leaves_nothing(fresh_server: Server) -> None:
    """Their sessions with all that others said in them, their sessionless traces, their record.

    A session in which only an inner span names them counts too; other people's stay.
    """
    spans = [
        chat("ada lovelace", "shared", 1),
        chat("", "shared", 2, trace_name="lovelace said"),
        chat("ada lovelace", "", 3),
        chat("bob", "inner", 4),
        replace(chat("ada lovelace", "", 4), span_id="f" * 16, parent_id=chat("", "").span_id),
        chat("bob", "other", 5),
    ]
    fresh_server.post(export_request(spans))
    saved(fresh_server, {"external_id": "ada lovelace", "email": "ada@lovelace.org"})
    saved(fresh_server, {"external_id": "bob", "email": "bob@example.com"})
    for target in ({"session_id": "shared"}, {"trace_id": f"{3:032x}"}, {"session_id": "other"}):
        score = target | {"name": "quality", "value": 1, "comment": "on lovelace or bob"}
        assert fresh_server.client.post("/v2/scores", json=score).status_code == 200
    response = fresh_server.client.delete("/v2/contacts/ada%20lovelace?erase=true")
    assert (response.status_code, response.json()) == (200, {"sessions": 2})
    (entry,) = fresh_server.get("/v2/audit-log")["data"]
    assert (entry["action"], entry["detail"]) == ("contact.erase", "sessions: 2")
    assert "lovelace" not in str(entry)
    assert set(fresh_server.sessions()) == {"other"}
    assert fresh_server.sessionless_traces() == []
    refused(fresh_server.client.get("/v2/contacts/ada%20lovelace"), 404)
    assert fresh_server.get("/v2/contacts/bob")["traces_count"] == 1
    assert len(fresh_server.get("/v2/scores")["data"]) == 1
    assert fresh_server.verify()["differences"] == []
    fresh_server.client.post("/v2/sessions/rebuild", timeout=60)
    assert set(fresh_server.sessions()) == {"other"}
    fresh_server.terminate()
    kept = stored(fresh_server)
    assert "lovelace" not in kept["spans"] + kept["contacts"]
    assert {name for name, text in kept.items() if f"{1:032x}" in text or "shared" in text} == set()
    assert all("other" in kept[name] for name in ("spans", "traces", "sessions", "scores"))


def test_erasing_takes_the_log_records_too(fresh_server: Server) -> None:
    """The person's prompts are in them."""
    send(fresh_server, "logs", "traces")
    fresh_server.client.delete("/v2/contacts/user-alice?erase=true").raise_for_status()
    fresh_server.terminate()
    kept = stored(fresh_server)
    assert FIRST not in "".join(kept.values())
    assert "user-alice" not in "".join(kept.values())


def stored(server: Server) -> dict[str, str]:
    """Every row of every table, as text, from the folder of a server that ended.

    Of all columns: those that a table makes of others are in no `*` by themselves.
    """
    database = Database(f"chdb://{server.folder}", clients=1, memory_bytes=500_000_000)
    tables = (
        "spans",
        "log_records",
        "traces",
        "trace_locations",
        "sessions",
        "sessions_by_start",
        "contacts",
        "scores",
    )
    try:
        with database.reading() as connection:
            every = "SETTINGS asterisk_include_materialized_columns = 1"
            rows = {name: connection.rows_of(f"SELECT * FROM {name} {every}") for name in tables}
            assert all({"summary", "details"} <= session.keys() for session in rows["sessions"])
            return {name: str(found) for name, found in rows.items()}
    finally:
        database.close()


def test_erasing_nobody_and_erasing_again_are_no_mistakes(server: Server) -> None:
    """An erasure that was cut off can be asked for again."""
    server.post(export_request([chat("twice", "twice-session", 0xA5)]))
    for count in (1, 0):
        response = server.client.delete("/v2/contacts/twice?erase=true")
        assert (response.status_code, response.json()) == (200, {"sessions": count})
    response = server.client.delete("/v2/contacts/never%20seen?erase=true")
    assert (response.status_code, response.json()) == (200, {"sessions": 0})


def test_spans_that_come_after_an_erasure_begin_an_empty_session(server: Server) -> None:
    """Under the same `_id`, with nothing of what was there."""
    server.post(export_request([chat("late", "late-session", 0xA6)]))
    before = server.session("late-session")
    server.client.delete("/v2/contacts/late?erase=true").raise_for_status()
    assert not server.has_session("late-session")
    late = chat("", "late-session", 0xA6, input_tokens=1, output_tokens=0)
    server.post(export_request([replace(late, span_id="e" * 16)]))
    after = server.session("late-session")
    assert after["_id"] == before["_id"]
    assert (after["usage"]["total_tokens"], after["spans_count"]) == (1, 1)
    assert after["contact_ids"] == []
