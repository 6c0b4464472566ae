"""Identities, the name of contacts in current clients."""

import httpx
import pytest

from tests.support.contacts import CONTACTS, UNKNOWN_ID, chat, names, spans_of
from tests.support.errors import faults, refused
from tests.support.generators import export_request
from tests.support.server import Json, Server

LIMIT = 5


def identity(response: httpx.Response, status: int = 200) -> Json:
    assert response.status_code == status, response.text
    answer: Json = response.json()
    assert set(answer) == {"identity"}
    shape: Json = answer["identity"]
    return shape


def test_identity_is_created_read_updated_and_deleted(server: Server) -> None:
    """With the statuses of current clients; unset fields are omitted."""
    body = {"external_id": "grace", "display_name": "Grace", "tags": ["a"], "metadata": {"k": 1}}
    created = identity(server.client.post("/v2/identities", json=body), 201)
    assert created.items() >= (body | {"workspace_id": "default"}).items()
    assert set(created) == {*body, "_id", "workspace_id", "created", "updated"}
    refused(server.client.post("/v2/identities", json=body), 409, "grace")
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
    refused(server.client.get("/v2/identities/grace"), 404, "grace")


def test_identity_in_traces_can_be_created_and_updated(server: Server) -> None:
    """Although it has no record before."""
    spans = [chat("linus", "linus-session", 0xA3), chat("ken", "ken-session", 0xA4)]
    server.post(export_request(spans))
    identity(server.client.post("/v2/identities", json={"external_id": "linus"}), 201)
    updated = identity(server.client.patch("/v2/identities/ken", json={"display_name": "Ken"}))
    assert updated["display_name"] == "Ken"


def test_metrics_are_included_on_request(people: Server) -> None:
    """Tokens, cost, calls and error rate."""
    answer = people.get("/v2/identities", include_metrics="true", search="person 14")
    spans = spans_of(14)
    metrics = {
        "total_tokens": sum(s.input_tokens + s.output_tokens for s in spans),
        "total_cost": float(sum(s.total_cost for s in spans)),
        "total_requests": len(spans),
        "error_rate": 1.0,
    }
    assert [shape["metrics"] for shape in answer["data"]] == [metrics]
    one = people.get("/v2/identities/person%2014", include_metrics="true")["identity"]
    assert one["metrics"] == metrics
    never = people.get("/v2/identities/person%2022", include_metrics="true")["identity"]
    assert never["metrics"]["error_rate"] == 0
    assert "metrics" not in people.get("/v2/identities/person%2014")["identity"]


@pytest.mark.parametrize(
    ("sort_by", "key", "is_descending"),
    [
        ("IDENTITY_SORT_FIELD_DISPLAY_NAME", "display_name", False),
        ("IDENTITY_SORT_FIELD_UPDATED", "updated", True),
        ("IDENTITY_SORT_FIELD_UNSPECIFIED", "updated", True),
    ],
)
def test_identities_are_paged_in_both_directions(
    people: Server, sort_by: str, key: str, is_descending: bool
) -> None:
    """In the requested order, each once."""
    everyone = people.get("/v2/identities", limit="1000", sort_by=sort_by)["data"]
    assert len(everyone) == CONTACTS - 1
    wanted = sorted(everyone, key=lambda shape: shape["_id"])
    wanted.sort(key=lambda shape: shape.get(key, ""), reverse=is_descending)
    assert everyone == wanted
    whole = [shape["_id"] for shape in everyone]
    middle = whole[LIMIT]
    page = {"limit": str(LIMIT), "sort_by": sort_by}
    after = people.get("/v2/identities", starting_after=middle, **page)
    assert [shape["_id"] for shape in after["data"]] == whole[LIMIT + 1 : 2 * LIMIT + 1]
    before = people.get("/v2/identities", ending_before=middle, **page)
    assert [shape["_id"] for shape in before["data"]] == whole[:LIMIT]
    assert (after["has_more"], before["has_more"]) == (True, False)


def test_identities_are_filtered_by_all_of_the_tags(people: Server) -> None:
    """The query parameter is repeated for each."""
    parameters = "filter_by.tags=even&filter_by.tags=third&search=1"
    response = people.client.get(f"/v2/identities?{parameters}")
    assert set(names(response.json())) == {"person 06", "person 12", "person 18"}


@pytest.mark.parametrize(
    ("parameters", "path"),
    [
        ({"limit": "0"}, "limit"),
        ({"sort_by": "name"}, "sort_by"),
        ({"include_metrics": "perhaps"}, "include_metrics"),
        ({"starting_after": "unknown"}, "starting_after"),
        ({"ending_before": UNKNOWN_ID}, "ending_before"),
        ({"starting_after": "a", "ending_before": "b"}, "starting_after"),
    ],
    ids=str,
)
def test_invalid_parameter_is_400_with_its_name(
    people: Server, parameters: dict[str, str], path: str
) -> None:
    """With the same errors as for a body."""
    assert set(faults(people.client.get("/v2/identities", params=parameters))) == {path}
