"""Filters, search and tags of sessions, as clients of both generations send them."""

from uuid import uuid4

import pytest

from tests.conformance.clients import Client, Json
from tests.conformance.test_sessions import written, written_now

ALL_TIME = {"interval": "SESSION_INTERVAL_ALL_TIME"}


@pytest.fixture
def own_tag() -> str:
    """A unique tag."""
    return f"tag-{uuid4()}"


def classic_sessions(client: Client, own_tag: str) -> list[str]:
    """The external ids of two sessions with the tag, the second with half the tokens."""
    names = [f"{own_tag} one", f"{own_tag} two"]
    for name, tokens in zip(names, (100, 50), strict=True):
        usage = {"prompt_tokens": tokens, "completion_tokens": 0, "total_tokens": tokens}
        own = {"tags": [own_tag, name], "usage": usage, "contact_ids": [name]}
        client.call("sessions.create", request=written(name) | own)
    return names


def rich_filters(own_tag: str) -> dict[str, Json]:
    """A filter of each kind that selects only the second session."""
    common = {"name": "any", "hide_operators": ["is_empty"]}
    two = f"{own_tag} two"
    tags = {**common, "path": "tags", "type": "multi-value-array", "options": [two]}
    day = {"mode": "date", "criteria": {"start_date": "2025-06-01", "end_date": "2025-06-01"}}
    text = {**common, "type": "string", "path": "external_id"}
    number = {**common, "type": "number", "path": "usage.total_tokens"}
    option = {"id": "o", "name": "id", "path": "external_id", "type": "string"}
    return {
        "several": {**tags, "operator": "contains", "value": [own_tag, two]},
        "text": {**text, "operator": "ends_with", "value": " two"},
        "number": {**number, "operator": "is_less_than", "value": 100},
        "range": {**number, "operator": "is_between", "value": [50, 99]},
        "date": {
            **common,
            "type": "date",
            "path": "started_at",
            "operator": "is_between",
            "value": day,
        },
        "object": {
            **common,
            "type": "object",
            "path": "any",
            "operator": "is",
            "value": two,
            "selected_option_id": "o",
            "options": [option],
        },
    }


@pytest.mark.parametrize("kind", ["several", "text", "number", "range", "date", "object"])
def test_rich_filters_select_sessions(classic: Client, own_tag: str, kind: str) -> None:
    """Each kind of filter as the client writes it; the count agrees with the list."""
    one, two = classic_sessions(classic, own_tag)
    request: Json = {
        "filters": [
            {"type": "string_array", "operator": "in", "values": [own_tag], "path": "tags"}
        ],
        "query": {"operator": "and", "filters": [rich_filters(own_tag)[kind]]},
        "sorting_props": [{"key": "external_id"}],
    }
    page = classic.call("sessions.list", request=request)
    # Both started on that day.
    wanted = [one, two] if kind == "date" else [two]
    assert [session["external_id"] for session in page["data"]] == wanted
    count = classic.call("post_v2_traces_sessions_count", request=request)
    assert count["count"] == len(wanted)


def test_plain_filters_and_search_select_sessions(classic: Client, own_tag: str) -> None:
    """The four plain filters, and the search of a query."""
    _one, two = classic_sessions(classic, own_tag)
    for request in (
        {"filters": [{"type": "id", "id": two, "path": "external_id"}]},
        {"filters": [{"type": "search", "value": two.upper(), "search_paths": ["external_id"]}]},
        {
            "filters": [
                {"type": "string", "operator": "equals", "value": two, "path": "external_id"}
            ]
        },
        {"filters": [{"type": "string_array", "operator": "in", "values": [two], "path": "tags"}]},
        {"filters": [], "query": {"operator": "or", "search": two}},
    ):
        page = classic.call("sessions.list", request=request)
        assert [session["external_id"] for session in page["data"]] == [two], request


def test_included_fields_are_accepted_as_a_map(classic: Client, own_tag: str) -> None:
    """As the client sends them; it reads none of these fields."""
    _one, two = classic_sessions(classic, own_tag)
    request: Json = {
        "filters": [{"type": "id", "id": two, "path": "external_id"}],
        "included_fields": {"models": "models"},
    }
    page = classic.call("sessions.list", request=request)
    assert [session["external_id"] for session in page["data"]] == [two]


def test_invalid_classic_filter_is_refused(classic: Client) -> None:
    """The message lists the valid paths."""
    bad = {"type": "string", "operator": "equals", "value": "x", "path": "nonsense"}
    error = classic.fail("sessions.list", request={"filters": [bad]})
    assert (error.kind, error.status) == ("APIError", 400)
    assert "external_id" in error.message


@pytest.mark.parametrize(
    ("criterion", "other"),
    [
        ({"project_id": "filtered"}, {"project_id": "none"}),
        ({"client": "codex"}, {"client": "cursor"}),
        ({"repo": "github.com/o/r"}, {"repo": "github.com/o/none"}),
        ({"kind": "THREAD_KIND_CODING_AGENT"}, {"kind": "THREAD_KIND_CONVERSATION"}),
        (
            {"start_date": "1748736000000", "end_date": "1748822400000"},
            {"start_date": "1700000000000", "end_date": "1700000000001"},
        ),
    ],
    ids=lambda criterion: next(iter(criterion)),
)
def test_filters_select_sessions(
    current: Client, own_tag: str, criterion: Json, other: Json
) -> None:
    """Each criterion selects exactly the matching sessions; the count agrees."""
    session = current.call(
        "sessions.create",
        **written_now(own_tag) | {"tags": [own_tag], "project_id": "filtered"},
    )
    for extra, found in ((criterion, [session]), (other, [])):
        filters = ALL_TIME | {"tags": [own_tag]} | extra
        page = current.call("sessions.list", filters=filters, limit=25, page=1)
        assert page == {"object": "list", "data": found, "has_more": False}
        count = current.call("sessions.get_count", filters=filters)
        assert count == {"count": len(found)}


def test_numbered_pages(current: Client, own_tag: str) -> None:
    """Each session once, and only the last page has no more."""
    names = {f"{own_tag} {number}" for number in range(3)}
    for name in names:
        current.call("sessions.create", **written_now(name) | {"tags": [own_tag]})
    filters = ALL_TIME | {"tags": [own_tag]}
    first = current.call("sessions.list", filters=filters, limit=2, page=1)
    last = current.call("sessions.list", filters=filters, limit=2, page=2)
    assert (first["has_more"], last["has_more"]) == (True, False)
    assert {s["external_id"] for s in first["data"] + last["data"]} == names


def test_tags_are_listed(current: Client, own_tag: str) -> None:
    """Every tag once, as a plain list."""
    current.call("sessions.create", **written_now(own_tag) | {"tags": [own_tag]})
    tags = current.call("sessions.list_tags")
    assert tags.count(own_tag) == 1
    assert tags == sorted(tags)
