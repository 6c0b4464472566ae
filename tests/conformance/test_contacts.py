"""Every call for contacts and identities, the two generations of one noun."""

from uuid import uuid4

import pytest

from tests.conformance.clients import NODE, Client, Json

PROFILE: Json = {
    "display_name": "Ada Lovelace",
    "email": "ada@example.com",
    "avatar_url": "https://example.com/ada.png",
    "tags": ["mathematics", "poetry"],
    "metadata": {"plan": "pro", "seats": 3, "nested": {"list": [1, None, True]}},
}
OTHER: Json = {
    "display_name": "Grace Hopper",
    "email": "grace@example.com",
    "avatar_url": "https://example.com/grace.png",
    "tags": ["compilers"],
    "metadata": {"plan": "free"},
}
CLEARED: Json = {"display_name": "", "email": "", "avatar_url": "", "tags": [], "metadata": {}}
UNKNOWN = "an unknown person"


@pytest.fixture
def own_id() -> str:
    """A unique external id."""
    return f"person-{uuid4()}"


def created(client: Client, external_id: str, **profile: object) -> Json:
    answer = client.call("identities.create", external_id=external_id, **profile)
    identity: Json = answer["identity"]
    return identity


def test_contact_is_created_and_updated(classic: Client, own_id: str) -> None:
    """Creating it again changes the sent fields and keeps the id."""
    contact = classic.call("contacts.create", external_id=own_id, **PROFILE)
    assert contact | PROFILE | {"external_id": own_id} == contact
    assert contact["id"]
    assert contact["created"]
    changed = classic.call("contacts.create", external_id=own_id, tags=["other"])
    assert changed | {"updated": ""} == contact | {"tags": ["other"], "updated": ""}


def test_contact_requires_only_an_id(classic: Client, own_id: str) -> None:
    """Other fields are null, and null clears them."""
    classic.call("contacts.create", external_id=own_id, **PROFILE)
    nothing = {"display_name": None, "email": None, "avatar_url": None}
    contact = classic.call("contacts.create", external_id=own_id, **nothing)
    assert contact | nothing == contact


def test_invalid_contact_is_refused(classic: Client) -> None:
    """The message names the fault."""
    error = classic.fail("contacts.create", external_id="")
    assert (error.kind, error.status) == ("APIError", 400)
    assert error.body["errors"][0]["path"] == "external_id"


def test_identity_is_created_with_all_fields(current: Client, own_id: str) -> None:
    """The client reads back what it wrote, by either id."""
    identity = created(current, own_id, **PROFILE)
    assert identity | PROFILE | {"external_id": own_id} == identity
    assert identity["_id"]
    assert identity["workspace_id"] == "default"
    for name in (own_id, identity["_id"]):
        assert current.call("identities.retrieve", id=name) == {"identity": identity}


def test_identity_requires_only_an_id(current: Client, own_id: str) -> None:
    """Unset fields are omitted, as the node client requires."""
    identity = created(current, own_id)
    assert not any(identity.get(name) for name in PROFILE)


def test_identity_is_updated_field_by_field(current: Client, own_id: str) -> None:
    """Each field changes alone; empty values clear it."""
    expected = created(current, own_id, **PROFILE)
    for name, value in OTHER.items():
        identity = current.call("identities.update", id=own_id, **{name: value})["identity"]
        expected |= {name: value, "updated": identity["updated"]}
        assert identity == expected
    cleared = current.call("identities.update", id=own_id, **CLEARED)["identity"]
    assert not any(cleared.get(name) for name in PROFILE)


def test_identity_is_deleted(current: Client, own_id: str) -> None:
    """The response is an empty object, and the identity is gone."""
    created(current, own_id, **PROFILE)
    assert current.call("identities.delete", id=own_id) == {}
    error = current.fail("identities.retrieve", id=own_id)
    kind = "APIError" if current.name == NODE else "ErrorResponse"
    assert (error.kind, error.status) == (kind, 404)


def test_identities_are_listed_in_pages(current: Client, own_id: str) -> None:
    """Filtered by tag and sorted by name, in both directions; search finds one."""
    people = [
        created(current, f"{own_id}-{name}", display_name=name, tags=[own_id, "x"])
        for name in ("Ada", "Edsger", "Grace")
    ]
    question = {
        "filter_by_tags": [own_id, "x"],
        "sort_by": "IDENTITY_SORT_FIELD_DISPLAY_NAME",
        "include_metrics": False,
        "include_budget": False,
    }
    first = current.call("identities.list", **question, limit=2)
    assert first == {"object": "list", "data": people[:2], "has_more": True}
    last = people[1]["_id"]
    rest = current.call("identities.list", **question, limit=2, starting_after=last)
    assert rest == {"object": "list", "data": people[2:], "has_more": False}
    back = current.call("identities.list", **question, limit=1, ending_before=last)
    assert back == {"object": "list", "data": people[:1], "has_more": False}
    found = current.call("identities.list", search=f"{own_id}-Grace")
    assert found["data"] == people[2:]


def test_identities_have_metrics_on_request(current: Client, own_id: str) -> None:
    """An identity without traces has zeros."""
    created(current, own_id)
    nothing = {"total_tokens": 0, "total_cost": 0, "total_requests": 0, "error_rate": 0}
    one = current.call("identities.retrieve", id=own_id, include_metrics=True)
    assert one["identity"]["metrics"] == nothing
    page = current.call("identities.list", search=own_id, include_metrics=True)
    assert [identity["metrics"] for identity in page["data"]] == [nothing]


def test_identities_are_listed_without_parameters(current: Client, own_id: str) -> None:
    """Latest first."""
    identity = created(current, own_id)
    page = current.call("identities.list")
    assert page["object"] == "list"
    assert identity in page["data"]


def test_errors_reach_the_user(current: Client, own_id: str) -> None:
    """Each status is the client's class for it, with the server's message."""
    created(current, own_id)
    is_node = current.name == NODE
    documented, generic = ("APIError",) * 2 if is_node else ("ErrorResponse", "APIDefaultError")
    cases: list[tuple[str, Json, str, int]] = [
        ("retrieve", {"id": UNKNOWN}, documented, 404),
        ("update", {"id": UNKNOWN, "email": "a@b"}, generic, 404),
        ("delete", {"id": UNKNOWN}, generic, 404),
        ("create", {"external_id": own_id}, generic, 409),
        ("create", {"external_id": ""}, generic, 400),
        ("list", {"limit": 0}, generic, 400),
        ("list", {"starting_after": UNKNOWN}, generic, 400),
    ]
    for call, arguments, kind, status in cases:
        error = current.fail(f"identities.{call}", **arguments)
        assert (error.kind, error.status) == (kind, status), call
        assert error.body["message"] in error.message
